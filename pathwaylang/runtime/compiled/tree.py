"""Let each part of a diagram ask in an order of its own: fewer questions, fewer nodes.

In: an ordered diagram, which asks everywhere in one order. Out: a diagram of the same function that
asks first what every way asks anyway, and of that what separates the leaves best. A function that
was written as a tree becomes that tree again.

Invariants: the same values lead to the same leaf; no way asks a fact twice. The work is bounded:
what does not fit stays in the order it had.
"""

from __future__ import annotations

from collections.abc import Mapping

PATIENCE = 200_000
"""Nodes that may be looked at."""

MOST_TRIED = 3_000
"""A diagram with more nodes stays as it is."""

Node = tuple[int, ...]


class Trees:
    """A store of nodes that grows from those of a diagram."""

    def __init__(self, nodes: Mapping[int, Node], patience: int = PATIENCE) -> None:
        self.nodes = dict(nodes)
        self._places = {node: at for at, node in self.nodes.items()}
        self._next = max(self.nodes, default=-1) + 1
        self._patience = patience
        self._every: dict[int, int] = {}
        self._leaves: dict[int, int] = {}
        self._done: dict[int, int] = {}

    def tree(self, at: int) -> int:
        """Return the node of the same function with an order of its own."""
        if at < 0:
            return at
        found = self._done.get(at)
        if found is None:
            level, ways = self._best(at)
            found = self._done[at] = self._node(level, tuple(map(self.tree, ways)))
        return found

    def _best(self, at: int) -> tuple[int, Node]:
        """Return which level to ask first, and the function that is left for each of its cells."""
        level, *ways = self.nodes[at]
        best = (level, tuple(ways))
        asked = self._asked_anyway(at) & ~(1 << level)
        least = self._spread(best[1])
        while asked and self._patience > 0:
            other = (asked & -asked).bit_length() - 1
            asked &= asked - 1
            parts = self._split(at, other)
            spread = self._spread(parts)
            if spread < least:
                best, least = (other, parts), spread
        return best

    def _spread(self, ways: Node) -> tuple[int, int]:
        """Return how many leaves the ways have, summed up, and how many ways there are."""
        different = set(ways)
        return sum(self._leaves_below(way).bit_count() for way in different), len(different)

    def _split(self, at: int, level: int) -> Node:
        """Return the function that is left for each cell of a level that every way asks."""
        size = self._size(at, level)
        return tuple(self._restricted(at, level, cell, {}) for cell in range(size))

    def _size(self, at: int, level: int) -> int:
        while self.nodes[at][0] != level:
            at = self.nodes[at][1]
        return len(self.nodes[at]) - 1

    def _restricted(self, at: int, level: int, cell: int, known: dict[int, int]) -> int:
        """Return a node with one level fixed."""
        if at < 0:
            return at
        found = known.get(at)
        if found is None:
            self._patience -= 1
            here, *ways = self.nodes[at]
            if here == level:
                found = ways[cell]
            elif here > level:
                found = at
            else:
                found = self._node(
                    here, tuple([self._restricted(way, level, cell, known) for way in ways])
                )
            known[at] = found
        return found

    # ------------------------------------------------------------ what lies below a node

    def _asked_anyway(self, at: int) -> int:
        """Return the levels that every way down from a node asks, as bits."""
        if at < 0:
            return 0
        found = self._every.get(at)
        if found is None:
            self._patience -= 1
            level, *ways = self.nodes[at]
            found = -1
            for way in ways:
                found &= self._asked_anyway(way)
            found = self._every[at] = found | 1 << level
        return found

    def _leaves_below(self, at: int) -> int:
        """Return the leaves below a node, as bits."""
        if at < 0:
            return 1 << (-1 - at)
        found = self._leaves.get(at)
        if found is None:
            self._patience -= 1
            found = 0
            for way in self.nodes[at][1:]:
                found |= self._leaves_below(way)
            self._leaves[at] = found
        return found

    def _node(self, level: int, ways: Node) -> int:
        """Return the node of a level and its ways; none where all ways are one."""
        if len(set(ways)) == 1:
            return ways[0]
        node = (level, *ways)
        found = self._places.get(node)
        if found is None:
            found = self._places[node] = self._next
            self.nodes[found] = node
            self._next += 1
        return found


def own_orders(nodes: Mapping[int, Node], root: int, most: int) -> tuple[Mapping[int, Node], int]:
    """Return the nodes below a root in orders of their own, and the root among them.

    `nodes` are those below the root. They stay as they are where they are too many to try, or
    where more than `most` would come of them.
    """
    if len(nodes) > MOST_TRIED:
        return nodes, root
    trees = Trees(nodes)
    top = trees.tree(root)
    kept: dict[int, Node] = {}
    stack = [top]
    while stack:
        at = stack.pop()
        if at >= 0 and at not in kept:
            kept[at] = trees.nodes[at]
            stack.extend(kept[at][1:])
    return (kept, top) if len(kept) <= most else (nodes, root)


def children_first(nodes: Mapping[int, Node], root: int) -> list[int]:
    """Return the nodes below a root and itself, each after all that it leads to."""
    found: list[int] = []
    seen: set[int] = set()
    stack = [(root, False)]
    while stack:
        at, is_done = stack.pop()
        if is_done:
            found.append(at)
        elif at >= 0 and at not in seen:
            seen.add(at)
            stack.append((at, True))
            stack.extend((child, False) for child in nodes[at][1:])
    return found
