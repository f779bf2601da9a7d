"""What is kept of one proof for the next: diagrams, and what was found out about them.

In: a partition and an order of its variables. Out: the space of all diagrams, with tables of
results. All of it is keyed by content (nodes, which are equal exactly when their functions are), so
it holds for every graph over the same cells in the same order, whatever its decisions say.

Invariant: taking a result from here gives what working it out again would give.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from pathwaylang.compiler.verify.nearest import Boxes, Region, nearest_path, regions
from pathwaylang.ir.diagram import Leaves, Space
from pathwaylang.ir.guards import Guard, Interval, Term

if TYPE_CHECKING:
    from pathwaylang.compiler.verify.choice import Selection
    from pathwaylang.compiler.verify.order import Order
    from pathwaylang.compiler.verify.partition import Partition


class Kept:
    """The diagrams over the cells of a partition in one order."""

    def __init__(self, partition: Partition, order: Order, budget: int | None = None) -> None:
        opaque = {o.variable: (1,) * o.classes for o in partition.opaques.values()}
        counts = {name: cells.counts for name, cells in partition.cells.items()} | opaque
        self.space = Space(((name, counts[name]) for name in order.variables), budget)
        self.selections: dict[Hashable, Selection] = {}
        self._leaves: dict[int, Leaves] = {}
        self._regions: dict[tuple[int, int], tuple[tuple[Region, ...], int]] = {}
        self._paths: dict[tuple[int, Hashable], dict[int, int] | None] = {}
        self._search: Boxes | None = None
        self._counts: dict[int, dict[Hashable, int]] = {}
        self.atoms: dict[Guard, int] = {}
        self.tests: dict[tuple[Term, tuple[Interval, ...]], int] = {}
        self.depends: dict[tuple[int, int], int] = {}
        self.opened: dict[Hashable, dict[int, list[str]]] = {}

    def leaves(self, node: int) -> Leaves:
        """Return the leaves of a diagram."""
        found = self._leaves.get(node)
        if found is None:
            found = self._leaves[node] = Leaves(self.space, node)
        return found

    def counts(self, node: int) -> Mapping[Hashable, int]:
        """Return for each leaf the number of points that lead there."""
        found = self._counts.get(node)
        if found is None:
            found = self._counts[node] = self.space.counts(node)
        return found

    def regions(self, node: int, most: int) -> tuple[tuple[Region, ...], int]:
        """Return the largest boxes of a true/false diagram, and how many there are in all."""
        found = self._regions.get((node, most))
        if found is None:
            if self._search is None or self._search.root != node:
                self._search = Boxes(self.space, node)
            found = self._regions[node, most] = regions(self._search, most)
        return found

    def nearest(self, node: int, typical: Mapping[int, int]) -> Mapping[int, int] | None:
        """Return the cells that lead to `True` and are nearest to the typical ones."""
        key = (node, tuple(typical.items()))
        if key not in self._paths:
            self._paths[key] = nearest_path(self.space, node, typical)
        return self._paths[key]
