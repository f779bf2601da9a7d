"""Quantities as text: `51 umol/L` in, a value and its unit out, and back.

Patient data comes this way. A number alone is a problem of the reason `missing-unit`, so that the
caller decides which unit a bare number has. Comparators (`<5 ng/mL`) are no numbers.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from pathwaylang.ir.units.numbers import format_number, parse_input_number
from pathwaylang.ir.units.parse import parse_unit
from pathwaylang.ir.units.unit import Unit, UnitProblem

_SHOWN: Final = 40
_MAX_LENGTH: Final = 200
_PARTS: Final = re.compile(
    r"(?P<number>[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(?P<unit>\S.*)?\Z", re.ASCII
)


def parse_quantity(text: str) -> tuple[Fraction, Unit] | UnitProblem:
    """Return value and unit of a text such as `51 umol/L` or `20%`, or what is wrong with it.

    >>> value, unit = parse_quantity("250 x10^9/L")
    >>> value, unit.code
    (Fraction(250, 1), '10*9/L')
    >>> parse_quantity("<5 ng/mL").message
    '`<5 ng/mL` does not begin with a number'
    """
    if len(text) > _MAX_LENGTH:
        return UnitProblem(text[:_SHOWN], "too-long", "the quantity is too long to be one")
    text = text.strip()
    parts = _PARTS.match(text)
    if parts is None:
        return UnitProblem(text, "number", f"`{text}` does not begin with a number")
    if (parts["unit"] or "").startswith((",", "/", "..")):
        return UnitProblem(text, "number", f"`{text}` does not begin with a plain decimal")
    value = parse_input_number(parts["number"])
    if value is None:
        return UnitProblem(text, "number", f"`{parts['number']}` has too many digits")
    if parts["unit"] is None:
        return UnitProblem(text, "missing-unit", f"`{text}` has no unit")
    unit = parse_unit(parts["unit"])
    return unit if isinstance(unit, UnitProblem) else (value, unit)


def format_quantity(value: Fraction, unit: Unit) -> str:
    """Return the value with its unit as written; a plain number stands alone.

    >>> format_quantity(Fraction(7, 2), parse_unit("cm"))
    '3.5 cm'
    """
    number = format_number(value)
    return number if unit.text in {"", "1"} else f"{number} {unit.text}"
