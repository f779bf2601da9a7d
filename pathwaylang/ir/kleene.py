"""The meaning of conditions and formulas on one case, with `unknown` inside.

A condition comes out `True`, `False` or `None` (unknown); a formula gives a number or `None`. This
is the one evaluator of guards: the runtime, the replay of patients and the tests use it; the
diagrams of the verifier are held equal to it by property tests.

Source: S. C. Kleene, Introduction to Metamathematics, 1952, section 64 (strong three-valued logic).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import assert_never

from pathwaylang.ir.facts import UNKNOWN, Value
from pathwaylang.ir.guards import (
    All,
    Any,
    Arith,
    AtLeast,
    Call,
    Const,
    Guard,
    Holds,
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

Truth = bool | None
ValueOf = Callable[[str], Value]
TrackSays = Callable[[str, tuple[str, ...]], Truth]
Atom = Const | Holds | OneOf | Within | Known | Relation | Recommends

_BILLION = 10**9


def kleene_all(items: Iterable[Truth]) -> Truth:
    """False if one is false, else unknown if one is unknown, else true."""
    result: Truth = True
    for item in items:
        if item is False:
            return False
        if item is None:
            result = None
    return result


def kleene_any(items: Iterable[Truth]) -> Truth:
    """True if one is true, else unknown if one is unknown, else false."""
    result: Truth = False
    for item in items:
        if item is True:
            return True
        if item is None:
            result = None
    return result


def kleene_at_least(count: int, items: Iterable[Truth]) -> Truth:
    """True once `count` hold, false once they cannot be reached any more, else unknown."""
    values = tuple(items)
    true = sum(1 for item in values if item is True)
    open_ = sum(1 for item in values if item is None)
    if true >= count:
        return True
    return None if true + open_ >= count else False


def no_tracks(track: str, names: tuple[str, ...]) -> Truth:
    """Answer `TRACK recommends …` where no track can be asked: unknown."""
    return None


def evaluate_guard(guard: Guard, value_of: ValueOf, track_says: TrackSays = no_tracks) -> Truth:
    """Return whether a condition holds for a case.

    `value_of` gives the value of a fact or derived fact (`UNKNOWN` where it cannot be known).
    """

    def evaluate(item: Guard) -> Truth:
        match item:
            case Not(inner):
                result = evaluate(inner)
                return None if result is None else not result
            case All(items):
                return kleene_all(map(evaluate, items))
            case Any(items):
                return kleene_any(map(evaluate, items))
            case AtLeast(count, items):
                return kleene_at_least(count, map(evaluate, items))
            case _:
                return _evaluate_atom(item, value_of, track_says)

    return evaluate(guard)


def _evaluate_atom(atom: Atom, value_of: ValueOf, track_says: TrackSays) -> Truth:
    match atom:
        case Const(value):
            return value
        case Known(name):
            return value_of(name) != UNKNOWN
        case Holds(name):
            found = value_of(name)
            return None if found == UNKNOWN else found is True
        case OneOf(name, values):
            found = value_of(name)
            return None if found == UNKNOWN else found in values
        case Within(name, intervals):
            found = value_of(name)
            if isinstance(found, str | bool):  # unknown
                return None
            return any(interval.holds(found) for interval in intervals)
        case Relation(left, right, strict):
            low = evaluate_term(left, value_of)
            high = evaluate_term(right, value_of)
            if low is None or high is None:
                return None
            return low < high or (not strict and low == high)
        case Recommends(track, names):
            return track_says(track, names)
        case _:
            assert_never(atom)


def evaluate_term(term: Term, value_of: ValueOf) -> Fraction | None:
    """Return the number of a formula, or None where an input is unknown or it has no value.

    Exact rationals; `sqrt` and `log10` are computed in binary64 and rounded half-even to nine
    decimals, so that every route gives the same digits.
    """
    match term:
        case Number(value):
            return value
        case Ref(name):
            found = value_of(name)
            return found if isinstance(found, Fraction) else None
        case Arith(operator, left, right):
            first = evaluate_term(left, value_of)
            second = evaluate_term(right, value_of)
            if first is None or second is None:
                return None
            return _arith(operator, first, second)
        case Call(function, arguments):
            numbers = [evaluate_term(argument, value_of) for argument in arguments]
            known = [number for number in numbers if number is not None]
            return None if len(known) < len(numbers) else apply_function(function, known)
        case _:
            assert_never(term)


def _arith(operator: str, left: Fraction, right: Fraction) -> Fraction | None:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return None if right == 0 else left / right


def nine_places(value: float) -> Fraction:
    """Round a binary64 number half-even to nine decimals, exactly.

    >>> nine_places(math.sqrt(2))
    Fraction(707106781, 500000000)
    """
    return Fraction(round(Fraction(value) * _BILLION), _BILLION)


def apply_function(function: str, numbers: list[Fraction]) -> Fraction | None:
    """Apply a function of the language to numbers; None where it has no value there.

    A root or a logarithm of a number beyond binary64 has none.
    """
    try:
        return _apply(function, numbers)
    except OverflowError:
        return None


def _apply(function: str, numbers: list[Fraction]) -> Fraction | None:
    match function:
        case "min":
            return min(numbers)
        case "max":
            return max(numbers)
        case "abs":
            return abs(numbers[0])
        case "round":
            return Fraction(round(numbers[0]))
        case "sqrt":
            return nine_places(math.sqrt(numbers[0])) if numbers[0] >= 0 else None
        case _:
            return nine_places(math.log10(numbers[0])) if numbers[0] > 0 else None
