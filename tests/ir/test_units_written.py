"""Units as clinicians write them read as the units they stand for."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pathwaylang.ir.facts import Fact, shown_value
from pathwaylang.ir.units import (
    WRITTEN_UNITS,
    UnitProblem,
    parse_quantity,
    parse_unit,
    written_quantity,
    written_unit,
)


@pytest.mark.parametrize("code", WRITTEN_UNITS)
@pytest.mark.parametrize("number", ["1", "2.5"])
def test_written_units_are_the_same_units(code: str, number: str) -> None:
    unit = parse_unit(code)
    assert not isinstance(unit, UnitProblem)
    assert written_unit(code) != code
    assert parse_quantity(written_quantity(number, code)) == (Fraction(number), unit)


def test_other_units_stay_as_they_are() -> None:
    assert written_unit("mg/dL") == "mg/dL"
    assert written_quantity("3.5", "cm") == "3.5 cm"


def test_values_are_shown_in_words_of_the_ward() -> None:
    age = Fact("age", "Age", "number", unit="a")
    assert shown_value(age, Fraction(62)) == "62 years"
    assert shown_value(age, Fraction(1)) == "1 year"
