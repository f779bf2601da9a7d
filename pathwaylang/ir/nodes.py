"""The nodes of decision diagrams: a store of hash-consed nodes, and the operations that make more.

A `Nodes` owns variables in order (one per fact, with the counts of its cells) and the nodes over
them. A node is an integer; nodes are hash-consed, so two functions are equal exactly when their
nodes are. Leaves hold any hashable value.

Invariants: children of a node have deeper levels than the node; no node has all children equal;
a leaf value has one node. Creating more than `budget` nodes raises `BudgetError`.

Source: R. E. Bryant, Graph-Based Algorithms for Boolean Function Manipulation, 1986; A. Srinivasan
et al., Algorithms for discrete function manipulation (multi-valued diagrams), 1990.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from itertools import repeat

LEAF_LEVEL = 1 << 30


class BudgetError(Exception):
    """More nodes were created than the budget allows; the caller reports `undecided`."""


class Nodes:
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
        self._unique: list[dict[tuple[int, ...], int]] = [{} for _ in pairs]
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
        unique = self._unique[level]
        found = unique.get(children)
        if found is None:
            found = unique[children] = self._add(level, children, None)
        return found

    def _add(self, level: int, children: tuple[int, ...], value: Hashable) -> int:
        made = len(self.level)
        if self._budget is not None and made >= self._budget:
            raise BudgetError
        self.level.append(level)
        self.children.append(children)
        self.values.append(value)
        return made

    def is_leaf(self, node: int) -> bool:
        """True if the node is a leaf."""
        return self.level[node] == LEAF_LEVEL

    def reachable(self, node: int) -> list[int]:
        """Return all nodes below and including a node, each once, parents before children."""
        seen = {node}
        stack, found = [node], []
        while stack:
            at = stack.pop()
            found.append(at)
            fresh = set(self.children[at]) - seen
            seen |= fresh
            stack += fresh
        return sorted(found, key=self.level.__getitem__)

    def below(self, node: int) -> set[int]:
        """Return all nodes below and including a node, in no order."""
        children = self.children
        found = fresh = {node}
        while fresh:
            following: set[int] = set()
            for at in fresh:
                following.update(children[at])
            fresh = following - found
            found = found | fresh
        return found

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
        return self.graft(node, lambda value: self.leaf(change(value)), key)

    def graft(self, node: int, leaf: Callable[[Hashable], int], key: Hashable = None) -> int:
        """Return the diagram with every leaf replaced by another leaf.

        With a `key` that names the change, results are kept for later calls.
        """
        memo: dict[object, int] = {} if key is None else self.memo(("map", key))
        level, children, values, node_of = self.level, self.children, self.values, self.node

        def walk(at: int) -> int:
            if level[at] == LEAF_LEVEL:
                found = leaf(values[at])
            else:
                below = children[at]
                for child in set(below):
                    if child not in memo:
                        walk(child)
                found = node_of(level[at], tuple([memo[child] for child in below]))
            memo[at] = found
            return found

        kept = memo.get(node)
        return walk(node) if kept is None else kept

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
        level, children, node_of = self.level, self.children, self.node

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
                found = node_of(la, tuple([joined[pair] for pair in pairs]))
            elif la < lb:
                left = {x: walk(x, b) for x in set(children[a])}
                found = node_of(la, tuple([left[x] for x in children[a]]))
            else:
                right = {y: walk(a, y) for y in set(children[b])}
                found = node_of(lb, tuple([right[y] for y in children[b]]))
            memo[key] = found
            return found

        return walk(first, second)

    def choose(self, condition: int, true: int, false: int) -> int:
        """Return `true` where the condition (true/false only) holds, else `false`."""
        memo = self.memo("choose")
        level, children, node_of = self.level, self.children, self.node
        yes, no = self.true, self.false

        def walk(c: int, t: int, f: int) -> int:
            if t == f or c == yes:
                return t
            if c == no:
                return f
            key = (c, t, f)
            found = memo.get(key)
            if found is not None:
                return found
            lc, lt, lf = level[c], level[t], level[f]
            top = lc if lc < lt else lt
            top = min(top, lf)
            below = map(
                walk,
                children[c] if lc == top else repeat(c),
                children[t] if lt == top else repeat(t),
                children[f] if lf == top else repeat(f),
            )
            found = memo[key] = node_of(top, tuple(below))
            return found

        return walk(condition, true, false)
