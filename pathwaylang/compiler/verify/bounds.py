"""Bounds of a formula by interval arithmetic, where no grid can be worked out.

In: a term over facts and, for each fact, the least and greatest value it may take. Out: bounds of
the term; None on a side means no bound. The bounds are never too narrow.

Source: R. E. Moore, Interval Analysis, 1966.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import assert_never

from pathwaylang.ir.guards import Arith, Call, Interval, Number, Ref, Term
from pathwaylang.ir.kleene import apply_function

Bounds = tuple[Fraction | None, Fraction | None]

ANYTHING: Bounds = (None, None)


def term_bounds(term: Term, bounds_of: Callable[[str], Bounds]) -> Bounds:
    """Return bounds of a term."""
    match term:
        case Number(value):
            return value, value
        case Ref(name):
            return bounds_of(name)
        case Arith(operator, left, right):
            return _arith(operator, term_bounds(left, bounds_of), term_bounds(right, bounds_of))
        case Call(function, arguments):
            return _call(function, [term_bounds(item, bounds_of) for item in arguments])
        case _:
            assert_never(term)


def may_fail(term: Term, stretch_of: Callable[[str], Interval]) -> bool:
    """Return whether a term may have no value somewhere: a division by zero, a root of less.

    Never False where it can fail; `stretch_of` gives the numbers that a fact may be.
    """
    match term:
        case Number() | Ref():
            return False
        case Arith(operator, left, right):
            divides = operator == "/" and not _is_never_zero(right, stretch_of)
            return divides or may_fail(left, stretch_of) or may_fail(right, stretch_of)
        case Call(function, arguments):
            if any(may_fail(argument, stretch_of) for argument in arguments):
                return True
            return function in ("sqrt", "log10") and not _has_value(function, term, stretch_of)
        case _:
            assert_never(term)


def _has_value(function: str, call: Call, stretch_of: Callable[[str], Interval]) -> bool:
    low = _bounds(call.arguments[0], stretch_of)[0]
    if low is None or low < 0:
        return False
    return function == "sqrt" or _is_never_zero(call.arguments[0], stretch_of)


def _is_never_zero(term: Term, stretch_of: Callable[[str], Interval]) -> bool:
    match term:
        case Ref(name):
            return not stretch_of(name).holds(Fraction(0))
        case Arith("*", left, right):
            return _is_never_zero(left, stretch_of) and _is_never_zero(right, stretch_of)
        case _:
            low, high = _bounds(term, stretch_of)
            return (low is not None and low > 0) or (high is not None and high < 0)


def _bounds(term: Term, stretch_of: Callable[[str], Interval]) -> Bounds:
    return term_bounds(term, lambda name: (stretch_of(name).low, stretch_of(name).high))


def _closed(bounds: Bounds) -> tuple[Fraction, Fraction] | None:
    low, high = bounds
    return None if low is None or high is None else (low, high)


def _arith(operator: str, first: Bounds, second: Bounds) -> Bounds:
    left, right = _closed(first), _closed(second)
    if left is None or right is None:
        return ANYTHING
    match operator:
        case "+":
            return left[0] + right[0], left[1] + right[1]
        case "-":
            return left[0] - right[1], left[1] - right[0]
        case "*":
            corners = [a * b for a, b in product(left, right)]
            return min(corners), max(corners)
        case _:
            if right[0] <= 0 <= right[1]:
                return ANYTHING
            corners = [a / b for a, b in product(left, right)]
            return min(corners), max(corners)


def _call(function: str, items: list[Bounds]) -> Bounds:
    closed = [_closed(item) for item in items]
    known = [item for item in closed if item is not None]
    if len(known) < len(closed):
        return ANYTHING
    match function:
        case "min":
            return min(k[0] for k in known), min(k[1] for k in known)
        case "max":
            return max(k[0] for k in known), max(k[1] for k in known)
        case "abs":
            low, high = known[0]
            top = max(abs(low), abs(high))
            return (Fraction(0) if low <= 0 <= high else min(abs(low), abs(high))), top
        case _:
            low, high = known[0]
            return apply_function(function, [low]), apply_function(function, [high])
