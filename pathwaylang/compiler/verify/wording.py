"""Cells and values in words: `3.0..3.4 cm`, `a or b`, `unknown`, `any`.

In: facts, cells, indices. Out: short texts as they stand in findings, and conditions as an author
would write them. Values for JSON are true/false, whole numbers, or texts with their unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pathwaylang.diagnostics import FactValue
from pathwaylang.ir.cells import Cells, cell_interval
from pathwaylang.ir.exact import write_exact
from pathwaylang.ir.facts import UNKNOWN, Fact
from pathwaylang.ir.guards import Interval
from pathwaylang.ir.units import written_quantity


def with_unit(text: str, fact: Fact) -> str:
    """Append the fact's unit to a number."""
    return written_quantity(text, fact.unit)


MOST_WORDS = 12
"""Values of a choice that a box names; the rest is counted."""


def in_words(fact: Fact, value: FactValue) -> str:
    """Return a value as a reader says it: `yes`, `2`, `3.5 cm`, `unknown`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def runs(indices: Sequence[int]) -> list[tuple[int, int]]:
    """Return ascending indices as stretches (first, last).

    >>> runs([0, 1, 4])
    [(0, 1), (4, 4)]
    """
    found: list[tuple[int, int]] = []
    for index in indices:
        if found and found[-1][1] == index - 1:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found


def stretch(fact: Fact, cells: Cells, first: int, last: int) -> Interval:
    """Return the numbers from one cell to another."""
    low, high = cell_interval(fact, cells, first), cell_interval(fact, cells, last)
    return Interval(low.low, high.high, low.low_closed, high.high_closed)


def interval_words(fact: Fact, interval: Interval) -> str:
    """Return a stretch of numbers as `3..4 cm`, `3..<4 cm`, `> 3 cm to < 4 cm`."""
    assert interval.low is not None and interval.high is not None
    low, high = write_exact(interval.low), write_exact(interval.high)
    if low == high:
        return with_unit(low, fact)
    if interval.low_closed:
        return with_unit(f"{low}{'..' if interval.high_closed else '..<'}{high}", fact)
    return (
        f"> {with_unit(low, fact)} to {'' if interval.high_closed else '< '}{with_unit(high, fact)}"
    )


def cells_words(fact: Fact, cells: Cells, indices: Sequence[int]) -> str:
    """Return a set of cells of a fact in words."""
    if len(indices) == len(cells.counts):
        return "any"
    known = [index for index in indices if index != cells.unknown]
    parts: list[str] = []
    if fact.fact_kind == "number":
        if len(known) == len(cells.cuts) + 1:
            parts.append("any known value")
        else:
            parts.extend(
                interval_words(fact, stretch(fact, cells, first, last))
                for first, last in runs(known)
            )
    else:
        words = [word for index in known for word in cells.groups[index]]
        parts.extend(words[:MOST_WORDS])
        if len(words) > MOST_WORDS:
            parts.append(f"{len(words) - MOST_WORDS} more")
    if len(known) < len(indices):
        parts.append(UNKNOWN)
    return " or ".join(parts)


def cells_condition(fact: Fact, cells: Cells, indices: Sequence[int]) -> str:
    """Return a set of cells as a condition an author could write; empty if it is no restriction."""
    if len(indices) == len(cells.counts):
        return ""
    known = [index for index in indices if index != cells.unknown]
    has_unknown = len(known) < len(indices)
    every = len(cells.counts) - (1 if cells.has_unknown else 0)
    if not known:
        return f"{fact.name} is unknown"
    if len(known) == every:
        return f"{fact.name} is known"
    if fact.fact_kind == "yes/no":
        text = fact.name if cells.groups[known[0]][0] == "yes" else f"not {fact.name}"
    elif fact.fact_kind == "choice":
        words = [word for index in known for word in cells.groups[index]]
        text = f"{fact.name} is {'one of ' if len(words) > 1 else ''}{', '.join(words)}"
    else:
        text = " or ".join(
            _number_condition(fact, cells, first, last) for first, last in runs(known)
        )
    if has_unknown:
        return f"({text} or {fact.name} is unknown)"
    return f"({text})" if " or " in text else text


def _number_condition(fact: Fact, cells: Cells, first: int, last: int) -> str:
    whole = stretch(fact, cells, first, last)
    assert whole.low is not None and whole.high is not None
    low, high = (with_unit(write_exact(value), fact) for value in (whole.low, whole.high))
    if first == 0:
        return f"{fact.name} {'<=' if whole.high_closed else '<'} {high}"
    if last == len(cells.cuts):
        return f"{fact.name} {'>=' if whole.low_closed else '>'} {low}"
    if low == high:
        return f"{fact.name} is {low}"
    if whole.low_closed:
        return f"{fact.name} in {interval_words(fact, whole)}"
    upper = f"{fact.name} {'<=' if whole.high_closed else '<'} {high}"
    return f"{fact.name} > {low} and {upper}"


def listing(items: Iterable[str], most: int = 6) -> str:
    """Join texts with commas and `and`, the rest counted."""
    words = list(items)
    if len(words) > most:
        rest = len(words) - most
        return ", ".join(words[:most]) + f" and {rest} more"
    *others, last = words or [""]
    return f"{', '.join(others)} and {last}" if others else last
