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
"""Lines over more facts are tried as rows only in order, where those left over soon are few."""

MOST_STATES = 20
"""So many sets of lines left over, for each line, are then followed before it is given up."""


FEW_LINES = 4
"""So many lines a cell are told apart line by line; where there are more, cell by cell."""

State = tuple[int, int]
"""The lines that certainly hold as far as was asked, and those that can still hold (bit masks)."""


@dataclass(frozen=True, slots=True)
class Box:
    """The cells of one level that let a line hold for certain, and those that do not exclude it."""

    certain: int
    possible: int


class Rows:
    """Lines as boxes, one bit a line."""

    def __init__(self, space: Space, boxes: dict[int, dict[int, int]]) -> None:
        """Take for each line, for each level that it restricts, the node over that level alone."""
        self.levels = tuple(sorted({level for box in boxes.values() for level in box}))
        self.widths = tuple(len(space.weights[level]) for level in self.levels)
        self.every = sum(1 << line for line in boxes)
        self._nodes = tuple(
            {line: box[level] for line, box in boxes.items() if level in box}
            for level in self.levels
        )
        self._free = tuple(self.every & ~sum(1 << line for line in nodes) for nodes in self._nodes)
        self.done = self._done()
        used = {node for nodes in self._nodes for node in nodes.values()}
        self._boxes = {node: _box(space, space.children[node]) for node in used}
        self._by_cell: dict[int, list[State]] = {}

    def _done(self) -> tuple[int, ...]:
        """Return for each position the lines that no level from there on restricts."""
        found = [self.every]
        for free in reversed(self._free):
            found.append(found[-1] & free)
        return tuple(reversed(found))

    def split(self, position: int, state: State) -> Iterator[tuple[int, State]]:
        """Yield which lines still can hold in which cells (a bit mask) of a level."""
        if state[1].bit_count() > FEW_LINES * self.widths[position]:
            return self._cell_by_cell(position, state)
        return self._line_by_line(position, state)

    def _line_by_line(self, position: int, state: State) -> Iterator[tuple[int, State]]:
        sure, maybe = state
        free, nodes = self._free[position], self._nodes[position]
        by_node: dict[int, int] = {}
        for line in lines_in(maybe & ~free):
            node = nodes[line]
            by_node[node] = by_node.get(node, 0) | 1 << line
        parts = [((1 << self.widths[position]) - 1, sure & free, maybe & free)]
        for node, lines in by_node.items():
            box = self._boxes[node]
            finer = []
            for cells, s, m in parts:
                if inside := cells & box.certain:
                    finer.append((inside, s | lines & sure, m | lines))
                if left_open := cells & box.possible & ~box.certain:
                    finer.append((left_open, s, m | lines))
                if outside := cells & ~box.possible:
                    finer.append((outside, s, m))
            parts = finer
        return ((cells, (s, m)) for cells, s, m in parts)

    def _cell_by_cell(self, position: int, state: State) -> Iterator[tuple[int, State]]:
        sure, maybe = state
        found: dict[State, int] = {}
        for cell, (certain, possible) in enumerate(self._states_of_cells(position)):
            here = (sure & certain, maybe & possible)
            found[here] = found.get(here, 0) | 1 << cell
        return ((cells, here) for here, cells in found.items())

    def _states_of_cells(self, position: int) -> list[State]:
        """Return for each cell the lines that it lets hold for certain, and does not exclude."""
        found = self._by_cell.get(position)
        if found is None:
            free = self._free[position]
            by_node: dict[int, int] = {}
            for line, node in self._nodes[position].items():
                by_node[node] = by_node.get(node, 0) | 1 << line
            certain, possible = ([free] * self.widths[position] for _ in range(2))
            for node, lines in by_node.items():
                for cell in lines_in(self._boxes[node].certain):
                    certain[cell] |= lines
                for cell in lines_in(self._boxes[node].possible):
                    possible[cell] |= lines
            found = self._by_cell[position] = list(zip(certain, possible, strict=True))
        return found


def _box(space: Space, children: tuple[int, ...]) -> Box:
    def bits(digits: dict[int, str]) -> int:
        return int("".join(map(digits.__getitem__, reversed(children))), 2)

    sure = {space.false: "0", space.true: "1", space.unknown: "0"}
    return Box(bits(sure), bits({**sure, space.unknown: "1"}))


def as_rows(
    space: Space, diagram: Callable[[Guard], int], guards: tuple[Guard | None, ...]
) -> Rows | None:
    """Return the lines as boxes, or None where they are few or one of them is no box."""
    boxes: dict[int, dict[int, int]] = {}
    for index, guard in enumerate(guards):
        if guard is not None:
            box = box_of(space, diagram, guard)
            if box is None:
                return None
            boxes[index] = box
    return Rows(space, boxes) if len(boxes) >= FEWEST_LINES else None


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


def build_rows(
    space: Space, rows: Rows, in_order: bool, leaf: Callable[[int, int], Hashable]
) -> int | None:
    """Return the diagram of the lines; None where they read too many facts to be rows.

    `leaf` gives the value for the lines that certainly hold and those that may (bit masks). In
    order, lines behind one that holds for certain are dropped.
    """
    last = len(rows.levels)
    most: int | None = None
    if last > MOST_FACTS:
        if not in_order:
            return None
        most = MOST_STATES * rows.every.bit_count()
    memo: dict[tuple[int, State], int] = {}

    def walk(position: int, state: State) -> int:
        if in_order:
            state = _until_settled(state, rows.done[position])
        if state[1] & ~rows.done[position] == 0:
            return space.leaf(leaf(*state))
        found = memo.get((position, state))
        if found is None:
            if most is not None and len(memo) > most:
                raise _TooManyStatesError
            below = [
                (walk(position + 1, following), cells)
                for cells, following in rows.split(position, state)
            ]
            children = _filled(rows.widths[position], below)
            found = memo[position, state] = space.node(rows.levels[position], children)
        return found

    try:
        return walk(0, (rows.every, rows.every))
    except _TooManyStatesError:
        return None


def _until_settled(state: State, done: int) -> State:
    """Drop the lines behind the first one that holds for certain."""
    settled = state[0] & done
    if not settled:
        return state
    keep = ((settled & -settled) << 1) - 1
    return state[0] & keep, state[1] & keep


class _TooManyStatesError(Exception):
    """The lines left over differ from place to place too much to be followed."""


def _filled(width: int, below: list[tuple[int, int]]) -> tuple[int, ...]:
    """Return the children of a node from (child, bit mask of cells)."""
    most = max(below, key=lambda pair: pair[1].bit_count())
    children = [most[0]] * width
    for child, cells in below:
        if child != most[0]:
            for cell in lines_in(cells):
                children[cell] = child
    return tuple(children)


def lines_in(mask: int) -> Iterator[int]:
    """Yield the places of the bits of a mask, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
