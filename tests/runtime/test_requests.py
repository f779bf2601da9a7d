"""Requests name only what can still change the outcome, in reading order, and what for."""

from __future__ import annotations

import pytest

from pathwaylang.runtime import RequestItem
from tests.runtime.small import pathway


def requests(track: str = "start", **given: object) -> tuple[RequestItem, ...]:
    return pathway().evaluate(given)[track].requests


def names(track: str = "start", **given: object) -> list[str]:
    return [item.name for item in requests(track, **given)]


def test_requests_stand_in_reading_order() -> None:
    assert names() == ["adult", "bilirubin", "ct", "fever"]
    assert names(adult=True) == ["bilirubin", "ct", "fever"]


def test_fact_that_cannot_matter_is_not_asked() -> None:
    assert names(adult=True, bilirubin=1, scan="spot", size=2) == []
    assert names(adult=True, bilirubin=1, scan="spot", size=5) == ["fever"]
    assert "fever" not in names(adult=True, bilirubin=1, scan="clear")
    assert names("support", adult=True, awake=False) == ["age"]


def test_test_is_obtained_while_none_of_its_facts_is_recorded() -> None:
    (item,) = [i for i in requests(adult=True, bilirubin=1) if i.action == "obtain"]
    assert (item.name, item.label, item.facts) == ("ct", "CT scan", ("scan", "size"))
    # Once the scan is there, its other fact is asked for.
    (size, fever) = requests(adult=True, bilirubin=1, scan="spot")
    assert (size.action, size.name) == ("ask", "size")
    assert (fever.action, fever.name) == ("ask", "fever")


def test_question_falls_back_to_the_label() -> None:
    (adult, *_) = requests()
    assert adult.question == "Is the patient an adult?"
    (size, *_) = requests(adult=True, bilirubin=1, scan="spot")
    assert size.question == "Size of the spot"


def test_request_tells_which_outcomes_it_separates() -> None:
    (item,) = requests(adult=True, bilirubin=1, scan="spot", size=5)
    assert item.separates == ("drug and wait", "operate", "wait")
    (age,) = requests("support", adult=True, awake=False)
    assert age.separates == ("comfort", "go to later")


def test_next_question_follows_the_reading_order() -> None:
    asked = pathway().next_question({})
    assert asked is not None
    assert asked.name == "adult"


def test_next_question_waits_until_it_may_be_asked() -> None:
    # Whether it hurts is asked only of those awake.
    decided = {"adult": True, "bilirubin": 9}
    assert names("support", **decided) == ["pain", "age"]
    first = pathway().next_question(decided)
    assert first is not None
    assert (first.name, first.reason) == ("awake", "it decides whether to ask: Pain")
    second = pathway().next_question({**decided, "awake": True})
    assert second is not None
    assert second.name == "pain"


def test_next_question_passes_over_what_is_not_to_be_asked() -> None:
    item = pathway().next_question({"adult": True, "bilirubin": 9, "awake": False})
    assert item is not None
    assert item.name == "age"


def test_next_question_is_none_at_every_other_ending() -> None:
    subject = pathway()
    assert subject.next_question({"adult": False}) is None
    assert subject.next_question({"adult": True, "awake": False, "pain": True}) is None
    decided = {"adult": True, "bilirubin": 9, "awake": False, "age": 20}
    assert subject.next_question(decided) is None
    assert subject.next_question({"adult": True}, stage="later") is None


@pytest.mark.parametrize("pain", [True, False])
def test_interview_ends_and_asks_nothing_twice(pain: bool) -> None:
    values: dict[str, object] = {
        "adult": True, "awake": True, "pain": pain, "bilirubin": 1, "scan": "spot", "size": 5,
        "fever": "unknown", "age": 70,
    }  # fmt: skip
    subject, given = pathway(), dict[str, object]()
    asked: list[str] = []
    while (item := subject.next_question(given)) is not None:
        new = [name for name in item.facts if name not in given]
        assert new
        asked += new
        given |= {name: values[name] for name in new}
    assert len(asked) == len(set(asked))
    assert subject.evaluate(given).status == "recommendation"
    assert ("age" in asked) is not pain


def test_adding_facts_never_changes_a_certain_outcome() -> None:
    subject = pathway()
    certain = subject.evaluate({"adult": True, "bilirubin": 4})["start"]
    for scan in ("clear", "spot", "many"):
        more = subject.evaluate({"adult": True, "bilirubin": 4, "scan": scan, "size": 3})["start"]
        assert more.outcome == certain.outcome
