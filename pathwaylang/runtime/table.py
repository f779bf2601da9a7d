"""The artifact's decision diagrams as a table: roots, nodes, and the outcome of each leaf.

In: the table as the artifact has it. Out: the same with look-ups, shared by all evaluations.
`runtime.reach` walks it.
"""

from __future__ import annotations

from collections.abc import Mapping

from pathwaylang.ir.artifact import DiagramTable, LeafEnd
from pathwaylang.ir.graph import DecisionGraph

OUTSIDE = "outside"
IMPOSSIBLE = "impossible"


class Diagram:
    """Nodes with what is asked at each level, roots by track, and the outcome of each leaf.

    `outcomes` has `outside` and `impossible` for leaves that are no branch. Immutable.
    """

    def __init__(
        self,
        variables: tuple[str, ...],
        nodes: tuple[tuple[int, ...], ...],
        roots: Mapping[str, int],
        outcomes: tuple[str, ...],
    ) -> None:
        self.variables = variables
        self.level_of = {name: level for level, name in enumerate(variables)}
        self.nodes = nodes
        self.roots = roots
        self.outcomes = outcomes
        alike: dict[str, int] = {}
        for index, text in enumerate(self.outcomes):
            alike[text] = alike.get(text, 0) | 1 << index
        self.alike = tuple(alike[text] for text in self.outcomes)
        """For each leaf the set of leaves with the same outcome, as bits."""
        impossible = alike.get("impossible", 0)
        self.bits = {-1 - index: 1 << index & ~impossible for index in range(len(self.outcomes))}
        """For each leaf, as nodes refer to it, itself as bits; none for impossible cases."""

    def step(self, at: int, fixed: Mapping[int, int]) -> int:
        """Follow recorded facts from a node as long as they are recorded."""
        nodes = self.nodes
        while at >= 0:
            cell = fixed.get(nodes[at][0])
            if cell is None:
                return at
            at = nodes[at][1 + cell]
        return at

    def texts(self, leaves: int) -> frozenset[str]:
        """Return the outcomes of a set of leaves given as bits."""
        found: set[str] = set()
        while leaves:
            index = (leaves & -leaves).bit_length() - 1
            found.add(self.outcomes[index])
            leaves &= ~self.alike[index]
        return frozenset(found)

    def is_settled(self, leaves: int) -> bool:
        """Whether all leaves of a set given as bits have one outcome."""
        return not leaves or not leaves & ~self.alike[(leaves & -leaves).bit_length() - 1]


class Table(Diagram):
    """The diagrams of an artifact, with its formulas, and the facts of each track in order."""

    def __init__(self, table: DiagramTable, graph: DecisionGraph) -> None:
        decisions = {decision.name: decision for decision in graph.decisions}
        outcomes = tuple(
            decisions[leaf.decision].branches[leaf.branch].outcome.text
            if isinstance(leaf, LeafEnd)
            else leaf.leaf
            for leaf in table.leaves
        )
        super().__init__(table.variables, table.nodes, dict(table.roots), outcomes)
        self.reading = dict(table.reading)
        self.formulas = table.formulas
        self.leaves = table.leaves
