"""Tables: cells become conditions, rows become branches or lines of a classification."""

from __future__ import annotations

import pytest

from pathwaylang.compiler.model.guard_text import guard_text
from pathwaylang.ir.derived import Classification
from tests.model.kit import FACTS, HEAD, decision, derived, model_of, places, quoted

RECS = 'recommendation a "A"\nrecommendation b "B"\n  strength strong for\n'
SOURCE = 'source s "S"\n  says first at "1" "up to 3 cm"\n'


def table(column: str, *cells: str) -> str:
    rows = "".join(f"  | {cell} | recommend a |\n" for cell in cells)
    return f'{HEAD}{FACTS}table t "T"\n  opinion "o"\n  | {column} | then |\n{rows}{RECS}'


@pytest.mark.parametrize(
    ("column", "cell", "meant"),
    [
        ("widespread", "yes", "widespread"),
        ("widespread", "no", "not widespread"),
        ("widespread", "any", "always"),
        ("pregnant", "unknown", "not known(pregnant)"),
        ("pregnant", "not unknown", "not not known(pregnant)"),
        ("pregnant", "no, unknown", "(not pregnant or not known(pregnant))"),
        ("reserve", "good", "(reserve is good)"),
        ("reserve", "good, poor", "(reserve is good | poor)"),
        ("reserve", "not good", "not (reserve is good)"),
        ("reserve", "not good, poor", "not (reserve is good | poor)"),
        ("ecog", "<= 2", "(ecog <= 2)"),
        ("ecog", "1..3", "(1 <= ecog <= 3)"),
        ("ecog", "1, 3", "(ecog = 1 or ecog = 3)"),
        ("largest", "<= 35 mm", "(largest <= 3.5)"),
        ("largest", "2..<3 cm", "(2 <= largest < 3)"),
        ("bilirubin", "> 51.3 umol/L", "(3 < bilirubin)"),
    ],
)
def test_cells(column: str, cell: str, meant: str) -> None:
    (branch,) = decision(model_of(table(column, cell)), "t").branches
    assert branch.guard is not None
    assert guard_text(branch.guard) == meant
    assert branch.cells == (cell,)


def test_a_bare_number_means_the_unit_of_its_column() -> None:
    branches = decision(model_of(table("largest", "20..<30", "< 20 mm", ">= 30")), "t").branches
    guards = [guard_text(branch.guard) for branch in branches if branch.guard]
    assert guards == ["(2 <= largest < 3)", "(largest < 2)", "(3 <= largest)"]
    assert branches[0].text == "largest in 20..<30 mm"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("<= 3", "> 3"), ["PW0403 3", "PW0403 3"]),
        (("<= 3", "> 30 mm", "2 cm"), ["PW0403 3"]),
        (("<= 3 kg",), ["PW0404 3 kg"]),
        (("yes",), ["PW0303 yes"]),
        (("recommend b",), ["PW0410 recommend b"]),
    ],
)
def test_wrong_cells(cells: tuple[str, ...], expected: list[str]) -> None:
    assert quoted(table("largest", *cells)) == expected


FULL = f"""\
{HEAD}{FACTS}{SOURCE}{RECS}test ct "CT" finds largest
table t "Table"
  opinion "of the table"
  obtain ct
  | id  | reserve | largest | then                | cite  | opinion | note   |
  | R1  | good    | <= 3 cm | recommend b and a   | s.first | ""      | "n"    |
  | R2  | not good | > 3 cm | offer a or b        | s.first | "why"   | ""     |
  | R3  | any     | any     | go to u             | s     | "x"     | ""     |
table u "Next"
  cite s.first
  | reserve | then |
  | good    | recommend a |
  | not good | recommend b |
"""


def test_columns_of_words_feed_the_branch() -> None:
    model = model_of(FULL)
    first, second, third = decision(model, "t").branches
    assert [branch.id for branch in (first, second, third)] == ["R1", "R2", "R3"]
    assert decision(model, "t").columns == ("reserve", "largest")
    assert (first.basis.cites, first.basis.opinions, first.basis.notes) == (
        ("s.first",),
        (),
        ("n",),
    )
    assert second.basis.opinions == ("why",)
    assert third.basis.cites == ("s",)
    assert first.text == "reserve is good and largest <= 3 cm"
    assert second.text == "reserve is not good and largest > 3 cm"
    assert third.text == "any"
    assert (first.strength, second.strength) == ("strong for", "")
    assert third.outcome.target == "decision"
    assert decision(model, "t").obtains == ("ct",)


def test_rows_without_id_are_counted_and_inherit() -> None:
    first, second = decision(model_of(FULL), "u").branches
    assert (first.id, second.id) == ("u.1", "u.2")
    assert first.basis.cites == ("s.first",)


def test_a_table_that_gives_values_is_a_classification() -> None:
    text = f"""\
{HEAD}{FACTS}{RECS}table dose "Dose"
  opinion "o"
  | largest | pregnant | gives   |
  | <= 3 cm | no       | full    |
  | > 3 cm  | any      | reduced |
  | <= 3 cm | yes      | reduced |
decide d "D"
  opinion "o"
  when dose is full then recommend a
  when dose is reduced then recommend b
"""
    model = model_of(text)
    item = derived(model, "dose")
    assert isinstance(item, Classification)
    assert [value.name for value in item.values] == ["full", "reduced"]
    assert [line.value for line in item.lines] == ["full", "reduced", "reduced"]
    assert not item.in_order
    assert places(text.replace("dose is full", "dose is ful")) == ["PW0303 27"]
    assert places(text.replace("recommend a\n  when", "go to dose\n  when"))[0] == "PW0307 27"


def test_rows_without_a_source_are_one_finding() -> None:
    text = table("widespread", "yes", "no").replace('  opinion "o"\n', "")
    assert [item.split()[0] for item in places(text)] == ["PW0701"]


def test_a_column_of_strengths() -> None:
    text = f"""\
{HEAD}{FACTS}{RECS}table t "T"
  opinion "o"
  | widespread | then        | strength              |
  | yes        | recommend b | "conditional against" |
  | no         | recommend a | procedural            |
"""
    branches = decision(model_of(text), "t").branches
    assert [branch.strength for branch in branches] == ["conditional against", "procedural"]
    wrong = text.replace("conditional against", "conditional agains")
    assert [item.split()[0] for item in places(wrong)][:1] == ["PW0303"]


def test_a_row_with_a_cell_too_few() -> None:
    text = table("widespread", "yes", "no").replace("| no | recommend a |", "| no |")
    assert [item.split()[0] for item in places(text)] == ["PW0213"]
