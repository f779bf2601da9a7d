"""Counts in words: rounded where nobody can read them, never to something false."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathwaylang.diagnostics.counts import say_count, say_number, say_share, share_of

counts = st.integers(0, 10**90)


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "0"),
        (999, "999"),
        (10**15 - 1, "999,999,999,999,999"),
        (10**15, "about 1.00 × 10^15"),
        (1_004_999 * 10**10, "about 1.00 × 10^16"),
        (9_995 * 10**20, "about 1.00 × 10^24"),
        (123_456 * 10**78, "about 1.23 × 10^83"),
    ],
)
def test_numbers(count: int, told: str) -> None:
    assert say_number(count) == told


def test_units() -> None:
    assert say_count(1, "classes") == "1 class of cases"
    assert say_count(2, "classes") == "2 classes of cases"
    assert say_count(1) == "1 case"


@given(counts)
def test_rounded_number_is_within_half_a_hundredth(count: int) -> None:
    told = say_number(count)
    if not told.startswith("about "):
        assert int(told.replace(",", "")) == count
        return
    digits, _, exponent = told.removeprefix("about ").partition(" × 10^")
    value = Fraction(digits) * 10 ** int(exponent)
    assert abs(value - count) <= Fraction(1, 200) * 10 ** int(exponent)


@given(counts, counts)
def test_share_is_nothing_or_all_only_where_it_is(part: int, rest: int) -> None:
    told = say_share(share_of(part, part + rest))
    assert (told == "0 %") == (part == 0)
    assert (told == "100 %") == (rest == 0 and part > 0)
