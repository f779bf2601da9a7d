"""Numbers with units as written -> exact numbers in the unit of what they are compared with.

Findings: PW0403 (a unit is missing), PW0404 (units of different kinds), PW0405 (an unknown unit),
PW0409 (a range that holds no number). Mass converts to substance only by a `converts` line.
"""

from __future__ import annotations

from fractions import Fraction

from pathwaylang.compiler.model.report import Report
from pathwaylang.compiler.model.types import NumberOf
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label, Span
from pathwaylang.ir.guards import Interval
from pathwaylang.ir.units import (
    UNITLESS,
    Unit,
    UnitProblem,
    convert,
    describe_dimension,
    nearest_units,
    parse_unit,
)


def read_unit(report: Report, name: syntax.Name) -> Unit | None:
    """Return the unit that a text means, or None after PW0405."""
    unit = parse_unit(name.text)
    if not isinstance(unit, UnitProblem):
        return unit
    near = nearest_units(name.text, 1)
    hint = f"did you mean {near[0]}? " if near else ""
    report.add(
        "PW0405",
        f"the unit `{name.text}` is not known",
        Label(name.span),
        help=f"{hint}Units follow UCUM; `pathwaylang units` lists the aliases.",
    )
    return None


def kind_words(unit: Unit | None) -> str:
    """Return what a unit measures: `length`, `mass per volume`, `a plain number`."""
    return describe_dimension((unit or UNITLESS).dimension)


def quantity_text(quantity: syntax.Quantity) -> str:
    """Return a quantity as a reader would write it."""
    return f"{quantity.digits} {quantity.unit.text}" if quantity.unit else quantity.digits


def constant_in(
    report: Report, quantity: syntax.Quantity, type_: NumberOf, owner: str
) -> Fraction | None:
    """Return a constant in the unit of the name `owner` it is compared with."""
    return _constant(report, quantity, quantity.unit, type_, owner)


def range_in(report: Report, written: syntax.Range, type_: NumberOf, owner: str) -> Interval | None:
    """Return a range in the unit of `owner`; the unit may stand once, behind the range."""
    shared = written.unit or written.high.unit or written.low.unit
    low = _constant(report, written.low, written.low.unit or shared, type_, owner)
    if low is None:
        return None
    high = _constant(report, written.high, written.high.unit or shared, type_, owner)
    if high is None:
        return None
    return interval_between(report, written, low, high)


def interval_between(
    report: Report, written: syntax.Range, low: Fraction, high: Fraction
) -> Interval | None:
    """Return the interval of a range, or None after PW0409 where it holds no number."""
    if low > high or (low == high and written.high_open):
        report.add(
            "PW0409",
            f"no number lies in `{_range_text(written)}`",
            Label(written.span),
            help="the lower end comes first." if low > high else "write `..` to include the end.",
        )
        return None
    return Interval(low, high, True, not written.high_open)


def _range_text(written: syntax.Range) -> str:
    dots = "..<" if written.high_open else ".."
    return f"{written.low.digits}{dots}{written.high.digits}"


def _constant(
    report: Report,
    quantity: syntax.Quantity,
    unit: syntax.Name | None,
    type_: NumberOf,
    owner: str,
) -> Fraction | None:
    if unit is None:
        if type_.unit is None:
            return quantity.value
        report_missing_unit(report, quantity, type_.unit, owner)
        return None
    source = read_unit(report, unit)
    if source is None:
        return None
    value = convert(quantity.value, source, type_.unit or UNITLESS, type_.bridges)
    if value is None:
        report_kinds(report, quantity.span, (source, type_.unit), owner)
    return value


def report_missing_unit(report: Report, quantity: syntax.Quantity, unit: Unit, owner: str) -> None:
    """Report a bare number where `owner` is measured in `unit`."""
    report.add(
        "PW0403",
        f"the number `{quantity.digits}` has no unit",
        Label(quantity.span),
        notes=(f"{owner} is measured in {unit.text}.",),
        help=f"write {quantity.digits} {unit.text}, if that is what you mean.",
    )


def report_kinds(report: Report, span: Span, units: tuple[Unit, Unit | None], owner: str) -> None:
    """Report two units that do not convert into one another."""
    given, wanted = units
    if wanted is None:
        note = f"{given.text} is {kind_words(given)}; {owner} has no unit."
        advice = f"leave the unit out, or declare the unit of {owner}."
    else:
        note = (
            f"{given.text} is {kind_words(given)}; {owner} is measured in {wanted.text}, "
            f"{kind_words(wanted)}."
        )
        advice = f"write the number in {wanted.text}"
        advice += _bridge_advice(given, wanted)
    report.add(
        "PW0404", f"`{given.text}` does not fit {owner}", Label(span), notes=(note,), help=advice
    )


def _bridge_advice(given: Unit, wanted: Unit) -> str:
    """Mention the line `converts` only between mass and substance, where it means something."""
    words = {kind_words(given).split(" per ")[0], kind_words(wanted).split(" per ")[0]}
    if "mass" in words and any("substance" in word for word in words):
        return (
            f", or declare the molar mass on the fact: `converts 1 {wanted.text} = … {given.text}`."
        )
    return "."
