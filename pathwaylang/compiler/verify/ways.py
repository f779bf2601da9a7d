"""What tracks say to given cases, and which cases arrive at which decision.

In: the diagrams of which branch a decision takes and of where a track ends. Out: which of some
cases end in, or pass, a branch that recommends something, which do not, and which arrive where.
Asked of few cases this is far cheaper than the diagram of all cases to whom a track says it.

Invariant: of any cases, those that say and those that are silent are a partition (property test).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pathwaylang.ir.diagram import Leaves, Space
from pathwaylang.ir.graph import Branch, DecisionGraph, Outcome


def is_inner(outcome: Outcome) -> bool:
    """True for a `go to` that stays within the stage."""
    return outcome.outcome_kind == "go to" and outcome.target == "decision"


def said_by(branch: Branch) -> frozenset[str]:
    """Return what a branch says: what it recommends or offers, and its own id."""
    outcome = branch.outcome
    return frozenset((branch.id, *(() if outcome.outcome_kind == "go to" else outcome.names)))


def says(branch: Branch, names: tuple[str, ...]) -> bool:
    """True if a branch recommends or offers one of the names, or is itself named."""
    return not said_by(branch).isdisjoint(names)


@dataclass(frozen=True, slots=True)
class End:
    """A track's end: the decision and the index of the branch that decided."""

    decision: str
    branch: int


class Ways:
    """Follows cases; `leaves` gives the leaves of a decision: indices of branches, and faults."""

    def __init__(self, graph: DecisionGraph, space: Space, leaves: Callable[[str], Leaves]) -> None:
        self._graph = graph
        self.space = space
        self.leaves = leaves
        self._arriving: dict[str, dict[str, int]] = {}
        self._sayers: dict[str, list[tuple[str, int]]] = {}
        for decision in graph.decisions:
            for index, branch in enumerate(decision.branches):
                for name in said_by(branch):
                    self._sayers.setdefault(name, []).append((decision.name, index))

    def saying(self, cases: int, track: str, names: tuple[str, ...]) -> int:
        """Return those of the cases in which a track says one of the names.

        It says a name by recommending or offering it, or by passing a branch of that id. Who would
        take such a branch is asked first: of few cases that is often nobody, and always cheap.
        """
        space, arriving = self.space, self._arriving_from(track)
        sayers: dict[str, set[int]] = {}
        for name in names:
            for decision, index in self._sayers.get(name, ()):
                sayers.setdefault(decision, set()).add(index)
        parts = []
        for decision, said in sayers.items():
            here = arriving.get(decision, space.false)
            if here != space.false:
                leaves = self.leaves(decision)
                meant = space.where(cases, leaves, _mask(leaves, said))
                parts.append(space.conj(meant, here))
        return space.any(parts)

    def silent(self, cases: int, track: str, names: tuple[str, ...]) -> int:
        """Return those of the cases in which a track says none of the names."""
        said = self.saying(cases, track, names)
        return self.space.conj(cases, self.space.neg(said))

    def _arriving_from(self, track: str) -> dict[str, int]:
        found = self._arriving.get(track)
        if found is None:
            found = self._arriving[track] = self.reach((track,), self.space.true)
        return found

    def reach(self, starts: Iterable[str], cases: int) -> dict[str, int]:
        """Return for each decision those of the cases that arrive there from the starts."""
        space = self.space
        arriving = dict.fromkeys(starts, cases)
        for decision in self._graph.decisions:
            here = arriving.get(decision.name, space.false)
            if here == space.false:
                continue
            leaves = self.leaves(decision.name)
            onward: dict[str, list[int]] = {}
            for index, branch in enumerate(decision.branches):
                if is_inner(branch.outcome):
                    onward.setdefault(branch.outcome.names[0], []).append(index)
            for target, branches in onward.items():
                going = space.where(here, leaves, _mask(leaves, branches))
                arriving[target] = space.disj(arriving.get(target, space.false), going)
        return arriving


def _mask(leaves: Leaves, branches: Iterable[int]) -> int:
    return sum(leaves.bits.get(index, 0) for index in branches)
