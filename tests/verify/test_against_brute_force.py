"""The diagrams, the evaluator and the runtime agree with brute force on generated graphs."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaylang.compiler.emit.artifact import Stamp, emit_artifact
from pathwaylang.compiler.verify.flow import End, Stuck
from pathwaylang.compiler.verify.prove import count_proof, prove
from pathwaylang.compiler.verify.verification import Verification, View, verify_graph
from pathwaylang.diagnostics import Diagnostic, Span
from pathwaylang.ir.artifact import dump_artifact, read_artifact
from pathwaylang.ir.derived import Classification, Piecewise
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime import Case, Pathway
from pathwaylang.runtime.walk import Walk, Walker
from tests.verify.strategies import all_cases, graphs, values_of

HEAD = Span("generated", 0, 0)
SLOW = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def verified(graph: DecisionGraph) -> Verification:
    found = verify_graph(graph)
    assert isinstance(found, Verification)
    return found


def in_world(graph: DecisionGraph, walker: Walker, case: dict[str, Value]) -> bool:
    values = walker.values(case)
    if any(values.truth(c.guard) is True for c in graph.constraints):
        return False
    return graph.applies is None or values.truth(graph.applies) is True


def outcome(walker: Walker, walk: Walk) -> str:
    if walk.halt is not None:
        return f"{walk.halt.halt} at {walk.halted_at}"
    return walker.branch(walk.passed[-1]).outcome.text


@SLOW
@given(graphs())
def test_track_diagrams_equal_the_walker(graph: DecisionGraph) -> None:
    verification = verified(graph)
    walker = Walker(graph)
    level_of = verification.flow.symbolic.level_of
    for case in all_cases(graph):
        cells = {
            level_of[name]: verification.partition.cells[name].cell_of(value)
            for name, value in case.items()
        }
        values = walker.values(case)
        for track in graph.stages[0].tracks:
            leaf = verification.space.value_at(verification.flow.track(track), cells)
            walk = walker.walk(track, values)
            if isinstance(leaf, Stuck):
                assert walk.halt is not None
                assert (walk.halted_at, walk.halt.halt) == (leaf.decision, leaf.fault.fault)
            else:
                assert isinstance(leaf, End)
                assert walk.halt is None
                assert walk.passed[-1][0] == leaf.decision
                assert outcome(walker, walk) == verification.flow.branch_of(leaf).outcome.text


@SLOW
@given(graphs())
def test_counts_equal_brute_force(graph: DecisionGraph) -> None:
    verification = verified(graph)
    proof = count_proof(verification)
    walker = Walker(graph)
    stage = graph.stages[0]
    view = verification.stage_view(stage)
    unread = [fact for fact in graph.facts if fact.name not in view.facts]
    fixed = {fact.name: values_of(fact)[0] for fact in unread}
    expected: dict[str, Counter[str]] = {track: Counter() for track in stage.tracks}
    size = 0
    for case in all_cases(graph):
        if any(case[name] != value for name, value in fixed.items()):
            continue
        values = walker.values(case)
        if any(values.truth(c.guard) is True for c in view.constraints):
            continue
        if graph.applies is not None and values.truth(graph.applies) is not True:
            continue
        size += 1
        for track in stage.tracks:
            walk = walker.walk(track, values)
            if walk.halt is None:
                expected[track][outcome(walker, walk)] += 1
    assert int(proof.record.stages[0].cases) == size
    for entry in proof.record.stages[0].tracks:
        assert {text: int(count) for text, count in entry.outcomes} == dict(expected[entry.track])


def failures(graph: DecisionGraph) -> tuple[Diagnostic, ...]:
    return tuple(d for d in prove(graph, HEAD).diagnostics if d.is_failure)


@SLOW
@given(graphs())
def test_no_false_alarm_and_no_silence(graph: DecisionGraph) -> None:
    found = failures(graph)
    assert not any(d.code in ("PW9902", "PW0599") for d in found)
    codes = {d.code for d in found}
    walker = Walker(graph)
    halts = set()
    anybody = False
    for case in all_cases(graph):
        if in_world(graph, walker, case):
            anybody = True
            values = walker.values(case)
            for track in graph.stages[0].tracks:
                walk = walker.walk(track, values)
                if walk.halt is not None:
                    halts.add((walk.halted_at, walk.halt.halt))
    by_halt = {"missing": {"PW0501", "PW0502"}, "unanswered": {"PW0503"}, "conflict": {"PW0504"}}
    if any(isinstance(item, Classification | Piecewise) for item in graph.derived):
        by_halt["unanswered"] |= {"PW0501", "PW0504"}  # a derived fact without a line is told once
    if not anybody:
        return
    if "PW0503" not in codes or graph.applies is None:
        for name, halt in halts:
            assert codes & by_halt[halt], (name, halt)
    if not codes:
        assert not halts


@SLOW
@given(graphs())
def test_safety_rules_equal_brute_force(graph: DecisionGraph) -> None:
    found = prove(graph, HEAD)
    if found.proof is None or not graph.rules:
        return
    rule = graph.rules[0]
    walker = Walker(graph)
    broken = False
    tracks = graph.stages[0].tracks
    cases = [case for case in all_cases(graph) if in_world(graph, walker, case)]
    for case in cases:
        values = walker.values(case)
        walks = [walker.walk(track, values) for track in tracks]
        says = any(walker.says(walk, rule.names) for walk in walks)
        match rule.rule_kind:
            case "never":
                assert rule.guard is not None
                broken = broken or (says and values.truth(rule.guard) is not False)
            case "always":
                assert rule.guard is not None
                broken = broken or (not says and values.truth(rule.guard) is True)
            case "never changes":
                ends = [outcome(walker, w) for w in walks if w.halt is None]
                for other in cases:
                    same = all(other[n] == v for n, v in case.items() if n != rule.fact_or_test)
                    if not same:
                        continue
                    others = [walker.walk(track, walker.values(other)) for track in tracks]
                    if all(w.halt is None for w in (*walks, *others)):
                        broken = broken or ends != [outcome(walker, w) for w in others]
    if rule.rule_kind == "never changes" and any(
        walker.walk(track, walker.values(case)).halt for case in cases for track in tracks
    ):
        return
    assert broken == any(d.code == "PW0801" for d in found.diagnostics)


def completions(walker: Walker, view: View, case: dict[str, Value]) -> dict[str, set[str]]:
    """How each track ends over all completions of a case."""
    graph = walker.graph
    ends: dict[str, set[str]] = {track: set() for track in graph.stages[0].tracks}
    for full in all_cases(graph):
        if any(full[name] != value for name, value in case.items()):
            continue
        values = walker.values(full)
        if any(values.truth(c.guard) is True for c in view.constraints):
            continue
        is_in = graph.applies is None or values.truth(graph.applies) is True
        for track, texts in ends.items():
            walk = walker.walk(track, values)
            texts.add(outcome(walker, walk) if is_in else "outside")
    return ends


@SLOW
@given(graphs(), st.data())
def test_partial_cases_equal_completions(graph: DecisionGraph, data: st.DataObject) -> None:
    found = prove(graph, HEAD)
    if found.proof is None or found.verification is None:
        return
    if any(d.code in ("PW0501", "PW0502", "PW0503", "PW0504") for d in found.diagnostics):
        return
    stamp = Stamp("test", "0", ())
    artifact = emit_artifact(graph, found.verification, found.proof.record, stamp)
    pathway = Pathway(read_artifact(dump_artifact(artifact)))
    walker = Walker(graph)
    given_names = data.draw(st.sets(st.sampled_from([f.name for f in graph.facts])))
    case = {
        fact.name: data.draw(st.sampled_from(values_of(fact)))
        for fact in graph.facts
        if fact.name in given_names
    }
    view = found.verification.stage_view(graph.stages[0])
    ends = completions(walker, view, case)
    answer = pathway.evaluate(Case(case))
    for track, texts in ends.items():
        entry = answer[track]
        if entry.status == "contradiction":
            other = [c for c in graph.constraints if c not in view.constraints]
            broken = any(walker.values(case).truth(c.guard) is True for c in other)
            assert not texts or broken
        elif texts == {"outside"}:
            assert entry.status == "outside"
        elif len(texts) == 1:
            assert (entry.status, {entry.outcome}) == ("recommendation", texts)
        else:
            assert entry.status == "request"
            assert set(entry.possible) == texts
            assert entry.requests
            assert all(item.name not in case for item in entry.requests)
