"""Comparisons by size -> guards: `<=`, `>`, `in`, in the unit of the name compared.

One name against a constant becomes `Within`; two numbers become a `Relation` with
conversion factors only where units differ. A constant need not lie on the step of the fact.

Findings: PW0402 (a choice has no order), PW0403 and PW0404 (units), PW0409 (a range that holds no
number), PW0410 (operands that do not fit).
"""

from __future__ import annotations

from fractions import Fraction

from pathwaylang.compiler.model.formulas import compile_term, is_one_word
from pathwaylang.compiler.model.measured import Measured, in_one_unit
from pathwaylang.compiler.model.names import Space
from pathwaylang.compiler.model.quantities import constant_in, range_in
from pathwaylang.compiler.model.scope import Scope
from pathwaylang.compiler.model.types import ChoiceOf, NumberOf, Type, YesNo, listed, type_words
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label
from pathwaylang.ir.guards import (
    All,
    Const,
    Guard,
    Interval,
    Number,
    Relation,
    Within,
)
from pathwaylang.ir.units import UNITLESS

_FLIPPED = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}


def bare_name(expr: syntax.Expr) -> syntax.Reference | None:
    """Return the reference an expression is, brackets aside, or None."""
    while isinstance(expr, syntax.Paren):
        expr = expr.item
    return expr if isinstance(expr, syntax.Reference) else None


def interval_of(operator: str, value: Fraction) -> Interval:
    """Return the numbers `x` with `x OPERATOR value`.

    >>> interval_of("<", Fraction(3)).high_closed
    False
    """
    match operator:
        case "<=":
            return Interval(None, value)
        case "<":
            return Interval(None, value, high_closed=False)
        case ">=":
            return Interval(value, None)
        case _:
            return Interval(value, None, low_closed=False)


def type_of(scope: Scope, expr: syntax.Reference) -> Type | None:
    """Return the type of a name, or None after a finding."""
    if not is_one_word(scope, expr):
        return None
    if scope.look_up(Space.FACTS, expr.parts[0]) is None:
        return None
    return scope.build.types.get(expr.parts[0].text)


def compile_compare(scope: Scope, expr: syntax.Compare) -> Guard | None:
    """Return the guard of `left <= right`."""
    names = [bare_name(side) for side in (expr.left, expr.right)]
    if not _are_numbers(scope, [name for name in names if name is not None], expr):
        return None
    for name, other, operator in (
        (expr.left, expr.right, expr.operator),
        (expr.right, expr.left, _FLIPPED[expr.operator]),
    ):
        reference, constant = bare_name(name), _written_constant(other)
        if reference is not None and constant is not None:
            return _against_constant(scope, reference, operator, constant)
    return _between_terms(scope, expr)


def _written_constant(expr: syntax.Expr) -> syntax.Quantity | None:
    while isinstance(expr, syntax.Paren):
        expr = expr.item
    return expr if isinstance(expr, syntax.Quantity) else None


def _are_numbers(scope: Scope, references: list[syntax.Reference], expr: syntax.Compare) -> bool:
    """Report what is no number; `reserve >= good` is one slip, not two."""
    if len(references) == 2 and _is_choice_with_value(scope, *references):  # noqa: PLR2004
        references = references[:1]
    found = [_is_number(scope, reference, expr) for reference in references]
    return all(found)


def _is_choice_with_value(scope: Scope, left: syntax.Reference, right: syntax.Reference) -> bool:
    type_ = scope.build.types.get(left.parts[0].text)
    return isinstance(type_, ChoiceOf) and right.parts[0].text in type_.names


def _is_number(scope: Scope, reference: syntax.Reference, expr: syntax.Compare) -> bool:
    type_ = type_of(scope, reference)
    name = reference.parts[0].text
    match type_:
        case None:
            return False
        case NumberOf():
            return True
        case ChoiceOf():
            scope.report.add(
                "PW0402",
                f"`{name}` is a choice and has no order",
                Label(expr.span),
                notes=(f"{listed(type_.names)} are names, not a scale.",),
                help=_choice_help(name, type_, expr),
            )
            return False
        case YesNo():
            scope.report.add(
                "PW0410",
                f"`{name}` is yes/no and cannot be compared by size",
                Label(expr.span),
                help=f"write `{name}` or `not {name}`.",
            )
            return False


