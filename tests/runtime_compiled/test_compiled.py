"""Generated Python answers as the evaluator does, whatever is given."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaylang.ir.compiled import LeafEnd
from pathwaylang.ir.facts import Value, shown_value
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime import Case, CaseError, Pathway
from pathwaylang.runtime.compiled import code
from pathwaylang.runtime.compiled.code import Steps
from pathwaylang.runtime.compiled.writer import OPEN
from tests.runtime.small import GRAPH
from tests.runtime.small import pathway as small
from tests.runtime.test_properties import compiled, draw_case, total_graphs
from tests.verify.strategies import all_cases

QUICK = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def json_of(pathway: Pathway, case: dict[str, Value]) -> dict[str, object]:
    facts = {fact.name: fact for fact in pathway.facts}
    return {name: shown_value(facts[name], value) for name, value in case.items()}


def as_floats(pathway: Pathway, case: dict[str, Value]) -> dict[str, object]:
    """The case as JSON numbers give it: whole ones as int, the others as float."""
    given: dict[str, object] = {}
    for name, value in case.items():
        plain = isinstance(value, bool | str)
        given[name] = value if plain else int(value) if value == int(value) else float(value)
    return given


def leaf_text(pathway: Pathway, leaf: int) -> str:
    end = pathway.compiled().leaves[leaf]
    if not isinstance(end, LeafEnd):
        return end.leaf
    return pathway.walker.branch((end.decision, end.branch)).id


@QUICK
@given(total_graphs(), st.data())
def test_leaves_are_those_of_the_evaluator(graph: DecisionGraph, data: st.DataObject) -> None:
    pathway = compiled(graph)
    fast = pathway.compiled()
    for number, case in enumerate(all_cases(graph)):
        if number == 40:
            break
        answer = pathway.evaluate(Case(case))
        for track in pathway.tracks("main"):
            leaf = fast.bare(track)(fast.prepare(Case(case)))
            entry = answer[track]
            says = leaf_text(pathway, leaf)
            if entry.status == "recommendation":
                assert says == entry.branch
            elif entry.status == "outside":
                assert says == "outside"
            else:
                apart = fast.decide(track, Case(case)) == OPEN
                assert apart or says == "impossible"


@QUICK
@given(total_graphs(), st.data())
def test_endings_are_those_of_the_evaluator(graph: DecisionGraph, data: st.DataObject) -> None:
    pathway = compiled(graph)
    for _ in range(6):
        hidden = data.draw(st.sets(st.sampled_from([fact.name for fact in graph.facts])))
        whole = draw_case(graph, data)
        case = {name: value for name, value in whole.items() if name not in hidden}
        expected = pathway.evaluate(Case(case)).tracks
        assert pathway.compiled().endings(Case(case)) == expected
        for row in (json_of(pathway, case), as_floats(pathway, case)):
            assert pathway.compiled().endings(row) == pathway.evaluate(row).tracks == expected


@QUICK
@given(total_graphs(), st.data())
def test_walking_says_the_same_as_running(graph: DecisionGraph, data: st.DataObject) -> None:
    pathway = compiled(graph)
    table = pathway.artifact.diagram
    assert table is not None
    fast = pathway.compiled()
    names = [fact.name for fact in graph.facts]
    variables = code.variables_of(pathway.artifact, table)
    for track, root in table.roots:
        steps = Steps(dict(enumerate(table.nodes)), variables, root)
        for _ in range(6):
            hidden = data.draw(st.sets(st.sampled_from(names)))
            case = {n: v for n, v in draw_case(graph, data).items() if n not in hidden}
            prepared = fast.prepare(Case(case))
            # They ask in different orders, so one may meet a gap that the other does not.
            said = {steps.decide(prepared), fast.checked(track)(prepared)}
            assert len(said - {OPEN}) <= 1
            assert hidden or len(said) == 1


@cache
def gridded() -> Pathway:
    """The small pathway with a grid for every number, so that plain inputs are read by code."""
    steps = {"size": Fraction(1, 10)}
    facts = tuple(replace(f, step=steps.get(f.name, f.step)) for f in GRAPH.facts)
    found = compiled(replace(GRAPH, facts=facts, waivers=()))
    assert found.compiled()._code.read is not None
    return found


TEXTS = ("unknown", "yes", "spot", " spot ", "51 umol/L", "3", "", "\u202e", "0.1")
NUMBERS = (0, 1, 17, 18, 30, 119, 120, -1, 10**40, 0.1, 0.3, 0.1 + 0.2, 2.05, 9.0, 9.1, 1e300)
ODD = (float("nan"), float("inf"), [1], {"value": 3, "unit": "mg/dL"}, {"a": 1}, (), b"x")


@pytest.mark.parametrize("name", [*[fact.name for fact in GRAPH.facts], "colour"])
def test_every_input_is_read_as_the_reference_reads_it(name: str) -> None:
    """Whatever is given: the same values, or the same problems."""
    for value in (*TEXTS, *NUMBERS, *ODD, True, False, None):
        same_reading({"adult": False, name: value, "awake": None})
        same_reading({"adult": False, name: value})


def same_reading(row: dict[str, object]) -> None:
    try:
        expected = gridded().case(row)
    except CaseError as error:
        with pytest.raises(CaseError) as raised:
            gridded().compiled().prepare(row)
        assert str(raised.value) == str(error)
    else:
        fast = gridded().compiled()
        assert fast.prepare(row) == fast.prepare(expected)
        for track in gridded().tracks("main"):
            assert fast.validated(track)(row) == fast.decide(track, expected)


WHOLE: dict[str, object] = {
    "adult": True,
    "awake": True,
    "pain": False,
    "bilirubin": 0.3,
    "scan": "spot",
    "size": 3,
    "fever": "unknown",
    "age": 65,
}


@pytest.mark.parametrize("name", [*WHOLE, "colour"])
def test_whole_cases_are_validated_field_by_field(name: str) -> None:
    for value in (*TEXTS, *NUMBERS, *ODD, True, False, None):
        same_reading({**WHOLE, name: value})


def test_a_dict_that_makes_up_values_is_read_by_the_reference() -> None:
    made_up: dict[str, object] = defaultdict(bool, {"adult": True})
    assert gridded().compiled().validated("start")(made_up) == OPEN
    assert dict(made_up) == {"adult": True}


@QUICK
@given(total_graphs(), st.data())
def test_validated_is_decided(graph: DecisionGraph, data: st.DataObject) -> None:
    pathway = compiled(graph)
    fast = pathway.compiled()
    for _ in range(6):
        row = as_floats(pathway, draw_case(graph, data))
        for track in pathway.tracks("main"):
            assert fast.validated(track)(row) == fast.decide(track, row)


def test_a_missing_value_on_the_way_leaves_it_open() -> None:
    fast = small().compiled()
    assert fast.decide("start", {"adult": True}) == OPEN
    row = {"adult": True, "bilirubin": 3, "awake": True, "size": 2, "fever": False}
    leaf = fast.decide("start", row)
    assert leaf_text(small(), leaf) == "high"
    assert fast.ending("main", "start", leaf) == small().evaluate(row)["start"]
    with pytest.raises(KeyError):
        fast.bare("nowhere")


def test_large_diagrams_are_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code, "MOST_NODES", 0)
    pathway = Pathway(small().artifact)
    given = {"adult": True, "bilirubin": 1, "scan": "spot", "size": 4, "fever": "unknown"}
    assert pathway.compiled().endings(given) == small().evaluate(given).tracks
    assert isinstance(pathway.compiled().bare("start").__self__, Steps)  # type: ignore[attr-defined]


def test_four_threads_share_one_pathway() -> None:
    """Also while functions and plans are being made for the first time."""
    pathway = Pathway(small().artifact)
    rows: list[dict[str, object]] = [
        {"adult": False},
        {"adult": True, "bilirubin": 3, "awake": True, "size": 2, "fever": False},
        {"adult": True, "bilirubin": 1, "scan": "spot"},
    ]

    def work(_: int) -> list[object]:
        found: list[object] = [pathway.compiled().endings(row) for row in rows * 20]
        return [*found, pathway.evaluate_many(rows * 20).statuses]

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(work, range(4)))
    alone = [Pathway(small().artifact).evaluate(row).tracks for row in rows]
    for result in results:
        assert result[:3] == alone
        assert result == results[0]
