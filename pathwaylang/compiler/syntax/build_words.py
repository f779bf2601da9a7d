"""Grammar rules -> nodes: names, texts, numbers, ranges, references and types.

Each function is the action of one rule of grammar.lark: it gets the children of the rule in order
(lexemes, nodes, None for an absent optional part) and returns the node. The grammar is the type of
the children; that is why they are `Any` here and nowhere behind.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pathwaylang.compiler.syntax import nodes
from pathwaylang.compiler.syntax.lexemes import Lexeme
from pathwaylang.diagnostics import Span

Parts = list[Any]
"""The children of a rule."""


def over(first: Any, last: Any) -> Span:
    """Return the place from one child to another."""
    start: Span = first.span
    end: Span = last.span
    return Span(start.source, start.start, end.end)


def extent(first: Any, last: Any, attrs: tuple[nodes.Attr, ...] | None) -> Span:
    """Return the place from one child to another, and on to the lines below it."""
    return over(first, attrs[-1] if attrs else last)


def name_of(lexeme: Lexeme) -> nodes.Name:
    """Return a lexeme as a name."""
    return nodes.Name(lexeme.text, lexeme.span)


def text_of(lexeme: Lexeme) -> nodes.Text:
    """Return a one-line text."""
    return nodes.Text(lexeme.text, False, lexeme.span)


def text(parts: Parts) -> nodes.Text:
    """Return a text, one-line or block."""
    lexeme: Lexeme = parts[0]
    return nodes.Text(lexeme.text, lexeme.type == "BLOCK", lexeme.span)


def names(parts: Parts) -> tuple[nodes.Name, ...]:
    """Return names with something between each two."""
    return tuple(name_of(part) for part in parts[::2])


def every_second(parts: Parts) -> tuple[Any, ...]:
    """Return the nodes of a list without what separates them."""
    return tuple(parts[::2])


def ref(parts: Parts) -> nodes.Reference:
    """Return `a` or `a.b`."""
    first, dot, last = parts
    if dot is None:
        return nodes.Reference((nodes.Name(first.text, first.span),), first.span)
    return nodes.Reference((name_of(first), name_of(last)), over(first, last))


def number(parts: Parts) -> nodes.Quantity:
    """Return a number without a unit."""
    last: Lexeme = parts[-1]
    if len(parts) == 1:
        return nodes.Quantity(Fraction(last.text), last.text, None, last.span)
    digits = "-" + last.text
    return nodes.Quantity(Fraction(digits), digits, None, over(parts[0], last))


def quantity(parts: Parts) -> nodes.Quantity:
    """Return a number with its unit, if it has one."""
    bare, unit = parts
    if unit is None:
        found: nodes.Quantity = bare
        return found
    return nodes.Quantity(bare.value, bare.digits, name_of(unit), over(bare, unit))


def range_(parts: Parts) -> nodes.Range:
    """Return a range with the unit behind it, if it has one."""
    low, sign, high, unit = parts
    is_open = sign.type == "RANGE_OPEN"
    if unit is None:
        return nodes.Range(low, high, is_open, None, over(low, high))
    return nodes.Range(low, high, is_open, name_of(unit), over(low, unit))


def bounds(parts: Parts) -> nodes.Range:
    """Return the range of a type, which has no unit of its own."""
    low, sign, high = parts
    return nodes.Range(low, high, sign.type == "RANGE_OPEN", None, over(low, high))


def value(parts: Parts) -> nodes.Literal_:
    """Return a value: a name, `none`, `yes`, `no` or a number."""
    part = parts[0]
    if isinstance(part, nodes.Quantity):
        return part
    if part.type in ("YES", "NO"):
        return nodes.Truth(part.type == "YES", part.span)
    return nodes.Name(part.text, part.span)


def unknown(parts: Parts) -> nodes.Unknown:
    """Return the value `unknown`."""
    return nodes.Unknown(parts[0].span)


def yes_no_type(parts: Parts) -> nodes.YesNoType:
    """Return `yes/no`."""
    return nodes.YesNoType(over(parts[0], parts[-1]))


def choice_item(parts: Parts) -> nodes.ChoiceItem:
    """Return one value of a choice."""
    name, label = parts
    shown = text_of(label) if label else None
    return nodes.ChoiceItem(name_of(name), shown, over(name, label or name))


def choice_type(parts: Parts) -> nodes.ChoiceType:
    """Return `choice of …`."""
    return nodes.ChoiceType(tuple(parts[2::2]), over(parts[0], parts[-1]))


def number_type(parts: Parts) -> nodes.NumberType:
    """Return a number type."""
    whole, word, _, unit, found, _, step = parts
    span = over(whole or word, step or found)
    return nodes.NumberType(whole is not None, name_of(unit) if unit else None, found, step, span)
