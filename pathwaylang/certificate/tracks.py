"""What decisions and tracks come to, as diagrams.

In: a decision graph and a `World`. Out: for each track a diagram of its ends, and where it says a
name. Written from the reference of the language (sections 7 to 9), not from the verifier.

Invariant: a leaf of a track is `(decision, branch)`, or `HALT` where there is no single answer.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from pathwaylang.certificate.conditions import Conditions
from pathwaylang.certificate.diagrams import OPEN
from pathwaylang.certificate.lines import HALT, Lines, chosen
from pathwaylang.certificate.values import World
from pathwaylang.ir.graph import Decision, DecisionGraph, Outcome


class Tracks:
    """The diagrams of one graph's decisions."""

    def __init__(self, graph: DecisionGraph, world: World) -> None:
        self.decisions = {decision.name: decision for decision in graph.decisions}
        self.d = world.diagrams
        self.conditions = Conditions(graph, world, self.says)
        self.truth = self.conditions.truth
        self._once = self.conditions.once

    def _taken(self, decision: Decision) -> int:
        kinds = [branch.branch_kind for branch in decision.branches]
        return chosen(
            self.d,
            self.truth,
            Lines(
                [branch.guard for branch in decision.branches],
                [branch.outcome.text for branch in decision.branches],
                decision.in_order,
                decision.unknown_means_no,
                kinds.index("unknown") if "unknown" in kinds else HALT,
                kinds.index("otherwise") if "otherwise" in kinds else HALT,
            ),
        )

    def _along(
        self, name: str, end: Callable[[Decision, int], Hashable], beyond: Callable[[str], int]
    ) -> int:
        """Return what a decision comes to: `end` of a branch; where that is OPEN, its target."""
        decision = self.decisions[name]

        def leaf(index: Hashable) -> Hashable:
            if not isinstance(index, int):
                return HALT
            found = end(decision, index)
            return ("go", decision.branches[index].outcome.names[0]) if found is OPEN else found

        taken = self._once(("taken", name), lambda: self._taken(decision))
        inner = [b.outcome.names[0] for b in decision.branches if goes_on(b.outcome)]
        return self.d.route(
            self.d.map(taken, leaf), {("go", target): beyond(target) for target in inner}
        )

    def ends(self, name: str) -> int:
        """Return where a track ends: `(decision, index of the branch)`, or HALT."""

        def end(decision: Decision, index: int) -> Hashable:
            return OPEN if goes_on(decision.branches[index].outcome) else (decision.name, index)

        return self._once(("ends", name), lambda: self._along(name, end, self.ends))

    def says(self, name: str, names: frozenset[str]) -> int:
        """Return where a track recommends or offers a name, or passes a branch of that id."""

        def end(decision: Decision, index: int) -> Hashable:
            branch = decision.branches[index]
            if branch.id in names:
                return True
            if goes_on(branch.outcome):
                return OPEN
            is_advice = branch.outcome.outcome_kind != "go to"
            return is_advice and not names.isdisjoint(branch.outcome.names)

        def make() -> int:
            found = self._along(name, end, lambda target: self.says(target, names))
            return self.d.map(found, lambda value: value is True)

        return self._once(("says", name, names), make)


def goes_on(outcome: Outcome) -> bool:
    """True for a `go to` within the stage."""
    return outcome.outcome_kind == "go to" and outcome.target == "decision"
