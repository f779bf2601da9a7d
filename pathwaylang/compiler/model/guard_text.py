"""Guards and terms as one line of text, for `dump model`: every unit settled, nothing hidden.

Out comes the exact structure, such as `(flr < 30) or not known(flr)`; not the author's words.
"""

from __future__ import annotations

from typing import assert_never

from pathwaylang.ir.guards import (
    All,
    Any,
    Arith,
    AtLeast,
    Call,
    Const,
    Guard,
    Holds,
    Interval,
    Known,
    Not,
    Number,
    OneOf,
    Recommends,
    Ref,
    Relation,
    Term,
    Within,
)
from pathwaylang.ir.units import format_number


def guard_text(guard: Guard) -> str:  # noqa: C901 - one arm per kind
    """Return a condition as text.

    >>> guard_text(Not(OneOf("reserve", ("poor", "good"))))
    'not (reserve is poor | good)'
    """
    match guard:
        case Const(value):
            return "always" if value else "never"
        case Holds(name):
            return name
        case Known(name):
            return f"known({name})"
        case OneOf(name, values):
            return f"({name} is {' | '.join(values)})"
        case Within(name, intervals):
            return f"({' or '.join(interval_text(name, i) for i in intervals)})"
        case Relation(left, right, strict):
            return f"({term_text(left)} {'<' if strict else '<='} {term_text(right)})"
        case Recommends(track, names):
            return f"({track} recommends {' | '.join(names)})"
        case Not(item):
            return f"not {guard_text(item)}"
        case All(items):
            return f"({' and '.join(map(guard_text, items))})"
        case Any(items):
            return f"({' or '.join(map(guard_text, items))})"
        case AtLeast(count, items):
            return f"at least {count} of ({'; '.join(map(guard_text, items))})"
        case _:
            assert_never(guard)


def interval_text(name: str, interval: Interval) -> str:
    """Return `low <= name < high` with the ends that there are.

    >>> interval_text("x", Interval(None, None))
    'x is known'
    """
    low, high = interval.low, interval.high
    if low is None and high is None:
        return f"{name} is known"
    if low is not None and low == high:
        return f"{name} = {format_number(low)}"
    left = "" if low is None else f"{format_number(low)} {_sign(interval.low_closed)} "
    right = "" if high is None else f" {_sign(interval.high_closed)} {format_number(high)}"
    return f"{left}{name}{right}"


def _sign(closed: bool) -> str:
    return "<=" if closed else "<"


def term_text(term: Term) -> str:
    """Return a formula as text.

    >>> from fractions import Fraction
    >>> term_text(Arith("/", Ref("weight"), Number(Fraction(2))))
    '(weight / 2)'
    """
    match term:
        case Number(value):
            return format_number(value)
        case Ref(name):
            return name
        case Arith(operator, left, right):
            return f"({term_text(left)} {operator} {term_text(right)})"
        case Call(function, arguments):
            return f"{function}({', '.join(map(term_text, arguments))})"
        case _:
            assert_never(term)
