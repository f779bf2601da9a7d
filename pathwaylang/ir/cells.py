"""Cells: each fact's values, cut into finitely many classes that no condition tells apart.

A number is cut at the constants that occur, with open and closed ends kept; a choice is grouped by
the conditions that read it; `unknown` is one more cell, the last, where the fact allows it. A cell
keeps its exact number of values (by step); a cell of a dense number counts once.

Invariants: cells partition the fact's domain; the cells of a number stand in ascending order, cell
`i` lying between cut `i - 1` and cut `i`; a cut of a stepped number lies on the grid, before a
value.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pathwaylang.ir.exact import Exact
from pathwaylang.ir.facts import UNKNOWN, Fact, Value
from pathwaylang.ir.guards import Interval

Cut = tuple[Exact, int]
"""A boundary: (value, 0) just before the value, (value, 1) just after it."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one fact; `groups` are the values of each cell (yes/no and choice facts)."""

    fact: str
    counts: tuple[int, ...]
    has_unknown: bool = False
    groups: tuple[tuple[str, ...], ...] = ()
    cuts: tuple[Cut, ...] = ()

    @property
    def size(self) -> int:
        """Number of values of the fact, or of classes where it is dense."""
        return sum(self.counts)

    @property
    def unknown(self) -> int | None:
        """The index of the cell `unknown`, or None."""
        return len(self.counts) - 1 if self.has_unknown else None

    def cell_of(self, value: Value) -> int:
        """Return the cell of a value that lies in the fact's domain; KeyError if none holds it."""
        if value == UNKNOWN:
            if not self.has_unknown:
                raise KeyError(value)
            return len(self.counts) - 1
        if isinstance(value, str):
            word = value
        elif isinstance(value, bool):  # before Fraction, whose `isinstance` is slow for others
            word = choice_word(value)
        else:
            return bisect_right(self.cuts, (value, 0))
        for index, group in enumerate(self.groups):
            if word in group:
                return index
        raise KeyError(value)


def choice_word(value: bool) -> str:
    """Return `yes` or `no`."""
    return "yes" if value else "no"


def interval_cuts(interval: Interval) -> Iterable[Cut]:
    """Yield the cuts that separate an interval from the rest."""
    if interval.low is not None:
        yield (interval.low, 0 if interval.low_closed else 1)
    if interval.high is not None:
        yield (interval.high, 1 if interval.high_closed else 0)


def grid_size(fact: Fact) -> int:
    """Return how many values a stepped number has.

    >>> grid_size(
    ...     Fact("x", "X", "number", range=Interval(Fraction(0), Fraction(4)), step=Fraction(1))
    ... )
    5
    """
    low, high, step = grid(fact)
    steps = (high - low) / step
    whole = steps.numerator // steps.denominator
    assert fact.range is not None
    return whole + 1 if fact.range.high_closed or whole != steps else whole


def grid(fact: Fact) -> tuple[Fraction, Fraction, Fraction]:
    """Return low, high and step of a stepped number."""
    assert fact.range is not None and fact.range.low is not None and fact.range.high is not None
    assert fact.step is not None
    return fact.range.low, fact.range.high, fact.step


def number_cells(fact: Fact, cuts: Iterable[Cut]) -> Cells:
    """Cut a number at the given boundaries; those outside its range fall away."""
    kept = sorted({inside for cut in cuts if (inside := _clip(fact, cut)) is not None})
    counts = _stepped_counts(fact, kept) if fact.step is not None else [1] * (len(kept) + 1)
    if fact.may_be_unknown:
        counts.append(1)
    return Cells(fact.name, tuple(counts), fact.may_be_unknown, cuts=tuple(kept))


def _clip(fact: Fact, cut: Cut) -> Cut | None:
    value, side = cut
    assert fact.range is not None and fact.range.low is not None and fact.range.high is not None
    if fact.step is None:
        low_side = 0 if fact.range.low_closed else 1
        high_side = 1 if fact.range.high_closed else 0
        inside = (fact.range.low, low_side) < cut < (fact.range.high, high_side)
        return cut if inside else None
    low, _, step = grid(fact)
    steps = (value - low) / step
    below = steps.numerator // steps.denominator
    index = below + 1 if side == 1 or below != steps else below
    return (low + index * step, 0) if 0 < index < grid_size(fact) else None


def _stepped_counts(fact: Fact, cuts: list[Cut]) -> list[int]:
    low, _, step = grid(fact)
    marks = [0, *((value - low) // step for value, _ in cuts), grid_size(fact)]
    return [marks[i + 1] - marks[i] for i in range(len(marks) - 1)]


def choice_cells(fact: Fact, tests: Iterable[tuple[str, ...]]) -> Cells:
    """Group a yes/no or choice fact: values that every test treats alike share a cell."""
    words = (
        ("yes", "no")
        if fact.fact_kind == "yes/no"
        else tuple(choice.name for choice in fact.choices)
    )
    wanted = tuple(dict.fromkeys(tests))
    member: dict[str, list[int]] = {word: [] for word in words}
    for index, test in enumerate(wanted):
        for word in test:
            if word in member:
                member[word].append(index)
    groups: dict[tuple[int, ...], list[str]] = {}
    for word in words:
        groups.setdefault(tuple(member[word]), []).append(word)
    counts = [len(group) for group in groups.values()]
    if fact.may_be_unknown:
        counts.append(1)
    return Cells(
        fact.name,
        tuple(counts),
        fact.may_be_unknown,
        groups=tuple(tuple(group) for group in groups.values()),
    )


def cell_interval(fact: Fact, cells: Cells, index: int) -> Interval:
    """Return the stretch of numbers that a cell of a number holds, ends on the grid if stepped."""
    assert fact.range is not None
    low, low_closed = fact.range.low, fact.range.low_closed
    high, high_closed = fact.range.high, fact.range.high_closed
    if index > 0:
        low, low_closed = cells.cuts[index - 1][0], cells.cuts[index - 1][1] == 0
    if index < len(cells.cuts):
        high, high_closed = cells.cuts[index][0], cells.cuts[index][1] == 1
    if fact.step is not None:
        first, _, step = grid(fact)
        last = cells.cuts[index][0] - step if index < len(cells.cuts) else None
        high = last if last is not None else first + (grid_size(fact) - 1) * step
        high_closed = True
    return Interval(low, high, low_closed, high_closed)


def nearest_value(fact: Fact, cells: Cells, index: int, typical: Value | None) -> Value:
    """Return the value of a cell that a reader expects.

    The typical one if the cell holds it, else the end nearest to it; of an open stretch, its
    middle.
    """
    if index == cells.unknown:
        return UNKNOWN
    if fact.fact_kind != "number":
        group = cells.groups[index]
        word = (
            typical
            if isinstance(typical, str) and typical in group
            else choice_word(typical)
            if isinstance(typical, bool) and choice_word(typical) in group
            else group[0]
        )
        return word == "yes" if fact.fact_kind == "yes/no" else word
    stretch = cell_interval(fact, cells, index)
    assert stretch.low is not None and stretch.high is not None
    if isinstance(typical, Fraction):
        if stretch.holds(typical):
            return typical
        if typical <= stretch.low and stretch.low_closed:
            return stretch.low
        if typical >= stretch.high and stretch.high_closed:
            return stretch.high
    elif stretch.low_closed:
        return stretch.low
    return (stretch.low + stretch.high) / 2
