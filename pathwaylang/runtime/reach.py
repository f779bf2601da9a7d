"""What can still come out for a case, and which facts can still change it.

In: a table, the root of a track, and for each recorded fact its cell. Out: the leaves that some
completion reaches; the facts for which two completions that differ in them alone end differently
(or, failing that, the facts whose values narrow what is possible).

Invariants: completions that an `impossible` excludes count for nothing; nothing here calls itself,
so no diagram is too deep. Sets of leaves are bits of a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from pathwaylang.runtime.table import Diagram

Pair = tuple[int, int]


class Reach:
    """The part of a track's diagram that the completions of one case reach."""

    def __init__(self, table: Diagram, root: int, fixed: Mapping[int, int]) -> None:
        self._table = table
        self._root = table.step(root, fixed)
        self._ways = reached_ways(table, self._root, fixed)
        self._level = {at: table.nodes[at][0] for at in self._ways}
        self._below = dict(table.bits)
        for at in sorted(self._ways):
            leaves = 0
            for child in self._ways[at]:
                leaves |= self._below[child]
            self._below[at] = leaves

    @cached_property
    def leaves(self) -> list[int]:
        """The indices of the leaves that some possible completion reaches, ascending."""
        bits = self._below[self._root]
        return [index for index in range(bits.bit_length()) if bits >> index & 1]

    @cached_property
    def _by_level(self) -> dict[int, list[int]]:
        """The nodes of each missing fact."""
        found: dict[int, list[int]] = {}
        for at in sorted(self._ways):
            found.setdefault(self._level[at], []).append(at)
        return found

    # ------------------------------------------------------------ which facts matter

    def changing(self) -> set[int]:
        """Return the levels of missing facts that can still change the outcome."""
        by_level = self._by_level
        same: set[Pair] = set()
        found = {
            level
            for level, nodes in by_level.items()
            if any(self._differ(pair, same) for at in nodes for pair in self._pairs(at))
        }
        if found or not by_level:
            return found
        narrowing = {level for level in by_level if len(set(self._some(level))) > 1}
        return narrowing or {min(by_level)}

    def _pairs(self, at: int) -> Iterator[Pair]:
        """Yield two ways on from a node, where they lead to different nodes."""
        ways = sorted(set(self._ways[at]))
        for index, first in enumerate(ways):
            for second in ways[index + 1 :]:
                yield first, second

    def _differ(self, pair: Pair, same: set[Pair]) -> bool:
        """Whether one completion of what lies below ends differently from the two nodes.

        `same` are pairs known not to; those found on the way are added.
        """
        below, is_settled = self._below, self._table.is_settled
        seen, stack = set[Pair](), [pair]
        while stack:
            a, b = stack.pop()
            left, right = below[a], below[b]
            if a == b or not left or not right or is_settled(left | right):
                continue
            if a < 0 and b < 0:
                return True
            key = (a, b) if a < b else (b, a)
            if key not in same and key not in seen:
                seen.add(key)
                stack.extend(self._lower(a, b))
        same |= seen
        return False

    def _lower(self, a: int, b: int) -> Iterator[Pair]:
        """Yield the pairs below a pair, where both follow the same cells."""
        deepest = len(self._table.variables)
        first, second = self._level.get(a, deepest), self._level.get(b, deepest)
        if first == second:
            yield from zip(self._ways[a], self._ways[b], strict=True)
        elif first < second:
            yield from ((child, b) for child in self._ways[a])
        else:
            yield from ((a, child) for child in self._ways[b])

    # ------------------------------------------------------------ what a value leaves open

    def outcomes_by_cell(self, level: int) -> list[frozenset[str]]:
        """Return for each cell of a missing fact the outcomes that stay possible."""
        return [self._table.texts(leaves) for leaves in self._some(level)]

    def _some(self, level: int) -> list[int]:
        """Return for each cell of a missing fact the leaves that stay possible, where some do."""
        past = self._past.get(level, 0)
        cells: list[int] = []
        for at in self._by_level.get(level, ()):
            ways = self._ways[at]
            cells = cells or [past] * len(ways)
            for cell, child in enumerate(ways):
                cells[cell] |= self._below[child]
        return [leaves for leaves in cells if leaves]

    @cached_property
    def _past(self) -> dict[int, int]:
        """For each level the leaves of ways that pass it by, without asking its fact."""
        deepest = len(self._table.variables)
        start = (-1, self._level.get(self._root, deepest))
        jumps: dict[Pair, int] = {start: self._below[self._root]}
        for at, ways in self._ways.items():
            here = self._level[at]
            for child in ways:
                key = (here, self._level.get(child, deepest))
                jumps[key] = jumps.get(key, 0) | self._below[child]
        past: dict[int, int] = {}
        for (above, below), leaves in jumps.items():
            for level in range(above + 1, below):
                past[level] = past.get(level, 0) | leaves
        return past

    # ------------------------------------------------------------ an example

    def completion(self, leaf: int) -> dict[int, int]:
        """Return cells of missing facts that lead to a leaf that is reachable."""
        path: dict[int, int] = {}
        at = self._root
        while at >= 0:
            ways = self._ways[at]
            cell = next(i for i, child in enumerate(ways) if self._below[child] >> leaf & 1)
            path[self._level[at]] = cell
            at = ways[cell]
        return path


def reached_ways(table: Diagram, root: int, fixed: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    """Return the nodes of missing facts that are reached, each with its ways on."""
    nodes, step = table.nodes, table.step
    found: dict[int, tuple[int, ...]] = {}
    stack = [root]
    while stack:
        at = stack.pop()
        if at < 0 or at in found:
            continue
        ways = found[at] = tuple(step(child, fixed) for child in nodes[at][1:])
        stack.extend(ways)
    return found
