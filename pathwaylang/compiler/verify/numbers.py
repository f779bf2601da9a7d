"""Formulas, brought to a form over plain facts.

In: a term that may read formulas, piecewise numbers and scores. Out: its alternatives, each a
choice of which piece or score value is at work, with a term over facts alone. A linear term is
brought to a normal form, so that two ways of writing one relation are seen as one.

Invariants: the alternatives of a term exclude one another and together cover it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import assert_never

from pathwaylang.ir.derived import Derived, Formula, Piecewise, Score
from pathwaylang.ir.guards import Arith, Call, Interval, Number, Ref, Term, term_names

MOST_ALTERNATIVES = 2_000

Selector = tuple[str, int | Fraction]
"""A piecewise number with the index of its piece, or a score with its value."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way a term can be read: where all selectors hold, the term is this one, over facts."""

    selectors: tuple[Selector, ...]
    term: Term


class TooManyAlternativesError(Exception):
    """A formula reads so many pieces that writing them all out is no way to decide it."""


def score_values(score: Score) -> tuple[Fraction, ...]:
    """Return all totals a score can show, ascending (some may be out of reach)."""
    totals = {Fraction(0)}
    for line in score.lines:
        totals |= {total + line.points for total in totals}
        if len(totals) > MOST_ALTERNATIVES:
            raise TooManyAlternativesError
    return tuple(sorted(totals))


def expand(term: Term, derived: Mapping[str, Derived]) -> tuple[Alternative, ...]:
    """Return the alternatives of a term."""
    match term:
        case Number():
            return (Alternative((), term),)
        case Ref(name):
            return _expand_name(term, derived.get(name), derived)
        case Arith(operator, left, right):
            return _joined(
                (expand(left, derived), expand(right, derived)),
                lambda parts: Arith(operator, parts[0], parts[1]),
            )
        case Call(function, arguments):
            return _joined(
                tuple(expand(argument, derived) for argument in arguments),
                lambda parts: Call(function, parts),
            )
        case _:
            assert_never(term)


def _expand_name(
    term: Ref, source: Derived | None, derived: Mapping[str, Derived]
) -> tuple[Alternative, ...]:
    match source:
        case Formula():
            return expand(source.term, derived)
        case Piecewise():
            return tuple(
                Alternative((*inner.selectors, (source.name, index)), inner.term)
                for index, piece in enumerate(source.pieces)
                for inner in expand(piece.term, derived)
            )
        case Score():
            return tuple(
                Alternative(((source.name, value),), Number(value))
                for value in score_values(source)
            )
        case _:
            return (Alternative((), term),)


def _joined(
    parts: tuple[tuple[Alternative, ...], ...], build: Callable[[tuple[Term, ...]], Term]
) -> tuple[Alternative, ...]:
    found: list[Alternative] = []
    for chosen in product(*parts):
        selected: dict[str, int | Fraction] = {}
        agrees = True
        for alternative in chosen:
            for name, value in alternative.selectors:
                agrees = agrees and selected.setdefault(name, value) == value
        if agrees:
            term = build(tuple(alternative.term for alternative in chosen))
            found.append(Alternative(tuple(selected.items()), term))
        if len(found) > MOST_ALTERNATIVES:
            raise TooManyAlternativesError
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Linear:
    """`sum of factor * fact + constant`."""

    factors: tuple[tuple[str, Fraction], ...]
    constant: Fraction


def linear(term: Term) -> Linear | None:
    """Return the linear form of a term over facts, or None."""
    match term:
        case Number(value):
            return Linear((), value)
        case Ref(name):
            return Linear(((name, Fraction(1)),), Fraction(0))
        case Arith(operator, left, right):
            first, second = linear(left), linear(right)
            if first is None or second is None:
                return None
            return _linear_arith(operator, first, second)
        case _:
            return None


def _linear_arith(operator: str, first: Linear, second: Linear) -> Linear | None:
    match operator:
        case "+":
            return _add(first, second, Fraction(1))
        case "-":
            return _add(first, second, Fraction(-1))
        case "*" if not first.factors:
            return _scale(second, first.constant)
        case "*" if not second.factors:
            return _scale(first, second.constant)
        case "/" if not second.factors and second.constant != 0:
            return _scale(first, 1 / second.constant)
        case _:
            return None


def _scale(form: Linear, factor: Fraction) -> Linear:
    if factor == 0:
        return Linear((), Fraction(0))
    factors = tuple((name, value * factor) for name, value in form.factors)
    return Linear(factors, form.constant * factor)


def _add(first: Linear, second: Linear, sign: Fraction) -> Linear:
    factors = dict(first.factors)
    for name, value in second.factors:
        factors[name] = factors.get(name, Fraction(0)) + sign * value
    kept = tuple(sorted((name, value) for name, value in factors.items() if value != 0))
    return Linear(kept, first.constant + sign * second.constant)


def normal_form(term: Term, intervals: tuple[Interval, ...]) -> tuple[Term, tuple[Interval, ...]]:
    """Bring `term in intervals` to a form in which equal relations look alike.

    A linear term loses its constant and is scaled so that its first factor is 1; the intervals move
    along. Of other terms, what is added to them and what they are multiplied with is taken off.
    """
    form = linear(term)
    if form is None:
        core, scale, constant = _peeled(term)
        return core, tuple(_moved(interval, constant, scale) for interval in intervals)
    if not form.factors:
        return term, intervals
    scale = form.factors[0][1]
    moved = tuple(_moved(interval, form.constant, scale) for interval in intervals)
    factors = [(name, value / scale) for name, value in form.factors]
    result: Term | None = None
    for name, value in factors:
        part: Term = Ref(name) if value == 1 else Arith("*", Number(value), Ref(name))
        result = part if result is None else Arith("+", result, part)
    assert result is not None
    return result, moved


def _peeled(term: Term) -> tuple[Term, Fraction, Fraction]:
    """Return (core, scale, constant) so that the term is scale * core + constant.

    >>> product = Arith("*", Ref("a"), Ref("b"))
    >>> _peeled(Arith("-", Number(Fraction(9)), product)) == (product, Fraction(-1), Fraction(9))
    True
    """
    match term:
        case Arith("+" | "-" as operator, left, Number(value)):
            core, scale, constant = _peeled(left)
            return core, scale, constant + (value if operator == "+" else -value)
        case Arith("+" | "-" as operator, Number(value), right):
            core, scale, constant = _peeled(right)
            sign = 1 if operator == "+" else -1
            return core, sign * scale, value + sign * constant
        case Arith("*", Number(value), other) | Arith("*", other, Number(value)) if value != 0:
            core, scale, constant = _peeled(other)
            return core, value * scale, value * constant
        case Arith("/", left, Number(value)) if value != 0:
            core, scale, constant = _peeled(left)
            return core, scale / value, constant / value
        case _:
            return term, Fraction(1), Fraction(0)


def _moved(interval: Interval, constant: Fraction, scale: Fraction) -> Interval:
    low = None if interval.low is None else (interval.low - constant) / scale
    high = None if interval.high is None else (interval.high - constant) / scale
    if scale > 0:
        return Interval(low, high, interval.low_closed, interval.high_closed)
    return Interval(high, low, interval.high_closed, interval.low_closed)


def facts_of(term: Term) -> tuple[str, ...]:
    """Return the facts a term reads, each once, in the order written."""
    return tuple(dict.fromkeys(term_names(term)))
