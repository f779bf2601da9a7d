"""Conditions and formulas, after names and units are settled.

A `Guard` is a condition that comes out true, false or unknown (Kleene); a `Term` is a number. Both
refer to facts and derived facts by name; every number of a fact is in the unit the fact declares,
so nothing here knows units. The same guards feed the verifier, the evaluator and the emitters.

Invariants: `Within` holds the interval union in ascending order; `Relation` is used only where two
numbers are related, never for one name against a constant; each node's `kind` is its tag in JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal

from pathwaylang.ir.exact import Exact
from pathwaylang.ir.tagged import Tagged


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of numbers; None means unbounded on that side."""

    low: Exact | None
    high: Exact | None
    low_closed: bool = True
    high_closed: bool = True

    def holds(self, value: Fraction) -> bool:
        """True if the value lies in the interval.

        >>> Interval(Fraction(1), Fraction(2), high_closed=False).holds(Fraction(2))
        False
        """
        if self.low is not None and (
            value < self.low or (value == self.low and not self.low_closed)
        ):
            return False
        return self.high is None or value < self.high or (value == self.high and self.high_closed)


@dataclass(frozen=True, slots=True)
class Const:
    """Always true or always false."""

    value: bool
    kind: Literal["const"] = "const"


@dataclass(frozen=True, slots=True)
class Holds:
    """A yes/no fact, or a defined condition, is true."""

    name: str
    kind: Literal["holds"] = "holds"


@dataclass(frozen=True, slots=True)
class OneOf:
    """A choice fact or a classification has one of these values."""

    name: str
    values: tuple[str, ...]
    kind: Literal["one of"] = "one of"


@dataclass(frozen=True, slots=True)
class Within:
    """A number (fact, score or defined number) lies in one of these intervals."""

    name: str
    intervals: tuple[Interval, ...]
    kind: Literal["within"] = "within"


@dataclass(frozen=True, slots=True)
class Known:
    """A fact or derived fact is not `unknown`; itself never unknown."""

    name: str
    kind: Literal["known"] = "known"


@dataclass(frozen=True, slots=True)
class Relation:
    """`left < right` or `left <= right` between two formulas."""

    left: Term
    right: Term
    strict: bool
    kind: Literal["relation"] = "relation"


@dataclass(frozen=True, slots=True)
class Recommends:
    """A track recommends or offers one of the names, or one of the branches named led there."""

    track: str
    names: tuple[str, ...]
    kind: Literal["recommends"] = "recommends"


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite; unknown stays unknown."""

    item: Guard
    kind: Literal["not"] = "not"


@dataclass(frozen=True, slots=True)
class All:
    """Every item holds."""

    items: tuple[Guard, ...]
    kind: Literal["all"] = "all"


@dataclass(frozen=True, slots=True)
class Any:
    """At least one item holds."""

    items: tuple[Guard, ...]
    kind: Literal["any"] = "any"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `count` of the items hold."""

    count: int
    items: tuple[Guard, ...]
    kind: Literal["at least"] = "at least"


Guard = Annotated[
    Const | Holds | OneOf | Within | Known | Relation | Recommends | Not | All | Any | AtLeast,
    Tagged("kind"),
]

TRUE = Const(True)
FALSE = Const(False)


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: Exact
    kind: Literal["number"] = "number"


@dataclass(frozen=True, slots=True)
class Ref:
    """The number of a fact, a score or a defined number."""

    name: str
    kind: Literal["ref"] = "ref"


Operator = Literal["+", "-", "*", "/"]


@dataclass(frozen=True, slots=True)
class Arith:
    """Two terms joined by an operator."""

    operator: Operator
    left: Term
    right: Term
    kind: Literal["arith"] = "arith"


Function = Literal["min", "max", "abs", "sqrt", "log10", "round"]


@dataclass(frozen=True, slots=True)
class Call:
    """A function of terms."""

    function: Function
    arguments: tuple[Term, ...]
    kind: Literal["call"] = "call"


Term = Annotated[Number | Ref | Arith | Call, Tagged("kind")]


def guard_children(guard: Guard) -> tuple[Guard, ...]:
    """Return the conditions directly inside a condition."""
    match guard:
        case Not(item):
            return (item,)
        case All(items) | Any(items):
            return items
        case AtLeast(_, items):
            return items
        case _:
            return ()


def guard_terms(guard: Guard) -> tuple[Term, ...]:
    """Return the formulas directly inside a condition."""
    return (guard.left, guard.right) if isinstance(guard, Relation) else ()


def term_names(term: Term) -> Iterator[str]:
    """Yield the names a formula reads, in the order written, with repeats."""
    match term:
        case Ref(name):
            yield name
        case Arith(_, left, right):
            yield from term_names(left)
            yield from term_names(right)
        case Call(_, arguments):
            for argument in arguments:
                yield from term_names(argument)
        case Number():
            return


def guard_atoms(guard: Guard) -> Iterator[Guard]:
    """Yield the conditions that hold no further condition, in the order written."""
    children = guard_children(guard)
    if not children:
        yield guard
    for child in children:
        yield from guard_atoms(child)


def guard_names(guard: Guard) -> Iterator[str]:
    """Yield the facts and derived facts a condition reads, in the order written, with repeats.

    Names read by another track through `Recommends` are not among them.
    """
    for atom in guard_atoms(guard):
        match atom:
            case Holds(name) | OneOf(name, _) | Within(name, _) | Known(name):
                yield name
            case Relation(left, right, _):
                yield from term_names(left)
                yield from term_names(right)
            case _:
                continue
