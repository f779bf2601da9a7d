"""How many planted faults the checks and examples of a pathway notice.

In: mutants, the pathway's graph, and a function that compiles a mutant. Out: a verdict on each.
A mutant whose text is refused is invalid; one that answers every case as before, and keeps every
safety rule, is equivalent; one that only admits cases which the original excludes is wider, and no
test could notice it. None of these counts. Of the others, those are caught that give an error.

Invariant: a survivor answers some case differently, and its patient was replayed in both versions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pathwaylang.compiler.qa.difference import Change, Loss, NotCompared, compare_graphs
from pathwaylang.compiler.qa.difference.record import IMPOSSIBLE
from pathwaylang.compiler.qa.mutants import Mutant
from pathwaylang.ir.graph import DecisionGraph

Ending = Literal["caught", "survived", "equivalent", "wider", "invalid"]


@dataclass(frozen=True, slots=True)
class Compiled:
    """What came of compiling a mutant: whether its text was refused, its failures, its graph."""

    is_refused: bool
    failures: tuple[str, ...]
    graph: DecisionGraph | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant; `change` is the largest difference that nothing noticed.

    `loss` is a safety rule that the mutant keeps less of, where no answer is another.
    """

    mutant: Mutant
    ending: Ending
    failures: tuple[str, ...] = ()
    change: Change | None = None
    loss: Loss | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """The verdicts of all mutants."""

    verdicts: tuple[Verdict, ...]

    def count(self, ending: Ending) -> int:
        """Return how many mutants ended so."""
        return sum(verdict.ending == ending for verdict in self.verdicts)

    @property
    def percent(self) -> float:
        """The share caught of those that could be, in percent; 100 where there were none."""
        caught, survived = self.count("caught"), self.count("survived")
        return 100 * caught / (caught + survived) if caught + survived else 100.0


def judge(
    mutant: Mutant, original: DecisionGraph, compile_mutant: Callable[[Mutant], Compiled]
) -> Verdict:
    """Return what became of one mutant."""
    compiled = compile_mutant(mutant)
    if compiled.is_refused:
        return Verdict(mutant, "invalid", compiled.failures)
    if compiled.failures:
        return Verdict(mutant, "caught", compiled.failures)
    if compiled.graph is None:
        return Verdict(mutant, "invalid")
    difference = compare_graphs(original, compiled.graph)
    if isinstance(difference, NotCompared):
        return Verdict(mutant, "survived", note=difference.reason)
    if difference.is_empty:
        return Verdict(mutant, "equivalent")
    changes = [change for change in difference.changes if change.old != IMPOSSIBLE]
    if not changes and not difference.losses:
        return Verdict(mutant, "wider", change=next(iter(difference.changes), None))
    if not changes:
        return Verdict(mutant, "survived", loss=difference.losses[0])
    return Verdict(mutant, "survived", change=max(changes, key=lambda change: change.count))
