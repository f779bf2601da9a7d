"""Exact numbers and quantities as text."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathwaylang.ir.units import (
    Unit,
    UnitProblem,
    format_number,
    format_quantity,
    parse_input_number,
    parse_number,
    parse_quantity,
    round_to_step,
)
from tests.ir.test_units_parse import unit

DECIMALS = st.decimals(min_value=-(10**9), max_value=10**9, places=6)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", "0"), ("3.50", "7/2"), ("-0.1", "-1/10"), ("007", "7"), ("1" * 40, "1" * 40)],
)
def test_numbers_of_authors(text: str, value: str) -> None:
    assert parse_number(text) == Fraction(value)


@pytest.mark.parametrize(
    "text",
    ["", "-", ".5", "5.", "1,5", "1e3", "+1", " 1", "1 ", "1\n", "1/2", "١", "1_0", "1" * 41],
)  # fmt: skip
def test_what_is_no_number_of_an_author(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("1e-3", "1/1000"), ("2.5E2", "250"), ("+4", "4"), (" 7 ", "7"), ("1e30", "1" + "0" * 30)],
)
def test_numbers_of_patient_data(text: str, value: str) -> None:
    assert parse_input_number(text) == Fraction(value)


@pytest.mark.parametrize(
    "text", ["1e999999999", "1e31", "1e-31", "1e99999999999", "9" * 999, "inf", "nan", "1,5", "e3"]
)  # fmt: skip
def test_hostile_numbers_are_refused(text: str) -> None:
    assert parse_input_number(text) is None


@given(DECIMALS)
def test_decimals_survive_writing_and_reading(value: Decimal) -> None:
    exact = Fraction(value)
    text = format_number(exact)
    assert parse_number(text) == exact
    assert "." not in text or not text.endswith("0")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2/3", "0.666666667"),
        ("-1/3", "-0.333333333"),
        ("-1/3000000000000", "0"),
        ("1/1024", "0.0009765625"),
        ("200", "200"),
        ("-1/20", "-0.05"),
        ("29999999999/30000000000", "1"),
    ],
)
def test_numbers_as_text(value: str, text: str) -> None:
    assert format_number(Fraction(value)) == text


@given(st.fractions())
def test_rounded_text_is_within_half_of_the_last_place(value: Fraction) -> None:
    assert abs(Fraction(format_number(value)) - value) <= Fraction(1, 2 * 10**9)


@pytest.mark.parametrize(
    ("value", "low", "step", "expected"),
    [
        ("2.25", "0", "0.5", "2"),
        ("2.75", "0", "0.5", "3"),
        ("2.26", "0", "0.5", "2.5"),
        ("0.35", "0.1", "0.1", "0.3"),
        ("0.25", "0.1", "0.1", "0.3"),
        ("-1.5", "-5", "1", "-1"),
        ("-2.5", "-5", "1", "-3"),
    ],
)
def test_ties_go_to_the_even_step(value: str, low: str, step: str, expected: str) -> None:
    found = round_to_step(Fraction(value), Fraction(low), Fraction(step))
    assert found == Fraction(expected)


@given(
    st.fractions(max_denominator=1000),
    st.fractions(max_denominator=1000),
    st.fractions(min_value=Fraction(1, 1000), max_value=10, max_denominator=1000),
)
def test_rounding_lands_on_the_nearest_point_of_the_grid(
    value: Fraction, low: Fraction, step: Fraction
) -> None:
    found = round_to_step(value, low, step)
    assert ((found - low) / step).denominator == 1
    assert abs(found - value) <= step / 2
    assert round_to_step(found, low, step) == found


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("51 umol/L", "51", "umol/L"),
        ("20%", "20", "%"),
        ("3.5cm", "3.5", "cm"),
        ("250 x10^9/L", "250", "10*9/L"),
        ("90 mL/min/1.73 m2", "90", "mL/min/{1.73_m2}"),
        ("1e-3 g/L", "1/1000", "g/L"),
        ("3 eq", "3", "eq"),
        ("-2 degC", "-2", "Cel"),
        (" 7 months ", "7", "mo"),
    ],
)
def test_quantities(text: str, value: str, code: str) -> None:
    found = parse_quantity(text)
    assert not isinstance(found, UnitProblem), found
    assert (found[0], found[1].code) == (Fraction(value), code)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "number"),
        ("<5 ng/mL", "number"),
        ("high", "number"),
        ("51", "missing-unit"),
        ("51 umoll", "unknown"),
        ("1e99 mg", "number"),
        ("9" * 60 + " mg", "number"),
        ("5 " + "m" * 300, "too-long"),
        ("1,5 mg", "number"),
        ("120/80 mmHg", "number"),
        ("5..8 mg", "number"),
    ],
)
def test_what_is_no_quantity(text: str, reason: str) -> None:
    found = parse_quantity(text)
    assert isinstance(found, UnitProblem)
    assert found.reason == reason


@given(st.text(max_size=250))
def test_any_text_gives_a_value_not_an_exception(text: str) -> None:
    assert isinstance(parse_quantity(text), tuple | UnitProblem)


@given(DECIMALS, st.sampled_from(["cm", "mmHg", "x10^9/L", "mL/min/1.73m2", "%"]))
def test_quantities_survive_writing_and_reading(value: Decimal, text: str) -> None:
    found: tuple[Fraction, Unit] | UnitProblem = parse_quantity(
        format_quantity(Fraction(value), unit(text))
    )
    assert found == (Fraction(value), unit(text))


def test_a_plain_number_is_written_alone() -> None:
    assert format_quantity(Fraction(7, 2), unit("1")) == "3.5"
    assert format_quantity(Fraction(7, 2), unit("cm")) == "3.5 cm"
