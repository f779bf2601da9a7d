"""What if: a value lies in a stretch that tells its new answer, or it changes nothing."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import FactValue, Source
from pathwaylang.ir.facts import UNKNOWN, Fact, Value, shown_value
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime import Answer, Case, Change, Ending, Pathway, TrackChange
from tests.runtime.small import pathway
from tests.runtime.test_properties import QUICK, compiled, draw_case, total_graphs
from tests.verify.strategies import values_of

STARTING = {"adult": True, "awake": True, "scan": "spot", "fever": False, "age": 70, "pain": True}


def ends(answer: Answer) -> dict[tuple[str, str], Ending]:
    return {
        (t.stage, t.track): Ending(t.status, (t.outcome,) if t.outcome else t.possible)
        for t in answer.tracks
    }


def holds(fact: Fact, change: Change, value: Value) -> bool:
    """Whether a value lies in a stretch, by the plain values an app sees."""
    if change.low is None:
        return shown_value(fact, value) in change.values
    if not isinstance(value, Fraction) or value == UNKNOWN:
        return False
    low, high = number(change.low), number(change.high)
    return (low < value or (low == value and change.low_closed)) and (
        value < high or (value == high and change.high_closed)
    )


def number(shown: FactValue | None) -> Fraction:
    return Fraction(str(shown).partition(" ")[0])


@QUICK
@given(total_graphs(), st.data())
def test_each_value_changes_the_answer_as_told_or_not_at_all(
    graph: DecisionGraph, data: st.DataObject
) -> None:
    subject = compiled(graph)
    names = data.draw(st.sets(st.sampled_from([fact.name for fact in graph.facts])))
    case = {n: v for n, v in draw_case(graph, data).items() if n in names}
    now = subject.evaluate(Case(case))
    for fact in graph.facts:
        changes = now.sensitivity(fact.name)
        for value in values_of(fact):
            then = subject.evaluate(Case({**case, fact.name: value}))
            told = [change for change in changes if holds(fact, change, value)]
            assert len(told) <= 1
            if told:
                assert ends(then) != ends(now)
                after = {(t.stage, t.track): t.after for t in told[0].tracks}
                kept = {key: end for key, end in ends(now).items() if key not in after}
                assert kept | {k: e for k, e in after.items() if e is not None} == ends(then)
            else:
                contradicts = "contradiction" in {entry.status for entry in then.tracks}
                assert contradicts or ends(then) == ends(now)


def test_a_missing_number_comes_as_stretches_in_its_unit() -> None:
    answer = pathway().evaluate({**STARTING, "bilirubin": "1 mg/dL"})
    large, small = (
        TrackChange("main", "start", Ending("request", ("offer ablate or operate", "operate")), e)
        for e in (
            Ending("recommendation", ("operate",)),
            Ending("recommendation", ("offer ablate or operate",)),
        )
    )
    assert answer["start"].status == "request"
    assert answer.sensitivity("size") == (
        Change("size", "0..3 cm", (small,), low="0 cm", high="3 cm"),
        Change("size", "above 3 to 9 cm", (large,), low="3 cm", high="9 cm", low_closed=False),
    )


def test_choices_are_told_by_their_labels() -> None:
    answer = pathway().evaluate({**STARTING, "bilirubin": "1 mg/dL", "size": 2})
    texts = [(change.values, change.text) for change in answer.sensitivity("scan")]
    assert texts == [(("clear",), "nothing found"), (("many",), "many")]


def test_values_that_contradict_the_rest_are_left_out() -> None:
    answer = pathway().evaluate({**STARTING, "bilirubin": "1 mg/dL", "size": 2})
    assert answer.sensitivity("awake") == ()


def test_other_names_are_refused_and_copies_say_so() -> None:
    answer = pathway().evaluate(STARTING)
    with pytest.raises(KeyError, match="sise"):
        answer.sensitivity("sise")
    copied = pickle.loads(pickle.dumps(answer))
    assert copied == answer
    with pytest.raises(ValueError, match="copied"):
        copied.sensitivity("size")


BODY = """pathway body "Body mass"
fact weight "Weight": number in kg 30..250 step 0.1
fact height "Height": number in m 1..2.5 step 0.01
define bmi "Body mass index": number in kg/m2 4..250 as weight / (height * height)
  opinion "Invented."
decide food "Who eats more?"
  opinion "Invented."
  when bmi < 18.5 kg/m2 then recommend more
  otherwise recommend enough
recommendation more "More"
recommendation enough "Enough"
"""


def test_a_fact_of_a_formula_is_cut_where_the_formula_turns() -> None:
    artifact = Compilation(Source("body.pw", BODY), lambda path: None).artifact
    assert artifact is not None
    answer = Pathway(artifact).evaluate({"weight": 80, "height": "1.8 m"})
    (change,) = answer.sensitivity("weight")
    limit = Fraction("18.5") * Fraction("1.8") ** 2  # 59.94 kg
    assert (change.text, change.exact) == ("30..59.9 kg", True)
    assert number(change.high) < limit < number(change.high) + Fraction("0.1")
    assert [c.text for c in answer.sensitivity("height")] == ["2.08..2.5 m"]
