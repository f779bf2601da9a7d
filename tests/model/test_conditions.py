"""Conditions become guards: exact, in the unit of the fact, each form of the language once."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pathwaylang.compiler.model.guard_text import guard_text
from pathwaylang.ir.guards import Const, Interval, Relation, Within
from tests.model.kit import guard_of

MORE = """\
define fit "Fit" as ecog <= 2
classify extent "Extent"
  opinion "for the test"
  limited when not widespread
  wide otherwise
score points "Points"
  opinion "for the test"
  add 2 when widespread
  add -1 when reserve is good
"""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("widespread", "widespread"),
        ("not widespread", "not widespread"),
        ("widespread is yes", "widespread"),
        ("widespread is no", "not widespread"),
        ("widespread is not yes", "not widespread"),
        ("widespread is one of yes, no", "(widespread or not widespread)"),
        ("fit", "fit"),
        ("reserve is good", "(reserve is good)"),
        ("reserve is not good", "not (reserve is good)"),
        ("reserve is one of good, poor", "(reserve is good | poor)"),
        ("reserve is not one of good, poor", "not (reserve is good | poor)"),
        ("extent is limited", "(extent is limited)"),
        ("pregnant is unknown", "not known(pregnant)"),
        ("pregnant is known", "known(pregnant)"),
        ("ecog <= 2", "(ecog <= 2)"),
        ("ecog < 2", "(ecog < 2)"),
        ("ecog >= 2", "(2 <= ecog)"),
        ("ecog > 2", "(2 < ecog)"),
        ("2 < ecog", "(2 < ecog)"),
        ("2 >= ecog", "(ecog <= 2)"),
        ("ecog is 3", "(ecog = 3)"),
        ("ecog is one of 0, 3", "(ecog = 0 or ecog = 3)"),
        ("ecog in 1..3", "(1 <= ecog <= 3)"),
        ("largest in 2..<3 cm", "(2 <= largest < 3)"),
        ("largest <= 35 mm", "(largest <= 3.5)"),
        ("largest in 20..30 mm", "(2 <= largest <= 3)"),
        ("(largest) <= 3 cm", "(largest <= 3)"),
        ("bilirubin <= 51.3 umol/L", "(bilirubin <= 3)"),
        ("bilirubin <= 0.0513 mmol/L", "(bilirubin <= 3)"),
        ("flr < 30 %", "(flr < 30)"),
        ("ratio <= 50 %", "(ratio <= 0.5)"),
        ("points >= 1", "(1 <= points)"),
        ("points in 0..2", "(0 <= points <= 2)"),
        ("largest <= 2.25 cm", "(largest <= 2.25)"),
        ("ecog <= 9", "(ecog <= 9)"),
        ("widespread and fit", "(widespread and fit)"),
        ("widespread or fit or pregnant", "(widespread or fit or pregnant)"),
        ("(widespread or fit) and pregnant", "((widespread or fit) and pregnant)"),
        ("all of\n  - fit\n  - widespread", "(fit and widespread)"),
        ("any of\n  - fit\n  - widespread", "(fit or widespread)"),
        ("none of\n  - fit\n  - widespread", "not (fit or widespread)"),
        ("at least 2 of\n  - fit\n  - widespread\n  - pregnant",
         "at least 2 of (fit; widespread; pregnant)"),
        ("any of\n  - fit\n  - all of\n    - pregnant\n    - widespread",
         "(fit or (pregnant and widespread))"),
        ("ecog <= ratio", "(ecog <= ratio)"),
        ("ecog > ratio", "(ratio < ecog)"),
        ("largest < height", "(largest < height)"),
        ("weight / 2 <= weight - 3 kg", "((weight / 2) <= (weight - 3))"),
        ("weight * 1 <= 70 kg", "(weight <= 70)"),
        ("weight + 500 g in 60..70 kg", "((60 <= (weight + 0.5)) and ((weight + 0.5) <= 70))"),
    ],
)  # fmt: skip
def test_meaning(written: str, meant: str) -> None:
    assert guard_text(guard_of(written, MORE)) == meant


def test_comparison_of_a_name_is_never_a_relation() -> None:
    assert guard_of("3 cm <= largest") == Within("largest", (Interval(Fraction(3), None),))


def test_two_constants_are_folded() -> None:
    assert guard_of("2 cm < 30 mm") == Const(True)


def test_factor_stands_only_where_units_differ() -> None:
    guard = guard_of("height <= weight * 10 mm / 1 kg")
    assert isinstance(guard, Relation)
    assert guard_text(guard) == "(height <= (((weight * 10)) * 0.1))".replace(
        "((weight * 10))", "(weight * 10)"
    )


def test_molar_mass_works_between_two_numbers() -> None:
    more = 'fact other "Other": number in umol/L 0..900 step 1\n'
    assert (
        guard_text(guard_of("bilirubin <= other", more)) == "(bilirubin <= (other * 0.058479532))"
    )


def test_conversion_is_exact() -> None:
    guard = guard_of("bilirubin <= 50 umol/L")
    assert guard == Within("bilirubin", (Interval(None, Fraction(500, 171)),))


def test_months_are_twelfths_of_a_julian_year() -> None:
    assert guard_of("wait <= 1 years") == Within("wait", (Interval(None, Fraction(12)),))
