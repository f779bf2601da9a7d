"""What the tests of a pathway cover, as counts, drawings and reports need it.

In comes nothing; `compiler/qa/coverage.py` fills these records from tests that were run. They say
for each measure how much is covered, and for each branch whether a test took it and how each atom
of its condition was seen.

Invariants: rows stand in the order of the pathway; atoms in the order written; only branches that
some stage can reach are there.
"""

from __future__ import annotations

from dataclasses import dataclass

from pathwaylang.ir.guards import Guard


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: how many of how many, and what is missing, in the order of the pathway."""

    name: str
    covered: int
    total: int
    missing: tuple[str, ...]

    @property
    def percent(self) -> float:
        """The share covered, in percent; all of nothing is 100."""
        return 100 * self.covered / self.total if self.total else 100.0

    @property
    def percent_text(self) -> str:
        """The share with one decimal, rounded down, so that 100.0 means all.

        >>> Measure("branches", 2, 3, ("b",)).percent_text
        '66.6'
        """
        tenths = int(self.percent * 10)
        return f"{tenths // 10}.{tenths % 10}"


@dataclass(frozen=True, slots=True)
class AtomSeen:
    """One atom of a condition: the truths it was seen with, and those in which it had effect."""

    guard: Guard
    seen: tuple[bool, ...]
    effects: tuple[bool, ...]

    @property
    def lacking(self) -> tuple[bool, ...]:
        """The truths it was never seen with at its decision."""
        return tuple(truth for truth in (True, False) if truth not in self.seen)

    @property
    def idle(self) -> tuple[bool, ...]:
        """The truths in which no test shows that it alone decides."""
        return tuple(truth for truth in (True, False) if truth not in self.effects)


@dataclass(frozen=True, slots=True)
class BranchSeen:
    """One branch: whether a test took it, and the atoms of its condition."""

    decision: str
    branch: str
    taken: bool
    atoms: tuple[AtomSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """All measures of one pathway, and its branches one by one."""

    branches: Measure
    outcomes: Measure
    conditions: Measure
    effects: Measure
    rows: tuple[BranchSeen, ...] = ()

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures in the order in which they are shown."""
        return self.branches, self.outcomes, self.conditions, self.effects
