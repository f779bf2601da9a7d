"""The words of the syntax tree: names, texts, numbers, ranges, values, comments.

Every node of the tree has a `span` that is outside equality, so that two trees are equal when they
say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from pathwaylang.diagnostics import Span

NOWHERE = Span("", 0, 0)
"""The place of a node that no text wrote."""


def empty_span() -> Span:
    """Return the default of a node's place: nowhere, and outside equality."""
    return field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A name, or a word such as a status."""

    text: str
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Text:
    """A string, unescaped; `block` for the triple-quoted form."""

    value: str
    block: bool = field(default=False, compare=False)
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as written; `unit` is None where none stands."""

    value: Fraction
    digits: str
    unit: Name | None
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Range:
    """`4..8` or `60..<90`, with a unit behind it or none."""

    low: Quantity
    high: Quantity
    high_open: bool
    unit: Name | None
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Truth:
    """`yes` or `no`."""

    value: bool
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Unknown:
    """The word `unknown` as a value."""

    span: Span = empty_span()


Literal_ = Name | Quantity | Truth | Unknown
"""A value as written; `none` is a Name."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its `#`; `alone` if nothing else stands on its line."""

    text: str
    alone: bool
    span: Span = empty_span()