def _choice_help(name: str, type_: ChoiceOf, expr: syntax.Compare) -> str:
    other = bare_name(expr.right) or bare_name(expr.left)
    word = other.parts[0].text if other is not None else ""
    if word not in type_.names:
        return f"write `{name} is one of …` with the values that are meant."
    at = type_.names.index(word)
    upwards = expr.operator in (">=", ">")
    side = type_.names[: at + 1] if upwards else type_.names[at:]
    if expr.operator in ("<", ">"):
        side = tuple(value for value in side if value != word)
    return f"name the values that are meant, such as `{name} is one of {', '.join(side)}`."


def _against_constant(
    scope: Scope, reference: syntax.Reference, operator: str, constant: syntax.Quantity
) -> Guard | None:
    name = reference.parts[0].text
    type_ = scope.build.types.get(name)
    if not isinstance(type_, NumberOf):
        return None
    value = constant_in(scope.report, constant, type_, f"`{name}`")
    return None if value is None else Within(name, (interval_of(operator, value),))


def _between_terms(scope: Scope, expr: syntax.Compare) -> Guard | None:
    left, right = compile_term(scope, expr.left), compile_term(scope, expr.right)
    if left is None or right is None:
        return None
    if right.name and not left.name:
        pair = in_one_unit(scope, (right, left), expr)
        right, left = pair if pair is not None else (None, None)
    else:
        pair = in_one_unit(scope, (left, right), expr)
        left, right = pair if pair is not None else (None, None)
    if left is None or right is None:
        return None
    return relate(left, expr.operator, right)


def relate(left: Measured, operator: str, right: Measured) -> Guard:
    """Return `left OPERATOR right` for two numbers in one unit, folded where it is one name."""
    if left.constant is not None and right.constant is not None:
        return Const(interval_of(operator, right.constant).holds(left.constant))
    if left.name and right.constant is not None:
        return Within(left.name, (interval_of(operator, right.constant),))
    if right.name and left.constant is not None:
        return Within(right.name, (interval_of(_FLIPPED[operator], left.constant),))
    if operator in (">", ">="):
        return Relation(right.term, left.term, operator == ">")
    return Relation(left.term, right.term, operator == "<")


def compile_in_range(scope: Scope, expr: syntax.InRange) -> Guard | None:
    """Return the guard of `x in LOW..HIGH`."""
    reference = bare_name(expr.left)
    if reference is not None:
        type_ = type_of(scope, reference)
        name = reference.parts[0].text
        if type_ is None:
            return None
        if not isinstance(type_, NumberOf):
            scope.report.add(
                "PW0402" if isinstance(type_, ChoiceOf) else "PW0410",
                f"`{name}` is not a number and lies in no range",
                Label(expr.span),
                notes=(f"It is {type_words(type_)}.",),
                help=f"name its values: `{name} is one of {listed(type_.names, 2)}`."
                if isinstance(type_, ChoiceOf)
                else f"write `{name}` or `not {name}`.",
            )
            return None
        found = range_in(scope.report, expr.range, type_, f"`{name}`")
        return None if found is None else Within(name, (found,))
    term = compile_term(scope, expr.left)
    if term is None:
        return None
    unit = None if term.unit == UNITLESS else term.unit
    type_of_term = NumberOf(unit, Interval(None, None), bridges=term.bridges)
    found = range_in(scope.report, expr.range, type_of_term, "this formula")
    if found is None or found.low is None or found.high is None:
        return None
    low, high = (Measured(Number(end), term.unit) for end in (found.low, found.high))
    upper = "<=" if found.high_closed else "<"
    return All((relate(term, ">=", low), relate(term, upper, high)))
