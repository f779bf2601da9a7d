"""What tracks say to given cases, and which cases arrive at which decision.

In: the diagrams of which branch a decision takes and of where a track ends. Out: which of some
cases end in, or pass, a branch that recommends something, which do not, and which arrive where.
Asked of few cases this is far cheaper than the diagram of all cases to whom a track says it.

Invariant: of any cases, those that say and those that are silent are a partition (property test).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from pathwaylang.ir.diagram import Leaves, Space
from pathwaylang.ir.graph import Branch, DecisionGraph, Outcome


def is_inner(outcome: Outcome) -> bool:
    """True for a `go to` that stays within the stage."""
    return outcome.outcome_kind == "go to" and outcome.target == "decision"


def says(branch: Branch, names: tuple[str, ...]) -> bool:
    """True if a branch recommends or offers one of the names, or is itself named."""
    if branch.id in names:
        return True
    outcome = branch.outcome
    return outcome.outcome_kind != "go to" and not set(outcome.names).isdisjoint(names)


@dataclass(frozen=True, slots=True)
class End:
    """A track's end: the decision and the index of the branch that decided."""

    decision: str
    branch: int


class Ways:
    """Follows cases, given the diagrams of what decisions take and of where tracks end."""

    def __init__(
        self,
        graph: DecisionGraph,
        space: Space,
        chosen: Callable[[str], int],
        track: Callable[[str], int],
    ) -> None:
        self._graph = graph
        self._space = space
        self._chosen = chosen
        self._track = track
        self._decisions = {decision.name: decision for decision in graph.decisions}
        self._leaves: dict[str, Leaves] = {}
        self._ends: dict[str, Leaves] = {}

    def ends(self, track: str) -> Leaves:
        """Return the ends of a track, and which of them lie below each node of its diagram."""
        found = self._ends.get(track)
        if found is None:
            found = self._ends[track] = Leaves(self._space, self._track(track))
        return found

    def _branch(self, end: End) -> Branch:
        return self._decisions[end.decision].branches[end.branch]

    def leaves(self, name: str) -> Leaves:
        """Return the leaves of a decision's diagram: indices of branches, and faults."""
        found = self._leaves.get(name)
        if found is None:
            found = self._leaves[name] = Leaves(self._space, self._chosen(name))
        return found

    def saying(self, cases: int, track: str, names: tuple[str, ...]) -> int:
        """Return those of the cases in which a track says one of the names.

        It says a name by recommending or offering it, or by passing a branch of that id.
        """
        space, ends = self._space, self.ends(track)
        said = [end for end in ends.bits if self._says_at(end, names)]
        meant = self._meant(cases, said)
        result = space.where(meant, ends, sum(ends.bits[end] for end in said))
        return space.disj(result, self._passing(cases, track, names))

    def silent(self, cases: int, track: str, names: tuple[str, ...]) -> int:
        """Return those of the cases in which a track says none of the names."""
        space, ends = self._space, self.ends(track)
        others = ends.mask(lambda end: not self._says_at(end, names))
        result = space.where(cases, ends, others)
        return space.conj(result, space.neg(self._passing(cases, track, names)))

    def _says_at(self, end: Hashable, names: tuple[str, ...]) -> bool:
        return isinstance(end, End) and says(self._branch(end), names)

    def _meant(self, cases: int, ends: list[Hashable]) -> int:
        """Return those of the cases that would take one of the branches, were they there.

        Decisions have small diagrams: what is empty here need not be sought in that of a track.
        """
        if cases == self._space.true:
            return cases
        by_decision: dict[str, list[int]] = {}
        for end in ends:
            assert isinstance(end, End)
            by_decision.setdefault(end.decision, []).append(end.branch)
        parts = []
        for name, branches in by_decision.items():
            leaves = self.leaves(name)
            parts.append(self._space.where(cases, leaves, _mask(leaves, branches)))
        return self._space.any(parts)

    def _passing(self, cases: int, track: str, names: tuple[str, ...]) -> int:
        """Return those of the cases whose way passes a named branch that goes on."""
        named = [
            (decision.name, index)
            for decision in self._graph.decisions
            for index, branch in enumerate(decision.branches)
            if branch.id in names and is_inner(branch.outcome)
        ]
        if not named:
            return self._space.false
        reach = self.reach((track,), cases)
        parts = []
        for name, index in named:
            leaves = self.leaves(name)
            here = reach.get(name, self._space.false)
            parts.append(self._space.where(here, leaves, _mask(leaves, (index,))))
        return self._space.any(parts)

    def reach(self, starts: Iterable[str], cases: int) -> dict[str, int]:
        """Return for each decision those of the cases that arrive there from the starts."""
        space = self._space
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
