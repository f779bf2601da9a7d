"""Decisions composed along `go to`: tracks, ways, and which cases arrive where.

In: a graph and the diagrams of its guards. Out: for each track a diagram whose leaves are `End`
(the branch that decides) or `Stuck` (a fault of a decision on the way); for each decision the cases
that reach it.

Invariant: over the cases a stage applies to, the leaves of a track partition them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from pathwaylang.compiler.verify.choice import Fault, LineChoice, Selection, select
from pathwaylang.compiler.verify.kept import Kept
from pathwaylang.compiler.verify.order import Order
from pathwaylang.compiler.verify.partition import Partition
from pathwaylang.compiler.verify.symbolic import Symbolic
from pathwaylang.compiler.verify.ways import End, Ways, is_inner
from pathwaylang.ir.diagram import Leaves
from pathwaylang.ir.graph import Branch, Constraint, Decision, DecisionGraph
from pathwaylang.ir.guards import Guard

__all__ = ["End", "Flow", "Stuck", "decision_choice", "is_inner"]


@dataclass(frozen=True, slots=True)
class Stuck:
    """A case that a decision does not answer, or answers twice."""

    decision: str
    fault: Fault


def decision_choice(decision: Decision) -> LineChoice:
    """Return the branches of a decision as a choice."""
    branches = decision.branches
    return LineChoice(
        tuple(branch.guard for branch in branches),
        tuple(branch.outcome.text for branch in branches),
        decision.in_order,
        decision.unknown_means_no,
        next((i for i, b in enumerate(branches) if b.branch_kind == "unknown"), None),
    )


class Flow:
    """The diagrams of all decisions and tracks of a graph under one order."""

    def __init__(
        self,
        graph: DecisionGraph,
        partition: Partition,
        order: Order,
        budget: int | None = None,
        kept: Kept | None = None,
    ) -> None:
        """Take a graph, and what is kept of one over the same cells in the same order."""
        self.graph = graph
        self.decisions = {decision.name: decision for decision in graph.decisions}
        self.kept = kept or Kept(partition, order, budget)
        self.symbolic = Symbolic(partition, self.track_says, self.kept)
        self.space = self.symbolic.space
        self.ways = Ways(graph, self.space, self.leaves)
        self._selections: dict[str, Selection] = {}
        self._full: dict[str, int] = {}
        self._says: dict[tuple[str, tuple[str, ...]], int] = {}

    # ------------------------------------------------------------ the checked world

    @property
    def applies(self) -> int:
        """The cases that the pathway certainly applies to."""
        guard = self.graph.applies
        return self.space.true if guard is None else self.certainly(guard)

    def certainly(self, guard: Guard) -> int:
        """The cases in which a condition is certainly true."""
        return self.space.certain(self.symbolic.guard(guard))

    def allowed(self, constraints: Iterable[Constraint]) -> int:
        """The cases that none of the constraints removes."""
        return self.space.all(
            self.space.neg(self.certainly(constraint.guard)) for constraint in constraints
        )

    def world(self, constraints: Iterable[Constraint]) -> int:
        """The cases that the pathway applies to and that none of the constraints removes."""
        return self.space.conj(self.applies, self.allowed(constraints))

    # ------------------------------------------------------------ decisions

    def selection(self, name: str) -> Selection:
        """Return which branch of a decision is taken, over all cases."""
        found = self._selections.get(name)
        if found is None:
            choice = decision_choice(self.decisions[name])
            found = self._selections[name] = select(self.kept, self.symbolic.guard, choice)
        return found

    def leaves(self, name: str) -> Leaves:
        """Return the leaves of a decision's diagram: indices of branches, and faults."""
        return self.kept.leaves(self.selection(name).chosen)

    def taken(self, name: str, branch: int) -> int:
        """Return the cases that take a branch of a decision, once there."""
        return self.space.map(self.selection(name).chosen, lambda v: v == branch, ("taken", branch))

    def track(self, name: str) -> int:
        """Return the diagram of a track, or of any decision as a start.

        Its leaves are `End` and `Stuck`.
        """
        found = self._full.get(name)
        if found is None:
            found = self._full[name] = self._compose(name)
        return found

    def _compose(self, name: str) -> int:
        branches = self.decisions[name].branches

        def leaf(value: Hashable) -> Hashable:
            if isinstance(value, int):
                return End(name, value)
            return Stuck(name, value)  # type: ignore[arg-type]

        result = self.space.map(self.selection(name).chosen, leaf, ("ends", name))
        for target in dict.fromkeys(b.outcome.names[0] for b in branches if is_inner(b.outcome)):
            ways = frozenset(
                End(name, index)
                for index, branch in enumerate(branches)
                if is_inner(branch.outcome) and branch.outcome.names[0] == target
            )
            there = self.space.map(result, lambda v, ways=ways: v in ways, ways)  # type: ignore[misc]
            result = self.space.choose(there, self.track(target), result)
        return result

    def branch_of(self, end: End) -> Branch:
        """Return the branch at a track's end."""
        return self.decisions[end.decision].branches[end.branch]

    # ------------------------------------------------------------ what a track recommends

    def track_says(self, track: str, names: tuple[str, ...]) -> int:
        """Return the cases in which a track recommends one of the names, as true/false leaves.

        An offer counts; so does a way through one of the branches, where a name is a branch id.
        """
        key = (track, names)
        found = self._says.get(key)
        if found is None:
            found = self._says[key] = self.ways.saying(self.space.true, track, names)
        return found
