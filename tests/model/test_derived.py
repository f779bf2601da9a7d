"""Definitions, classifications and scores; formulas come out in the stated unit, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pathwaylang.compiler.model.guard_text import term_text
from pathwaylang.ir.derived import Classification, Formula, Piecewise, Score
from pathwaylang.ir.guards import Interval, Number
from pathwaylang.ir.kleene import evaluate_term
from tests.model.kit import ANY_DECISION, FACTS, HEAD, derived, model_of, places

MORE = 'fact albumin "Albumin": number in g/dL 1..6 step 0.1\n'


def formula(written: str) -> Formula:
    text = f'{HEAD}{FACTS}{MORE}define x "X": {written}\n{ANY_DECISION}'
    item = derived(model_of(text), "x")
    assert isinstance(item, Formula)
    return item


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("number in kg/m2 5..90 as weight / (height * height)",
         "((weight / (height * height)) * 10000)"),
        ("number in kg/cm2 0..1 as weight / (height * height)", "(weight / (height * height))"),
        ("number 0..20 as ecog * 2 + 1", "((ecog * 2) + 1)"),
        ("number in % 0..100 as flr", "flr"),
        ("number 0..1 as flr", "(flr * 0.01)"),
        ("number in % 0..1000 as ratio", "(ratio * 100)"),
        ("number in cm 0..30 as max(largest, 5 mm)", "max(largest, 0.5)"),
        ("number in cm 0..300 as height - largest", "(height - largest)"),
        ("number in m 0..3 as height + 5 cm", "((height + 5) * 0.01)"),
        ("number 0..9 as log10(bilirubin / 1 mg/dL * 17.1)", "log10((bilirubin * 17.1))"),
        ("number 0..9 as log10(bilirubin / albumin)", "log10(((bilirubin / albumin) * 0.001))"),
        ("number in m2 0..4 as sqrt(height / 1 cm * weight / 1 kg / 3600) * 1 m2",
         "sqrt(((height * weight) / 3600))"),
        ("number in cm 0..300 as sqrt(height * height)", "sqrt((height * height))"),
        ("number in cm 0..300 as sqrt(height * 1 m)", "sqrt((height * 100))"),
        ("number in umol/L 0..900 as bilirubin", "(bilirubin * 17.1)"),
        ("number in cm 0..30 as round(largest)", "round(largest)"),
        ("number in months 0..60 as abs(wait - 1 years)", "abs((wait - 12))"),
    ],
)  # fmt: skip
def test_formula(written: str, term: str) -> None:
    found = formula(written).term
    expected = term_text(found)
    values = {"height": 170, "weight": 70, "largest": 3, "ecog": 2, "flr": 40, "ratio": 2,
              "bilirubin": 5, "albumin": 4, "wait": 7}  # fmt: skip
    number = evaluate_term(found, lambda name: Fraction(values[name]))
    assert number is not None
    if "sqrt(height * 1 m)" in written or "/ 1 kg" in written:
        # Which exact form the unit of the root takes is free; its number is not.
        assert float(number) == pytest.approx(
            {"cm": 130.3840481, "m2": 1.818118814}["cm" if "in cm" in written else "m2"], abs=1e-6
        )
    else:
        assert expected == term


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("number in kg/m2 5..90 as weight / (height * height)", Fraction(70) / Fraction("2.89")),
        ("number in lb 5..900 as weight", Fraction(70) / Fraction("0.45359237")),
        ("number in umol/L 0..900 as bilirubin", Fraction("85.5")),
        ("number in mmol/L 0..9 as bilirubin", Fraction("0.0855")),
        ("number in years 0..5 as wait", Fraction(7, 12)),
    ],
)
def test_units_are_exact(written: str, value: Fraction) -> None:
    values = {"height": 170, "weight": 70, "bilirubin": 5, "wait": 7}
    assert evaluate_term(formula(written).term, lambda name: Fraction(values[name])) == value


def test_temperature_converts_with_its_zero() -> None:
    more = 'fact heat "Heat": number in Cel 30..43 step 0.1\n'
    text = f'{HEAD}{more}define x "X": number in K 290..330 as heat\n{ANY_DECISION}'
    item = derived(model_of(text), "x")
    assert isinstance(item, Formula)
    assert evaluate_term(item.term, lambda _: Fraction(37)) == Fraction("310.15")
    wrong = text.replace("as heat", "as heat * 2")
    assert places(wrong) == ["PW0410 3"]


def test_formula_states_unit_and_range() -> None:
    found = formula("number in kg/m2 5..<90 as weight / (height * height)")
    assert (found.unit, found.range) == (
        "kg/m2",
        Interval(Fraction(5), Fraction(90), high_closed=False),
    )
    assert found.text == "weight / (height * height)"


PIECES = f"""\
{HEAD}{FACTS}{ANY_DECISION}
define lowest "Least remnant": number in % 0..50 as
  20 % when reserve is good
    opinion "o"
  ratio when reserve is borderline
  otherwise 0.4
  unknown means no
    because "cautious"
