"""Read one value of a patient: JSON or text in, an exact value of the fact's domain out.

A quantity is a number in the declared unit, `"51 umol/L"`, or `{"value": 51, "unit": "umol/L"}`. A
value in another unit is converted exactly and rounded half-even to the step; where that would carry
it across a constant of the pathway it is refused. `null` is not yet recorded; `"unknown"` cannot be
known, where the fact allows it.

Invariant: a value that comes out lies in the fact's domain; what is wrong comes as `ValueError`
with one line that names the value and what is allowed.
"""

from __future__ import annotations

import reprlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pathwaylang.ir.cells import Cut
from pathwaylang.ir.exact import write_exact
from pathwaylang.ir.facts import UNKNOWN, Fact, Value
from pathwaylang.ir.units import (
    Unit,
    UnitBridge,
    UnitProblem,
    convert,
    describe_dimension,
    parse_bridge,
    parse_input_number,
    parse_quantity,
    parse_unit,
    round_to_step,
    written_quantity,
    written_unit,
)

_LONGEST = 60
_LONGEST_NUMBER = 12
_LARGE = 10**30
_WORDS = {None: "null", True: "true", False: "false"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A value as read; `note` says how it was converted."""

    value: Value
    note: str = ""


def shown(raw: object) -> str:
    """Return a value as its author would write it: `30.4 mm` for a quantity."""
    match raw:
        case None | True | False:
            return _WORDS[raw]
        case str():
            return raw
        case int() if abs(raw) >= _LARGE:
            return "a very large number"
        case Mapping() if raw.keys() == {"value", "unit"}:
            return f"{shown(raw['value'])} {shown(raw['unit'])}"
        case int() | float() | Decimal() | Fraction():
            return str(raw)
        case _:
            return reprlib.repr(raw)


def quoted(raw: object) -> str:
    """Return a value as a message shows it, cut to a length a line can hold.

    >>> quoted(True), quoted({"value": 0.8, "unit": "mg/dL"}), quoted([1, 2])
    ('`true`', '`0.8 mg/dL`', '`[1, 2]`')
    """
    text = shown(raw)
    return f"`{text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}`"


def read_value(fact: Fact, raw: object, constants: Sequence[Cut] = ()) -> Reading:
    """Return the value of a fact; raise ValueError where it is none."""
    if isinstance(raw, str) and raw.strip().lower() == UNKNOWN:
        if fact.may_be_unknown:
            return Reading(UNKNOWN)
        raise ValueError(f"`unknown` is not allowed here: it must be known; {allowed(fact)}")
    match fact.fact_kind:
        case "yes/no":
            return Reading(_read_truth(fact, raw))
        case "choice":
            return Reading(_read_choice(fact, raw))
        case "number":
            return _read_number(fact, raw, constants)


def allowed(fact: Fact) -> str:
    """Return what a fact allows, in words."""
    match fact.fact_kind:
        case "yes/no":
            return "it is yes or no"
        case "choice":
            return "it is one of " + ", ".join(choice.name for choice in fact.choices)
        case "number":
            assert fact.range is not None
            assert fact.range.low is not None and fact.range.high is not None
            low, high = write_exact(fact.range.low), write_exact(fact.range.high)
            dots = ".." if fact.range.high_closed else "..<"
            step = f" in steps of {write_exact(fact.step)}" if fact.step else ""
            return f"it goes from {low}{dots}{written_quantity(high, fact.unit)}{step}"


def _read_truth(fact: Fact, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.strip().lower() in ("yes", "true"):
        return True
    if isinstance(raw, str) and raw.strip().lower() in ("no", "false"):
        return False
    raise ValueError(f"{quoted(raw)} is not yes or no")


def _read_choice(fact: Fact, raw: object) -> str:
    names = [choice.name for choice in fact.choices]
    if isinstance(raw, str) and raw.strip() in names:
        return raw.strip()
    raise ValueError(f"{quoted(raw)} is not a value of it; {allowed(fact)}")


def _read_number(fact: Fact, raw: object, constants: Sequence[Cut]) -> Reading:
    number, unit_text = _parts(fact, raw)
    if unit_text is None:
        return Reading(_in_domain(fact, number, raw))
    target = _unit(fact.unit or "1")
    source = _unit(unit_text)
    bridges = [b for b in (_bridge(fact, index) for index in range(len(fact.bridges))) if b]
    converted = convert(number, source, target, bridges)
    if converted is None:
        kind, own = describe_dimension(source.dimension), describe_dimension(target.dimension)
        raise ValueError(
            f"{quoted(raw)} is {kind}, but it is measured as {own} "
            f"({written_unit(fact.unit) or 'a number'})"
        )
    if (source.factor, source.dimension) == (target.factor, target.dimension):
        return Reading(_in_domain(fact, converted, raw))
    return _rounded(fact, converted, raw, constants)


def _bridge(fact: Fact, index: int) -> UnitBridge | None:
    line = fact.bridges[index]
    found = parse_bridge(line.left, line.left_unit, line.right, line.right_unit)
    return None if isinstance(found, UnitProblem) else found


def _unit(text: str) -> Unit:
    found = parse_unit(text)
    if isinstance(found, UnitProblem):
        raise ValueError(found.message)
    return found


def _parts(fact: Fact, raw: object) -> tuple[Fraction, str | None]:
    """Return the number and the unit of an input; the unit is None where none is given."""
    if isinstance(raw, Mapping):
        if set(raw) != {"value", "unit"} or not isinstance(raw["unit"], str):
            raise ValueError(f"{quoted(raw)} is no quantity: it needs `value` and `unit`")
        return _plain_number(raw["value"]), raw["unit"]
    if isinstance(raw, str):
        if (number := parse_input_number(raw.strip())) is not None:
            return number, None
        found = parse_quantity(raw)
        if isinstance(found, UnitProblem):
            raise ValueError(f"{found.message}; {allowed(fact)}")
        return found[0], found[1].text
    return _plain_number(raw), None


def _plain_number(raw: object) -> Fraction:
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal | Fraction | str):
        raise ValueError(f"{quoted(raw)} is not a number")
    if isinstance(raw, Fraction):
        return raw
    number = parse_input_number(raw.strip() if isinstance(raw, str) else repr_number(raw))
    if number is None:
        raise ValueError(f"{quoted(raw)} is not a number")
    return number


def repr_number(raw: int | float | Decimal) -> str:
    """Return the decimal text of a number as JSON wrote it: a float by its shortest digits."""
    return shown(raw)


def _in_domain(fact: Fact, number: Fraction, raw: object) -> Fraction:
    assert fact.range is not None
    if not fact.range.holds(number):
        raise ValueError(f"{quoted(raw)} is outside its range; {allowed(fact)}")
    if fact.step is not None:
        assert fact.range.low is not None
        if ((number - fact.range.low) / fact.step).denominator != 1:
            raise ValueError(f"{quoted(raw)} is between two steps; {allowed(fact)}")
    return number


def _rounded(fact: Fact, converted: Fraction, raw: object, constants: Sequence[Cut]) -> Reading:
    exact = written_quantity(_short(converted), fact.unit)
    note = f"{shown(raw).strip()} = {exact}"
    if fact.step is None:
        return Reading(_in_domain(fact, converted, raw), note)
    assert fact.range is not None and fact.range.low is not None
    value = round_to_step(converted, fact.range.low, fact.step)
    if value != converted:
        note += f", rounded to {written_quantity(write_exact(value), fact.unit)}"
    if bisect_right(constants, (converted, 0)) != bisect_right(constants, (value, 0)):
        raise ValueError(
            f"{quoted(raw)} is {exact}: rounding it to the step would carry it across a limit of "
            f"the pathway; give it in {written_unit(fact.unit)}"
        )
    return Reading(_in_domain(fact, value, raw), note)


def _short(value: Fraction) -> str:
    text = write_exact(value)
    return text if "/" not in text and len(text) <= _LONGEST_NUMBER else f"{float(value):.6g}"
