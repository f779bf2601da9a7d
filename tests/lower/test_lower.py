"""Lowering: the flow settled, orders that can be relied on, circles and lost decisions found."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathwaylang.compiler.lower import lower_graph
from pathwaylang.compiler.model import build_model, load_modules
from pathwaylang.compiler.model.reads import derived_names
from pathwaylang.compiler.syntax import parse_file
from pathwaylang.diagnostics import Source
from pathwaylang.ir.graph import DecisionGraph
from tests.model.kit import findings, graph_of, places

ROOT = Path(__file__).resolve().parents[2]


def flow(*lines: str, stages: str = "") -> str:
    """Return a pathway of steps `name -> target`; `-` ends in a recommendation."""
    text = f'pathway p "The title"\n{stages}recommendation done "Done"\n'
    for line in lines:
        name, target = line.split(" -> ")
        outcome = "recommend done" if target == "-" else f"go to {target}"
        text += f'step {name} "{name}"\n  opinion "o"\n  then {outcome}\n'
    return text


def test_a_file_without_a_stage_has_one() -> None:
    (stage,) = graph_of(flow("a -> b", "b -> -")).stages
    assert (stage.name, stage.label, stage.tracks) == ("main", "The title", ("a",))


def test_decisions_stand_before_those_they_lead_to() -> None:
    graph = graph_of(flow("c -> b", "a -> -", "b -> a"))
    assert [item.name for item in graph.decisions] == ["c", "b", "a"]


def test_order_of_the_file_stays_where_nothing_else_matters() -> None:
    stages = 'stage s "S" starts at d, c\n'
    graph = graph_of(flow("b -> -", "c -> b", "d -> a", "a -> -", stages=stages))
    assert [item.name for item in graph.decisions] == ["c", "b", "d", "a"]


def test_stages_lead_to_their_starts() -> None:
    stages = 'stage s "S" starts at y\nstage t "T" starts at x\n'
    graph = graph_of(flow("x -> -", "y -> t", stages=stages))
    assert [item.name for item in graph.decisions] == ["y", "x"]
    assert [stage.name for stage in graph.stages] == ["s", "t"]


def test_derived_facts_stand_after_those_they_read() -> None:
    text = flow("a -> -") + (
        'define z "Z" as y\ndefine y "Y" as x\nfact x "X": yes/no\ndefine w "W" as x\n'
    )
    assert [item.name for item in graph_of(text).derived] == ["y", "z", "w"]


@pytest.mark.parametrize(
    ("lines", "stages", "way"),
    [
        (("a -> a",), "", "a → a"),
        (("a -> b", "b -> c", "c -> b"), "", "b → c → b"),
        (("a -> t", "b -> s"), 'stage s "S" starts at a\nstage t "T" starts at b\n',
         "a → t → b → s → a"),
    ],
)  # fmt: skip
def test_circles(lines: tuple[str, ...], stages: str, way: str) -> None:
    (found,) = [d for d in findings(flow(*lines, stages=stages)) if d.is_failure]
    assert found.code == "PW0601"
    assert found.notes[0] == f"The way is {way}."


def test_two_circles_are_two_findings() -> None:
    text = flow("a -> a", "b -> b", stages='stage s "S" starts at a, b\n')
    assert [d.code for d in findings(text) if d.is_failure] == ["PW0601", "PW0601"]


def test_a_decision_that_nothing_leads_to() -> None:
    assert places(flow("a -> -", "b -> c", "c -> -")) == ["PW0603 6"]


def test_a_second_stage_may_be_started_directly() -> None:
    stages = 'stage s "S" starts at a\nstage t "T" starts at b\n'
    assert places(flow("a -> -", "b -> -", stages=stages)) == []


def track(name: str, reads: str) -> str:
    return (
        f'decide {name} "{name}"\n  opinion "o"\n'
        f"  when {reads} then recommend done\n  otherwise recommend done\n"
    )


@pytest.mark.parametrize(
    ("items", "way"),
    [
        (track("a", "a recommends done") + track("b", "x"), "a → a"),
        (track("a", "b recommends done") + track("b", "a recommends done"), "a → b → a"),
        (track("a", "y") + track("b", "a recommends done"), "a → b → a"),
    ],
)
def test_tracks_that_wait_for_each_other(items: str, way: str) -> None:
    text = (
        'pathway p "P"\nstage s "S" starts at a, b\nrecommendation done "Done"\n'
        f'fact x "X": yes/no\ndefine y "Y" as x and b recommends done\n{items}'
    )
    found = [d for d in findings(text) if d.is_failure]
    assert [d.code for d in found] == ["PW0601"]
    assert found[0].notes[0] == f"The circle is {way}."


def test_no_graph_of_a_part() -> None:
    source = Source("p.pw", flow("a -> b", "b -> -").replace("go to b", "go to c"))
    modules = load_modules(parse_file(source).file, source, lambda _: None)
    model = build_model(modules).model
    assert model is not None
    assert lower_graph(model) == (None, ())


def liver() -> DecisionGraph:
    def load(path: str) -> Source | None:
        file = ROOT / path
        return Source(path, file.read_text(encoding="utf-8")) if file.is_file() else None

    source = load("pathways/liver_mets.pw")
    assert source is not None
    model = build_model(load_modules(parse_file(source).file, source, load)).model
    assert model is not None
    graph, _ = lower_graph(model)
    assert graph is not None
    return graph


def test_orders_hold_on_the_real_pathway() -> None:
    graph = liver()
    computed: set[str] = {fact.name for fact in graph.facts}
    for item in graph.derived:
        assert set(derived_names(item)) <= computed
        computed.add(item.name)
    starts = {stage.name: stage.tracks for stage in graph.stages}
    passed: set[str] = set()
    for decision in graph.decisions:
        passed.add(decision.name)
        for branch in decision.branches:
            if branch.outcome.outcome_kind == "go to":
                name = branch.outcome.names[0]
                assert passed.isdisjoint(starts.get(name, (name,)))
    ids = [branch.id for decision in graph.decisions for branch in decision.branches]
    assert len(ids) == len(set(ids))
    assert len(graph.decisions) > 1
