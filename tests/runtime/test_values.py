"""One value of a patient: what is read, how it is converted, what is refused and how."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from pathwaylang.ir.facts import UNKNOWN
from pathwaylang.runtime import CaseError
from tests.runtime.small import pathway


def read(fact: str, raw: object) -> object:
    return pathway().case({fact: raw}).values[fact]


def refusal(fact: str, raw: object) -> str:
    with pytest.raises(CaseError) as caught:
        pathway().case({fact: raw})
    (problem,) = caught.value.problems
    assert problem.fact == fact
    return problem.message


@pytest.mark.parametrize("raw", [True, "yes", "Yes", " true "])
def test_yes_is_read(raw: object) -> None:
    assert read("adult", raw) is True


@pytest.mark.parametrize("raw", [False, "no", "FALSE"])
def test_no_is_read(raw: object) -> None:
    assert read("adult", raw) is False


@pytest.mark.parametrize("raw", [1, 0, "y", "", [], {"value": True}, 1.0])
def test_other_values_are_not_truth(raw: object) -> None:
    assert refusal("adult", raw).endswith("is not yes or no")


def test_choice_is_read_by_name_only() -> None:
    assert read("scan", " spot ") == "spot"
    message = refusal("scan", "one spot")
    assert message == "`one spot` is not a value of it; it is one of clear, spot, many"
    assert "one of" in refusal("scan", "Spot")
    assert "one of" in refusal("scan", 1)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (0.1, "0.1"),
        (0.3, "0.3"),
        (2.7, "2.7"),
        (1e1, "10"),
        (Decimal("1.10"), "1.1"),
        (Fraction(1, 2), "0.5"),
        (3, "3"),
        ("0.7", "0.7"),
        ("7e-1", "0.7"),
        (" 2.0 ", "2"),
    ],
)
def test_numbers_are_read_by_their_shortest_digits(raw: object, value: str) -> None:
    assert read("bilirubin", raw) == Fraction(value)


def test_sum_of_floats_is_not_forgiven() -> None:
    # 0.1 + 0.2 is 0.30000000000000004: its digits say so, and that is between two steps.
    assert "between two steps" in refusal("bilirubin", 0.1 + 0.2)


@pytest.mark.parametrize(
    "raw", [True, None, [], "", "high", "<5", float("nan"), float("inf"), 10**400, "1,5", {}]
)
def test_what_is_no_number_is_refused(raw: object) -> None:
    if raw is None:
        assert "bilirubin" not in pathway().case({"bilirubin": None}).values
        return
    assert refusal("bilirubin", raw)


@pytest.mark.parametrize(
    "raw", ["51 umol/L", {"value": 51, "unit": "umol/L"}, {"value": "51", "unit": "umol/L"}]
)
def test_quantity_is_converted_exactly_then_rounded(raw: object) -> None:
    case = pathway().case({"bilirubin": raw})
    # 51 / 17.1 is 2.98…
    assert case.values["bilirubin"] == Fraction("3.0")
    assert case.notes == ("bilirubin: 51 umol/L = 2.98246 mg/dL, rounded to 3 mg/dL",)


def test_exact_conversion_is_not_rounded() -> None:
    case = pathway().case({"bilirubin": "34.2 umol/L"})
    assert case.values["bilirubin"] == 2
    assert case.notes == ("bilirubin: 34.2 umol/L = 2 mg/dL",)


@pytest.mark.parametrize(("raw", "value"), [("0.855 umol/L", "0"), ("2.565 umol/L", "0.2")])
def test_a_tie_goes_to_the_even_step(raw: str, value: str) -> None:
    # 0.05 and 0.15 mg/dL lie halfway between two steps.
    assert read("bilirubin", raw) == Fraction(value)


def test_dense_number_keeps_every_digit() -> None:
    assert read("size", "1 mm") == Fraction(1, 10)
    assert read("size", "1 [in_i]") == Fraction("2.54")
    assert read("size", "0.123456789 mm") == Fraction("0.0123456789")


def test_own_unit_is_neither_converted_nor_rounded() -> None:
    case = pathway().case({"bilirubin": "2.7 mg/dL"})
    assert (case.values["bilirubin"], case.notes) == (Fraction("2.7"), ())
    assert "between two steps" in refusal("bilirubin", "2.75 mg/dL")


def test_rounding_across_a_limit_is_refused() -> None:
    # 33.6 umol/L is 1.965 mg/dL, below the limit of 2; rounded it would reach it.
    message = refusal("bilirubin", "33.6 umol/L")
    assert message == (
        "`33.6 umol/L` is 1.96491 mg/dL: rounding it to the step would carry it across a limit "
        "of the pathway; give it in mg/dL"
    )
    # On the other side of the limit the same rounding is harmless.
    assert read("bilirubin", "34.6 umol/L") == 2


def test_wrong_unit_tells_both_kinds() -> None:
    message = refusal("bilirubin", "3 cm")
    assert message.startswith("`3 cm` is length, but it is measured as mass per volume")
    assert "unknown unit" in refusal("bilirubin", "3 spoons")


@pytest.mark.parametrize(
    "raw",
    [
        {"value": 3},
        {"unit": "mg/dL"},
        {"value": 3, "unit": 7},
        {"value": 3, "unit": "mg/dL", "kind": "x"},
        {"value": [3], "unit": "mg/dL"},
        {"value": None, "unit": "mg/dL"},
    ],
)
def test_incomplete_quantity_is_refused(raw: object) -> None:
    assert refusal("bilirubin", raw)


def test_range_is_told_with_unit_and_step() -> None:
    message = refusal("bilirubin", 31)
    assert message == "`31` is outside its range; it goes from 0..30 mg/dL in steps of 0.1"
    assert refusal("age", 120).endswith("it goes from 18..<120 years in steps of 1")
    assert read("age", 119) == 119
    assert read("age", 18) == 18


def test_unknown_is_a_value_only_where_it_may_be() -> None:
    assert read("fever", "unknown") == UNKNOWN
    assert read("fever", " Unknown ") == UNKNOWN
    assert refusal("adult", "unknown").startswith("`unknown` is not allowed here")
    assert refusal("bilirubin", "unknown").startswith("`unknown` is not allowed here")


def test_messages_stay_short_whatever_is_given() -> None:
    nest: list[object] = []
    for _ in range(50_000):
        nest = [nest]
    for raw in ("x" * 10_000, 10**5_000, nest, {"value": nest, "unit": "cm"}, list(range(10**5))):
        for fact in ("adult", "scan", "bilirubin"):
            assert len(refusal(fact, raw)) < 200
