"""The units in which a number may be typed on the page, each with its exact ratio.

In comes a fact, out come the units that the project knows for what the fact measures: a value in
such a unit times `factor` plus `offset` is the value in the fact's own unit. The page so converts
as exactly as the runtime does, without knowing any unit itself.

Invariant: factor and offset are what `ir.units.convert` gives, bridges of the fact included.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from pathwaylang.ir.facts import Fact
from pathwaylang.ir.units import (
    Unit,
    UnitBridge,
    UnitProblem,
    convert,
    known_units,
    parse_bridge,
    parse_unit,
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A unit that may be typed; `is_same` where it is the fact's own in another spelling."""

    text: str
    factor: Fraction
    offset: Fraction
    is_same: bool


def typed_units(fact: Fact) -> tuple[Typed, ...]:
    """Return the units of a number, its own first; nothing for other facts."""
    own = parse_unit(fact.unit or "1")
    if fact.fact_kind != "number" or isinstance(own, UnitProblem):
        return ()
    bridges = _bridges(fact)
    found = {fact.unit: own} if fact.unit else {}
    for text, unit in _spellings():
        if own.dimension == unit.dimension or bridges:
            found.setdefault(text, unit)
    typed = (_typed(text, unit, own, bridges) for text, unit in found.items())
    return tuple(entry for entry in typed if entry is not None)


def _typed(text: str, unit: Unit, own: Unit, bridges: list[UnitBridge]) -> Typed | None:
    zero = convert(Fraction(0), unit, own, bridges)
    one = convert(Fraction(1), unit, own, bridges)
    if zero is None or one is None:
        return None
    is_same = (unit.factor, unit.dimension) == (own.factor, own.dimension)
    return Typed(text, one - zero, zero, is_same)


def _bridges(fact: Fact) -> list[UnitBridge]:
    found = (parse_bridge(b.left, b.left_unit, b.right, b.right_unit) for b in fact.bridges)
    return [bridge for bridge in found if not isinstance(bridge, UnitProblem)]


@cache
def _spellings() -> tuple[tuple[str, Unit], ...]:
    """Return every known spelling of every known unit, in the order of the catalogue."""
    found: dict[str, Unit] = {}
    for group in known_units():
        for known in group.units:
            for text in (known.unit.text, known.unit.code, *known.aliases):
                unit = parse_unit(text)
                if not isinstance(unit, UnitProblem):
                    found.setdefault(text, unit)
    return tuple(found.items())
