"""A whole input: not recorded, unknown, too old, and everything that is wrong at once."""

from __future__ import annotations

import pytest

from pathwaylang.ir.facts import UNKNOWN
from pathwaylang.runtime import CaseError, CaseProblem
from tests.runtime.small import pathway


def problems(given: dict[str, object], on: str | None = None) -> tuple[CaseProblem, ...]:
    with pytest.raises(CaseError) as caught:
        pathway().case(given, on=on)
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]
    return caught.value.problems


def test_null_and_absent_are_not_yet_recorded() -> None:
    assert pathway().case({"fever": None}).values == {}
    assert pathway().case({}).values == {}


def test_unknown_is_recorded() -> None:
    assert pathway().case({"fever": "unknown"}).values == {"fever": UNKNOWN}


def test_null_absent_and_unknown_answer_differently() -> None:
    given = {"adult": True, "bilirubin": 1, "scan": "spot", "size": 4}
    absent = pathway().evaluate(given)["start"]
    null = pathway().evaluate({**given, "fever": None})["start"]
    unknown = pathway().evaluate({**given, "fever": "unknown"})["start"]
    assert absent == null
    assert absent.status == "request"
    assert [item.name for item in absent.requests] == ["fever"]
    assert (unknown.status, unknown.outcome) == ("recommendation", "drug and wait")


def test_absent_may_mean_unknown_for_a_data_set() -> None:
    case = pathway().case({"adult": True, "fever": None}, absent="unknown")
    # Only fever may be unknown; the others stay not recorded.
    assert case.values == {"adult": True, "fever": UNKNOWN}


def test_old_value_counts_as_not_recorded() -> None:
    taken = {"value": 1, "taken": "2026-10-01"}
    fresh = pathway().case({"bilirubin": taken}, on="2026-10-29")
    old = pathway().case({"bilirubin": taken}, on="2026-10-30")
    assert "bilirubin" in fresh.values
    assert old.values == {}
    assert old.expired == (("bilirubin", "2026-10-01"),)


def test_old_value_is_the_reason_of_the_request() -> None:
    taken = {"value": 20, "unit": "umol/L", "taken": "2026-10-01"}
    case = pathway().case({"adult": True, "bilirubin": taken}, on="2026-12-01")
    (item,) = [i for i in pathway().evaluate(case)["start"].requests if i.name == "bilirubin"]
    assert item.reason == "the value of 2026-10-01 is too old"


def test_value_valid_for_no_day_holds_on_its_own_day() -> None:
    taken = {"value": True, "taken": "2026-10-01"}
    assert pathway().case({"fever": taken}, on="2026-10-01").values == {"fever": True}
    assert pathway().case({"fever": taken}, on="2026-10-02").values == {}


def test_day_of_the_value_without_a_day_of_the_question_changes_nothing() -> None:
    assert pathway().case({"fever": {"value": True, "taken": "1999-10-01"}}).values["fever"] is True


def test_fact_without_validity_never_expires() -> None:
    case = pathway().case({"size": {"value": "3 cm", "taken": "1999-01-01"}}, on="2026-01-01")
    assert case.values["size"] == 3


def test_expired_value_is_not_made_unknown() -> None:
    given = {"fever": {"value": True, "taken": "2026-01-01"}}
    assert pathway().case(given, absent="unknown", on="2026-02-01").values == {}


@pytest.mark.parametrize(
    "day", ["2026-02-30", "yesterday", "20261124", "2026-11-24T10:00", 5, None]
)
def test_what_is_no_day_is_told(day: object) -> None:
    (problem,) = problems({"fever": {"value": True, "taken": day}})
    assert (problem.fact, problem.value) == ("fever", day)
    assert problem.message.endswith("is no day such as 2026-11-24")


def test_day_of_the_question_is_checked_too() -> None:
    (problem,) = problems({}, on="soon")
    assert problem.fact == "on"


def test_everything_wrong_is_told_at_once() -> None:
    found = problems(
        {
            "bilirubim": 3,
            "adult": "perhaps",
            "scan": "spots",
            "size": "3 kg",
            "age": 17,
            "fever": {"value": "hot", "taken": "never"},
            "awake": True,
        }
    )
    assert [problem.fact for problem in found] == [
        "bilirubim",
        "adult",
        "scan",
        "size",
        "fever",
        "fever",
        "age",
    ]
    assert [problem.value for problem in found][:3] == [3, "perhaps", "spots"]


def test_misspelt_fact_is_recognised() -> None:
    (problem,) = problems({"bilirubim": 3})
    assert problem.message == "the pathway has no fact `bilirubim`; did you mean `bilirubin`?"
    (problem,) = problems({"Adult": True})
    assert problem.message.endswith("did you mean `adult`?")


def test_strange_fact_is_only_named() -> None:
    (problem,) = problems({"haemoglobin_a1c": 3})
    assert problem.message == "the pathway has no fact `haemoglobin_a1c`"


@pytest.mark.parametrize("given", [[], "text", None, 7])
def test_case_is_an_object(given: dict[str, object]) -> None:
    (problem,) = problems(given)
    assert problem.message == "a case is an object of facts"


def test_name_that_is_no_text_is_told() -> None:
    (problem,) = problems({7: True})  # type: ignore[dict-item]
    assert problem.message == "the pathway has no fact `7`"


def test_old_value_must_be_a_value_all_the_same() -> None:
    (problem,) = problems({"fever": {"value": "hot", "taken": "2026-01-01"}}, on="2026-11-24")
    assert problem.message == "`hot` is not yes or no"
