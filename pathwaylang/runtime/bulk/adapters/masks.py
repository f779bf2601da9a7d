"""Walk a diagram with all rows at once: a bit a row, split at every node by ANDing masks.

In: for each level the cell of every row (`MISSING` where it is not recorded), and a root. Out: for
every row where it ends: at a leaf, or open at the node whose fact is missing.

Invariant: at each node the masks of the ways on and of the rows left open partition those that
arrive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pathwaylang.runtime.compiled.tree import children_first, own_orders

Bits = npt.NDArray[np.uint64]
Cells = npt.NDArray[np.unsignedinteger[Any]]
"""Small unsigned numbers; the largest one of their type is `not recorded`."""
Numbers = npt.NDArray[np.int32]

MISSING = -1
_WORD = 64


Test = tuple[int, tuple[int, ...]]
"""A level and some of its cells."""


@dataclass(frozen=True, slots=True)
class Fork:
    """A node: its level, the children with the test that leads there, and the child of the rest."""

    at: int
    level: int
    ways: tuple[tuple[int, int], ...]
    rest: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The nodes below a root, parents first, and the tests that they make, by number."""

    root: int
    forks: tuple[Fork, ...]
    tests: tuple[Test, ...]

    def levels_below(self, at: int) -> frozenset[int]:
        """Return the levels that a node and those below it ask."""
        forks = {fork.at: fork for fork in self.forks}
        found, stack = set[int](), [at]
        seen: set[int] = set()
        while stack:
            here = stack.pop()
            if here >= 0 and here not in seen:
                seen.add(here)
                found.add(forks[here].level)
                stack.extend((forks[here].rest, *(child for child, _ in forks[here].ways)))
        return frozenset(found)


def plan(nodes: Mapping[int, tuple[int, ...]], root: int) -> Plan:
    """Return the plan of a diagram; `nodes` are those below its root."""
    ordered, top = own_orders(nodes, root, len(nodes))
    tests: dict[Test, int] = {}
    forks: list[Fork] = []
    for at in reversed(children_first(ordered, top)):
        level, *children = ordered[at]
        cells: dict[int, list[int]] = {}
        for cell, child in enumerate(children):
            cells.setdefault(child, []).append(cell)
        *first, (rest, _) = sorted(cells.items(), key=lambda item: len(item[1]))
        ways = tuple(
            (child, tests.setdefault((level, tuple(which)), len(tests))) for child, which in first
        )
        forks.append(Fork(at, level, ways, rest))
    return Plan(top, tuple(forks), tuple(tests))


class _Ends:
    """Where rows end, by number; and for each bit of that number the rows that have it."""

    def __init__(self, words: int) -> None:
        self._words = words
        self.ends: list[int] = []
        self.planes: list[Bits] = []

    def stop(self, end: int, mask: Bits) -> None:
        """Let the rows of a mask end here."""
        number = len(self.ends)
        self.ends.append(end)
        if number.bit_length() > len(self.planes):
            self.planes.append(np.zeros(self._words, np.uint64))
        for plane, bits in enumerate(self.planes):
            if number >> plane & 1:
                bits |= mask  # noqa: PLW2901 - in place


class Masks:
    """The rows of one chunk, with the masks of cells that were asked for."""

    def __init__(self, cells: Mapping[int, Cells], rows: int) -> None:
        self._cells = cells
        self.rows = rows
        self._words = -(-rows // _WORD)
        self._known: dict[Test, Bits] = {}
        self._missing = {
            level: self.packed(missing)
            for level, column in cells.items()
            if (missing := column == np.iinfo(column.dtype).max).any()
        }

    def packed(self, truths: npt.NDArray[np.bool_]) -> Bits:
        """Return a bit a row."""
        packed = np.packbits(truths, bitorder="little")
        if len(packed) < self._words * 8:
            packed = np.pad(packed, (0, self._words * 8 - len(packed)))
        return packed.view(np.uint64)

    def unpacked(self, bits: Bits) -> npt.NDArray[np.bool_]:
        """Return a truth a row."""
        return np.unpackbits(bits.view(np.uint8), count=self.rows, bitorder="little").view(np.bool_)

    def walk(self, plan: Plan, active: Bits) -> tuple[Numbers, list[int]]:
        """Return for every active row the place of its end; and the ends, as the nodes name them.

        An end below zero is the leaf `-1 - end`, another one the node at which rows stay open. Rows
        that are not active get place 0.
        """
        arrived: dict[int, Bits] = {plan.root: active}
        known: list[Bits | None] = [None] * len(plan.tests)
        ends = _Ends(self._words)
        for fork in plan.forks:
            mask = arrived.pop(fork.at, None)
            if mask is not None:
                mask = self._present(fork, mask, ends)
                for child, number in fork.ways:
                    here = known[number]
                    if here is None:
                        here = known[number] = self._mask(plan.tests[number])
                    taken = mask & here
                    if np.count_nonzero(taken):
                        mask = mask ^ taken
                        _add(arrived, child, taken)
                _add(arrived, fork.rest, mask)
        for leaf, mask in sorted(arrived.items(), reverse=True):
            if np.count_nonzero(mask):
                ends.stop(leaf, mask)
        places = np.zeros(self.rows, np.int32)
        for plane, bits in enumerate(ends.planes):
            places |= self.unpacked(bits).astype(np.int32) << plane
        return places, ends.ends

    def _present(self, fork: Fork, mask: Bits, ends: _Ends) -> Bits:
        """Return the rows at a fork that can go on; the others stay open there."""
        missing = self._missing.get(fork.level) if fork.ways else None
        if missing is None:
            return mask
        left = mask & missing
        if not np.count_nonzero(left):
            return mask
        ends.stop(fork.at, left)
        return mask ^ left

    def _mask(self, test: Test) -> Bits:
        """Return the rows in some cells of a level."""
        found = self._known.get(test)
        if found is None:
            level, cells = test
            first, *others = (_within(self._cells[level], *each) for each in _stretches(cells))
            for other in others:
                first |= other
            found = self._known[test] = self.packed(first)
        return found


def small(cells: npt.NDArray[np.integer[Any]], size: int) -> Cells:
    """Return cells, `MISSING` among them, in the smallest type that holds so many."""
    kind = np.uint8 if size < np.iinfo(np.uint8).max else np.uint16
    return np.where(cells == MISSING, np.iinfo(kind).max, cells).astype(kind)


def _within(column: Cells, low: int, high: int) -> npt.NDArray[np.bool_]:
    """Return the rows in a stretch of cells, with one comparison."""
    if low == high:
        return np.equal(column, low)
    if low == 0:
        return np.less_equal(column, high)
    shifted: Cells = column - column.dtype.type(low)  # what lies below wraps round
    return np.less_equal(shifted, high - low)


def _stretches(cells: tuple[int, ...]) -> list[tuple[int, int]]:
    """Return ascending cells as stretches, first and last."""
    found: list[tuple[int, int]] = []
    for cell in cells:
        if found and found[-1][1] == cell - 1:
            found[-1] = (found[-1][0], cell)
        else:
            found.append((cell, cell))
    return found


def _add(arrived: dict[int, Bits], at: int, mask: Bits) -> None:
    before = arrived.get(at)
    arrived[at] = mask if before is None else before | mask
