"""What may still come out where facts are missing, as diagrams that one walk decides.

In: a track's decision diagram. Out: the same with one more way at each node, for a fact that is not
recorded; it leads to what all ways of that node may lead to together. An end is nothing (no
completion is possible), mixed (two completions end differently), or one outcome.

Invariants: ends are numbers below zero, nodes are indices; of ends with one outcome the first leaf
stands for all. A store that grows past its limit raises `TooLarge`: the caller splits the track.
"""

from __future__ import annotations

from collections.abc import Sequence

NOTHING, MIXED = -1, -2
FIRST_LEAF = -3
"""Leaf `k` of a piece is the end `FIRST_LEAF - k`."""

Node = tuple[int, tuple[int, ...]]
_DEEPEST = 10**9


class TooLarge(Exception):  # noqa: N818 - no error: the caller goes another way
    """A store has grown past its limit."""


class Store:
    """Shared nodes (level, ways); `outcomes` is the outcome of each leaf, as a number."""

    def __init__(self, outcomes: Sequence[int], limit: int) -> None:
        self.nodes: list[Node] = []
        self._outcomes = outcomes
        self._limit = limit
        self._index: dict[Node, int] = {}
        self._joined: dict[tuple[int, int], int] = {}

    def make(self, level: int, ways: tuple[int, ...]) -> int:
        """Return the node with these ways; where all are the same, that one."""
        first = ways[0]
        if all(way == first for way in ways):
            return first
        node = (level, ways)
        found = self._index.get(node)
        if found is None:
            found = self._index[node] = len(self.nodes)
            self.nodes.append(node)
            if found > self._limit:
                raise TooLarge
        return found

    def join(self, a: int, b: int) -> int:
        """Return what comes out where either may: the same, or mixed."""
        if b in (a, NOTHING):
            return a
        if a == NOTHING:
            return b
        if MIXED in (a, b):
            return MIXED
        if a < 0 and b < 0:
            one, two = FIRST_LEAF - a, FIRST_LEAF - b
            return FIRST_LEAF - min(one, two) if self._same(one, two) else MIXED
        key = (a, b) if a < b else (b, a)
        found = self._joined.get(key)
        if found is None:
            found = self._joined[key] = self._join_nodes(a, b)
        return found

    def _same(self, one: int, two: int) -> bool:
        return self._outcomes[one] == self._outcomes[two]

    def _join_nodes(self, a: int, b: int) -> int:
        level, other = self.level(a), self.level(b)
        if level == other:
            pairs = zip(self.nodes[a][1], self.nodes[b][1], strict=True)
            return self.make(level, tuple(self.join(x, y) for x, y in pairs))
        if level < other:
            return self.make(level, tuple(self.join(x, b) for x in self.nodes[a][1]))
        return self.make(other, tuple(self.join(a, y) for y in self.nodes[b][1]))

    def level(self, at: int) -> int:
        """Return the level of a node; an end lies below all."""
        return self.nodes[at][0] if at >= 0 else _DEEPEST

    def completed(self, ways: Sequence[int], level: int) -> int:
        """Return the node with these ways and, last, the one for a fact that is missing."""
        missing = NOTHING
        for way in dict.fromkeys(ways):
            missing = self.join(missing, way)
        return self.make(level, (*ways, missing))


def completed(plain: Sequence[Node], root: int, outcomes: Sequence[int], limit: int) -> Diagram:
    """Return a plain diagram (nodes children first, ends as here) with ways for missing facts."""
    store = Store(outcomes, limit)
    place: dict[int, int] = {}
    for at in reachable(plain, root):
        level, ways = plain[at]
        place[at] = store.completed([place.get(way, way) for way in ways], level)
    return Diagram(store.nodes, place.get(root, root)).pruned()


def reachable(nodes: Sequence[Node], root: int) -> list[int]:
    """Return the nodes that a root leads to, children first."""
    seen: set[int] = set()
    stack = [root]
    while stack:
        at = stack.pop()
        if at >= 0 and at not in seen:
            seen.add(at)
            stack.extend(nodes[at][1])
    return sorted(seen)


class Diagram:
    """Nodes, children first, and a root; ends are numbers below zero."""

    def __init__(self, nodes: Sequence[Node], root: int) -> None:
        self.nodes = nodes
        self.root = root

    def pruned(self) -> Diagram:
        """Return the diagram without the nodes that its root does not lead to."""
        kept = reachable(self.nodes, self.root)
        place = {at: index for index, at in enumerate(kept)}
        nodes = [
            (self.nodes[at][0], tuple(place.get(way, way) for way in self.nodes[at][1]))
            for at in kept
        ]
        return Diagram(nodes, place.get(self.root, self.root))


def product(first: Diagram, second: Diagram, wanted: int) -> Diagram:
    """Return the first diagram where the second ends in `wanted`, and nothing elsewhere."""
    store = Store((), _DEEPEST)
    found: dict[tuple[int, int], int] = {}

    def level_of(diagram: Diagram, at: int) -> int:
        return diagram.nodes[at][0] if at >= 0 else _DEEPEST

    def both(a: int, b: int) -> int:
        if a == NOTHING or (b < 0 and b != wanted):
            return NOTHING
        key = (a, b)
        if key not in found:
            one, two = level_of(first, a), level_of(second, b)
            level = min(one, two)
            if level == _DEEPEST:
                return a
            count = len((first.nodes[a] if one == level else second.nodes[b])[1])
            left = first.nodes[a][1] if one == level else (a,) * count
            right = second.nodes[b][1] if two == level else (b,) * count
            ways = tuple(both(x, y) for x, y in zip(left, right, strict=True))
            found[key] = store.make(level, ways)
        return found[key]

    root = both(first.root, second.root)
    return Diagram(store.nodes, root).pruned()
