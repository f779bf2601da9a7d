"""Contradictions: which `impossible` the recorded facts break.

In: a graph's constraints and a case. Out: the first constraint that is certainly broken, or those
that leave no completion together. A constraint is decided once all facts that it reads are
recorded, and by the reference semantics alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from pathwaylang.ir.facts import shown_value
from pathwaylang.ir.graph import Constraint, DecisionGraph
from pathwaylang.ir.guards import Guard, Recommends, guard_atoms
from pathwaylang.ir.kleene import Truth
from pathwaylang.runtime.advice import Advisor
from pathwaylang.runtime.answer import Breach
from pathwaylang.runtime.case import Case
from pathwaylang.runtime.walk import Walker


class Breaches:
    """Judges cases by the constraints of one pathway; immutable."""

    def __init__(self, graph: DecisionGraph, walker: Walker, advisor: Advisor) -> None:
        self._facts = {fact.name: fact for fact in graph.facts}
        self._walker = walker
        self._advisor = advisor
        self.constraints = tuple(
            (constraint, frozenset(advisor.facts_of(constraint.guard)))
            for constraint in graph.constraints
        )
        """Each constraint with the facts that it reads."""

    def open_facts(self, guard: Guard, case: Case) -> list[str]:
        """Return the facts that a condition reads and that are not recorded, as written."""
        return [name for name in self._advisor.facts_of(guard) if name not in case.values]

    def certainty(self, guard: Guard, case: Case) -> Truth:
        """Return whether a condition holds; None where that takes facts that are not recorded."""
        if asks_track(guard):
            return None
        if self.open_facts(guard, case):
            return None
        return self._walker.values(case.values).truth(guard)

    def first(self, case: Case) -> Breach | None:
        """Return the first `impossible` that the recorded facts certainly break."""
        recorded = case.values.keys()
        for constraint, reads in self.constraints:
            if reads <= recorded and self.certainty(constraint.guard, case) is True:
                return self._broken([constraint], case)
        return None

    def joint(self, case: Case) -> Breach | None:
        """Several constraints leave no completion, none of them alone: name those involved."""
        involved = [
            constraint
            for constraint, reads in self.constraints
            if not reads.isdisjoint(case.values)
            and self.certainty(constraint.guard, case) is not False
        ]
        return self._broken(involved, case) if involved else None

    def _broken(self, constraints: list[Constraint], case: Case) -> Breach:
        reads: dict[str, None] = {}
        for constraint in constraints:
            reads |= dict.fromkeys(self._advisor.facts_of(constraint.guard))
        shown = tuple(
            (name, shown_value(self._facts[name], case.values[name]))
            for name in reads
            if name in case.values
        )
        return Breach(
            "; ".join(constraint.text for constraint in constraints), reason_of(constraints), shown
        )


def asks_track(guard: Guard) -> bool:
    """Whether a condition asks what a track recommends: the recorded facts do not tell that."""
    return any(isinstance(atom, Recommends) for atom in guard_atoms(guard))


def reason_of(constraints: Sequence[Constraint]) -> str:
    """Return why constraints are there, as they say it; empty if they do not."""
    bases = [constraint.basis for constraint in constraints]
    return "; ".join(text for basis in bases for text in (*basis.because, *basis.opinions))


def why(breach: Breach | None) -> str:
    """Return the reason of a contradiction, in words."""
    if breach is None:
        return "the recorded facts contradict each other"
    return breach.because or f"impossible: {breach.constraint}"
