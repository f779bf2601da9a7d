"""Requests and interviews of generated pathways, against all completions."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaylang.compiler.emit.artifact import Stamp, emit_artifact
from pathwaylang.compiler.verify.prove import count_proof
from pathwaylang.compiler.verify.verification import Verification, verify_graph
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import Branch, BranchKind, Decision, DecisionGraph
from pathwaylang.runtime import Case, Pathway
from pathwaylang.runtime.walk import Walker
from tests.verify.strategies import all_cases, graphs, values_of

QUICK = settings(
    max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@st.composite
def total_graphs(draw: st.DrawFn) -> DecisionGraph:
    """A graph in which every case is answered: rows are read in order, the rest is caught."""
    graph = draw(graphs())
    return replace(graph, decisions=tuple(map(total, graph.decisions)), rules=())


def total(decision: Decision) -> Decision:
    last = decision.branches[-1].outcome
    caught = {branch.branch_kind for branch in decision.branches}
    kinds: tuple[BranchKind, ...] = ("unknown", "otherwise")
    more = [Branch(f"{decision.name}.{k}", k, None, last) for k in kinds if k not in caught]
    return replace(decision, branches=(*decision.branches, *more), in_order=True)


def compiled(graph: DecisionGraph) -> Pathway:
    verification = verify_graph(graph)
    assert isinstance(verification, Verification)
    proof = count_proof(verification).record
    return Pathway(emit_artifact(graph, verification, proof, Stamp("test", "0", ())))


def draw_case(graph: DecisionGraph, data: st.DataObject) -> dict[str, Value]:
    return {fact.name: data.draw(st.sampled_from(values_of(fact))) for fact in graph.facts}


def endings(graph: DecisionGraph, track: str) -> dict[tuple[Value, ...], str]:
    """How a track ends for each complete case that is possible."""
    walker, found = Walker(graph), {}
    for case in all_cases(graph):
        values = walker.values(case)
        if any(values.truth(c.guard) is True for c in graph.constraints):
            continue
        if graph.applies is not None and values.truth(graph.applies) is not True:
            found[tuple(case.values())] = "outside"
            continue
        walk = walker.walk(track, values)
        found[tuple(case.values())] = walker.branch(walk.passed[-1]).outcome.text
    return found


@QUICK
@given(total_graphs(), st.data())
def test_requests_are_the_facts_that_change_the_outcome(
    graph: DecisionGraph, data: st.DataObject
) -> None:
    pathway = compiled(graph)
    given_names = data.draw(st.sets(st.sampled_from([fact.name for fact in graph.facts])))
    case = {n: v for n, v in draw_case(graph, data).items() if n in given_names}
    names = [fact.name for fact in graph.facts]
    for track in graph.stages[0].tracks:
        entry = pathway.evaluate(Case(case))[track]
        if entry.status != "request":
            continue
        all_ends = endings(graph, track)
        ends = {
            full: text
            for full, text in all_ends.items()
            if all(full[names.index(name)] == value for name, value in case.items())
        }
        changing = set()
        for at, name in enumerate(names):
            rest: dict[tuple[Value, ...], set[str]] = {}
            for full, text in ends.items():
                rest.setdefault((*full[:at], *full[at + 1 :]), set()).add(text)
            if any(len(texts) > 1 for texts in rest.values()):
                changing.add(name)
        asked = {name for item in entry.requests for name in item.facts}
        if changing:
            assert asked == changing
        assert asked
        assert not asked & case.keys()
        assert set(entry.possible) == set(ends.values())


@QUICK
@given(total_graphs(), st.data())
def test_interview_ends_with_the_answer_of_the_whole_case(
    graph: DecisionGraph, data: st.DataObject
) -> None:
    pathway = compiled(graph)
    whole = draw_case(graph, data)
    recorded: dict[str, Value] = {}
    while (item := pathway.next_question(Case(recorded))) is not None:
        new = {name: whole[name] for name in item.facts if name not in recorded}
        assert new
        recorded |= new
    by_interview, at_once = pathway.evaluate(Case(recorded)), pathway.evaluate(Case(whole))
    if at_once.status == "contradiction":
        return
    assert [(t.status, t.outcome) for t in by_interview.tracks] == [
        (t.status, t.outcome) for t in at_once.tracks
    ]
