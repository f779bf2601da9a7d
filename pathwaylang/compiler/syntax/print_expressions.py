"""Nodes -> text: conditions and formulas on one line.

Brackets are printed where the author wrote them, and where a tree that no author wrote needs them
to be read again as it is. Bullets never come here: they are lines of their own.
"""

from __future__ import annotations

from pathwaylang.compiler.syntax import nodes
from pathwaylang.compiler.syntax.print_words import (
    name_list,
    quantity_text,
    range_text,
    reference_text,
    value_list,
)

_OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _PRIMARY = range(7)


def expression_text(expr: nodes.Expr) -> str:
    """Return an expression as one line."""
    return _text(expr, _OR)


def heading_text(bullets: nodes.Bullets) -> str:
    """Return `all of` or `at least 2 of`."""
    if bullets.quantifier == "at least":
        return f"at least {bullets.count} of"
    return f"{bullets.quantifier} of"


def _binding(expr: nodes.Expr) -> int:
    match expr:
        case nodes.OrExpr():
            return _OR
        case nodes.AndExpr():
            return _AND
        case nodes.NotExpr():
            return _NOT
        case nodes.Arithmetic():
            return _SUM if expr.operator in "+-" else _PRODUCT
        case nodes.Compare() | nodes.InRange() | nodes.Is() | nodes.IsKnown():
            return _COMPARISON
        case nodes.TrackRecommends():
            return _COMPARISON
        case _:
            return _PRIMARY


def _text(expr: nodes.Expr, weakest: int) -> str:
    """Return an expression, in brackets if it binds less than its place needs."""
    text = _bare(expr)
    return f"({text})" if _binding(expr) < weakest else text


def _bare(expr: nodes.Expr) -> str:
    match expr:
        case nodes.Reference():
            return reference_text(expr)
        case nodes.Quantity():
            return quantity_text(expr)
        case nodes.Paren():
            return f"({_text(expr.item, _OR)})"
        case nodes.OrExpr():
            return " or ".join(_text(item, _AND) for item in expr.items)
        case nodes.AndExpr():
            return " and ".join(_text(item, _NOT) for item in expr.items)
        case nodes.NotExpr():
            return f"not {_text(expr.item, _NOT)}"
        case nodes.Arithmetic():
            binding = _binding(expr)
            right = _text(expr.right, binding + 1)
            return f"{_text(expr.left, binding)} {expr.operator} {right}"
        case nodes.CallExpr():
            arguments = ", ".join(_text(item, _SUM) for item in expr.arguments)
            return f"{expr.function.text}({arguments})"
        case _:
            return _comparison(expr)


def _comparison(expr: nodes.Expr) -> str:
    match expr:
        case nodes.Compare():
            return f"{_text(expr.left, _SUM)} {expr.operator} {_text(expr.right, _SUM)}"
        case nodes.InRange():
            return f"{_text(expr.left, _SUM)} in {range_text(expr.range)}"
        case nodes.Is():
            words = "is" + (" not" if expr.negated else "") + (" one of" if expr.one_of else "")
            return f"{_text(expr.left, _SUM)} {words} {value_list(expr.values)}"
        case nodes.IsKnown():
            return f"{_text(expr.left, _SUM)} is {'known' if expr.known else 'unknown'}"
        case nodes.TrackRecommends():
            return f"{expr.track.text} recommends {name_list(expr.names)}"
        case nodes.Bullets():
            return f"{heading_text(expr)}: {'; '.join(map(expression_text, expr.items))}"
        case _:
            return ""
