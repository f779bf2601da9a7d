"""What all cases of a region have in common, fact by fact.

In: a space and a true/false diagram. Out: for each level that restricts every case of the region,
the cells that occur in it. This is the smallest box around the region: each case of the region is
in it, but not each case of the box in the region.
"""

from __future__ import annotations

from pathwaylang.ir.diagram import Space


def common_cells(space: Space, node: int) -> dict[int, tuple[int, ...]]:
    """Return for each level on which no case is free the cells that cases of the region have."""
    allowed: dict[int, set[int]] = {}
    free: set[int] = set(range(_depth(space, node)))
    for at in space.reachable(node):
        if space.is_leaf(at):
            continue
        level = space.level[at]
        for cell, child in enumerate(space.children[at]):
            if child != space.false:
                allowed.setdefault(level, set()).add(cell)
                free.update(range(level + 1, _depth(space, child)))
    return {
        level: tuple(sorted(cells))
        for level, cells in sorted(allowed.items())
        if level not in free and len(cells) < len(space.weights[level])
    }


def _depth(space: Space, node: int) -> int:
    return min(space.level[node], len(space.names))
