"""Exact conversion of values between units.

In come a value and two units, and the declared bridges of a fact; out comes the value in the other
unit, exact, or None where the two measure different things. Within a dimension conversion needs
nothing. Between dimensions it needs a bridge, a declared equality such as 1 mg/dL = 17.1 umol/L,
which works in both directions, together with conversion within each of its sides, and in a chain
with other bridges (the shortest chain counts, among equals the one declared first).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pathwaylang.ir.units.numbers import format_number
from pathwaylang.ir.units.parse import parse_unit
from pathwaylang.ir.units.unit import Dimension, Quantity, Unit, UnitProblem, is_same_dimension


@dataclass(frozen=True, slots=True)
class UnitBridge:
    """A declared equality of two positive quantities of different dimensions."""

    left: Quantity
    right: Quantity


def make_bridge(left: Quantity, right: Quantity) -> UnitBridge | UnitProblem:
    """Return the bridge between two quantities, or why there can be none."""
    for side in (left, right):
        if side.value <= 0:
            message = f"`{format_number(side.value)} {side.unit.text}` is not above zero"
            return UnitProblem(side.unit.text, "bridge", message)
        if side.unit.is_scale:
            message = f"`{side.unit.text}` has a zero of its own; use K instead"
            return UnitProblem(side.unit.text, "scale", message)
    if is_same_dimension(left.unit, right.unit):
        message = f"`{left.unit.text}` and `{right.unit.text}` convert into each other already"
        return UnitProblem(right.unit.text, "bridge", message)
    return UnitBridge(left, right)


def parse_bridge(
    left: Fraction, left_unit: str, right: Fraction, right_unit: str
) -> UnitBridge | UnitProblem:
    """Return the bridge that `converts LEFT = RIGHT` declares, units as texts.

    >>> parse_bridge(Fraction(1), "mg/dL", Fraction(1), "g/L").message
    '`mg/dL` and `g/L` convert into each other already'
    """
    first, second = parse_unit(left_unit), parse_unit(right_unit)
    if isinstance(first, UnitProblem):
        return first
    if isinstance(second, UnitProblem):
        return second
    return make_bridge(Quantity(left, first), Quantity(right, second))


def convert(
    value: Fraction, from_unit: Unit, to_unit: Unit, bridges: Sequence[UnitBridge] = ()
) -> Fraction | None:
    """Return the value in the other unit, exact; None where nothing leads there.

    >>> from pathwaylang.ir.units.parse import parse_unit
    >>> convert(Fraction(98), parse_unit("[degF]"), parse_unit("Cel"))
    Fraction(110, 3)
    """
    if _is_same(from_unit, to_unit):
        return value
    ratio = _ratio(from_unit.dimension, to_unit.dimension, bridges)
    if ratio is None:
        return None
    base = value * from_unit.factor + from_unit.offset
    return (base * ratio - to_unit.offset) / to_unit.factor


def _is_same(first: Unit, second: Unit) -> bool:
    """Tell whether two units are one in two spellings, as nearly all of a pathway are."""
    return (
        first.dimension == second.dimension
        and first.factor == second.factor
        and first.offset == second.offset
    )


def _ratio(start: Dimension, goal: Dimension, bridges: Sequence[UnitBridge]) -> Fraction | None:
    """Return what leads from base units of one dimension to those of another, breadth first."""
    reached = {start: Fraction(1)}
    edge = [start]
    while edge and goal not in reached:
        following: list[Dimension] = []
        for here in edge:
            for there, step in _steps(here, bridges):
                if there not in reached:
                    reached[there] = reached[here] * step
                    following.append(there)
        edge = following
    return reached.get(goal)


def _steps(here: Dimension, bridges: Sequence[UnitBridge]) -> list[tuple[Dimension, Fraction]]:
    """Return the dimensions one bridge away, each with its ratio in base units."""
    found: list[tuple[Dimension, Fraction]] = []
    for bridge in bridges:
        for near, far in ((bridge.left, bridge.right), (bridge.right, bridge.left)):
            if near.unit.dimension == here:
                step = far.value * far.unit.factor / (near.value * near.unit.factor)
                found.append((far.unit.dimension, step))
    return found
