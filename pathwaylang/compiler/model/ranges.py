"""The declared range of a number: `whole number [in UNIT] 0..4`, `number in cm 0..30 step 0.1`.

Out comes the type, in the declared unit. Findings: PW0405 (unknown unit), PW0409 (a range or step
that holds no value, or a step that does not lead from end to end).
"""

from __future__ import annotations

from fractions import Fraction

from pathwaylang.compiler.model.quantities import (
    constant_in,
    interval_between,
    range_in,
    read_unit,
)
from pathwaylang.compiler.model.report import Report
from pathwaylang.compiler.model.types import NumberOf
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label, Span
from pathwaylang.ir.guards import Interval
from pathwaylang.ir.units import UNITLESS, Unit, UnitBridge, format_number


def number_type(
    report: Report, node: syntax.NumberType, bridges: tuple[UnitBridge, ...] = ()
) -> NumberOf | None:
    """Return the type of a number, or None after a finding."""
    unit = read_unit(report, node.unit) if node.unit else None
    if node.unit is not None and unit is None:
        return None
    if unit == UNITLESS:
        unit = None
    interval = _interval(report, node, unit)
    if interval is None:
        return None
    step = _step(report, node, unit)
    if step is None and (node.step is not None or node.whole):
        return None
    if step is not None and not _fits(report, node, interval, step):
        return None
    return NumberOf(unit, interval, step, node.whole, bridges)


def _interval(report: Report, node: syntax.NumberType, unit: Unit | None) -> Interval | None:
    written = node.range
    if written.unit or written.low.unit or written.high.unit:
        plain = NumberOf(unit, Interval(None, None))
        return range_in(report, written, plain, "the range")
    return interval_between(report, written, written.low.value, written.high.value)


def _step(report: Report, node: syntax.NumberType, unit: Unit | None) -> Fraction | None:
    if node.step is None:
        return Fraction(1) if node.whole else None
    step: Fraction | None = node.step.value
    if node.step.unit is not None:
        step = constant_in(report, node.step, NumberOf(unit, Interval(None, None)), "the step")
    if step is None:
        return None
    if step <= 0:
        _report(
            report,
            node.step.span,
            "a step must be above zero",
            "write `step 1`, `step 0.1` or the like.",
        )
        return None
    if node.whole and step.denominator != 1:
        advice = f"write `number` for steps of {format_number(step)}."
        _report(report, node.step.span, "the step of a whole number is whole", advice)
        return None
    return step


def _fits(report: Report, node: syntax.NumberType, interval: Interval, step: Fraction) -> bool:
    assert interval.low is not None and interval.high is not None
    if node.whole and (interval.low.denominator != 1 or interval.high.denominator != 1):
        advice = "write `number` with a step, or whole ends."
        _report(report, node.range.span, "a whole number has whole ends", advice)
        return False
    if interval.high_closed and ((interval.high - interval.low) / step).denominator != 1:
        shown = format_number(step)
        low, high = format_number(interval.low), format_number(interval.high)
        message = f"steps of {shown} do not lead from {low} to {high}"
        last = interval.low + (interval.high - interval.low) // step * step
        advice = f"end the range at {format_number(last)}, or choose another step."
        _report(report, node.step.span if node.step else node.range.span, message, advice)
        return False
    return True


def _report(report: Report, span: Span, message: str, advice: str) -> None:
    report.add("PW0409", message, Label(span), help=advice)
