"""The decision diagram: an ordered, reduced, multi-valued, multi-terminal decision diagram.

A `Space` owns variables (one per fact, with the counts of its cells) and the nodes over them. A
node is an integer; nodes are hash-consed, so two functions are equal exactly when their nodes are.
Leaves hold any hashable value: `True`, `False` and `None` (unknown) for conditions, outcomes for
decisions.

Invariants: children of a node have deeper levels than the node; no node has all children equal;
a leaf value has one node. Creating more than `budget` nodes raises `BudgetError`.

Source: R. E. Bryant, Graph-Based Algorithms for Boolean Function Manipulation, 1986; A. Srinivasan
et al., Algorithms for discrete function manipulation (multi-valued diagrams), 1990.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from math import prod

LEAF_LEVEL = 1 << 30


class BudgetError(Exception):
    """More nodes were created than the budget allows; the caller reports `undecided`."""


class Space:
    """Variables in order, and the nodes over them."""

    __slots__ = (
        "_budget",
        "_leaves",
        "_memo",
        "_unique",
        "children",
        "false",
        "level",
        "names",
        "sizes",
        "true",
        "unknown",
        "values",
        "weights",
    )

    def __init__(
        self, variables: Iterable[tuple[str, tuple[int, ...]]], budget: int | None = None
    ) -> None:
        """Take (name, counts of the cells) in order, from the root down."""
        pairs = tuple(variables)
        self.names = tuple(name for name, _ in pairs)
        self.weights = tuple(counts for _, counts in pairs)
        self.sizes = tuple(sum(counts) for _, counts in pairs)
        self.level: list[int] = []
        self.children: list[tuple[int, ...]] = []
        self.values: list[Hashable] = []
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}
        self._leaves: dict[tuple[type, Hashable], int] = {}
        self._memo: dict[Hashable, dict[object, int]] = {}
        self._budget = budget
        self.false = self.leaf(False)
        self.true = self.leaf(True)
        self.unknown = self.leaf(None)

    @property
    def created(self) -> int:
        """Number of nodes made so far."""
        return len(self.level)

    def leaf(self, value: Hashable) -> int:
        """Return the node of a leaf value."""
        key = (type(value), value)
        node = self._leaves.get(key)
        if node is None:
            node = self._leaves[key] = self._add(LEAF_LEVEL, (), value)
        return node

    def node(self, level: int, children: tuple[int, ...]) -> int:
        """Return the node with these children, one per cell of the variable."""
        first = children[0]
        if children.count(first) == len(children):
            return first
        key = (level, children)
        found = self._unique.get(key)
        if found is None:
            found = self._unique[key] = self._add(level, children, None)
        return found

    def _add(self, level: int, children: tuple[int, ...], value: Hashable) -> int:
        if self._budget is not None and len(self.level) >= self._budget:
            raise BudgetError
        self.level.append(level)
        self.children.append(children)
        self.values.append(value)
        return len(self.level) - 1

    def is_leaf(self, node: int) -> bool:
        """True if the node is a leaf."""
        return self.level[node] == LEAF_LEVEL

    def memo(self, key: Hashable) -> dict[object, int]:
        """Return the table of results of an operation."""
        table = self._memo.get(key)
        if table is None:
            table = self._memo[key] = {}
        return table

    def lift(self, budget: int | None) -> None:
        """Set another budget for nodes created from now on."""
        self._budget = budget

    def forget(self) -> None:
        """Drop the tables of results; the nodes stay."""
        self._memo.clear()

    # ------------------------------------------------------------ operations

    def map(self, node: int, change: Callable[[Hashable], Hashable], key: Hashable = None) -> int:
        """Return the diagram with every leaf value changed.

        With a `key` that names the change, results are kept for later calls.
        """
        memo: dict[object, int] = {} if key is None else self.memo(("map", key))
        level, children, leaf, values = self.level, self.children, self.leaf, self.values

        def walk(at: int) -> int:
            found = memo.get(at)
            if found is None:
                if level[at] == LEAF_LEVEL:
                    found = leaf(change(values[at]))
                else:
                    below = children[at]
                    parts = {child: walk(child) for child in set(below)}
                    found = self.node(level[at], tuple([parts[child] for child in below]))
                memo[at] = found
            return found

        return walk(node)

    def combine(
        self,
        first: int,
        second: int,
        decide: Callable[[int, int], int | None],
        memo: dict[object, int],
    ) -> int:
        """Join two diagrams: `decide` gives the result for a pair of nodes, or None to go deeper.

        `decide` must give a result for two leaves; `memo` must belong to this `decide` alone.
        """
        level, children = self.level, self.children

        def walk(a: int, b: int) -> int:
            result = decide(a, b)
            if result is not None:
                return result
            key = (a, b)
            found = memo.get(key)
            if found is not None:
                return found
            la, lb = level[a], level[b]
            if la == lb:
                pairs = tuple(zip(children[a], children[b], strict=True))
                joined = {pair: walk(*pair) for pair in set(pairs)}
                found = self.node(la, tuple([joined[pair] for pair in pairs]))
            elif la < lb:
                left = {x: walk(x, b) for x in set(children[a])}
                found = self.node(la, tuple([left[x] for x in children[a]]))
            else:
                right = {y: walk(a, y) for y in set(children[b])}
                found = self.node(lb, tuple([right[y] for y in children[b]]))
            memo[key] = found
            return found

        return walk(first, second)

    def choose(self, condition: int, true: int, false: int) -> int:
        """Return `true` where the condition (true/false only) holds, else `false`."""
        memo = self.memo("choose")
        level, children = self.level, self.children
        yes = self.true

        def walk(c: int, t: int, f: int) -> int:
            if t == f:
                return t
            if level[c] == LEAF_LEVEL:
                return t if c == yes else f
            key = (c, t, f)
            found = memo.get(key)
            if found is not None:
                return found
            top = min(level[c], level[t], level[f])
            count = len(self.weights[top])
            cs = children[c] if level[c] == top else (c,) * count
            ts = children[t] if level[t] == top else (t,) * count
            fs = children[f] if level[f] == top else (f,) * count
            parts = [walk(cs[i], ts[i], fs[i]) for i in range(count)]
            found = memo[key] = self.node(top, tuple(parts))
            return found

        return walk(condition, true, false)

    def conj(self, first: int, second: int) -> int:
        """Kleene `and`."""
        true, false, unknown = self.true, self.false, self.unknown

        def decide(a: int, b: int) -> int | None:
            if a == false or b == false:
                return false
            if a == true or a == b:
                return b
            if b == true:
                return a
            if self.level[a] == LEAF_LEVEL == self.level[b]:
                return unknown
            return None

        return self.combine(first, second, decide, self.memo("and"))

    def disj(self, first: int, second: int) -> int:
        """Kleene `or`."""
        true, false, unknown = self.true, self.false, self.unknown

        def decide(a: int, b: int) -> int | None:
            if a == true or b == true:
                return true
            if a == false or a == b:
                return b
            if b == false:
                return a
            if self.level[a] == LEAF_LEVEL == self.level[b]:
                return unknown
            return None

        return self.combine(first, second, decide, self.memo("or"))

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
        return self._balanced(list(nodes), self.conj, self.true)

    def any(self, nodes: Iterable[int]) -> int:
        """Kleene `or` of many."""
        return self._balanced(list(nodes), self.disj, self.false)

    def _balanced(self, nodes: list[int], join: Callable[[int, int], int], empty: int) -> int:
        if not nodes:
            return empty
        while len(nodes) > 1:
            pairs = [join(nodes[i], nodes[i + 1]) for i in range(0, len(nodes) - 1, 2)]
            nodes = pairs + nodes[len(pairs) * 2 :]
        return nodes[0]

    # ------------------------------------------------------------ questions

    def leaves(self, node: int) -> frozenset[Hashable]:
        """Return the leaf values that can be reached."""
        return frozenset(self.values[n] for n in self.reachable(node) if self.is_leaf(n))

    def reachable(self, node: int) -> list[int]:
        """Return all nodes below and including a node, each once, parents before children."""
        seen = {node}
        stack, found = [node], []
        while stack:
            at = stack.pop()
            found.append(at)
            for child in self.children[at]:
                if child not in seen:
                    seen.add(child)
                    stack.append(child)
        return sorted(found, key=lambda n: self.level[n])

    def support(self, node: int) -> tuple[int, ...]:
        """Return the levels that the function depends on, ascending."""
        return tuple(sorted({self.level[n] for n in self.reachable(node) if not self.is_leaf(n)}))

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
            for child, weight in zip(self.children[at], weights[level[at]], strict=True):
                skipped = above[depth(child)] // above[base]
                arriving[child] = arriving.get(child, 0) + here * weight * skipped
        assert sum(result.values()) == whole
        return result

    def count(self, node: int, leaf: Hashable = True) -> int:
        """Return the number of points with this leaf value, over all variables."""
        return self.counts(node).get(leaf, 0)

    def total(self) -> int:
        """Number of points of the whole space."""
        return prod(self.sizes)

    def restrict(self, node: int, fixed: Mapping[int, int]) -> int:
        """Return the diagram with some variables (level -> cell) fixed."""
        memo: dict[int, int] = {}
        level, children = self.level, self.children

        def walk(at: int) -> int:
            here = level[at]
            if here == LEAF_LEVEL:
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
        """Return where two functions differ, true/false; points where one has the leaf `excluded`
        do not count.
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
