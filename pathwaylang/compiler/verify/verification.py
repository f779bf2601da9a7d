"""One verification: the diagrams of a graph under the best of several orders.

In: a graph and a budget of nodes, perhaps the verification of an earlier version. Out: a
`Verification`, or the reason why none could be made within the budget.
"""

from __future__ import annotations

from dataclasses import dataclass

from pathwaylang.compiler.verify.engines.reals import sharpen
from pathwaylang.compiler.verify.flow import Flow
from pathwaylang.compiler.verify.order import Order, orders_to_try
from pathwaylang.compiler.verify.partition import Partition, proof_guards
from pathwaylang.compiler.verify.places import View
from pathwaylang.compiler.verify.reads import Reads
from pathwaylang.compiler.verify.workbench import Verification
from pathwaylang.ir.derived import Classification, Condition, Formula, Piecewise, Score
from pathwaylang.ir.diagram import BudgetError
from pathwaylang.ir.graph import DecisionGraph

__all__ = ["BUDGET", "Undecided", "Verification", "View", "hyperedges", "verify_graph"]

BUDGET = 150_000
"""Nodes that one order may create before the next is tried."""

LAST_BUDGET = 4
"""Where every order fails, the first is given so many times the budget."""

HASTE = 3
"""Where a solver can take over, later orders are given so much less than the budget."""

GOOD_ENOUGH = 150_000
"""A diagram made with so few nodes is taken without trying further orders."""

MOST_KEPT = 3
"""Diagrams of earlier versions are given up when they are so many times those of the first."""

FEW_KEPT = 20_000
"""So few nodes are always kept."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """Why no verification could be made; the partition, where a solver may still be asked."""

    reason: str
    partition: Partition | None = None


def hyperedges(graph: DecisionGraph, reads: Reads, partition: Partition) -> list[frozenset[str]]:
    """Return the sets of variables that belong together: each condition, each derived fact."""
    opaque = list(partition.opaques.values())
    edges: dict[frozenset[str], None] = {}
    sets = [reads.guard(guard) for guard in proof_guards(graph)]
    sets += [reads.name(item.name) for item in graph.derived]
    for edge in sets:
        extra = frozenset(o.variable for o in opaque if frozenset(o.facts) <= edge)
        if len(edge) + len(extra) > 1:
            edges.setdefault(edge | extra)
    return list(edges)


def verify_graph(
    graph: DecisionGraph,
    budget: int = BUDGET,
    in_haste: bool = False,
    before: Verification | None = None,
) -> Verification | Undecided:
    """Build the diagrams of a graph under the smallest of several orders.

    Every decision, derived fact and constraint is built once per order tried, so that later checks
    find most of their work done. In haste it gives up early, for a solver to take over. Where the
    verification of an earlier version has the same cells and the same order, its diagrams are used.
    """
    partition = Partition(graph, None if before is None else before.partition)
    if partition.unreadable:
        return Undecided("a formula reads more piecewise numbers than can be written out")
    if not partition.is_sharp:
        sharpen(partition)
        partition.is_sharp = True
    reads = Reads(graph)
    variables = [fact.name for fact in graph.facts]
    variables += [opaque.variable for opaque in partition.opaques.values()]
    if before is not None and partition.asked == before.partition.asked:
        again = _built_again(graph, partition, reads, variables, before)
        if again is not None:
            again.space.lift(again.space.created + budget * 10)
            return again
    first: Order | None = None
    best: Verification | None = None
    for order in orders_to_try(variables, hyperedges(graph, reads, partition)):
        limit = budget // HASTE if in_haste and first is not None else budget
        first = first or order
        found = _built(graph, partition, reads, order, best.space.created if best else limit)
        if found is not None:
            best = found
            if best.space.created <= GOOD_ENOUGH:
                break
    most = budget if in_haste else budget * LAST_BUDGET
    if best is None and first is not None and not in_haste:
        best = _built(graph, partition, reads, first, most)
    if best is None:
        return Undecided(f"the decision diagram needs more than {most:,} nodes", partition)
    best.space.lift(budget * 10)
    best.nodes = best.space.created
    return best


def _built_again(
    graph: DecisionGraph,
    partition: Partition,
    reads: Reads,
    variables: list[str],
    before: Verification,
) -> Verification | None:
    """Return a verification over the diagrams of an earlier one; None where they do not fit."""
    kept, name = before.flow.kept, before.order.name
    if kept.space.created > MOST_KEPT * max(before.nodes, FEW_KEPT):
        return None
    orders = orders_to_try(variables, hyperedges(graph, reads, partition))
    order = next((order for order in orders if order.name == name), None)
    if order != before.order:
        return None
    try:
        flow = Flow(graph, partition, order, kept=kept)
        _build_all(flow)
    except BudgetError:
        return None
    return Verification(graph, partition, flow, reads, order, before.nodes)


def _built(
    graph: DecisionGraph, partition: Partition, reads: Reads, order: Order, limit: int
) -> Verification | None:
    """Return a verification with all diagrams built; None where they need too many nodes."""
    try:
        flow = Flow(graph, partition, order, limit)
        _build_all(flow)
    except BudgetError:
        return None
    return Verification(graph, partition, flow, reads, order)


def _build_all(flow: Flow) -> None:
    for derived in flow.graph.derived:
        match derived:
            case Classification() | Piecewise():
                flow.symbolic.lines(derived.name)
            case Condition() | Score():
                flow.symbolic.derived(derived.name)
            case Formula():
                continue
    for decision in flow.graph.decisions:
        flow.track(decision.name)
    flow.world(flow.graph.constraints)
