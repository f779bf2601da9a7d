"""The semantic difference of two versions: which cases have another outcome now, counted exactly.

In: two graphs and renames. Out: a `Difference`, or `NotCompared` where the diagram of both passes
the budget. Both versions stand in one graph (`merge`) and so in one diagram space; its cells refine
the cells of each.

Invariants: counts are over the facts that either version's stage can read; every patient was
replayed in both versions by `replay`.
"""

from __future__ import annotations

from collections.abc import Mapping

from pathwaylang.compiler.qa.difference.losses import find_losses
from pathwaylang.compiler.qa.difference.merge import Joint, join_graphs
from pathwaylang.compiler.qa.difference.record import Difference, NotCompared
from pathwaylang.compiler.qa.difference.tables import Comparison
from pathwaylang.compiler.verify.flow import Flow
from pathwaylang.compiler.verify.order import Order, candidate_orders
from pathwaylang.compiler.verify.partition import Partition
from pathwaylang.compiler.verify.reads import Reads
from pathwaylang.compiler.verify.verification import Verification, hyperedges
from pathwaylang.ir.diagram import BudgetError
from pathwaylang.ir.graph import DecisionGraph

BUDGET = 1_500_000
"""Nodes that the last try may create before the versions count as not comparable."""

FIRST_BUDGET = 400_000
"""Nodes that each order may create in a first round, so that a good one is found early."""


def compare_graphs(
    old: DecisionGraph,
    new: DecisionGraph,
    renames: Mapping[str, str] | None = None,
    budget: int = BUDGET,
) -> Difference | NotCompared:
    """Compare two versions; `renames` maps old names to new ones."""
    joint = join_graphs(old, new, renames or {})
    partition = Partition(joint.graph)
    if partition.unreadable:
        return NotCompared("a formula reads more piecewise numbers than can be written out")
    orders = _orders(joint, partition)
    first = min(FIRST_BUDGET, budget)
    for limit, order in (*((first, order) for order in orders), (budget, orders[0])):
        try:
            return _compare(joint, partition, order, limit)
        except BudgetError:
            continue
    return NotCompared(f"the diagram of both versions needs more than {budget:,} nodes")


def _orders(joint: Joint, partition: Partition) -> tuple[Order, ...]:
    variables = [fact.name for fact in joint.graph.facts]
    variables += [opaque.variable for opaque in partition.opaques.values()]
    edges = hyperedges(joint.graph, Reads(joint.graph), partition)
    return candidate_orders(variables, edges)


def _compare(joint: Joint, partition: Partition, order: Order, budget: int) -> Difference:
    flow = Flow(joint.graph, partition, order, budget)
    verification = Verification(joint.graph, partition, flow, Reads(joint.graph), order)
    comparison = Comparison(joint, verification)
    tables = tuple(comparison.tables())
    losses = tuple(find_losses(comparison))
    return Difference(verification.unit, tables, joint.facts, joint.edits, losses)
