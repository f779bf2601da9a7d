"""Generated graphs written as text, read back through the whole compiler, mean the same.

The route graph -> text -> tree -> model -> graph is held equal to the graph it started from, case
by case; and what the compiler lets pass reaches exactly one outcome at run time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.syntax import parse_file, print_file
from pathwaylang.diagnostics import Diagnostic, Source
from pathwaylang.ir.artifact import dump_artifact, read_artifact
from pathwaylang.ir.facts import Fact, Value
from pathwaylang.ir.graph import Decision, DecisionGraph
from pathwaylang.ir.kleene import Truth
from pathwaylang.runtime import Case, Pathway
from pathwaylang.runtime.walk import Walker
from tests.properties.to_pw import to_pw
from tests.verify.strategies import all_cases, graphs, values_of

SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)

Meaning = tuple[tuple[Truth, ...], Truth, tuple[tuple[str, str], ...]]


def compiled(text: str) -> Compilation:
    return Compilation(Source("main.pw", text), lambda path: None)


def meaning(graph: DecisionGraph, walker: Walker, case: dict[str, Value]) -> Meaning:
    """Return what a graph says of a case: constraints, `applies when`, and how each track ends."""
    values = walker.values(case)
    ends = []
    for track in graph.stages[0].tracks:
        walk = walker.walk(track, values)
        if walk.halt is None:
            ends.append((walk.passed[-1][0], walker.branch(walk.passed[-1]).outcome.text))
        else:
            ends.append((walk.halted_at, walk.halt.halt))
    applies = True if graph.applies is None else values.truth(graph.applies)
    constraints = tuple(values.truth(constraint.guard) for constraint in graph.constraints)
    return constraints, applies, tuple(ends)


@SLOW
@given(graphs())
def test_text_means_its_graph(graph: DecisionGraph) -> None:
    compilation = compiled(to_pw(graph))
    again = compilation.graph
    assert again is not None, [d.message for d in compilation.diagnostics]
    one, two = Walker(graph), Walker(again)
    for case in all_cases(graph):
        assert meaning(graph, one, case) == meaning(again, two, case)


@SLOW
@given(graphs())
def test_rules_keep_their_meaning(graph: DecisionGraph) -> None:
    again = compiled(to_pw(graph)).graph
    assert again is not None
    assert len(again.rules) == len(graph.rules)
    one, two = Walker(graph), Walker(again)
    for before, after in zip(graph.rules, again.rules, strict=True):
        assert (before.rule_kind, before.names) == (after.rule_kind, after.names)
        assert before.fact_or_test == after.fact_or_test
        if before.guard is not None:
            assert after.guard is not None
            for case in all_cases(graph):
                truth = one.values(case).truth(before.guard)
                assert truth == two.values(case).truth(after.guard)


@SLOW
@given(graphs())
def test_formatting_keeps_the_tree(graph: DecisionGraph) -> None:
    source = Source("main.pw", to_pw(graph))
    tree = parse_file(source)
    printed = Source("main.pw", print_file(tree.file, source))
    again = parse_file(printed)
    assert again.diagnostics == tree.diagnostics == ()
    assert again.file == tree.file
    assert print_file(again.file, printed) == printed.text


# ---------------------------------------------------------------- silence


def answered(decision: Decision) -> Decision:
    """Return a decision whose list is in order and answers everything."""
    kinds = {branch.branch_kind for branch in decision.branches}
    last = decision.branches[-1].outcome
    more = [
        replace(decision.branches[-1], id=f"{decision.name}.{kind}", branch_kind=kind, guard=None)
        for kind in ("unknown", "otherwise")
        if kind not in kinds
    ]
    more = [replace(branch, outcome=last) for branch in more]
    order = {"when": 0, "unknown": 1, "otherwise": 2}
    branches = sorted((*decision.branches, *more), key=lambda b: order[b.branch_kind])
    return replace(decision, branches=tuple(branches), in_order=True, unknown_means_no=False)


def without(graph: DecisionGraph, places: set[tuple[str, int]]) -> DecisionGraph:
    """Return the graph without some branches; a decision keeps at least one."""

    def kept(decision: Decision) -> Decision:
        branches = tuple(
            b for i, b in enumerate(decision.branches) if (decision.name, i) not in places
        )
        return replace(decision, branches=branches or decision.branches[-1:])

    return replace(graph, decisions=tuple(map(kept, graph.decisions)))


def blamed(compilation: Compilation, failures: list[Diagnostic]) -> Iterator[tuple[str, int]]:
    """Yield the branches on which a failure stands."""
    assert compilation.graph is not None
    spans = {failure.span for failure in failures}
    for decision in compilation.graph.decisions:
        for index, branch in enumerate(decision.branches):
            if branch.span in spans:
                yield decision.name, index


def mended(graph: DecisionGraph) -> tuple[DecisionGraph, Compilation]:
    """Take from a graph what the compiler finds fault with, until it is silent or gives no hold."""
    graph = replace(graph, decisions=tuple(map(answered, graph.decisions)), rules=())
    for _ in range(6):
        compilation = compiled(to_pw(graph))
        failures = [d for d in compilation.diagnostics if d.is_failure]
        places = set(blamed(compilation, failures))
        codes = {failure.code for failure in failures}
        if "PW0802" in codes:
            graph = replace(graph, constraints=())
        elif places:
            graph = without(graph, places)
        else:
            break
    return graph, compilation


@st.composite
def clean(draw: st.DrawFn) -> tuple[DecisionGraph, Compilation]:
    graph, compilation = mended(draw(graphs()))
    assume(compilation.is_clean)
    return graph, compilation


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(clean(), st.data())
def test_silence_means_one_outcome(
    found: tuple[DecisionGraph, Compilation], data: st.DataObject
) -> None:
    graph, compilation = found
    artifact = compilation.artifact
    assert artifact is not None
    pathway = Pathway(read_artifact(dump_artifact(artifact)))
    walker = Walker(graph)
    for _ in range(8):
        case = {f.name: data.draw(st.sampled_from(values_of(f))) for f in graph.facts}
        constraints, applies, ends = meaning(graph, walker, case)
        answer = pathway.evaluate(Case(case))
        assert [entry.track for entry in answer.tracks] == list(graph.stages[0].tracks)
        for entry, (_, outcome) in zip(answer.tracks, ends, strict=True):
            if any(truth is True for truth in constraints):
                assert entry.status == "contradiction"
            elif applies is not True:
                assert entry.status == "outside"
            else:
                assert (entry.status, entry.outcome) == ("recommendation", outcome)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(clean(), st.data())
def test_cases_survive_json(found: tuple[DecisionGraph, Compilation], data: st.DataObject) -> None:
    """A case as JSON says it is the same case."""
    graph, compilation = found
    assert compilation.artifact is not None
    pathway = Pathway(compilation.artifact)
    case = {f.name: data.draw(st.sampled_from(values_of(f))) for f in graph.facts}
    given_case = {f.name: as_json(f, case[f.name]) for f in graph.facts}
    assert dict(pathway.case(given_case).values) == case


def as_json(fact: Fact, value: Value) -> bool | str | float:
    """Return a value as a JSON file holds it; halves are exact as floats."""
    return float(value) if isinstance(value, Fraction) else value
