"""Tables: many lines whose conditions are boxes, decided all at once.

A box asks each fact for a set of cells. For such lines the diagram is built level by level with one
bit per line: which lines can still hold, and which certainly do so far. No two lines are compared,
so the cost follows the size of the table, not the number of pairs.

Invariant: the result is the one that joining the lines one by one would give (property test).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from pathwaylang.ir.diagram import Space
from pathwaylang.ir.guards import All, Guard

FEWEST_LINES = 12
MOST_FACTS = 16

FEW_CELLS = 4
"""Where so many times fewer lines are left than there are cells, only their cells are visited."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Lines as boxes, one bit a line.

    For each level, for each cell: the lines that it lets hold for certain, and those that it lets
    hold or leaves unknown.
    """

    levels: tuple[int, ...]
    certain: tuple[tuple[int, ...], ...]
    possible: tuple[tuple[int, ...], ...]
    done: tuple[int, ...]
    """For each position, the lines that no level from there on restricts."""
    every: int
    free: tuple[int, ...]
    """For each level, the lines that it does not restrict."""
    cells: tuple[dict[int, tuple[int, ...]], ...]
    """For each level, the cells of each line that it restricts."""


def as_rows(
    space: Space, diagram: Callable[[Guard], int], guards: tuple[Guard | None, ...]
) -> Rows | None:
    """Return the lines as boxes, or None where they are few or one of them is no box."""
    boxes: list[dict[int, int]] = []
    for guard in guards:
        box = {} if guard is None else box_of(space, diagram, guard)
        if box is None:
            return None
        boxes.append(box)
    levels = tuple(sorted({level for box in boxes for level in box}))
    written = [index for index, guard in enumerate(guards) if guard is not None]
    if len(written) < FEWEST_LINES or len(levels) > MOST_FACTS:
        return None
    every = sum(1 << index for index in written)
    certain, possible, done = [], [], []
    free = [sum(1 << i for i in written if level not in boxes[i]) for level in levels]
    for level, mask in zip(levels, free, strict=True):
        sure, maybe = _masks(space, boxes, mask, level)
        certain.append(sure)
        possible.append(maybe)
    for position in range(len(levels) + 1):
        rest = set(levels[position:])
        done.append(sum(1 << index for index in written if rest.isdisjoint(boxes[index])))
    cells = tuple(_cells_of(space, boxes, level) for level in levels)
    return Rows(levels, tuple(certain), tuple(possible), tuple(done), every, tuple(free), cells)


def _cells_of(space: Space, boxes: list[dict[int, int]], level: int) -> dict[int, tuple[int, ...]]:
    by_node: dict[int, tuple[int, ...]] = {}
    found: dict[int, tuple[int, ...]] = {}
    for index, box in enumerate(boxes):
        node = box.get(level)
        if node is not None:
            if node not in by_node:
                children = space.children[node]
                by_node[node] = tuple(i for i, c in enumerate(children) if c != space.false)
            found[index] = by_node[node]
    return found


def box_of(space: Space, diagram: Callable[[Guard], int], guard: Guard) -> dict[int, int] | None:
    """Return for each level the node over that level alone, or None if the guard is no box."""
    box: dict[int, int] = {}
    for part in guard.items if isinstance(guard, All) else (guard,):
        node = diagram(part)
        if space.is_leaf(node) or not all(map(space.is_leaf, set(space.children[node]))):
            return None
        level = space.level[node]
        box[level] = space.conj(box[level], node) if level in box else node
        if space.is_leaf(box[level]):
            return None
    return box


def _masks(
    space: Space, boxes: list[dict[int, int]], free: int, level: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    width = len(space.weights[level])
    sure, maybe = [free] * width, [free] * width
    by_node: dict[int, int] = {}
    for index, box in enumerate(boxes):
        node = box.get(level)
        if node is not None:
            by_node[node] = by_node.get(node, 0) | 1 << index
    for node, mask in by_node.items():
        for cell, child in enumerate(space.children[node]):
            if child != space.false:
                maybe[cell] |= mask
                if child == space.true:
                    sure[cell] |= mask
    return tuple(sure), tuple(maybe)


def build_rows(
    space: Space, rows: Rows, in_order: bool, leaf: Callable[[int, int], Hashable]
) -> int:
    """Return the diagram of the lines.

    `leaf` gives the value for the lines that certainly hold and those that may (bit masks). In
    order, lines behind one that holds for certain are dropped.
    """
    memo: dict[tuple[int, int, int], int] = {}
    last = len(rows.levels)

    def walk(position: int, sure: int, maybe: int) -> int:
        if in_order:
            settled = sure & rows.done[position]
            if settled:
                keep = ((settled & -settled) << 1) - 1
                sure, maybe = sure & keep, maybe & keep
                if maybe == settled & -settled:
                    return space.leaf(leaf(sure, maybe))
        if maybe == 0 or position == last:
            return space.leaf(leaf(sure, maybe))
        key = (position, sure, maybe)
        found = memo.get(key)
        if found is None:
            states = _states(rows, position, sure, maybe)
            below = {state: walk(position + 1, *state) for state in set(states)}
            children = tuple([below[state] for state in states])
            found = memo[key] = space.node(rows.levels[position], children)
        return found

    return walk(0, rows.every, rows.every)


def _states(rows: Rows, position: int, sure: int, maybe: int) -> list[tuple[int, int]]:
    """Return the lines that still can hold in each cell of a level."""
    certain, possible = rows.certain[position], rows.possible[position]
    width = len(possible)
    if maybe.bit_count() * FEW_CELLS > width:
        return [(sure & s, maybe & m) for s, m in zip(certain, possible, strict=True)]
    free = rows.free[position]
    states = [(sure & free, maybe & free)] * width
    cells = {cell for line in lines_in(maybe & ~free) for cell in rows.cells[position][line]}
    for cell in cells:
        states[cell] = (sure & certain[cell], maybe & possible[cell])
    return states


def lines_in(mask: int) -> Iterator[int]:
    """Yield the lines of a mask, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
