"""PW0411: a formula that can leave the range it declares.

In: the graph. Out: a warning for each formula or piecewise number with a patient for whom it does.
Patients are tried at the ends of the ranges: all combinations where these are few, else one end
after the other, towards the largest and the smallest value.

INVARIANT: a patient that is shown was evaluated, and no `impossible` may hold for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from pathwaylang.compiler.model.reads import derived_guards, derived_names, recommends_of
from pathwaylang.diagnostics import Diagnostic, Evidence, Label, Patient, finding
from pathwaylang.ir.derive import Values
from pathwaylang.ir.derived import Formula, Piecewise
from pathwaylang.ir.facts import Fact, Value, shown_value
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.guards import Interval, guard_names
from pathwaylang.ir.units import format_number, written_quantity

MOST_CASES = 4_096
"""Combinations of ends up to which all are tried."""

_ROUNDS = 3

Case = dict[str, Value]


@dataclass(frozen=True, slots=True)
class _Found:
    """A value that the formula takes, with the patient who has it."""

    value: Fraction
    case: Case


def check_formulas(graph: DecisionGraph | None) -> Iterator[Diagnostic]:
    """Yield a warning for each number whose formula can leave its range."""
    if graph is None:
        return
    for item in graph.derived:
        if isinstance(item, Formula | Piecewise) and item.span is not None:
            found = _leaves(graph, item)
            if found:
                yield _told(graph, item, found)


def _leaves(graph: DecisionGraph, item: Formula | Piecewise) -> list[_Found]:
    """Return the smallest and the largest value found, those of them that are out of range."""
    ends = _ends(graph, item.name)
    if not ends:
        return []
    found = []
    for sign in (-1, 1):
        best = _furthest(graph, item.name, ends, sign)
        if best is not None and not item.range.holds(best.value):
            found.append(best)
    return found


def _ends(graph: DecisionGraph, name: str) -> dict[str, tuple[Value, ...]]:
    """Return for each fact that a number depends on the values to try.

    Nothing where it reads what another track recommends: the way there is not followed.
    """
    derived = {item.name: item for item in graph.derived}
    facts = {fact.name: fact for fact in graph.facts}
    ends: dict[str, tuple[Value, ...]] = {}
    waiting, seen = [name], set[str]()
    while waiting:
        read = waiting.pop()
        if read in seen:
            continue
        seen.add(read)
        if read in facts:
            ends[read] = _values(facts[read])
        elif read in derived:
            if next(recommends_of(derived_guards(derived[read])), None) is not None:
                return {}
            waiting += derived_names(derived[read])
    return dict(sorted(ends.items()))


def _values(fact: Fact) -> tuple[Value, ...]:
    if fact.fact_kind == "yes/no":
        return (False, True)
    if fact.fact_kind == "choice" or fact.range is None:
        return tuple(choice.name for choice in fact.choices)
    return _inner_ends(fact.range, fact.step)


def _inner_ends(stretch: Interval, step: Fraction | None) -> tuple[Fraction, ...]:
    low, high = stretch.low, stretch.high
    if low is None or high is None:
        return ()
    inset = step if step is not None else (high - low) / 1000
    first = low if stretch.low_closed else low + inset
    last = high if stretch.high_closed else high - inset
    return (first, last) if first <= last else ()


def _furthest(
    graph: DecisionGraph, name: str, ends: Mapping[str, tuple[Value, ...]], sign: int
) -> _Found | None:
    if prod(len(values) for values in ends.values()) <= MOST_CASES:
        cases: Iterator[Case] = (
            dict(zip(ends, values, strict=True)) for values in product(*ends.values())
        )
    else:
        cases = _climb(graph, name, ends, sign)
    best: _Found | None = None
    for case in cases:
        value = _value(graph, name, case)
        if value is not None and (best is None or sign * value > sign * best.value):
            best = _Found(value, case)
    return best


def _climb(
    graph: DecisionGraph, name: str, ends: Mapping[str, tuple[Value, ...]], sign: int
) -> Iterator[Case]:
    """Yield cases that lead away, changing one fact at a time."""
    case: Case = {fact: values[0] for fact, values in ends.items() if values}
    for _ in range(_ROUNDS):
        for fact, values in ends.items():
            tried = [(_value(graph, name, {**case, fact: value}), value) for value in values]
            known = [
                (sign * number, at) for at, (number, _) in enumerate(tried) if number is not None
            ]
            if known:
                case = {**case, fact: tried[max(known)[1]][1]}
        yield case


def _value(graph: DecisionGraph, name: str, case: Case) -> Fraction | None:
    values = Values(case, {item.name: item for item in graph.derived})
    for constraint in graph.constraints:
        reads = set(guard_names(constraint.guard)) & case.keys()
        if reads and values.truth(constraint.guard) is not False:
            return None
    number = values(name)
    return number if isinstance(number, Fraction) else None


def _told(graph: DecisionGraph, item: Formula | Piecewise, found: list[_Found]) -> Diagnostic:
    low = min([f.value for f in found] + [v for v in (item.range.low,) if v is not None])
    high = max([f.value for f in found] + [v for v in (item.range.high,) if v is not None])
    first = found[0]
    facts = {fact.name: fact for fact in graph.facts}
    shown = tuple((name, shown_value(facts[name], value)) for name, value in first.case.items())
    assert item.span is not None
    declared = f"{_number(item.range.low, '')}..{_number(item.range.high, item.unit)}"
    return finding(
        "PW0411",
        f"`{item.name}` can leave its range of {declared}",
        Label(item.span),
        notes=(f"For this patient it is {_number(first.value, item.unit)}.",),
        help=f"write the range {_number(low, '')}..{_number(high, '')}, or narrow the ranges of "
        f"{', '.join(f'`{name}`' for name in first.case)}.",
        evidence=Evidence(Patient(shown, shown)),
    )


def _number(value: Fraction | None, unit: str) -> str:
    return "" if value is None else written_quantity(format_number(value), unit)
