"""Exact numbers in data classes and in JSON.

A number is a `Fraction`; in JSON it is a text such as `"3.5"` or `"1/3"`, or a whole number, never
a float. `Exact` is the annotated type that the artifact schema reads: it refuses texts that are not
numbers and texts so long, or so large, that reading them would cost time or memory.

Source of the limits: no clinical quantity needs more than 40 digits; the bound keeps hostile files
harmless.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated

_EXACT = re.compile(r"-?\d{1,40}(?:\.\d{1,40}|/[1-9]\d{0,39})?\Z", re.ASCII)


def read_exact(value: object) -> Fraction:
    """Return the number written as JSON, or raise ValueError.

    >>> read_exact("3.5"), read_exact("1/3"), read_exact(7)
    (Fraction(7, 2), Fraction(1, 3), Fraction(7, 1))
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**40:
        return Fraction(value)
    if isinstance(value, str) and _EXACT.match(value):
        return Fraction(value)
    raise ValueError("not an exact number")


def write_exact(value: Fraction) -> str:
    """Return the shortest exact text of a number: a decimal where it is finite, else `n/d`.

    >>> write_exact(Fraction(7, 2)), write_exact(Fraction(1, 3)), write_exact(Fraction(-4))
    ('3.5', '1/3', '-4')
    """
    numerator, denominator = value.numerator, value.denominator
    if denominator == 1:
        return str(numerator)
    rest, places = denominator, 0
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{numerator}/{denominator}"
    places = max(twos, fives)
    digits = str(abs(numerator) * 10**places // denominator).rjust(places + 1, "0")
    return f"{'-' if numerator < 0 else ''}{digits[:-places]}.{digits[-places:]}"


class _ExactSchema:
    """Tells pydantic how to read and write an exact number, without importing pydantic."""

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> dict[str, object]:
        return {
            "type": "function-plain",
            "function": {"type": "no-info", "function": read_exact},
            "serialization": {
                "type": "function-plain",
                "function": write_exact,
                "return_schema": {"type": "str"},
            },
        }

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> dict[str, object]:
        return {"type": "string", "pattern": r"^-?\d+(\.\d+|/\d+)?$"}


Exact = Annotated[Fraction, _ExactSchema()]
"""An exact number as a field of an artifact."""
