"""Walk a diagram with all rows at once: a bit a row, split at every node by ANDing masks.

In: for each level the cell of every row (`MISSING` where it is not recorded), and a root. Out: for
every row where it ends: at a leaf, or open at the node whose fact is missing.

Invariant: at each node the masks of the ways on and of the rows left open partition those that
arrive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.uint64]
Cells = npt.NDArray[np.int16]
Numbers = npt.NDArray[np.int32]

MISSING = -1
_WORD = 64


@dataclass(frozen=True, slots=True)
class Fork:
    """A node: its level, and the cells that lead to each child; the last child takes the rest."""

    at: int
    level: int
    ways: tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The nodes below a root, parents first."""

    root: int
    forks: tuple[Fork, ...]


def plan(nodes: Sequence[tuple[int, ...]], root: int) -> Plan:
    """Return the plan of a diagram."""
    found, stack = set[int](), [root]
    while stack:
        at = stack.pop()
        if at >= 0 and at not in found:
            found.add(at)
            stack.extend(nodes[at][1:])
    order = sorted(found, key=lambda at: (nodes[at][0], at))
    return Plan(root, tuple(_fork(at, nodes[at]) for at in order))


def _fork(at: int, node: tuple[int, ...]) -> Fork:
    cells: dict[int, list[int]] = {}
    for cell, child in enumerate(node[1:]):
        cells.setdefault(child, []).append(cell)
    ways = sorted(cells.items(), key=lambda item: len(item[1]))
    return Fork(at, node[0], tuple((child, tuple(which)) for child, which in ways))


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
        self._known: dict[tuple[int, tuple[int, ...]], Bits | None] = {}

    def packed(self, truths: npt.NDArray[np.bool_]) -> Bits:
        """Return a bit a row."""
        found = np.zeros(self._words * 8, np.uint8)
        packed = np.packbits(truths, bitorder="little")
        found[: len(packed)] = packed
        return found.view(np.uint64)

    def unpacked(self, bits: Bits) -> npt.NDArray[np.bool_]:
        """Return a truth a row."""
        return np.unpackbits(bits.view(np.uint8), count=self.rows, bitorder="little").view(np.bool_)

    def walk(self, plan: Plan, active: Bits) -> tuple[Numbers, list[int]]:
        """Return for every active row the place of its end; and the ends, as the nodes name them.

        An end below zero is the leaf `-1 - end`, another one the node at which rows stay open. Rows
        that are not active get place 0.
        """
        arrived: dict[int, Bits] = {plan.root: active}
        ends = _Ends(self._words)
        for fork in plan.forks:
            mask = arrived.pop(fork.at, None)
            if mask is None:
                continue
            if (
                len(fork.ways) > 1
                and (left := self._taken(mask, fork.level, (MISSING,))) is not None
            ):
                ends.stop(fork.at, left)
                mask = mask ^ left
            for child, cells in fork.ways[:-1]:
                taken = self._taken(mask, fork.level, cells)
                if taken is not None:
                    mask = mask ^ taken
                    _add(arrived, child, taken)
            _add(arrived, fork.ways[-1][0], mask)
        for leaf, mask in sorted(arrived.items(), reverse=True):
            ends.stop(leaf, mask)
        places = np.zeros(self.rows, np.int32)
        for plane, bits in enumerate(ends.planes):
            places |= self.unpacked(bits).astype(np.int32) << plane
        return places, ends.ends

    def _taken(self, mask: Bits, level: int, cells: tuple[int, ...]) -> Bits | None:
        """Return the part of a mask that lies in some cells; None where that is nothing."""
        here = self._mask(level, cells)
        if here is None:
            return None
        taken = mask & here
        return taken if taken.any() else None

    def _mask(self, level: int, cells: tuple[int, ...]) -> Bits | None:
        """Return the rows in some cells of a level; None where there are none."""
        key = (level, cells)
        if key not in self._known:
            column = self._cells[level]
            truths = column == cells[0]
            for cell in cells[1:]:
                truths |= column == cell
            self._known[key] = self.packed(truths) if truths.any() else None
        return self._known[key]


def _add(arrived: dict[int, Bits], at: int, mask: Bits) -> None:
    before = arrived.get(at)
    arrived[at] = mask if before is None else before | mask
