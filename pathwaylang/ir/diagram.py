"""The decision diagram: an ordered, reduced, multi-valued, multi-terminal decision diagram.

A `Space` is a store of nodes with Kleene's operations on them and the questions one asks: which
leaves, how many points, which function once some variables are fixed. Leaves hold `True`, `False`
and `None` (unknown) for conditions, outcomes for decisions.

Invariant: counts are over all variables of the space, by the counts of their cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import repeat
from math import prod
from operator import mul

from pathwaylang.ir.leaves import Leaves
from pathwaylang.ir.nodes import LEAF_LEVEL, BudgetError, Nodes

__all__ = ["LEAF_LEVEL", "BudgetError", "Leaves", "Space"]


class Space(Nodes):
    """Variables in order, the nodes over them, and what can be asked of them."""

    __slots__ = ()

    # ------------------------------------------------------------ conditions

    def conj(self, first: int, second: int) -> int:
        """Kleene `and`."""
        return self._join(first, second, self.false, self.true, self.memo("and"))

    def disj(self, first: int, second: int) -> int:
        """Kleene `or`."""
        return self._join(first, second, self.true, self.false, self.memo("or"))

    def _join(self, first: int, second: int, stop: int, skip: int, memo: dict[object, int]) -> int:
        """Join two conditions: `stop` settles the result, `skip` leaves it to the other."""
        level, children, node_of = self.level, self.children, self.node

        def walk(a: int, b: int) -> int:
            if a == b:
                return a
            if stop in (a, b):
                return stop
            if a == skip:
                return b
            if b == skip:
                return a
            key = (a, b) if a < b else (b, a)
            found = memo.get(key)
            if found is not None:
                return found
            la, lb = level[a], level[b]
            if la == lb:
                below = list(map(walk, children[a], children[b]))
            elif la < lb:
                below = _each(walk, children[a], b)
            else:
                la, below = lb, _each(walk, children[b], a)
            found = memo[key] = node_of(la, tuple(below))
            return found

        return walk(first, second)

    def neg(self, node: int) -> int:
        """Kleene `not`."""
        return self.map(node, lambda v: None if v is None else v is False, "not")

    def certain(self, node: int) -> int:
        """True where the condition is certainly true, else false."""
        return self.map(node, lambda v: v is True, "certain")

    def possible(self, node: int) -> int:
        """True where the condition is true or unknown, else false."""
        return self.map(node, lambda v: v is not False, "possible")

    def conj_leaves(self, condition: int, node: int, elsewhere: Hashable = None) -> int:
        """Return `node` where a true/false condition holds, and one leaf elsewhere."""
        return self.choose(condition, node, self.leaf(elsewhere))

    def all(self, nodes: Iterable[int]) -> int:
        """Kleene `and` of many, joined pairwise so that intermediate results stay small."""
        return self.balanced(list(nodes), self.conj, self.true)

    def any(self, nodes: Iterable[int]) -> int:
        """Kleene `or` of many."""
        return self.balanced(list(nodes), self.disj, self.false)

    def balanced(self, nodes: list[int], join: Callable[[int, int], int], empty: int) -> int:
        """Join many diagrams, neighbours first, so that intermediate results stay small."""
        if not nodes:
            return empty
        while len(nodes) > 1:
            pairs = [join(nodes[i], nodes[i + 1]) for i in range(0, len(nodes) - 1, 2)]
            nodes = pairs + nodes[len(pairs) * 2 :]
        return nodes[0]

    # ------------------------------------------------------------ cases with some leaves

    def where(self, cases: int, leaves: Leaves, wanted: int) -> int:
        """Return the cases (true/false) with a wanted leaf of the diagram that `leaves` is of."""
        memo = self.memo(("where", leaves.root, wanted))
        level, children, masks, node_of = self.level, self.children, leaves.masks, self.node
        false, unwanted = self.false, ~wanted

        def walk(a: int, b: int) -> int:
            mask = masks[b]
            if a == false or not mask & wanted:
                return false
            if not mask & unwanted:
                return a
            key = (a, b)
            found = memo.get(key)
            if found is not None:
                return found
            la, lb = level[a], level[b]
            if la == lb:
                top, below = la, tuple(map(walk, children[a], children[b]))
            elif la < lb:
                top, below = la, tuple(map(walk, children[a], repeat(b)))
            else:
                top, below = lb, tuple(map(walk, repeat(a), children[b]))
            found = memo[key] = node_of(top, below)
            return found

        return walk(cases, leaves.root)

    def met(self, cases: int, leaves: Leaves, wanted: int) -> int:
        """Return which of the wanted leaves some of the cases (true/false) have; makes no nodes."""
        memo = self.memo(("met", leaves.root, wanted))
        known = memo.get(cases)
        if known is not None:
            return known
        level, children, masks = self.level, self.children, leaves.masks
        seen: set[tuple[int, int]] = set()
        stack = [(cases, leaves.root)]
        found, left = 0, wanted
        while stack and left:
            pair = stack.pop()
            a, b = pair
            here = masks[b] & left
            if not here or a == self.false or pair in seen:
                continue
            if a == self.true:
                found |= here
                left &= ~here
                continue
            seen.add(pair)
            la, lb = level[a], level[b]
            stack += zip(
                children[a] if la <= lb else repeat(a, len(children[b])),
                children[b] if lb <= la else repeat(b, len(children[a])),
                strict=True,
            )
        memo[cases] = found
        return found

    # ------------------------------------------------------------ questions

    def leaves(self, node: int) -> frozenset[Hashable]:
        """Return the leaf values that can be reached."""
        return frozenset(self.values[n] for n in self.below(node) if self.is_leaf(n))

    def support(self, node: int) -> tuple[int, ...]:
        """Return the levels that the function depends on, ascending."""
        return tuple(sorted({self.level[n] for n in self.below(node) if not self.is_leaf(n)}))

    def counts(self, node: int) -> dict[Hashable, int]:
        """Return for each leaf value the number of points that lead there, over all variables."""
        order = self.reachable(node)
        sizes, weights, level = self.sizes, self.weights, self.level
        total = len(sizes)
        above = [1] * (total + 1)
        for i in range(total):
            above[i + 1] = above[i] * sizes[i]
        whole = above[total]

        def depth(n: int) -> int:
            return total if level[n] == LEAF_LEVEL else level[n]

        arriving: dict[int, int] = {node: above[depth(node)]}
        result: dict[Hashable, int] = {}
        for at in order:
            here = arriving[at]
            if level[at] == LEAF_LEVEL:
                result[self.values[at]] = result.get(self.values[at], 0) + here
                continue
            base = level[at] + 1
            for child, weight in _weighed(self.children[at], weights[level[at]]).items():
                skipped = above[depth(child)] // above[base]
                arriving[child] = arriving.get(child, 0) + here * weight * skipped
        assert sum(result.values()) == whole
        return result

    def count(self, node: int, leaf: Hashable = True) -> int:
        """Return the number of points with this leaf value, over all variables.

        What was counted below a node is kept, so that diagrams that share nodes are cheap to count.
        """
        wanted = self.leaf(leaf)
        memo = self.memo(("count", wanted))
        memo[wanted] = self.total()
        level, children, sizes, weights = self.level, self.children, self.sizes, self.weights

        def walk(at: int) -> int:
            found = memo.get(at)
            if found is None:
                here = level[at]
                if here == LEAF_LEVEL:
                    return 0
                weighed = sum(map(mul, map(walk, children[at]), weights[here]))
                found = memo[at] = weighed // sizes[here]
            return found

        return walk(node)

    def total(self) -> int:
        """Number of points of the whole space."""
        return prod(self.sizes)

    def restrict(self, node: int, fixed: Mapping[int, int]) -> int:
        """Return the diagram with some variables (level -> cell) fixed."""
        memo: dict[int, int] = {}
        level, children = self.level, self.children
        last = max(fixed, default=-1)

        def walk(at: int) -> int:
            here = level[at]
            if here > last:  # nothing below is fixed; leaves are last of all
                return at
            found = memo.get(at)
            if found is None:
                cell = fixed.get(here)
                if cell is not None:
                    found = walk(children[at][cell])
                else:
                    found = self.node(here, tuple([walk(child) for child in children[at]]))
                memo[at] = found
            return found

        return walk(node)

    def cofactor(self, node: int, level: int, cell: int) -> int:
        """Return the child of a node for a cell, or the node itself if its level is another."""
        return self.children[node][cell] if self.level[node] == level else node

    def differ(self, first: int, second: int, excluded: int | None = None) -> int:
        """Return where two functions differ, true/false.

        Points where one of them has the leaf `excluded` do not count.
        """

        def decide(a: int, b: int) -> int | None:
            if a == b or excluded in {a, b}:
                return self.false
            return self.true if self.is_leaf(a) and self.is_leaf(b) else None

        return self.combine(first, second, decide, {})

    def value_at(self, node: int, cells: Mapping[int, int]) -> Hashable:
        """Return the leaf value for a point given as level -> cell."""
        while self.level[node] != LEAF_LEVEL:
            node = self.children[node][cells[self.level[node]]]
        return self.values[node]


def _weighed(children: tuple[int, ...], weights: tuple[int, ...]) -> dict[int, int]:
    """Return for each child the weight of the cells that lead to it."""
    if weights.count(1) == len(weights):
        return Counter(children)
    found: dict[int, int] = {}
    for child, weight in zip(children, weights, strict=True):
        found[child] = found.get(child, 0) + weight
    return found


def _each(walk: Callable[[int, int], int], children: tuple[int, ...], other: int) -> list[int]:
    """Walk each child with the other node; equal neighbours are walked once."""
    found: list[int] = []
    last = result = -1
    for child in children:
        if child != last:
            last, result = child, walk(child, other)
        found.append(result)
    return found
