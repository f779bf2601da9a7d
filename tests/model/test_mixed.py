"""`and` beside `or`: both readings, and in how many cases they differ."""

from __future__ import annotations

import pytest

from tests.model.kit import ANY_DECISION, FACTS, HEAD, findings

MORE = """\
define fit "Fit" as ecog <= 2
classify extent "Extent"
  opinion "o"
  limited when not widespread
  wide otherwise
define double "D": number in cm 0..60 as largest * 2
"""


@pytest.mark.parametrize(
    ("written", "readings", "differ"),
    [
        # widespread 2 x reserve 3 x ecog 5; they differ where not wide, and unfit: 1 x 3 x 2
        ("extent is not limited and reserve is poor or not fit",
         "(extent is not limited and reserve is poor) or not fit, "
         "or extent is not limited and (reserve is poor or not fit)",
         "6 of 30 cases"),
        ("widespread and fit or widespread and fit",
         "(widespread and fit) or (widespread and fit), "
         "or widespread and (fit or widespread) and fit",
         "In all 10 cases both come out alike"),
        ("widespread or fit and largest <= 3 cm",
         "widespread or (fit and largest <= 3 cm), or (widespread or fit) and largest <= 3 cm",
         "differ in 1350 of 3010 cases"),
        ("widespread or fit and double <= 3 cm", "widespread or (fit and double <= 3 cm)",
         "The two can differ."),
    ],
)  # fmt: skip
def test_readings(written: str, readings: str, differ: str) -> None:
    text = f'{HEAD}{FACTS}{MORE}define x "X" as {written}\n{ANY_DECISION}'
    (found,) = findings(text)
    assert found.code == "PW0205"
    assert readings in found.notes[0]
    assert differ in found.notes[1]


def test_the_example_is_written_as_given() -> None:
    text = (
        f'{HEAD}{FACTS}define x "X" as widespread or pregnant and reserve is poor\n{ANY_DECISION}'
    )
    (found,) = findings(text)
    assert "for example: widespread, pregnant, reserve is good" in found.notes[1]


def test_brackets_and_bullets_are_not_mixed() -> None:
    written = "any of\n  - widespread and pregnant\n  - (pregnant or widespread) and ecog <= 2"
    found = findings(f'{HEAD}{FACTS}define x "X" as {written}\n{ANY_DECISION}')
    assert [d for d in found if d.is_failure] == []


def test_one_finding_per_condition() -> None:
    written = "widespread and pregnant or (ecog <= 1 and widespread or pregnant)"
    found = findings(f'{HEAD}{FACTS}define x "X" as {written}\n{ANY_DECISION}')
    assert [d.code for d in found] == ["PW0205"]
