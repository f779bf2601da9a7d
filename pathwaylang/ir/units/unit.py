"""Units and quantities: what they are, without how they are read.

A `Unit` says what its written text means: an exact factor, for temperature scales an exact zero,
and a dimension. A dimension lists bases with their exponents, sorted by base; units of the same
dimension convert into each other, all others do not. INVARIANT: a value `v` in a unit is
`v * factor + offset` in the base units (m, g, s, K, mol, A, cd, degree, bit, and one base each for
what must not be mixed; README.md lists them). Two units are equal when they mean the same code,
however they were written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Dimension = tuple[tuple[str, Fraction], ...]
"""(base, exponent) pairs, sorted by base, without zeros; empty for a plain number."""


@dataclass(frozen=True, slots=True)
class Term:
    """One factor of a unit: a symbol (or whole number, or nothing), its exponent, its `{…}`."""

    symbol: str
    exponent: Fraction
    annotation: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `text` as written, `code` in UCUM, and what they mean in base units."""

    text: str = field(compare=False)
    code: str
    dimension: Dimension
    factor: Fraction
    offset: Fraction = Fraction(0)
    terms: tuple[Term, ...] = field(default=(), compare=False, repr=False)

    @property
    def is_scale(self) -> bool:
        """True for temperature scales with a zero of their own, which nothing may multiply."""
        return self.offset != 0

    @property
    def is_plain(self) -> bool:
        """True for plain numbers, percents and counts included."""
        return not self.dimension


ProblemReason = Literal[
    "empty", "too-long", "syntax", "unknown", "scale", "inexact", "number", "missing-unit", "bridge"
]
"""What is wrong with a unit or quantity; `scale` is arithmetic with degrees Celsius or the like."""


@dataclass(frozen=True, slots=True)
class UnitProblem:
    """Why a text is no unit or quantity: a value, in the words of messages, never raised.

    `text` is the part at fault, to be given to `nearest_units` where the reason is `unknown`.
    """

    text: str
    reason: ProblemReason
    message: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact value in a unit."""

    value: Fraction
    unit: Unit


UNITLESS = Unit("1", "1", (), Fraction(1))
"""The unit of plain numbers."""


def is_same_dimension(left: Unit, right: Unit) -> bool:
    """Tell whether two units measure the same kind of thing, so that values convert exactly."""
    return left.dimension == right.dimension


def dimension_of(exponents: dict[str, Fraction]) -> Dimension:
    """Return the dimension with these exponents: sorted by base, zeros left out."""
    return tuple(sorted((base, power) for base, power in exponents.items() if power != 0))


def code_of(terms: tuple[Term, ...]) -> str:
    """Return the code of a product: `mg/dL`, `/min`, `10*9/L`; `1` for nothing.

    >>> code_of((Term("kg", Fraction(1)), Term("m", Fraction(-2))))
    'kg/m2'
    """
    above, below = split_terms(terms)
    strokes = ""
    for group in below:
        written = ".".join(map(_written, group))
        strokes += f"/({written})" if len(group) > 1 else f"/{written}"
    return ".".join(map(_written, above)) + strokes or "1"


def split_terms(terms: tuple[Term, ...]) -> tuple[list[Term], list[list[Term]]]:
    """Return the terms above the stroke, and those below it, made positive.

    Below, a whole number stays with the term behind it: per (24 hours), not per 24 per hour.
    Powers of ten carry their sign and always stand above.
    """
    above: list[Term] = []
    below: list[list[Term]] = []
    is_number_open = False
    for term in terms:
        if term.exponent > 0 or term.symbol == "10*":
            above.append(term)
            continue
        positive = Term(term.symbol, -term.exponent, term.annotation)
        if is_number_open:
            below[-1].append(positive)
        else:
            below.append([positive])
        is_number_open = term.symbol.isdigit()
    return above, below


def _written(term: Term) -> str:
    symbol, exponent = term.symbol, term.exponent
    if symbol.isdigit():
        return str(int(symbol) ** exponent) + term.annotation
    if exponent.denominator != 1:
        return f"{symbol}^({exponent}){term.annotation}"
    power = "" if exponent == 1 and symbol != "10*" else str(exponent)
    return symbol + power + term.annotation
