"""`is`, `is one of`, `is known` -> guards: a name and the values it has.

Findings: PW0303 (a value the fact or definition does not have), PW0403 and PW0404 (units), PW0410
(something else than a name before `is`).
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from pathwaylang.compiler.model.comparisons import bare_name, type_of
from pathwaylang.compiler.model.names import Space
from pathwaylang.compiler.model.quantities import constant_in
from pathwaylang.compiler.model.scope import Scope
from pathwaylang.compiler.model.types import ChoiceOf, NumberOf, Type, YesNo, listed, type_words
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label
from pathwaylang.ir.guards import Any, Guard, Holds, Interval, Known, Not, OneOf, Within
from pathwaylang.ir.names import nearest


def compile_is(scope: Scope, expr: syntax.Is) -> Guard | None:
    """Return the guard of `x is a`, `x is not a`, `x is one of a, b`."""
    reference = bare_name(expr.left)
    if reference is None:
        scope.report.add(
            "PW0410",
            "`is` compares a fact with its values",
            Label(expr.span),
            help="for a formula write `<=` and `>=`, or `in LOW..HIGH`.",
        )
        return None
    type_ = type_of(scope, reference)
    if type_ is None:
        return None
    guard = values_guard(scope, reference.parts[0].text, type_, expr.values)
    return Not(guard) if guard is not None and expr.negated else guard


def values_guard(
    scope: Scope, name: str, type_: Type, values: tuple[syntax.Literal_, ...]
) -> Guard | None:
    """Return the guard "`name` is one of these values"; `unknown` may be among them."""
    known = tuple(value for value in values if not isinstance(value, syntax.Unknown))
    guards: list[Guard] = []
    if known:
        guard = _known_values(scope, name, type_, known)
        if guard is None:
            return None
        guards.append(guard)
    if len(known) < len(values):
        guards.append(Not(Known(name)))
    return guards[0] if len(guards) == 1 else Any(tuple(guards))


def _known_values(
    scope: Scope, name: str, type_: Type, values: tuple[syntax.Literal_, ...]
) -> Guard | None:
    match type_:
        case YesNo():
            return _truths(scope, name, values)
        case ChoiceOf():
            return _choices(scope, name, type_, values)
        case NumberOf():
            return _points(scope, name, type_, values)


def _choices(
    scope: Scope, name: str, type_: ChoiceOf, values: tuple[syntax.Literal_, ...]
) -> Guard | None:
    overlay = scope.build.overlay
    if overlay is not None:
        values = tuple(value for value in values if not overlay.is_dropped(name, value))
        if not values:  # false for every value that is left, and unknown where the fact is
            return Not(OneOf(name, type_.names))
    found = [choice_value(scope, name, type_, value) for value in values]
    words = tuple(word for word in found if word is not None)
    return OneOf(name, tuple(dict.fromkeys(words))) if len(words) == len(found) else None


def _truths(scope: Scope, name: str, values: tuple[syntax.Literal_, ...]) -> Guard | None:
    wanted: set[bool] = set()
    for value in values:
        if not isinstance(value, syntax.Truth):
            report_value(scope, name, YesNo(), value)
            return None
        wanted.add(value.value)
    if len(wanted) > 1:
        return Any((Holds(name), Not(Holds(name))))
    return Holds(name) if wanted == {True} else Not(Holds(name))


def choice_value(scope: Scope, name: str, type_: ChoiceOf, value: syntax.Literal_) -> str | None:
    """Return the value of a choice that is written, or None after PW0303."""
    if isinstance(value, syntax.Name) and type_.has(value.text):
        return value.text
    report_value(scope, name, type_, value)
    return None


def _points(
    scope: Scope, name: str, type_: NumberOf, values: tuple[syntax.Literal_, ...]
) -> Guard | None:
    points: set[Fraction] = set()
    for value in values:
        if not isinstance(value, syntax.Quantity):
            report_value(scope, name, type_, value)
            return None
        point = constant_in(scope.report, value, type_, f"`{name}`")
        if point is None:
            return None
        points.add(point)
    return Within(name, tuple(Interval(point, point) for point in sorted(points)))


def report_value(scope: Scope, name: str, type_: Type, value: syntax.Literal_) -> None:
    """Report a value that a fact or definition does not have (PW0303)."""
    written = scope.build.written(value.span) or "this value"
    candidates = type_.names if isinstance(type_, ChoiceOf) else ()
    near = nearest(value.text, candidates) if isinstance(value, syntax.Name) else ()
    declared = scope.build.names.find(Space.FACTS, name)
    labels = (Label(declared.span, f"`{name}` is declared here"),) if declared else ()
    match type_:
        case YesNo():
            note = f"`{name}` can be yes, no."
        case ChoiceOf():
            note = f"`{name}` can be {listed(candidates)}."
        case NumberOf():
            note = f"`{name}` is {type_words(type_)}."
        case _:
            assert_never(type_)
    scope.report.add(
        "PW0303",
        f"`{written}` is not a value of `{name}`",
        Label(value.span),
        *labels,
        notes=(note,),
        help=f"did you mean `{near[0]}`?" if near else _value_advice(name, type_, written),
    )


def _value_advice(name: str, type_: Type, written: str) -> str:
    match type_:
        case YesNo():
            return f"write `{name}` or `not {name}`; in a table, `yes` or `no`."
        case ChoiceOf():
            return f"write one of these, or add `{written}` to the values of `{name}`."
        case NumberOf():
            unit = f" {type_.unit.text}" if type_.unit else ""
            return f"write a number{unit and ' in' + unit}, such as `<= …{unit}`."


def compile_is_known(scope: Scope, expr: syntax.IsKnown) -> Guard | None:
    """Return the guard of `x is known` or `x is unknown`."""
    reference = bare_name(expr.left)
    if reference is None:
        scope.report.add(
            "PW0410",
            "`is known` asks for one fact or definition",
            Label(expr.span),
            help="ask for each fact of the formula by itself.",
        )
        return None
    if type_of(scope, reference) is None:
        return None
    guard = Known(reference.parts[0].text)
    return guard if expr.known else Not(guard)
