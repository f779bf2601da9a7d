"""Tests on the facts of one case.

In: a case, which maps every fact name of clinical.md section 2 to a value: True or False,
a choice as a string, a `Fraction`, or "unknown". Out: plain booleans.
INVARIANT: every test but `unknown` is false when the fact is unknown, whatever its direction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import ParamSpec, TypeAlias

UNKNOWN = "unknown"
Value: TypeAlias = bool | str | Fraction
Case: TypeAlias = Mapping[str, Value]
Params = ParamSpec("Params")

EXTRAHEPATIC = (
    "ehd_lung",
    "ehd_peritoneum",
    "ehd_bone",
    "ehd_cns",
    "ehd_distant_nodes",
    "ehd_skin_soft_tissue",
    "ehd_other_organ",
)


@cache
def exact(limit: int | str) -> Fraction:
    """Read a limit as it stands in the tables ("1.5") without rounding."""
    return Fraction(limit)


def number(c: Case, name: str) -> Fraction | None:
    """Give the number, or None when it is unknown."""
    value = c[name]
    if isinstance(value, Fraction):
        return value
    if value != UNKNOWN:
        raise TypeError(f"{name} = {value!r} is not a Fraction")
    return None


def unknown(c: Case, *names: str) -> bool:
    """At least one of the facts is unknown."""
    return any(c[name] == UNKNOWN for name in names)


def yes(c: Case, name: str) -> bool:
    """The fact is known and true."""
    return c[name] is True


def no(c: Case, name: str) -> bool:
    """The fact is known and false."""
    return c[name] is False


def one_of(c: Case, name: str, *values: str) -> bool:
    """The choice is one of these values."""
    value = c[name]
    return isinstance(value, str) and value in values


def site(c: Case, *primaries: str) -> bool:
    """The primary tumour is one of these."""
    return one_of(c, "primary_site", *primaries)


def le(c: Case, name: str, limit: int | str) -> bool:
    """Known and at most the limit."""
    value = number(c, name)
    return value is not None and value <= exact(limit)


def lt(c: Case, name: str, limit: int | str) -> bool:
    """Known and below the limit."""
    value = number(c, name)
    return value is not None and value < exact(limit)


def ge(c: Case, name: str, limit: int | str) -> bool:
    """Known and at least the limit."""
    value = number(c, name)
    return value is not None and value >= exact(limit)


def gt(c: Case, name: str, limit: int | str) -> bool:
    """Known and above the limit."""
    value = number(c, name)
    return value is not None and value > exact(limit)


def eq(c: Case, name: str, limit: int | str) -> bool:
    """Known and equal to the limit."""
    value = number(c, name)
    return value is not None and value == exact(limit)


def within(c: Case, name: str, low: int, high: int) -> bool:
    """Known and between the two limits, both included."""
    return ge(c, name, low) and le(c, name, high)


def first_match(
    rows: Sequence[tuple[str, Callable[Params, bool]]], *args: Params.args, **kwargs: Params.kwargs
) -> str:
    """Give the id of the first row whose condition holds; every table ends in an `otherwise`."""
    for row, holds in rows:
        if holds(*args, **kwargs):
            return row
    raise AssertionError("a table without otherwise")
