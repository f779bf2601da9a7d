"""The oracle gives the results that clinical.md states: worked cases, scores, unknown values.

The oracle is judged here by the text alone, before anything is compared with it.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.liver_mets.oracle import classes, conflicts, evaluate, scores
from tests.liver_mets.oracle.cases import BASE, WORKED, Expected, Worked, facts
from tests.liver_mets.oracle.catalogue import FACTS, is_allowed
from tests.liver_mets.oracle.facts import Case


def answers(case: Case) -> dict[str, object]:
    """Everything an expectation may name."""
    return {**classes(case), **evaluate(case), "conflicts": " ".join(conflicts(case))}


@pytest.mark.parametrize("worked", WORKED, ids=lambda worked: f"case-{worked.number}")
def test_worked_case(worked: Worked) -> None:
    given = answers(worked.case)
    assert {name: given[name] for name in worked.expected} == worked.expected


def test_every_worked_case_is_there_and_lies_in_the_domain() -> None:
    assert {int(worked.number.rstrip("b")) for worked in WORKED} == set(range(1, 26))
    for worked in WORKED:
        assert set(worked.case) == set(FACTS)
        assert all(is_allowed(name, value) for name, value in worked.case.items()), worked.number


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (facts(node_positive_primary=True, dfi=0, liver_count=4, largest_mm=60, cea=250), (5, 5)),
        ({}, (0, 0)),
        (facts(dfi=12, largest_mm=50, cea=200), (0, 0)),
        (
            facts(
                node_positive_primary="unknown", cea="unknown", dfi=0, liver_count=2, largest_mm=45
            ),
            (2, 4),
        ),
    ],
)
def test_crs(changes: dict[str, bool | str | Fraction], expected: tuple[int, int]) -> None:
    case = {**BASE, **changes}
    assert (scores.crs(case), scores.crs_max(case)) == expected


@pytest.mark.parametrize(
    ("bilirubin", "albumin", "score", "grade"),
    [
        ("0.6", "4.2", "-2.903", 1),
        ("1.0", "3.5", "-2.161", 2),
        ("2.4", "2.9", "-1.400", 2),
        ("1.9", "2.8", "-1.382", 3),
        ("1.5", "2.6", "-1.280", 3),
    ],
)
def test_albi(bilirubin: str, albumin: str, score: str, grade: int) -> None:
    case = {**BASE, **facts(bilirubin=bilirubin, albumin=albumin)}
    assert f"{scores.albi(case):.3f}" == score
    assert scores.albi_grade(case) == grade


@pytest.mark.parametrize(
    ("size", "count", "score"), [(32, 3, 4.386), (80, 5, 9.434), (18, 2, 2.691)]
)
def test_tbs(size: int, count: int, score: float) -> None:
    burden = scores.tbs({**BASE, **facts(largest_mm=size, liver_count=count)})
    assert float(burden) == pytest.approx(score, abs=5e-4)


@pytest.mark.parametrize(
    ("height", "weight", "remnant", "percent"),
    [(170, 70, 450, 29.81), (160, 55, 260, 21.90), (180, 90, 820, 43.30)],
)
def test_flr_percent(height: int, weight: int, remnant: int, percent: float) -> None:
    assert scores.flr_percent(remnant, height, weight) == pytest.approx(percent, abs=5e-3)


def test_display_scores() -> None:
    case = {
        **BASE,
        **facts(ras="mutant_other", cea=25, node_positive_primary=True, largest_mm=32),
        **facts(liver_count=3),
    }
    assert scores.game(case, "none") == 4
    calm = {**BASE, **facts(largest_mm=40, cea=18, response="response")}
    assert scores.oslo(calm, Fraction(30)) == 0
    assert scores.kgr(Fraction(22), Fraction(31), Fraction(4)) == Fraction("2.25")
    assert scores.lung_dose(Fraction(3), Fraction(8)) == 12
    assert scores.bsa(170, 70) == pytest.approx(1.8181, abs=5e-5)
    assert scores.tlv(170, 70) == pytest.approx(1509.7, abs=5e-2)


UNKNOWN_ROWS: tuple[tuple[str, dict[str, bool | str | Fraction], Expected], ...] = (
    ("nothing known", dict.fromkeys(FACTS, "unknown"),
        {"diagnosis": "A3", "gate": "G5", "m_category": "M_UNDETERMINED", "lf": "unknown",
         "ehd_class": "unknown", "resectability": "not_assessable", "backbone": "BB1",
         "dpyd": "DP1", "value": "V2", "radiotherapy": "RT3", "follow_up": "FU3"}),
    ("goal unknown", facts(goal="unknown"), {"local": "CL0", "value": "V2"}),
    ("bevacizumab unknown", facts(bev_last_28d="unknown"), {"local": "CL6"}),
    ("background unknown", facts(liver_background="unknown"),
        {"resectability": "not_assessable", "local": "CL2", "systemic": "CS6b"}),
    ("consent unknown", facts(accepts_systemic="unknown"), {"local": "CL2", "systemic": "CS1"}),
    ("RAS unknown", facts(ras="unknown", technical_plan="after_downsizing"),
        {"local": "CL17", "systemic": "CS8"}),
    ("items left out, poor all the same", facts(bilirubin="unknown", albumin="2.0",
        ascites="moderate_severe"), {"child_pugh": "unknown", "lf": "poor", "gate": "G12"}),
    ("inr unknown", facts(inr="unknown"), {"lf": "unknown", "gate": "G8"}),
)  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), [row[1:] for row in UNKNOWN_ROWS],
    ids=[row[0] for row in UNKNOWN_ROWS])  # fmt: skip
def test_unknown_goes_where_the_text_says(
    changes: dict[str, bool | str | Fraction], expected: Expected
) -> None:
    given = answers({**BASE, **changes})
    assert {name: given[name] for name in expected} == expected


def test_a_number_that_is_no_fraction_is_refused() -> None:
    with pytest.raises(TypeError, match="largest_mm"):
        evaluate({**BASE, "largest_mm": "45"})
