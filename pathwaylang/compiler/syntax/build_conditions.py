"""Grammar rules -> nodes: conditions and formulas.

As in build_words.py, each function is the action of one rule and gets the children of that rule.
Rules that only pass one child on (marked `?` in the grammar) never get here with one child.
"""

from __future__ import annotations

from typing import Literal, get_args

from pathwaylang.compiler.syntax import nodes
from pathwaylang.compiler.syntax.build_words import Parts, extent, name_of, over
from pathwaylang.diagnostics import Span

Guarded = tuple[nodes.Expr, tuple[nodes.Attr, ...]]
"""A condition and the lines that describe what it belongs to."""

Quantifier = Literal["all", "any", "none", "at least"]
_QUANTIFIERS: dict[str, Quantifier] = {word: word for word in get_args(Quantifier)}


def expr(parts: Parts) -> nodes.OrExpr:
    """Return `a or b`."""
    return nodes.OrExpr(tuple(parts[::2]), over(parts[0], parts[-1]))


def conjunction(parts: Parts) -> nodes.AndExpr:
    """Return `a and b`."""
    return nodes.AndExpr(tuple(parts[::2]), over(parts[0], parts[-1]))


def negation(parts: Parts) -> nodes.NotExpr:
    """Return `not a`."""
    return nodes.NotExpr(parts[1], over(parts[0], parts[1]))


def compare(parts: Parts) -> nodes.Compare:
    """Return `a <= b`."""
    left, operator, right = parts
    return nodes.Compare(operator.text, left, right, over(left, right))


def in_range(parts: Parts) -> nodes.InRange:
    """Return `a in 2..4`."""
    left, _, found = parts
    return nodes.InRange(left, found, over(left, found))


def is_value(parts: Parts) -> nodes.Is:
    """Return `a is b`."""
    return nodes.Is(parts[0], (parts[-1],), False, False, over(parts[0], parts[-1]))


def is_not_value(parts: Parts) -> nodes.Is:
    """Return `a is not b`."""
    return nodes.Is(parts[0], (parts[-1],), True, False, over(parts[0], parts[-1]))


def is_one_of(parts: Parts) -> nodes.Is:
    """Return `a is one of b, c`."""
    values = parts[-1]
    return nodes.Is(parts[0], values, False, True, over(parts[0], values[-1]))


def is_not_one_of(parts: Parts) -> nodes.Is:
    """Return `a is not one of b, c`."""
    values = parts[-1]
    return nodes.Is(parts[0], values, True, True, over(parts[0], values[-1]))


def is_known(parts: Parts) -> nodes.IsKnown:
    """Return `a is known`."""
    return nodes.IsKnown(parts[0], True, over(parts[0], parts[-1]))


def is_unknown(parts: Parts) -> nodes.IsKnown:
    """Return `a is unknown`."""
    return nodes.IsKnown(parts[0], False, over(parts[0], parts[-1]))


def track_recommends(parts: Parts) -> nodes.TrackRecommends:
    """Return `local recommends a, b`."""
    track, _, found = parts
    return nodes.TrackRecommends(name_of(track), found, over(track, found[-1]))


def arithmetic(parts: Parts) -> nodes.Arithmetic:
    """Return two operands joined by an operator."""
    left, operator, right = parts
    return nodes.Arithmetic(operator.text, left, right, over(left, right))


def paren(parts: Parts) -> nodes.Paren:
    """Return an expression in round brackets."""
    return nodes.Paren(parts[1], over(parts[0], parts[-1]))


def call(parts: Parts) -> nodes.CallExpr:
    """Return the call of a function."""
    return nodes.CallExpr(name_of(parts[0]), tuple(parts[2:-1:2]), over(parts[0], parts[-1]))


def quantifier(parts: Parts) -> nodes.Bullets:
    """Return the heading of bullets, still without its bullets."""
    is_count = parts[0].type == "AT"
    # The length of a count is bounded, since `int` refuses very long texts.
    count = int(parts[2].text[:9].partition(".")[0]) if is_count else 0
    kind = _QUANTIFIERS["at least" if is_count else parts[0].text]
    return nodes.Bullets(kind, count, (), over(parts[0], parts[-1]))


def with_bullets(heading: nodes.Bullets, items: Parts) -> nodes.Bullets:
    """Return a heading with its bullets."""
    span = over(heading, items[-1])
    return nodes.Bullets(heading.quantifier, heading.count, tuple(items), span)


def bullet(parts: Parts) -> nodes.Expr:
    """Return the condition of a bullet."""
    found: nodes.Expr = parts[1]
    return found


def bullets(parts: Parts) -> nodes.Bullets:
    """Return `all of` and the like with bullets below it."""
    return with_bullets(parts[0], parts[3:-1])


def only_first(parts: Parts) -> nodes.Expr:
    """Return the condition of a line."""
    found: nodes.Expr = parts[0]
    return found


def lines_below(parts: Parts) -> Guarded:
    """Return a condition with the lines below it."""
    return parts[0], parts[2] or ()


def lines_after_bullets(parts: Parts) -> Guarded:
    """Return bullets with the lines that stand behind them in the same block."""
    items = parts[3:-1]
    is_attr = [isinstance(item, nodes.Attr) for item in items]
    cut = is_attr.index(True) if True in is_attr else len(items)
    return with_bullets(parts[0], items[:cut]), tuple(items[cut:])


def guarded_span(first: object, guarded: Guarded) -> Span:
    """Return the place from a child to the end of a guarded condition."""
    return extent(first, guarded[0], guarded[1])
