"""Formulas over several facts, worked out on the grid of their values.

In: a term over stepped facts and the cuts of its value. Out: for each point of the grid, between
which cuts the value lies. Values are computed in binary64 first; only where a value comes close to
a cut is it computed again exactly, so the result is exact and quick.

Invariant: `class_of` agrees with the exact evaluator of `ir.kleene` on every point.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import assert_never

from pathwaylang.ir.cells import Cut, grid, grid_size
from pathwaylang.ir.facts import Fact
from pathwaylang.ir.guards import Arith, Call, Number, Ref, Term
from pathwaylang.ir.kleene import evaluate_term

MOST_POINTS = 1_000_000

_CLOSE = 1e-5
_UNDEFINED = -1

Quick = Callable[[Sequence[float]], float]


def quick(term: Term, position: Mapping[str, int]) -> Quick:
    """Return a function that computes a term in binary64.

    The function raises ValueError, ZeroDivisionError or OverflowError where the term has no value.
    """
    match term:
        case Number(value):
            constant = float(value)
            return lambda point: constant
        case Ref(name):
            at = position[name]
            return lambda point: point[at]
        case Arith(operator, left, right):
            return _quick_arith(operator, quick(left, position), quick(right, position))
        case Call(function, arguments):
            return _quick_call(function, [quick(argument, position) for argument in arguments])
        case _:
            assert_never(term)


def _quick_arith(operator: str, first: Quick, second: Quick) -> Quick:
    match operator:
        case "+":
            return lambda point: first(point) + second(point)
        case "-":
            return lambda point: first(point) - second(point)
        case "*":
            return lambda point: first(point) * second(point)
        case _:
            return lambda point: first(point) / second(point)


def _quick_call(function: str, parts: list[Quick]) -> Quick:
    first = parts[0]
    match function:
        case "min":
            return lambda point: min(part(point) for part in parts)
        case "max":
            return lambda point: max(part(point) for part in parts)
        case "abs":
            return lambda point: abs(first(point))
        case "sqrt":
            return lambda point: math.sqrt(first(point))
        case "log10":
            return lambda point: math.log10(first(point))
        case _:
            return lambda point: math.nan


def class_of(term: Term, cuts: Sequence[Cut], names: Sequence[str]) -> Callable[..., int]:
    """Return a function (values as fractions, values as floats) -> index among the cuts.

    The index is -1 where the term has no value (a division by zero, the logarithm of zero).
    """
    fast = quick(term, {name: at for at, name in enumerate(names)})
    bounds = [float(value) for value, _ in cuts]

    def exact(values: Sequence[Fraction]) -> int:
        found = evaluate_term(term, dict(zip(names, values, strict=True)).__getitem__)
        return _UNDEFINED if found is None else bisect_right(cuts, (found, 0))

    def classify(values: Sequence[Fraction], floats: Sequence[float]) -> int:
        try:
            value = fast(floats)
        except (ValueError, ZeroDivisionError, OverflowError):
            return exact(values)
        if math.isnan(value):
            return exact(values)
        at = bisect_right(bounds, value)
        for near in bounds[max(at - 1, 0) : at + 1]:
            if abs(value - near) <= _CLOSE * max(1.0, abs(near)):
                return exact(values)
        return at

    return classify


def grid_values(fact: Fact) -> list[Fraction]:
    """Return all values of a stepped fact, ascending."""
    low, _, step = grid(fact)
    return [low + step * index for index in range(grid_size(fact))]


def point_count(facts: Sequence[Fact]) -> int:
    """Return the number of points of the grid of stepped facts."""
    return math.prod(grid_size(fact) for fact in facts)


def tabulate(term: Term, cuts: Sequence[Cut], facts: Sequence[Fact]) -> list[int]:
    """Return the class of every grid point, the last fact running fastest."""
    classify = class_of(term, cuts, [fact.name for fact in facts])
    values = [grid_values(fact) for fact in facts]
    floats = [[float(value) for value in column] for column in values]
    return [
        classify(point, quick_point)
        for point, quick_point in zip(product(*values), product(*floats), strict=True)
    ]


def slice_changes(table: Sequence[int], sizes: Sequence[int], axis: int) -> list[int]:
    """Return the indices along an axis where the table differs from the slice before."""
    after = math.prod(sizes[axis + 1 :])
    size = sizes[axis]
    before = len(table) // (after * size)

    def part(index: int) -> list[Sequence[int]]:
        return [
            table[(block * size + index) * after : (block * size + index + 1) * after]
            for block in range(before)
        ]

    changes: list[int] = []
    last = part(0)
    for index in range(1, size):
        here = part(index)
        if here != last:
            changes.append(index)
            last = here
    return changes
