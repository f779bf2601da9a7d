"""`fact` items -> facts with their domain and everything that forms show of them.

The types of all facts are read first (`fact_type`), then the facts (`build_fact`), since a line
such as `asked when` may read a fact that is declared later.

Findings: PW0302, PW0306 (values of a choice), PW0401-PW0409 (types, units, values), PW0403 and
PW0404 for `valid for` and `converts`.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from pathwaylang.compiler.model import attributes
from pathwaylang.compiler.model.bases import read_basis
from pathwaylang.compiler.model.conditions import compile_condition
from pathwaylang.compiler.model.quantities import kind_words, read_unit
from pathwaylang.compiler.model.ranges import number_type
from pathwaylang.compiler.model.report import Report
from pathwaylang.compiler.model.scope import Scope
from pathwaylang.compiler.model.types import ChoiceOf, NumberOf, Type, YesNo
from pathwaylang.compiler.model.values import may_be_unknown, read_value
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label
from pathwaylang.ir.facts import Bridge, Choice, Fact, FactKind, Value
from pathwaylang.ir.guards import Guard
from pathwaylang.ir.units import (
    Quantity,
    Unit,
    UnitBridge,
    UnitProblem,
    convert,
    is_same_dimension,
    make_bridge,
    parse_unit,
)


def fact_type(report: Report, item: syntax.FactItem) -> Type | None:
    """Return the type of a fact, or None after a finding."""
    match item.type:
        case syntax.YesNoType():
            return YesNo()
        case syntax.ChoiceType():
            return ChoiceOf(read_choices(report, item.type.items))
        case syntax.NumberType():
            found = number_type(report, item.type)
            if found is None:
                return None
            bridges = _read_bridges(report, item, found.unit)
            if bridges is None:
                return None
            return NumberOf(found.unit, found.range, found.step, found.whole, bridges)


def read_choices(report: Report, items: tuple[syntax.ChoiceItem, ...]) -> tuple[Choice, ...]:
    """Return the values of a choice, each once; PW0302 and PW0306 for doubles."""
    seen: dict[str, syntax.ChoiceItem] = {}
    choices: list[Choice] = []
    for item in items:
        known = seen.setdefault(item.name.text.casefold(), item)
        if known is item:
            name = item.name.text
            choices.append(Choice(name, item.label.value if item.label else name))
            continue
        is_same = known.name.text == item.name.text
        report.add(
            "PW0302" if is_same else "PW0306",
            f"the value `{item.name.text}` is listed twice"
            if is_same
            else f"`{item.name.text}` and `{known.name.text}` differ only by case",
            Label(item.name.span),
            Label(known.name.span, "the first"),
        )
    return tuple(choices)


def _read_bridges(
    report: Report, item: syntax.FactItem, unit: Unit | None
) -> tuple[UnitBridge, ...] | None:
    lines = [line for line in item.attrs if isinstance(line, syntax.Converts)]
    found = [_read_bridge(report, item, line, unit) for line in lines]
    bridges = tuple(bridge for bridge in found if bridge is not None)
    return bridges if len(bridges) == len(lines) else None


def _read_bridge(
    report: Report, item: syntax.FactItem, line: syntax.Converts, unit: Unit | None
) -> UnitBridge | None:
    if line.left.unit is None or line.right.unit is None:
        missing = line.left if line.left.unit is None else line.right
        report.add("PW0403", f"`{missing.digits}` has no unit", Label(missing.span))
        return None
    left, right = read_unit(report, line.left.unit), read_unit(report, line.right.unit)
    if left is None or right is None:
        return None
    if unit is None or not (is_same_dimension(left, unit) or is_same_dimension(right, unit)):
        shown = f"{unit.text}, {kind_words(unit)}" if unit else "no unit"
        report.add(
            "PW0404",
            f"neither side fits `{item.name.text}`",
            Label(line.span),
            notes=(f"`{item.name.text}` is measured in {shown}.",),
        )
        return None
    bridge = make_bridge(Quantity(line.left.value, left), Quantity(line.right.value, right))
    if isinstance(bridge, UnitProblem):
        report.add("PW0410", bridge.message, Label(line.span))
        return None
    return bridge


def build_fact(scope: Scope, item: syntax.FactItem) -> Fact | None:
    """Return a fact, or None where its type could not be read."""
    attributes.check_lines(scope.report, item.attrs, "fact")
    read_basis(scope, item.attrs)
    type_ = scope.build.types.get(item.name.text)
    if type_ is None:
        return None
    number = type_ if isinstance(type_, NumberOf) else None
    return Fact(
        name=item.name.text,
        label=item.label.value,
        fact_kind=_kind(type_),
        choices=type_.values if isinstance(type_, ChoiceOf) else (),
        range=number.range if number else None,
        step=number.step if number else None,
        unit=number.unit.code if number and number.unit else "",
        whole=number.whole if number else False,
        may_be_unknown=may_be_unknown(item),
        ask=attributes.one_prose(item.attrs, "ask"),
        group=attributes.one_prose(item.attrs, "group"),
        codes=attributes.codes(item.attrs),
        usually=_usually(scope, item, type_),
        asked_when=_asked_when(scope, item),
        valid_days=_valid_days(scope, item),
        bridges=_bridges(number),
        notes=attributes.prose(item.attrs, "note"),
        labels=attributes.labels(item.attrs),
        span=item.span,
    )


def _kind(type_: Type) -> FactKind:
    match type_:
        case YesNo():
            return "yes/no"
        case ChoiceOf():
            return "choice"
        case NumberOf():
            return "number"


def _bridges(number: NumberOf | None) -> tuple[Bridge, ...]:
    return tuple(
        Bridge(b.left.value, b.left.unit.code, b.right.value, b.right.unit.code)
        for b in (number.bridges if number else ())
    )


def _usually(scope: Scope, item: syntax.FactItem, type_: Type) -> Value | None:
    """Return the usual value; that of a base is left out where an overlay excludes it."""
    for line in item.attrs:
        if isinstance(line, syntax.Usually):
            overlay = scope.build.overlay
            is_cut = overlay is not None and item.name.text in overlay.restricted
            if is_cut and scope.build.is_of_base(line.span):
                quiet = replace(scope, build=replace(scope.build, report=Report()))
                return read_value(quiet, item, type_, line.value)
            return read_value(scope, item, type_, line.value)
    return None


def _asked_when(scope: Scope, item: syntax.FactItem) -> Guard | None:
    for line in item.attrs:
        if isinstance(line, syntax.AskedWhen):
            return compile_condition(scope, line.condition)
    return None


def _valid_days(scope: Scope, item: syntax.FactItem) -> int | None:
    """`valid for` in days; part of a day is dropped, so that a value never counts for longer."""
    line = next((line for line in item.attrs if isinstance(line, syntax.ValidFor)), None)
    if line is None:
        return None
    if line.length.unit is None:
        advice = f"write {line.length.digits} days."
        scope.report.add(
            "PW0403", f"`{line.length.digits}` has no unit", Label(line.length.span), help=advice
        )
        return None
    unit = read_unit(scope.report, line.length.unit)
    if unit is None:
        return None
    days = convert(line.length.value, unit, _day())
    if days is None:
        note = f"{unit.text} is {kind_words(unit)}; a value is valid for a time."
        scope.report.add(
            "PW0404", f"`{unit.text}` is not a time", Label(line.length.span), notes=(note,)
        )
        return None
    return _whole_days(scope, line, days)


def _whole_days(scope: Scope, line: syntax.ValidFor, days: Fraction) -> int | None:
    if days >= 1:
        return int(days)
    scope.report.add("PW0409", "a value must be valid for at least a day", Label(line.length.span))
    return None


def _day() -> Unit:
    unit = parse_unit("d")
    assert isinstance(unit, Unit)
    return unit
