"""The leaves of one diagram, and which of them lie below each of its nodes.

In: a store of nodes and a root. Out: a bit for each leaf value, and for each node the bits of the
leaves below it, so that a walk can stop where no wanted leaf is left, or nothing but wanted ones.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from pathwaylang.ir.nodes import Nodes


class Leaves:
    """The leaves of one diagram, each with a bit, and for each node the bits below it."""

    __slots__ = ("bits", "masks", "root")

    def __init__(self, space: Nodes, node: int) -> None:
        self.root = node
        self.bits: dict[Hashable, int] = {}
        self.masks: dict[int, int] = {}
        masks = self.masks
        for at in reversed(space.reachable(node)):
            if space.is_leaf(at):
                masks[at] = self.bits[space.values[at]] = 1 << len(self.bits)
            else:
                mask = 0
                for child in set(space.children[at]):
                    mask |= masks[child]
                masks[at] = mask

    @property
    def every(self) -> int:
        """The bits of all leaves."""
        return self.masks[self.root]

    def mask(self, wanted: Callable[[Hashable], bool]) -> int:
        """Return the bits of the leaves that are wanted."""
        return sum(bit for value, bit in self.bits.items() if wanted(value))
