"""Paths of a diagram: the case nearest to the typical patient, and disjoint boxes.

In: a space, a true/false diagram. Out: the assignment (level -> cell) with the fewest cells that
are not typical, an exact minimum found by dynamic programming; the region as disjoint boxes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Region:
    """A box: for each level that it restricts, the cells allowed; and its number of points."""

    cells: tuple[tuple[int, tuple[int, ...]], ...]
    points: int


def regions(space: Space, node: int, most: int = 2_000) -> tuple[tuple[Region, ...], bool]:
    """Return disjoint boxes that make up the cases leading to `True`, largest first.

    At most `most` paths are followed; the flag tells whether they were all.
    """
    found: list[Region] = []
    total = space.total()
    complete = True
    stack: list[tuple[int, tuple[tuple[int, tuple[int, ...]], ...], int, int]] = [(node, (), 1, 1)]
    while stack:
        at, cells, inside, whole = stack.pop()
        if space.is_leaf(at):
            if at == space.true:
                found.append(Region(cells, total // whole * inside))
            continue
        if len(found) >= most:
            complete = False
            break
        level = space.level[at]
        by_child: dict[int, list[int]] = {}
        for index, child in enumerate(space.children[at]):
            if child != space.false:
                by_child.setdefault(child, []).append(index)
        weights = space.weights[level]
        for child, indices in reversed(by_child.items()):
            weight = sum(weights[index] for index in indices)
            step = (level, tuple(indices))
            stack.append((child, (*cells, step), inside * weight, whole * space.sizes[level]))
    found.sort(key=lambda region: (-region.points, region.cells))
    return tuple(found), complete
