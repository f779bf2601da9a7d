"""Traceability: quotes, numbers without a source, statements that nothing cites."""

from __future__ import annotations

import pytest

from pathwaylang.compiler.model.trace import numbers_in
from tests.model.kit import HEAD, findings, places

TEXT = "The patients.\nThere is complete (R0)\n  resection in all of them.\n"


def pathway(source: str, condition: str, basis: str) -> str:
    return f"""\
{HEAD}source s "S"
{source}fact size "Size": number in cm 0..30 step 0.1
decide d "D"
  when {condition} then recommend r
    {basis}
  otherwise recommend r
    opinion "o"
recommendation r "R"
"""


ONE = '  says first at "1" "lesions up to 3 cm within a 28-day window, two of 1,500"\n'


@pytest.mark.parametrize(
    ("condition", "basis", "expected"),
    [
        ("size <= 3 cm", "cite s.first", []),
        ("size <= 3.0 cm", "cite s.first", []),
        ("size <= 28 cm", "cite s.first", ["PW0703 6"]),
        ("size <= 30 mm", "cite s.first", []),
        ("size <= 3 mm", "cite s.first", ["PW0703 6"]),
        ("size in 0..30 mm", "cite s.first", []),
        ("size <= 2 cm", "cite s.first", []),
        ("size in 0..3 cm", "cite s.first", []),
        ("size <= 3 cm", "cite s", []),
        ("size <= 5 cm", "cite s.first", ["PW0703 6"]),
        ("size <= 5 cm", "cite s", ["PW0703 6"]),
        ("size <= 5 cm", 'cite s.first\n    opinion "why"', []),
        ("size in 4..5 cm", "cite s.first", ["PW0703 6", "PW0703 6"]),
        ("size <= 5 cm or size > 5 cm", "cite s.first", ["PW0703 6"]),
    ],
)
def test_numbers(condition: str, basis: str, expected: list[str]) -> None:
    assert places(pathway(ONE, condition, basis)) == expected


def test_numbers_in_table_cells_are_looked_at() -> None:
    text = f"""\
{HEAD}source s "S"
{ONE}fact size "Size": number in cm 0..30 step 0.1
table t "T"
  cite s.first
  | size    | then        |
  | <= 4 cm | recommend r |
  | > 3 cm  | recommend r |
recommendation r "R"
"""
    assert places(text) == ["PW0703 8"]


def test_an_opinion_on_the_item_covers_its_lines() -> None:
    text = pathway(ONE, "size <= 5 cm", "cite s.first")
    assert places(text.replace('"D"\n', '"D"\n  opinion "5 cm is a placeholder"\n')) == []


def test_numbers_are_compared_by_value() -> None:
    found = numbers_in("1,500 or 2.0 or 28-day")
    assert [(int(n), unit and unit.text) for n, unit in found] == [
        (1500, None),
        (2, None),
        (28, "day"),
    ]
    assert float(numbers_in("above 2·6")[0][0]) == pytest.approx(2.6)


def test_a_word_behind_a_number_is_seldom_a_unit() -> None:
    for text in ("3 in 10 patients", "class 3 A", "3 at most", "3 to 5", "3 lesions", "3 a day"):
        assert numbers_in(text)[0][1] is None, text


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ('  says two at "2" "more"\n', ["PW0704 4"]),
        ('  says two at "2" "more"\n    background "why not"\n', []),
        ('  says two at "2" "more"\n  says first at "2" "again"\n', ["PW0302 5"]),
    ],
)
def test_statements(lines: str, expected: list[str]) -> None:
    assert places(pathway(ONE + lines, "size <= 3 cm", "cite s.first")) == expected


def test_a_cite_of_the_source_counts_for_all_its_statements() -> None:
    two = ONE + '  says two at "2" "more"\n'
    assert places(pathway(two, "size <= 3 cm", "cite s")) == []


def quoting(quote: str, file: str = "texts/a.txt") -> str:
    lines = f'  file "{file}"\n{ONE}    quote "{quote}"\n'
    return pathway(lines, "size <= 3 cm", "cite s.first")


def test_quotes_are_compared_without_regard_to_white_space() -> None:
    assert places(quoting("complete (R0) resection"), {"texts/a.txt": TEXT}) == []


def test_a_quote_that_is_not_there_shows_the_closest_line() -> None:
    (found,) = findings(quoting("complete R0"), {"texts/a.txt": TEXT})
    assert found.code == "PW0702"
    assert found.notes == ('texts/a.txt, line 2, has: "There is complete (R0)".',)


def test_a_text_that_cannot_be_read() -> None:
    assert places(quoting("complete"), {}) == ["PW0905 3"]
