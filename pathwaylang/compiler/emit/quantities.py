"""Numbers, units and intervals as people read them on a chart.

In come exact numbers, UCUM codes and intervals; out come `3.5`, `×10⁹/L`, `2 to 4 cm`. Only for
reading: nothing parses these texts back.

Source of the unit spellings: the printed symbols of UCUM (Regenstrief Institute).
"""

from __future__ import annotations

import re
from fractions import Fraction

from pathwaylang.ir.exact import write_exact
from pathwaylang.ir.guards import Interval

_PLACES = 4
_UNITS = {"a": "years", "mo": "months", "wk": "weeks", "d": "days", "h": "hours", "1": ""}
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def number_words(value: Fraction) -> str:
    """Return a number: exact where it is a finite decimal of few places, else rounded.

    >>> number_words(Fraction(7, 2)), number_words(Fraction(1, 3))
    ('3.5', '0.3333')
    """
    exact = write_exact(value)
    if "/" not in exact:
        return exact
    return write_exact(Fraction(round(value * 10**_PLACES), 10**_PLACES))


def unit_words(unit: str) -> str:
    """Return a unit as printed.

    >>> unit_words("10*9/L"), unit_words("mL/min/{1.73_m2}"), unit_words("mm[Hg]")
    ('×10⁹/L', 'mL/min/1.73 m²', 'mmHg')
    """
    if unit in _UNITS:
        return _UNITS[unit]
    told = re.sub(r"^x?10[*^](-?\d+)", lambda m: f"×10{m[1].translate(_SUPERSCRIPTS)}", unit)
    told = told.replace("{1.73_m2}", "1.73 m2").replace("1.73m2", "1.73 m2")
    told = re.sub(r"\{[^{}]*\}|[\[\]]", "", told)
    told = re.sub(r"\bu(?=(?:mol|g|L|m|s)\b)", "µ", told)
    return re.sub(r"(?<=[a-z])\^?(\d)\b", lambda m: m[1].translate(_SUPERSCRIPTS), told)


def printed(cell: str) -> str:
    """Return the cell of a table with numbers as printed.

    >>> printed("<= 3 cm"), printed("60..<90")
    ('≤ 3 cm', '60 to below 90')
    """
    signs = (("<=", "≤"), (">=", "≥"), ("..<", " to below "), ("..", " to "))
    for written, printed in signs:
        cell = cell.replace(written, printed)
    return cell


def interval_words(interval: Interval, unit: str, bounds: Interval | None = None) -> str:
    """Return a stretch of numbers; an end that is the end of the fact's range is not told.

    >>> interval_words(Interval(None, Fraction(3)), "cm")
    '≤ 3 cm'
    >>> interval_words(Interval(Fraction(60), Fraction(90), high_closed=False), "")
    '60 to below 90'
    """
    low = None if _is_low_end(interval, bounds) else interval.low
    high = None if _is_high_end(interval, bounds) else interval.high
    after = f" {unit}" if unit and unit != "%" else unit
    if low is None and high is None:
        return "any value"
    if low is None or high is None:
        sign, value = (
            ("≤" if interval.high_closed else "<", high)
            if low is None
            else ("≥" if interval.low_closed else ">", low)
        )
        return f"{sign} {number_words(value or Fraction(0))}{after}"
    if low == high:
        return f"{number_words(low)}{after}"
    start = ("" if interval.low_closed else "above ") + number_words(low)
    to = " to " if interval.high_closed else " to below "
    return f"{start}{to}{number_words(high)}{after}"


def _is_low_end(interval: Interval, bounds: Interval | None) -> bool:
    if interval.low is None or bounds is None or interval.low == interval.high:
        return interval.low is None
    return interval.low == bounds.low and (interval.low_closed or not bounds.low_closed)


def _is_high_end(interval: Interval, bounds: Interval | None) -> bool:
    if interval.high is None or bounds is None or interval.low == interval.high:
        return interval.high is None
    return interval.high == bounds.high and (interval.high_closed or not bounds.high_closed)
