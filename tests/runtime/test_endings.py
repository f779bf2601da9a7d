"""Each track ends in one of four ways, and says why."""

from __future__ import annotations

import pytest

from pathwaylang.runtime import Answer
from tests.runtime.small import pathway

CLEAR = {"adult": True, "bilirubin": 1, "scan": "clear"}
SUPPORTED = {"awake": True, "pain": False, "age": 40}


def answer(**given: object) -> Answer:
    return pathway().evaluate(given)


def test_recommendation_tells_what_to_do_and_who_decided() -> None:
    found = answer(**CLEAR, **SUPPORTED)
    entry = found["start"]
    assert (entry.status, entry.outcome, entry.branch) == ("recommendation", "wait", "clear")
    assert entry.recommendation is not None
    assert entry.recommendation.label == "Wait and see"
    assert entry.requests == ()
    assert entry.reason == ""


def test_bundle_and_offer_keep_their_members() -> None:
    offer = answer(adult=True, bilirubin=1, scan="spot", size=2)["start"]
    assert offer.outcome == "offer ablate or operate"
    assert [advice.name for advice in offer.offers] == ["operate", "ablate"]
    assert offer.recommendations == ()
    bundle = answer(adult=True, bilirubin=1, scan="spot", size=4, fever="unknown")["start"]
    assert bundle.outcome == "drug and wait"
    assert [advice.name for advice in bundle.recommendations] == ["drug", "wait"]
    assert bundle.offers == ()


def test_advice_carries_what_an_app_shows() -> None:
    entry = answer(adult=True, bilirubin=1, scan="spot", size=4, fever=False)["start"]
    advice = entry.recommendation
    assert advice is not None
    assert (advice.do, advice.avoid) == (("Book the theatre",), ("Aspirin",))
    assert (advice.strength, advice.evidence) == ("strong for", "moderate")
    assert advice.reassess == ("after 8 weeks: start",)
    assert advice.codes == ("SNOMED 387713003",)
    assert [source.text for source in advice.citations] == ["High values wait"]


def test_request_names_what_is_still_open() -> None:
    entry = answer(adult=True, bilirubin=1)["start"]
    assert entry.status == "request"
    assert entry.recommendation is None
    assert entry.requests
    assert "operate" in entry.possible
    assert "outside" not in entry.possible


def test_outside_says_when_the_pathway_applies() -> None:
    found = answer(adult=False)
    assert found.status == "outside"
    assert {entry.status for entry in found.tracks} == {"outside"}
    assert found["start"].reason == "the pathway applies when adult"
    assert found["start"].outcome == ""


def test_contradiction_names_the_rule_and_the_facts() -> None:
    entry = answer(adult=True, awake=False, pain=True)["support"]
    assert entry.status == "contradiction"
    assert entry.breach is not None
    assert entry.breach.constraint == "not awake and pain"
    assert entry.breach.facts == (("awake", False), ("pain", True))
    assert entry.reason == "pain is felt awake"


def test_contradiction_stands_in_every_track() -> None:
    found = answer(**CLEAR, awake=False, pain=True)
    assert {entry.status for entry in found.tracks} == {"contradiction"}


def test_answer_is_certain_once_all_completions_agree() -> None:
    # Neither scan nor fever is known: a high bilirubin decides alone.
    entry = answer(adult=True, bilirubin=2)["start"]
    assert (entry.status, entry.branch) == ("recommendation", "high")
    # One spot of 4 cm in a patient of whom fever is not recorded stays open.
    assert answer(adult=True, bilirubin=1, scan="spot", size=4)["start"].status == "request"


def test_constraint_completes_what_is_not_recorded() -> None:
    # In pain means awake, since nobody is asleep and in pain.
    entry = answer(adult=True, pain=True)["support"]
    assert (entry.status, entry.outcome) == ("recommendation", "drug")


def test_branches_that_agree_are_all_named() -> None:
    # Whatever bilirubin is: a clear scan means to wait, and so does a high value.
    entry = answer(adult=True, scan="clear")["start"]
    assert (entry.outcome, entry.branch) == ("wait", "clear")
    assert entry.branches == ("clear", "high")


def test_strength_of_the_branch_outranks_that_of_the_recommendation() -> None:
    entry = answer(**CLEAR)["start"]
    assert entry.recommendation is not None
    assert (entry.strength, entry.recommendation.strength) == ("strong for", "strong for")
    either = answer(adult=True, scan="clear")["start"]
    assert either.recommendation is not None
    assert either.strength == ""
    assert either.recommendation.strength == "strong for or conditional for"


def test_status_is_that_of_the_first_track_without_a_recommendation() -> None:
    assert answer(**CLEAR, **SUPPORTED).status == "recommendation"
    assert answer(**CLEAR).status == "request"


def test_go_to_a_stage_continues_there() -> None:
    found = answer(**CLEAR, **SUPPORTED)
    assert [(entry.stage, entry.track) for entry in found.tracks] == [
        ("main", "start"),
        ("main", "support"),
        ("later", "later"),
    ]
    assert found["support"].goes_to == "later"
    assert found["later"].outcome == "wait"


def test_another_stage_can_be_the_start() -> None:
    found = pathway().evaluate({"adult": True}, stage="later")
    assert [entry.track for entry in found.tracks] == ["later"]
    with pytest.raises(KeyError):
        pathway().evaluate({}, stage="nowhere")


def test_trace_tells_decisions_branches_and_facts() -> None:
    found = answer(adult=True, bilirubin="1.5 mg/dL", scan="many")
    way = [visit for visit in found.trace if visit.track == "start"]
    assert [(visit.decision, visit.branch) for visit in way] == [("start", "low"), ("look", "many")]
    assert way[0].facts == (("bilirubin", "1.5 mg/dL"),)
    assert [source.at for source in way[0].citations] == ["chapter 1"]
    assert way[1].obtained == ("ct",)
    assert way[1].condition == "scan is many"


def test_trace_of_a_request_ends_where_it_is_open() -> None:
    found = answer(adult=True, bilirubin=1, scan="spot")
    assert [visit.branch for visit in found.trace if visit.track == "start"] == ["low", "spot"]


def test_line_of_a_branch_is_told_where_the_artifact_has_it() -> None:
    found = answer(adult=True, bilirubin=20)
    assert [visit.line for visit in found.trace if visit.track == "start"] == [7]


def test_unknown_track_lists_the_tracks() -> None:
    with pytest.raises(KeyError, match="it has start, support"):
        answer(adult=True)["heart"]


def test_pathway_describes_itself() -> None:
    subject = pathway()
    assert subject.stages == ("main", "later")
    assert subject.tracks("main") == ("start", "support")
    assert [fact.name for fact in subject.facts][:3] == ["adult", "awake", "pain"]
    assert (subject.info.version, subject.info.status) == ("1.2.0", "in_review")
