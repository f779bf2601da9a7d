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


def as_rows(
    space: Space, diagram: Callable[[Guard], int], guards: tuple[Guard | None, ...]
) -> Rows | None:
    """Return the lines as boxes, or None where they are few or one of them is no box."""
    boxes: list[dict[int, int]] = []
    for guard in guards:
        box = {} if guard is None else _box(space, diagram, guard)
        if box is None:
            return None
        boxes.append(box)
    levels = tuple(sorted({level for box in boxes for level in box}))
    written = [index for index, guard in enumerate(guards) if guard is not None]
    if len(written) < FEWEST_LINES or len(levels) > MOST_FACTS:
        return None
    every = sum(1 << index for index in written)
    certain, possible, done = [], [], []
    for level in levels:
        sure, maybe = _masks(space, boxes, written, level)
        certain.append(sure)
        possible.append(maybe)
    for position in range(len(levels) + 1):
        rest = set(levels[position:])
        done.append(sum(1 << index for index in written if rest.isdisjoint(boxes[index])))
    return Rows(levels, tuple(certain), tuple(possible), tuple(done), every)


def _box(space: Space, diagram: Callable[[Guard], int], guard: Guard) -> dict[int, int] | None:
    """Return for each level the node over that level alone, or None if the guard is no box."""
    box: dict[int, int] = {}
    for part in guard.items if isinstance(guard, All) else (guard,):
        node = diagram(part)
        if space.is_leaf(node) or not all(space.is_leaf(child) for child in space.children[node]):
            return None
        level = space.level[node]
        box[level] = space.conj(box[level], node) if level in box else node
        if space.is_leaf(box[level]):
            return None
    return box


def _masks(
    space: Space, boxes: list[dict[int, int]], written: list[int], level: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    width = len(space.weights[level])
    free = sum(1 << index for index in written if level not in boxes[index])
    sure, maybe = [free] * width, [free] * width
    for index in written:
        node = boxes[index].get(level)
        if node is None:
            continue
        for cell, child in enumerate(space.children[node]):
            if child != space.false:
                maybe[cell] |= 1 << index
                if child == space.true:
                    sure[cell] |= 1 << index
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
            states = [
                (sure & s, maybe & m)
                for s, m in zip(rows.certain[position], rows.possible[position], strict=True)
            ]
            below = {state: walk(position + 1, *state) for state in set(states)}
            children = tuple([below[state] for state in states])
            found = memo[key] = space.node(rows.levels[position], children)
        return found

    return walk(0, rows.every, rows.every)


def lines_in(mask: int) -> Iterator[int]:
    """Yield the lines of a mask, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
