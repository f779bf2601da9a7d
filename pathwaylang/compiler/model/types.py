"""The types of names in conditions: yes/no, a choice of values, a number in a unit.

Facts and derived facts are alike here. A number's `unit` is None where none is declared; its
`range` is what the author stated, or what the points of a score add up to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from pathwaylang.ir.facts import Choice
from pathwaylang.ir.guards import Interval
from pathwaylang.ir.units import Unit, UnitBridge, format_number


@dataclass(frozen=True, slots=True)
class YesNo:
    """A yes/no fact or a defined condition."""


@dataclass(frozen=True, slots=True)
class ChoiceOf:
    """A choice fact or a classification; `names` are those of its values, in the same order."""

    values: tuple[Choice, ...]
    names: tuple[str, ...] = field(init=False)
    _known: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(value.name for value in self.values))
        object.__setattr__(self, "_known", frozenset(self.names))

    def has(self, name: str) -> bool:
        """Tell whether a name is one of the values; quick also for hundreds of them."""
        return name in self._known


@dataclass(frozen=True, slots=True)
class NumberOf:
    """A number: fact, score, formula or piecewise number."""

    unit: Unit | None
    range: Interval
    step: Fraction | None = None
    whole: bool = False
    bridges: tuple[UnitBridge, ...] = ()


Type = YesNo | ChoiceOf | NumberOf


def range_words(number: NumberOf) -> str:
    """Return `0 to 4`, or `0 to 30 cm`; an open end is said.

    >>> range_words(NumberOf(None, Interval(Fraction(0), Fraction(4))))
    '0 to 4'
    """
    low = format_number(number.range.low) if number.range.low is not None else "…"
    high = format_number(number.range.high) if number.range.high is not None else "…"
    end = "" if number.range.high_closed else "below "
    unit = f" {number.unit.text}" if number.unit is not None else ""
    return f"{low} to {end}{high}{unit}"


def type_words(type_: Type) -> str:
    """Return what a type is in the words of the language.

    >>> type_words(YesNo())
    'yes/no'
    """
    match type_:
        case YesNo():
            return "yes/no"
        case ChoiceOf():
            return "a choice of " + listed(type_.names)
        case NumberOf():
            return f"a {'whole ' if type_.whole else ''}number, {range_words(type_)}"


def listed(words: Iterable[str], most: int = 8) -> str:
    """Return words with commas, the surplus counted.

    >>> listed(["a", "b", "c"], 2)
    'a, b and 1 more'
    """
    found = list(words)
    if len(found) <= most:
        return ", ".join(found)
    return f"{', '.join(found[:most])} and {len(found) - most} more"
