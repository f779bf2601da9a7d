"""What if: the values of one fact that would change the answer, all else as it is.

In: a pathway's facts and tables, a case, and how to answer one. Out: stretches of values with the
same new ending, in the order of the fact's domain. Values that contradict the rest of the case are
left out: nobody has them.

Invariants: two values of one stretch end alike in every track; neighbours with the same ending are
one stretch. Exact, except where a formula reads a fact of more than `MOST_VALUES` values: there its
ends are those of `PROBES` values a cell, and the change says that it is not exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from pathwaylang.diagnostics import FactValue
from pathwaylang.ir.cells import Cells, cell_interval, nearest_value
from pathwaylang.ir.facts import UNKNOWN, Fact, Value, shown_value
from pathwaylang.runtime.answer import Answer, Change, Ending, TrackChange
from pathwaylang.runtime.case import Case

MOST_VALUES = 20_000
"""So many values of a fact that a formula reads are looked at one by one."""
PROBES = 200
"""So many values of a cell are looked at where there are more."""

Endings = dict[tuple[str, str], Ending]
Signature = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring values that no condition of the pathway tells apart; `sample` is one of them."""

    sample: Value
    values: tuple[Value, ...]
    low_closed: bool = True
    high_closed: bool = True
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Domains:
    """What values the facts of a pathway have, as its conditions tell them apart.

    `formulas` gives for a case the cell of each formula that reads a fact, None where another of
    its facts is not recorded.
    """

    facts: Mapping[str, Fact]
    cells: Mapping[str, Cells]
    formulas: Callable[[Case, str], Signature]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Answers one case with other values; held by its `Answer`, and not copied with it."""

    domains: Domains
    case: Case
    evaluate: Callable[[Case], Answer]

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        """Leave the pathway behind when an answer is copied or sent to another process."""
        return type(None), ()

    def changes(self, answer: Answer, name: str) -> tuple[Change, ...]:
        """Return the stretches of values that change the answer; KeyError if no such fact."""
        fact = self.domains.facts[name]
        now = endings(answer)
        told = [(stretch, self._endings_with(name, stretch.sample)) for stretch in self._all(fact)]
        found: list[Change] = []
        for _, group in groupby(told, key=lambda pair: (pair[1], pair[0].sample == UNKNOWN)):
            stretches, after = zip(*group, strict=True)
            tracks = _differences(now, after[0])
            if tracks:
                found.append(_change(fact, stretches, tracks))
        return tuple(found)

    def _endings_with(self, name: str, value: Value) -> Endings:
        return endings(self.evaluate(self._with(name, value)))

    def _with(self, name: str, value: Value) -> Case:
        return replace(self.case, values={**self.case.values, name: value})

    def _all(self, fact: Fact) -> Iterator[Stretch]:
        """Yield the stretches of a fact's domain, in order."""
        cells = self.domains.cells[fact.name]
        for index in range(len(cells.counts)):
            if index == cells.unknown:
                yield Stretch(UNKNOWN, (UNKNOWN,))
            elif fact.fact_kind != "number":
                words = cells.groups[index]
                values = [w == "yes" for w in words] if fact.fact_kind == "yes/no" else words
                yield Stretch(values[0], tuple(values))
            else:
                yield from self._numbers(fact, cells, index)

    def _numbers(self, fact: Fact, cells: Cells, index: int) -> Iterator[Stretch]:
        """Yield the stretches of one cell of a number: one, or more where formulas read it."""
        stretch = cell_interval(fact, cells, index)
        assert stretch.low is not None and stretch.high is not None
        ends = (stretch.low_closed, stretch.high_closed)
        if all(cell is None for cell in self._signature(fact, stretch.low)):
            sample = nearest_value(fact, cells, index, fact.usually)
            yield Stretch(sample, (stretch.low, stretch.high), *ends)
            return
        is_exact = fact.step is not None and cells.counts[index] <= MOST_VALUES
        step = fact.step if is_exact else (stretch.high - stretch.low) / PROBES
        assert step is not None
        points = _points(stretch.low, stretch.high, step, ends)
        for _, group in groupby(points, key=lambda value: self._signature(fact, value)):
            alike = list(group)
            yield Stretch(alike[0], (alike[0], alike[-1]), is_exact=is_exact)

    def _signature(self, fact: Fact, value: Fraction) -> Signature:
        return self.domains.formulas(self._with(fact.name, value), fact.name)


def endings(answer: Answer) -> Endings:
    """Return what each track of an answer comes to."""
    return {
        (entry.stage, entry.track): Ending(
            entry.status, (entry.outcome,) if entry.outcome else entry.possible
        )
        for entry in answer.tracks
    }


def _differences(before: Endings, after: Endings) -> tuple[TrackChange, ...]:
    """Return the tracks that end otherwise; none where the new value contradicts the rest."""
    if any(e.status == "contradiction" and before.get(k) != e for k, e in after.items()):
        return ()
    keys = dict.fromkeys((*before, *after))
    return tuple(
        TrackChange(stage, track, before.get((stage, track)), after.get((stage, track)))
        for stage, track in keys
        if before.get((stage, track)) != after.get((stage, track))
    )


def _points(
    low: Fraction, high: Fraction, step: Fraction, ends: tuple[bool, bool]
) -> Iterator[Fraction]:
    """Yield the values of a stretch, `step` apart; an open end is not one of them."""
    at = low if ends[0] else low + step / 2
    while at < high or (at == high and ends[1]):
        yield at
        at += step


def _change(fact: Fact, stretches: tuple[Stretch, ...], tracks: tuple[TrackChange, ...]) -> Change:
    """Return the change of neighbouring stretches, with their values in words."""
    is_exact = all(stretch.is_exact for stretch in stretches)
    if fact.fact_kind != "number" or stretches[0].sample == UNKNOWN:
        values = tuple(v for s in stretches for v in map(_plain(fact), s.values))
        return Change(fact.name, _words(fact, stretches), tracks, values=values)
    first, last = stretches[0], stretches[-1]
    shown = _plain(fact)
    return Change(
        fact.name,
        _range(fact, first, last),
        tracks,
        low=shown(first.values[0]),
        high=shown(last.values[-1]),
        low_closed=first.low_closed,
        high_closed=last.high_closed,
        exact=is_exact,
    )


def _plain(fact: Fact) -> Callable[[Value], FactValue]:
    return lambda value: shown_value(fact, value)


def _words(fact: Fact, stretches: tuple[Stretch, ...]) -> str:
    labels = {choice.name: choice.label for choice in fact.choices}
    values = [value for stretch in stretches for value in stretch.values]
    texts = [{True: "yes", False: "no"}[v] if isinstance(v, bool) else str(v) for v in values]
    return " or ".join("not known" if t == UNKNOWN else labels.get(t, t) for t in texts)


def _range(fact: Fact, first: Stretch, last: Stretch) -> str:
    """Return `2.1..3.0 cm`; an open end says `above` or `below`."""
    low, high = (str(shown_value(fact, v)) for v in (first.values[0], last.values[-1]))
    if low == high:
        return low
    start = low.partition(" ")[0]
    if first.low_closed and last.high_closed:
        return f"{start}..{high}"
    above = "from" if first.low_closed else "above"
    below = "to" if last.high_closed else "to below"
    return f"{above} {start} {below} {high}"
