"""A value as written -> a value of a fact: for `usually` and `given`.

Findings: PW0303 (not a value of the fact, or `unknown` where that may not be), PW0406 (outside the
declared range), PW0408 (off the declared step). A number in another unit is converted exactly and
rounded half-even to the step, as input of a patient is; a number in the fact's own unit must lie on
the step.
"""

from __future__ import annotations

from fractions import Fraction

from pathwaylang.compiler.model.memberships import choice_value, report_value
from pathwaylang.compiler.model.quantities import constant_in, quantity_text
from pathwaylang.compiler.model.scope import Scope
from pathwaylang.compiler.model.types import ChoiceOf, NumberOf, Type, YesNo, range_words
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label
from pathwaylang.ir.facts import UNKNOWN, Value
from pathwaylang.ir.units import Unit, format_number, parse_unit, round_to_step


def read_value(
    scope: Scope, fact: syntax.FactItem, type_: Type, written: syntax.Literal_
) -> Value | None:
    """Return the value that a line gives a fact, or None after a finding."""
    name = fact.name.text
    match written:
        case syntax.Unknown():
            return _unknown(scope, fact, written)
        case syntax.Truth() if isinstance(type_, YesNo):
            return written.value
        case syntax.Name() if isinstance(type_, ChoiceOf):
            return choice_value(scope, name, type_, written)
        case syntax.Quantity() if isinstance(type_, NumberOf):
            return _number(scope, fact, type_, written)
        case _:
            report_value(scope, name, type_, written)
            return None


def may_be_unknown(fact: syntax.FactItem) -> bool:
    """Tell whether a fact has the line `may be unknown`."""
    return any(isinstance(attr, syntax.MayBeUnknown) for attr in fact.attrs)


def _unknown(scope: Scope, fact: syntax.FactItem, written: syntax.Unknown) -> Value | None:
    if may_be_unknown(fact):
        return UNKNOWN
    scope.report.add(
        "PW0303",
        f"`{fact.name.text}` cannot be unknown",
        Label(written.span),
        Label(fact.name.span, "declared here, without `may be unknown`"),
        help="add the line `may be unknown` to the fact, or leave the fact out.",
    )
    return None


def _number(
    scope: Scope, fact: syntax.FactItem, type_: NumberOf, written: syntax.Quantity
) -> Value | None:
    value = constant_in(scope.report, written, type_, f"`{fact.name.text}`")
    if value is None:
        return None
    if not type_.range.holds(value):
        _report_range(scope, fact, type_, written)
        return None
    if type_.step is None or type_.range.low is None:
        return value
    rounded = round_to_step(value, type_.range.low, type_.step)
    if rounded == value or is_converted(written, type_):
        return rounded
    scope.report.add(
        "PW0408",
        f"`{quantity_text(written)}` lies between two steps of `{fact.name.text}`",
        Label(written.span),
        Label(fact.name.span, f"declared here in steps of {format_number(type_.step)}"),
        help=f"the nearest value is {_shown(rounded, type_)}.",
    )
    return None


def is_converted(written: syntax.Quantity, type_: NumberOf) -> bool:
    """Tell whether a number is written in another unit than the one declared."""
    unit = parse_unit(written.unit.text) if written.unit is not None else None
    return isinstance(unit, Unit) and unit != type_.unit


def exact_value(scope: Scope, type_: NumberOf, written: syntax.Quantity) -> Fraction | None:
    """Return the number before rounding to the step."""
    return constant_in(scope.report, written, type_, "")


def _shown(value: Fraction, type_: NumberOf) -> str:
    return format_number(value) + (f" {type_.unit.text}" if type_.unit else "")


def _report_range(
    scope: Scope, fact: syntax.FactItem, type_: NumberOf, written: syntax.Quantity
) -> None:
    scope.report.add(
        "PW0406",
        f"`{quantity_text(written)}` is outside the range of `{fact.name.text}`",
        Label(written.span),
        Label(fact.name.span, "the range is declared here"),
        notes=(f'"{fact.label.value}" goes from {range_words(type_)}.',),
        help="correct the value, or the range.",
    )
