"""Numbers of cases in words.

Counts are exact and can pass 10^70, which nobody can read; in text they are rounded from 10^15 on,
and say so. JSON carries them whole.
"""

from __future__ import annotations

from math import floor, nextafter, ulp

_READABLE = 10**15


def say_count(count: int, unit: str = "cases") -> str:
    """Return a number of cases (or classes of cases) with its unit.

    >>> say_count(142560), say_count(1), say_count(5 * 10**77 + 1, "classes")
    ('142,560 cases', '1 case', 'about 5.00 × 10^77 classes of cases')
    """
    one, many = ("class of cases", "classes of cases") if unit == "classes" else ("case", "cases")
    return f"{say_number(count)} {one if count == 1 else many}"


def say_number(count: int) -> str:
    """Return a whole number as people read it."""
    if count < _READABLE:
        return f"{count:,}"
    exponent = len(str(count)) - 1
    hundredths = (count * 1000 // 10**exponent + 5) // 10
    if hundredths == 1000:  # noqa: PLR2004 - rounding carried into the next power of ten
        hundredths, exponent = 100, exponent + 1
    return f"about {hundredths // 100}.{hundredths % 100:02d} × 10^{exponent}"


def say_share(share: float) -> str:
    """Return a share between 0 and 1 as a percentage that never rounds to nothing or to all.

    >>> say_share(0.025), say_share(0.0), say_share(1e-9), say_share(0.99999)
    ('2.5 %', '0 %', 'less than 0.1 %', 'more than 99.9 %')
    """
    if share in (0, 1):
        return f"{share:.0%}".replace("%", " %")
    tenths = floor(share * 1000 + 0.5)
    if tenths == 0:
        return "less than 0.1 %"
    if tenths >= 1000:  # noqa: PLR2004 - tenths of a per cent
        return "more than 99.9 %"
    return f"{tenths // 10}.{tenths % 10} %"


def share_of(part: int, whole: int) -> float:
    """Return part / whole, also of numbers that no float holds; 0 and 1 only where they are exact.

    >>> share_of(10**400, 4 * 10**400), share_of(1, 10**400) > 0, share_of(10**20, 10**20 + 1) < 1
    (0.25, True, True)
    """
    if part in (0, whole) or whole == 0:
        return float(part == whole != 0)
    return min(max(part / whole, ulp(0.0)), nextafter(1.0, 0.0))
