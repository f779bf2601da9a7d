"""Arithmetic of units, for formulas: products, quotients and powers.

In come units, out comes the unit of the result: `kg` divided by `m2` is `kg/m2`, `mg/L` times `L`
is `mg`. Equal symbols are merged and may cancel; `{…}` notes on plain numbers are dropped. A
temperature scale with its own zero has no product, and a root exists only where it is exact: both
are `UnitProblem`s.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Final

from pathwaylang.ir.units.atoms import SUBSTANCE_RATIO
from pathwaylang.ir.units.unit import (
    UNITLESS,
    Dimension,
    Term,
    Unit,
    UnitProblem,
    code_of,
    dimension_of,
)

_MAX_POWER: Final = 30


def multiply(left: Unit, right: Unit) -> Unit | UnitProblem:
    """Return the unit of a product; `UNITLESS` changes nothing.

    >>> from pathwaylang.ir.units.parse import parse_unit
    >>> multiply(parse_unit("mg/L"), parse_unit("L")).code
    'mg'
    """
    problem = _scale_problem(left, right)
    if problem is not None:
        return problem
    if UNITLESS in (left, right):
        return left if right == UNITLESS else right
    return _combine(left, right, 1)


def divide(left: Unit, right: Unit) -> Unit | UnitProblem:
    """Return the unit of a quotient.

    >>> from pathwaylang.ir.units.parse import parse_unit
    >>> divide(parse_unit("kg"), parse_unit("m2")).code
    'kg/m2'
    """
    problem = _scale_problem(left, right)
    if problem is not None:
        return problem
    return left if right == UNITLESS else _combine(left, right, -1)


def power(unit: Unit, exponent: Fraction) -> Unit | UnitProblem:
    """Return the unit of a power; halves are roots.

    >>> from pathwaylang.ir.units.parse import parse_unit
    >>> power(parse_unit("cm2"), Fraction(1, 2)).code
    'cm'
    """
    problem = None if exponent == 1 else _scale_problem(unit)
    if problem is not None:
        return problem
    factor = _exact_power(unit.factor, exponent)
    if factor is None:
        message = f"`{unit.text}` has no exact power {exponent}"
        return UnitProblem(unit.text, "inexact", message)
    terms = _merge(tuple(_raise(term, exponent) for term in unit.terms))
    dimension = dimension_of({base: degree * exponent for base, degree in unit.dimension})
    code = code_of(terms)
    return Unit(code, code, dimension, factor, unit.offset * exponent, terms)


def _scale_problem(*units: Unit) -> UnitProblem | None:
    """Return the problem of the first temperature scale among units."""
    for unit in units:
        if unit.is_scale:
            message = f"`{unit.text}` has a zero of its own and cannot be multiplied; use K instead"
            return UnitProblem(unit.text, "scale", message)
    return None


def _combine(left: Unit, right: Unit, sign: int) -> Unit:
    exponents = dict(left.dimension)
    for base, degree in right.dimension:
        exponents[base] = exponents.get(base, Fraction(0)) + sign * degree
    terms = _merge(left.terms + tuple(_raise(term, Fraction(sign)) for term in right.terms))
    code = code_of(terms)
    return Unit(code, code, _plain_ratio(exponents), left.factor * right.factor**sign, terms=terms)


def _plain_ratio(exponents: dict[str, Fraction]) -> Dimension:
    """Drop the mark of mmol/mol beside other dimensions: it marks whole units only."""
    dimension = dimension_of(exponents)
    others = dimension_of({b: d for b, d in exponents.items() if b != SUBSTANCE_RATIO})
    return others or dimension


def _raise(term: Term, exponent: Fraction) -> Term:
    return Term(term.symbol, term.exponent * exponent, term.annotation)


def _merge(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Add the exponents of equal terms; drop what cancels, and notes that stand alone."""
    sums: dict[tuple[str, str], Fraction] = {}
    for term in terms:
        if term.symbol:
            key = (term.symbol, term.annotation)
            sums[key] = sums.get(key, Fraction(0)) + term.exponent
    return tuple(Term(s, exponent, note) for (s, note), exponent in sums.items() if exponent)


def _exact_power(factor: Fraction, exponent: Fraction) -> Fraction | None:
    """Return factor ** exponent where that is rational and of sane size."""
    if abs(exponent.numerator) > _MAX_POWER or exponent.denominator > _MAX_POWER:
        return None
    top = _exact_root(factor.numerator, exponent.denominator)
    bottom = _exact_root(factor.denominator, exponent.denominator)
    if top is None or bottom is None:
        return None
    return Fraction(top, bottom) ** exponent.numerator


def _exact_root(number: int, degree: int) -> int | None:
    """Return the whole root of a positive whole number, by bisection."""
    if degree in {1, 2}:
        root = number if degree == 1 else isqrt(number)
        return root if root**degree == number else None
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if middle**degree < number else (low, middle)
    return low if low**degree == number else None
