"""What two versions of a pathway differ in, as plain records.

`Difference` holds one table per stage and track: from which outcome to which how many cases move,
with boxes, one patient, and the branches that decided. It knows nothing of how it is shown: the
modules `text`, `page` and `plain` do that.

Invariants: counts are exact, over the facts that either version's stage can read; the changes of a
table, its `unchanged`, and nothing else make up its cases; a patient was replayed in both versions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pathwaylang.diagnostics import Box, Patient
from pathwaylang.ir.graph import Branch, Rule

OUTSIDE = "outside"
"""A version does not apply to the case."""

IMPOSSIBLE = "impossible"
"""A version excludes the case: by `impossible`, or by a range or choice that does not hold it."""

NO_OUTCOME = "no single outcome"
"""A version has a gap, an unanswered unknown or a conflict there."""

NO_TRACK = "no such track"
"""A version has no track of this name in this stage."""


@dataclass(frozen=True, slots=True)
class Deciders:
    """The branch that decided before, the one that decides now, and for how many cases."""

    old: Branch | None
    new: Branch | None
    count: int


@dataclass(frozen=True, slots=True)
class Change:
    """Cases of one stage and track that had one outcome and have another now.

    `common` tells what all these cases have in common, fact by fact; `boxes` are the largest of
    `more_boxes` more that are disjoint; `deciders` stand largest first. `patient` is None only
    where a formula without a grid leaves it open whether there is one.
    """

    stage: str
    track: str
    old: str
    new: str
    count: int
    share: float
    patient: Patient | None
    common: tuple[tuple[str, str], ...]
    boxes: tuple[Box, ...]
    more_boxes: int
    deciders: tuple[Deciders, ...]

    @property
    def old_branch(self) -> Branch | None:
        """The branch that decided most of these cases before."""
        return next((d.old for d in self.deciders if d.old is not None), None)

    @property
    def new_branch(self) -> Branch | None:
        """The branch that decides most of these cases now."""
        return next((d.new for d in self.deciders if d.new is not None), None)


@dataclass(frozen=True, slots=True)
class TrackTable:
    """One track: how many cases either version knows, and how they move."""

    stage: str
    track: str
    cases: int
    unchanged: int
    changes: tuple[Change, ...]


FactChangeKind = Literal["added", "removed", "type", "unit", "range", "step", "choices", "unknown"]


@dataclass(frozen=True, slots=True)
class FactChange:
    """How a fact's domain changed; None where a version has no such fact."""

    name: str
    change: FactChangeKind
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Edit:
    """An item whose own meaning was edited: a definition, a decision, a constraint."""

    item: str
    name: str
    change: Literal["added", "removed", "changed"]


LossKind = Literal["removed", "weakened", "forbidden"]


@dataclass(frozen=True, slots=True)
class Loss:
    """A safety rule of the old version that the new one keeps less of.

    `removed`: no rule like it is left. `weakened`: it binds in fewer cases. `forbidden`: cases
    that the old rule forbids now get what it forbids. `count` is None where nothing is counted.
    """

    loss: LossKind
    rule: Rule
    count: int | None = None
    patient: Patient | None = None
    track: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """All that two versions differ in."""

    unit: str
    tables: tuple[TrackTable, ...]
    facts: tuple[FactChange, ...] = ()
    edits: tuple[Edit, ...] = ()
    losses: tuple[Loss, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of all tables, in their order."""
        return tuple(change for table in self.tables for change in table.changes)

    @property
    def unchanged(self) -> int:
        """Cases whose outcome stays, summed over all tables."""
        return sum(table.unchanged for table in self.tables)

    @property
    def is_empty(self) -> bool:
        """True if no case of any track moves and no safety rule lost anything."""
        return not self.changes and not self.losses


@dataclass(frozen=True, slots=True)
class NotCompared:
    """Why two versions could not be compared."""

    reason: str
