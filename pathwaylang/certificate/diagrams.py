"""Decision diagrams of the checker's own: nothing here is shared with the verifier.

A diagram is the number of its root. A node has a level (its variable) and one child per cell of
that variable; a leaf has a value and stands deeper than all levels. Each node stands once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Final

OPEN: Final = "<open>"
"""What a step of `join` sees for a node that is no leaf, and answers to go deeper."""

FIRST: Final = "<first>"
SECOND: Final = "<second>"
"""What a step answers where the result is one of the two diagrams as it is."""

Step = Callable[[Hashable, Hashable], Hashable]


class Diagrams:
    """All diagrams over variables with these numbers of cells, from the root down."""

    def __init__(self, sizes: tuple[int, ...]) -> None:
        self.sizes = sizes
        self.level: list[int] = []
        self.below: list[tuple[int, ...]] = []
        self.value: list[Hashable] = []
        self._known: dict[Hashable, int] = {}

    def leaf(self, value: Hashable) -> int:
        """Return the diagram that is one value everywhere."""
        return self._add(len(self.sizes), (), value)

    def node(self, level: int, below: tuple[int, ...]) -> int:
        """Return the node with these children."""
        return below[0] if len(set(below)) == 1 else self._add(level, below, OPEN)

    def _add(self, level: int, below: tuple[int, ...], value: Hashable) -> int:
        at = self._known.setdefault((level, below, type(value), value), len(self.level))
        if at == len(self.level):
            self.level.append(level)
            self.below.append(below)
            self.value.append(value)
        return at

    def cells(self, at: int, level: int) -> tuple[int, ...]:
        """Return the children of a diagram for each cell of a level it does not stand below."""
        return self.below[at] if self.level[at] == level else (at,) * self.sizes[level]

    def join(self, step: Step, first: int, second: int) -> int:
        """Join two diagrams; `step` sees values or OPEN, answers a value or one of the words."""
        memo: dict[tuple[int, int], int] = {}

        def walk(a: int, b: int) -> int:
            found = memo.get((a, b))
            if found is None:
                result = step(self.value[a], self.value[b])
                if result is OPEN:
                    level = min(self.level[a], self.level[b])
                    pairs = zip(self.cells(a, level), self.cells(b, level), strict=True)
                    found = self.node(level, tuple([walk(x, y) for x, y in pairs]))
                else:
                    found = a if result is FIRST else b if result is SECOND else self.leaf(result)
                memo[a, b] = found
            return found

        return walk(first, second)

    def reachable(self, root: int) -> set[int]:
        """Return all nodes of a diagram."""
        seen, stack = {root}, [root]
        while stack:
            for child in self.below[stack.pop()]:
                if child not in seen:
                    seen.add(child)
                    stack.append(child)
        return seen

    def map(self, at: int, change: Callable[[Hashable], Hashable]) -> int:
        """Return the diagram with other values."""
        return self.join(lambda a, _: OPEN if a is OPEN else change(a), at, at)

    def route(self, at: int, targets: Mapping[Hashable, int]) -> int:
        """Return the diagram with other diagrams in the place of some values."""
        for leaf, target in targets.items():

            def step(a: Hashable, _: Hashable, leaf: Hashable = leaf) -> Hashable:
                return OPEN if a is OPEN else SECOND if a == leaf else FIRST

            at = self.join(step, at, target)
        return at

    def fixed(self, at: int, level: int, cell: int) -> int:
        """Return the diagram with one variable in one cell."""
        memo: dict[int, int] = {}

        def walk(a: int) -> int:
            if self.level[a] > level:
                return a
            if a not in memo:
                below = self.below[a]
                if self.level[a] == level:
                    memo[a] = below[cell]
                else:
                    memo[a] = self.node(self.level[a], tuple([walk(x) for x in below]))
            return memo[a]

        return walk(at)

    def both(self, first: int, second: int) -> int:
        """Kleene `and`."""
        return self.join(_and, first, second)

    def opposite(self, at: int) -> int:
        """Kleene `not`."""
        return self.map(at, lambda value: None if value is None else value is False)

    def certain(self, at: int) -> int:
        """True where a condition is certainly true, else false."""
        return self.map(at, lambda value: value is True)


def _and(a: Hashable, b: Hashable) -> Hashable:
    if a is False or b is False:
        return False
    if a is True:
        return SECOND
    if b is True:
        return FIRST
    return OPEN if a is OPEN or b is OPEN else None
