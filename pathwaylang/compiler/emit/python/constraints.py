"""The `impossible` rules of an artifact as diagrams over its variables.

In: an artifact. Out: nodes that continue its table, and for each rule its root. The cells are the
verifier's, worked out again from the graph, so formulas count as what they are.

Invariant: nodes and leaves are numbered on from those of the artifact's table.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from pathwaylang.compiler.verify.engines.reals import sharpen
from pathwaylang.compiler.verify.flow import Flow
from pathwaylang.compiler.verify.order import Order
from pathwaylang.compiler.verify.partition import Partition
from pathwaylang.ir.compiled import Artifact, DiagramTable
from pathwaylang.runtime.breach import asks_track

TRUTHS: tuple[Hashable, ...] = (True, False, None)
"""The leaves that follow those of the table; None is unknown."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Nodes that follow the table's, and the root of each `impossible`."""

    nodes: tuple[tuple[int, ...], ...]
    roots: tuple[int, ...]


def constraint_nodes(artifact: Artifact, table: DiagramTable) -> Rules:
    """Return the diagrams of all `impossible` rules, in order."""
    graph = artifact.graph
    if not graph.constraints:
        return Rules((), ())
    partition = Partition(graph)
    sharpen(partition)
    # What asks a track is never judged before the track is answered: it stays unknown.
    flow = Flow(graph, partition, Order(table.order, table.variables))
    space = flow.space
    roots = [flow.symbolic.guard(constraint.guard) for constraint in graph.constraints]
    place: dict[int, int] = {}
    nodes: list[tuple[int, ...]] = []
    reached = {node for root in roots for node in space.reachable(root)}
    for node in sorted(reached, key=lambda node: (-space.level[node], node)):
        if space.is_leaf(node):
            place[node] = -1 - len(table.leaves) - TRUTHS.index(space.values[node])
        else:
            place[node] = len(table.nodes) + len(nodes)
            children = (place[child] for child in space.children[node])
            nodes.append((space.level[node], *children))
    unknown = -1 - len(table.leaves) - TRUTHS.index(None)
    judged = zip(graph.constraints, roots, strict=True)
    return Rules(
        tuple(nodes),
        tuple(unknown if asks_track(c.guard) else place[root] for c, root in judged),
    )
