"""Whatever is wrong in an overlay or its base: findings, no exception, no silent pass."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.overlays.kit import BASE, FILES, OVERLAY, compile_text

HEAD = 'overlay o "O"\n  of lesion version 1.2.0 from "bases/lesion.pw"\n'


def codes(text: str, base: str = BASE) -> list[str]:
    """Return the codes of what is found, notes aside."""
    compilation = compile_text(HEAD + text, {**FILES, "bases/lesion.pw": base})
    return [d.code for d in compilation.diagnostics if d.severity != "note"]


@settings(max_examples=60, deadline=None)
@given(
    in_base=st.booleans(),
    cut=st.tuples(st.integers(0, 2_000), st.integers(1, 40)),
    put=st.sampled_from(["", "\n", '"', "  ", "replace ", "of ", "restrict fact largest", "\t"]),
)
def test_no_damage_raises(in_base: bool, cut: tuple[int, int], put: str) -> None:
    text = BASE if in_base else OVERLAY
    start = cut[0] % len(text)
    damaged = text[:start] + put + text[start + cut[1] :]
    files = {**FILES, "bases/lesion.pw": damaged} if in_base else FILES
    compilation = compile_text(OVERLAY if in_base else damaged, files)
    found = compilation.diagnostics
    assert compilation.artifact is None or not any(d.is_failure for d in found)
    for diagnostic in found:
        assert diagnostic.span.source in {"north.pw", *files}


def test_a_branch_without_an_id_goes_by_its_number() -> None:
    base = BASE.replace("    id large\n", "")
    branch = "  when fit and largest < 200 mm then recommend resection\n"
    assert codes(f'replace branch local.4\n  because "x"\n{branch}', base) == []
    assert codes(f'replace branch local.large\n  because "x"\n{branch}', base) == ["PW0910"]
    assert codes(f'replace branch local.9\n  because "x"\n{branch}', base) == ["PW0910"]


@pytest.mark.parametrize(
    ("branch", "line", "found"),
    [
        ("rest", "otherwise recommend care", []),
        ("rest", "when not fit then recommend care", []),
        ("large", "otherwise recommend care", ["PW0212"]),
        ("large", "when fit then go to support", []),
        ("large", "when fit then go to local", ["PW0601"]),
        ("large", "when fitt then recommend care", ["PW0301"]),
        ("large", "when fit then recommend cure", ["PW0301"]),
        ("large", "when fit then recommend resection and nurse", []),
        ("large", "when reserve is bad then recommend care", ["PW0303"]),
    ],
)
def test_replaced_branches(branch: str, line: str, found: list[str]) -> None:
    text = f'replace branch local.{branch}\n  because "x"\n  {line}\n'
    assert [code for code in codes(text) if code != "PW0506"] == found


@pytest.mark.parametrize(
    ("fact", "found"),
    [
        ('largest "L": whole number in mm 1..100', []),
        ('largest "L": whole number 1..100', []),
        ('largest "L": whole number 1..<200', []),
        ('largest "L": whole number 1..200', ["PW0911"]),
        ('largest "L": whole number 0..100', ["PW0911"]),
        ('largest "L": whole number in cm 1..10', ["PW0911"]),
        ('largest "L": number in mm 1..100 step 0.5', ["PW0911"]),
        ('largest "L": choice of small, big', ["PW0911"]),
        ('reserve "R": choice of good "Good", borderline', []),
        ('reserve "R": choice of good, fine', ["PW0911"]),
        ('reserve "R": choice of poor, borderline, good', ["PW0911"]),
        ('reserve "R": choice of good, good', ["PW0302"]),
        ('reserve "R": choice of good\n  asked when fit', ["PW0202"]),
        ('reserve "R": choice of good\n  may be unknown', []),
        ('fit "F": yes/no', ["PW0911"]),
        ('size "S": yes/no', ["PW0910"]),
        ('largest "L": whole number in mm 1..100\n  usually 150 mm', ["PW0406"]),
    ],
)
def test_restricted_facts(fact: str, found: list[str]) -> None:
    assert codes(f'restrict fact {fact}\n  because "x"\n') == found


def test_a_value_that_is_gone_may_stay_in_the_base_only() -> None:
    restrict = 'restrict fact reserve "R": choice of good, borderline\n  because "x"\n'
    assert codes(restrict) == []
    rule = 'never recommend ablation when reserve is poor\n  opinion "x"\n'
    assert codes(restrict + rule) == ["PW0303"]
    example = 'example "E"\n  given reserve is poor\n  expect recommend care in local\n'
    assert codes(restrict + example) == ["PW0303"]
    assert codes(rule + example.replace("poor", "poor, adult, fit, largest is 9 mm")) == []


def test_an_own_rule_is_proved_too() -> None:
    rule = 'never recommend ablation when largest > 20 mm\n  opinion "x"\n'
    assert codes(rule) == ["PW0801"]


def test_own_names_do_not_hide_those_of_the_base() -> None:
    assert codes('fact fit "Fit": yes/no\n') == ["PW0302"]
    assert codes('recommendation care "Care"\n') == ["PW0302"]