"""


def test_piecewise() -> None:
    item = derived(model_of(PIECES.replace("otherwise 0.4", "otherwise 40 %")), "lowest")
    assert isinstance(item, Piecewise)
    assert [term_text(piece.term) for piece in item.pieces] == ["20", "(ratio * 100)", "40"]
    assert item.pieces[0].basis.opinions == ("o",)
    assert item.pieces[2].guard is None
    assert item.unknown_means_no
    assert item.basis.because == ("cautious",)


def test_bare_number_in_a_line_needs_its_unit() -> None:
    assert places(PIECES)[-1].startswith("PW0403")
    assert places(PIECES.replace("otherwise 0.4", "otherwise 70 %"))[-1].startswith("PW0406")


def test_classification() -> None:
    text = f"""\
{HEAD}{FACTS}{ANY_DECISION}
classify in order risk "Risk"
  because "the worst first"
  opinion "o"
  high "High risk" when widespread
  none when any of
    - reserve is good
    - ecog is 0
    note "n"
  high otherwise
"""
    item = derived(model_of(text), "risk")
    assert isinstance(item, Classification)
    assert [(value.name, value.label) for value in item.values] == [
        ("high", "High risk"),
        ("none", "none"),
    ]
    assert item.in_order
    assert [line.text for line in item.lines] == [
        "widespread",
        "any of: reserve is good; ecog is 0",
        "otherwise",
    ]
    assert item.lines[1].basis.opinions == ("o",)
    assert item.lines[1].basis.notes == ("n",)
    assert places(text.replace('  because "the worst first"\n', "")) == ["PW0211 21"]


def test_score() -> None:
    text = f"""\
{HEAD}{FACTS}{ANY_DECISION}
score points "Points"
  opinion "o"
  add 2 when widespread
  add -1.5 when at least 2 of
    - reserve is good
    - ecog is 0
    - not pregnant
"""
    item = derived(model_of(text), "points")
    assert isinstance(item, Score)
    assert [line.points for line in item.lines] == [2, Fraction(-3, 2)]
    assert item.lines[1].text == "at least 2 of: reserve is good; ecog is 0; not pregnant"


def test_constants_are_folded() -> None:
    assert formula("number 0..9 as 2 * 3 - 1").term == Number(Fraction(5))


@pytest.mark.parametrize(
    "edges",
    [
        ("as b", "as a"),
        ("as b and widespread", "as c", "as a"),
        ("as a", "as widespread"),
    ],
)
def test_circles(edges: tuple[str, ...]) -> None:
    lines = "".join(
        f'define {name} "{name.upper()}" {body}\n' for name, body in zip("abc", edges, strict=False)
    )
    found = places(f"{HEAD}{FACTS}{lines}{ANY_DECISION}")
    assert [item.split()[0] for item in found] == ["PW0305"]


def test_facts_that_wait_for_each_other() -> None:
    text = f"""\
{HEAD}{ANY_DECISION}
fact a "A": yes/no
  asked when b
fact b "B": yes/no
  asked when a
"""
    assert places(text) == ["PW0305 7"]
