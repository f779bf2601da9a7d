"""Paths of a diagram: the case nearest to the typical patient, and disjoint boxes.

In: a space, a true/false diagram. Out: the assignment (level -> cell) with the fewest cells that
are not typical, an exact minimum found by dynamic programming; and the largest of the disjoint
boxes that make up a region.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from math import prod

from pathwaylang.ir.diagram import Space

_FAR = 1 << 30


def nearest_path(space: Space, node: int, typical: Mapping[int, int]) -> dict[int, int] | None:
    """Return cells that lead to `True`, with the fewest that differ from the typical ones.

    Levels without a typical cell cost one wherever they are decided; among equals the typical cell
    wins, then the first. None if no case leads to `True`.
    """
    cost: dict[int, int] = {}
    for at in reversed(space.reachable(node)):
        if space.is_leaf(at):
            cost[at] = 0 if at == space.true else _FAR
            continue
        usual = typical.get(space.level[at])
        cost[at] = min(
            cost[child] + (index != usual) for index, child in enumerate(space.children[at])
        )
    if cost[node] >= _FAR:
        return None
    path: dict[int, int] = {}
    at = node
    while not space.is_leaf(at):
        level = space.level[at]
        usual = typical.get(level)
        children = space.children[at]
        cell = min(
            range(len(children)),
            key=lambda i: (cost[children[i]] + (i != usual), i != usual, i),
        )
        path[level] = cell
        at = children[cell]
    return path


Cells = tuple[tuple[int, tuple[int, ...]], ...]
"""For each level that is restricted, the cells allowed."""


@dataclass(frozen=True, slots=True)
class Region:
    """A box: for each level that it restricts, the cells allowed; and its number of points."""

    cells: Cells
    points: int


def regions(search: Boxes, most: int) -> tuple[tuple[Region, ...], int]:
    """Return the largest of the disjoint boxes that make up the cases leading to `True`.

    At most `most` of them, largest first, among equals in the order of their cells; and how many
    boxes there are in all. Exact: the boxes are not listed to find the largest.
    """
    space, node = search.space, search.root
    above = search.above(node)
    queue: list[tuple[int, Cells, int, int]] = [(-search.best(node) * above, (), node, above)]
    found: list[Region] = []
    while queue and len(found) < most:
        bound, cells, at, before = heappop(queue)
        if space.is_leaf(at):
            if at == space.true:
                found.append(Region(cells, -bound))
            continue
        for child, indices, weight in search.steps(at):
            here = before * weight * search.gap(at, child)
            step = (*cells, (space.level[at], indices))
            heappush(queue, (-here * search.best(child), step, child, here))
    return tuple(found), search.count


class Boxes:
    """For each node below a root: the points of the largest box from there on."""

    def __init__(self, space: Space, root: int) -> None:
        self.space = space
        self.root = root
        self._gaps: dict[tuple[int, int], int] = {}
        self._steps: dict[int, list[tuple[int, tuple[int, ...], int]]] = {}
        self._best: dict[int, int] = {}
        boxes: dict[int, int] = {}
        for at in reversed(space.reachable(root)):
            if space.is_leaf(at):
                self._best[at] = boxes[at] = int(at == space.true)
                continue
            steps = self.steps(at)
            boxes[at] = sum(boxes[child] for child, _, _ in steps)
            self._best[at] = max(
                (weight * self.gap(at, child) * self._best[child] for child, _, weight in steps),
                default=0,
            )
        self.count = boxes[root]

    def best(self, node: int) -> int:
        """Points of the largest box below a node, over the variables from its level on."""
        return self._best[node]

    def steps(self, node: int) -> list[tuple[int, tuple[int, ...], int]]:
        """Return each child that can lead to `True`, with its cells and their weight."""
        found = self._steps.get(node)
        if found is None:
            space = self.space
            weights = space.weights[space.level[node]]
            by_child: dict[int, list[int]] = {}
            for index, child in enumerate(space.children[node]):
                if child != space.false:
                    by_child.setdefault(child, []).append(index)
            found = self._steps[node] = [
                (child, tuple(indices), sum(weights[index] for index in indices))
                for child, indices in by_child.items()
            ]
        return found

    def above(self, node: int) -> int:
        """Return the number of points over the variables above a node."""
        return self._product(0, self._depth(node))

    def gap(self, node: int, child: int) -> int:
        """Return the number of points over the variables between a node and a child."""
        return self._product(self.space.level[node] + 1, self._depth(child))

    def _depth(self, node: int) -> int:
        return min(self.space.level[node], len(self.space.sizes))

    def _product(self, first: int, end: int) -> int:
        found = self._gaps.get((first, end))
        if found is None:
            found = self._gaps[first, end] = prod(self.space.sizes[first:end])
        return found
