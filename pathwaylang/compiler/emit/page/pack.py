"""The nodes of a diagram as a short text, which diagram.js unpacks.

In come the nodes of a `DiagramTable`, out comes text: for each node its level, then its children as
runs of equal ones, each a count and a child. A child that is a node is told by how far back it
stands, a leaf by its number. Numbers are written five bits a digit, low digits first, with a sixth
bit where more follow.

Invariant: unpacking gives the same nodes; a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BASE = 32


def pack_nodes(nodes: Sequence[tuple[int, ...]]) -> str:
    """Return the nodes as text.

    >>> pack_nodes([(0, -1, -1, -2), (1, 0, -3)])
    'ACABCBBDBE'
    """
    return "".join(digits for at, node in enumerate(nodes) for digits in _node(at, node))


def _node(at: int, node: tuple[int, ...]) -> Iterator[str]:
    yield _number(node[0])
    for child, run in groupby(node[1:]):
        yield _number(sum(1 for _ in run))
        yield _number((-1 - child) * 2 if child < 0 else (at - child) * 2 + 1)


def _number(value: int) -> str:
    digits = ""
    while value >= _BASE:
        digits += _DIGITS[value % _BASE + _BASE]
        value //= _BASE
    return digits + _DIGITS[value]
