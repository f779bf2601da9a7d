"""Exact numbers as text, and the grid of a step.

In come texts of authors and of patient data, out come fractions, and back. An author's number is a
plain decimal (`-3.50`); patient data may also carry an exponent (`1e-3`). Digits and exponents are
bounded, so that no text can blow up. Nothing here is ever a binary float.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from pathwaylang.ir.exact import write_exact

_PLACES: Final = 9
_MAX_EXPONENT: Final = 30
_NUMBER: Final = re.compile(r"-?\d{1,40}(?:\.\d{1,40})?\Z", re.ASCII)
_INPUT: Final = re.compile(
    r"(?P<digits>[+-]?\d{1,40}(?:\.\d{1,40})?)(?:[eE](?P<exponent>[+-]?\d{1,3}))?\Z", re.ASCII
)


def parse_number(text: str) -> Fraction | None:
    """Return the number of a `.pw` file, or None; no exponent, no sign but minus, no comma.

    >>> parse_number("0.10"), parse_number("1e3"), parse_number("2,5")
    (Fraction(1, 10), None, None)
    """
    return Fraction(text) if _NUMBER.match(text) else None


def parse_input_number(text: str) -> Fraction | None:
    """Return the number of patient data, or None; exponents from -30 to 30 are read.

    >>> parse_input_number(" 1e-3 "), parse_input_number("1e999999999")
    (Fraction(1, 1000), None)
    """
    match = _INPUT.match(text.strip())
    exponent = int(match["exponent"] or 0) if match else 0
    if match is None or abs(exponent) > _MAX_EXPONENT:
        return None
    return Fraction(match["digits"]) * Fraction(10) ** exponent


def format_number(value: Fraction) -> str:
    """Return the shortest exact decimal; a number without one is rounded to nine places.

    >>> format_number(Fraction(7, 2)), format_number(Fraction(2, 3)), format_number(Fraction(40))
    ('3.5', '0.666666667', '40')
    """
    text = write_exact(value)
    return (
        text if "/" not in text else write_exact(Fraction(round(value * 10**_PLACES), 10**_PLACES))
    )


def round_to_step(value: Fraction, low: Fraction, step: Fraction) -> Fraction:
    """Return the nearest point of the grid `low + k * step`; a tie goes to the even `k`.

    `step` must be above zero.

    >>> round_to_step(Fraction("2.25"), Fraction(0), Fraction("0.5"))
    Fraction(2, 1)
    """
    return low + round((value - low) / step) * step
