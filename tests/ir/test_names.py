"""Did-you-mean: the right name for the usual slips, nothing for what is far away."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathwaylang.ir.names import allowed_slips, nearest, slips

NAMES = [
    "albumin",
    "bilirubin",
    "bilirubin_uln",
    "ecog",
    "extent",
    "extrahepatic",
    "inr",
    "reserve",
]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("bilirubbin", "bilirubin"),
        ("bilirubn", "bilirubin"),
        ("bliirubin", "bilirubin"),
        ("bilirobin", "bilirubin"),
        ("Bilirubin", "bilirubin"),
        ("BILIRUBIN_ULN", "bilirubin_uln"),
        ("bilirubinuln", "bilirubin_uln"),
        ("bilirubin-uln", "bilirubin_uln"),
        ("ecgo", "ecog"),
        ("irn", "inr"),
        ("extra_hepatic", "extrahepatic"),
        ("resreve", "reserve"),
    ],
)
def test_usual_slips(written: str, meant: str) -> None:
    assert nearest(written, NAMES) == (meant,)


@pytest.mark.parametrize("written", ["histology", "x", "", "_", "tumour_size", "ec"])
def test_far_names_give_nothing(written: str) -> None:
    assert nearest(written, NAMES) == ()


def test_same_letters_in_other_case_come_before_near_names() -> None:
    assert nearest("cae", ["cea", "CAE", "ca_e"], n=3) == ("CAE", "ca_e", "cea")


def test_no_more_than_asked_for() -> None:
    assert nearest("aaaa", ["aaab", "aaac", "aaad"], n=2) == ("aaab", "aaac")
    assert nearest("aaaa", ["aaab"], n=0) == ()


def test_order_does_not_depend_on_the_order_of_candidates() -> None:
    assert nearest("abcd", ["abce", "abcf"], 2) == nearest("abcd", ["abcf", "abce"], 2)


def _all_slips(left: str, right: str) -> int:
    """The textbook table, whole: the independent second route."""
    rows = [[max(i, j) if not i or not j else 0 for j in range(len(right) + 1)]
            for i in range(len(left) + 1)]  # fmt: skip
    for i in range(1, len(left) + 1):
        for j in range(1, len(right) + 1):
            change = rows[i - 1][j - 1] + (left[i - 1] != right[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, change)
            if i > 1 and j > 1 and left[i - 1] == right[j - 2] and left[i - 2] == right[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


WORDS = st.text(alphabet="abc_", max_size=8)


@given(WORDS, WORDS, st.integers(0, 8))
def test_cut_off_distance_agrees_with_the_whole_table(left: str, right: str, limit: int) -> None:
    expected = _all_slips(left, right)
    assert slips(left, right, limit) == (expected if expected <= limit else None)


@given(st.text(alphabet=string.ascii_lowercase, min_size=3, max_size=12), st.data())
def test_one_lost_letter_is_always_forgiven(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 1))
    written = name[:place] + name[place + 1 :]
    assert nearest(written, [name]) == (name,)


@given(st.text(max_size=30))
def test_allowance_never_swallows_a_name(name: str) -> None:
    assert allowed_slips(name) < max(len(name), 1)
