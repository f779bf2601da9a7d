"""The worked cases stand in the pathway as examples: each case, each track, the same row.

An example belongs to a case by its label; it must give the facts of the case, name the track, and
lead to the row that the oracle's list of cases expects. What a case expects of a class or a score
is read from the same facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from pathwaylang.ir.derive import Values
from pathwaylang.ir.facts import UNKNOWN
from pathwaylang.ir.graph import Example
from tests.liver_mets import built
from tests.liver_mets.oracle import TRACKS
from tests.liver_mets.oracle.cases import WORKED, Worked

PAIRS = [(worked, track) for worked in WORKED for track in worked.expected if track in TRACKS]
CLASSES = [(worked, name) for worked in WORKED for name in worked.expected if name not in TRACKS]


def named(pair: tuple[Worked, str]) -> str:
    return f"case-{pair[0].number}-{pair[1]}"


@cache
def by_case() -> dict[str, tuple[Example, ...]]:
    """Return the examples by the number of their case."""
    found: dict[str, list[Example]] = {}
    for example in built.graph().examples:
        match = re.match(r"Case (\d+)\b", example.label)
        if match:
            found.setdefault(match[1], []).append(example)
    return {number: tuple(examples) for number, examples in found.items()}


def of(worked: Worked) -> Iterator[Example]:
    """Yield the examples that give what the case gives."""
    for example in by_case()[worked.number.rstrip("b")]:
        given = dict(example.given)
        if all(given.get(name) == value for name, value in worked.changes.items()):
            yield example


def values_of(example: Example) -> Values:
    return built.walker().values(dict(example.given))


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_each_case_stands_as_an_example_for_each_track(pair: tuple[Worked, str]) -> None:
    worked, track = pair
    examples = [e for e in of(worked) if track in {one.track for one in e.expectations}]
    assert examples, f"case {worked.number} has no example in {track}"
    for example in examples:
        row = built.row_of_walk(track, built.walker().walk(track, values_of(example)))
        assert row == worked.expected[track], example.label


@pytest.mark.parametrize("pair", CLASSES, ids=named)
def test_classes_and_scores_of_the_cases(pair: tuple[Worked, str]) -> None:
    worked, name = pair
    examples = list(of(worked))
    assert examples
    for example in examples:
        values = values_of(example)
        found = built.classes(values)
        told = built.conflicts(values) if name == "conflicts" else (found[name],)
        assert told == (worked.expected[name],)


def test_the_base_is_the_oracles() -> None:
    """Facts that the oracle's base leaves unknown may be given, as the text implies them."""
    base = next(e for e in built.graph().examples if e.label == "Base")
    given = dict(base.given)
    wanted = {name: value for name, value in WORKED[7].case.items() if value != UNKNOWN}
    assert {name: given[name] for name in wanted} == wanted


def test_every_case_has_examples_and_no_other_number_has() -> None:
    assert set(by_case()) == {str(number) for number in range(1, 26)}
    assert len(PAIRS) > 50
