"""Changes that mean nothing change nothing: order of facts and branches, names.

A generated pathway and its changed twin are compiled from their texts; what is found and how many
cases each outcome has must agree.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Source
from pathwaylang.ir.exact import read_exact, write_exact
from pathwaylang.ir.graph import Decision, DecisionGraph
from tests.properties.to_pw import to_pw
from tests.verify.strategies import graphs

SLOW = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)

Verdict = tuple[Counter[str], tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]]


def verdict(text: str) -> Verdict:
    """Return the codes found, and the counts of the outcomes of each track."""
    compilation = Compilation(Source("main.pw", text), lambda path: None)
    codes = Counter(found.code for found in compilation.diagnostics)
    assert not codes["PW9902"]
    if compilation.proof is None:
        return codes, ()
    stages = compilation.proof.record.stages
    return codes, tuple(
        (stage.cases, entry.track, tuple(sorted(entry.outcomes)))
        for stage in stages
        for entry in stage.tracks
    )


@SLOW
@given(graphs(), st.randoms(use_true_random=False))
def test_order_of_facts(graph: DecisionGraph, random) -> None:  # type: ignore[no-untyped-def]
    facts = list(graph.facts)
    random.shuffle(facts)
    assert verdict(to_pw(replace(graph, facts=tuple(facts)))) == verdict(to_pw(graph))


@SLOW
@given(graphs())
def test_names(graph: DecisionGraph) -> None:
    text = to_pw(graph)
    renamed = re.sub(r"\b([fdx])(\d)\b", r"z\1\2", text)
    renamed = re.sub(r"\bred\b", "scarlet", renamed)
    assert renamed != text
    assert verdict(renamed) == verdict(text)


@SLOW
@given(graphs(), st.randoms(use_true_random=False))
def test_order_of_branches_without_an_order(
    graph: DecisionGraph,
    random,  # type: ignore[no-untyped-def]
) -> None:
    """Which of two agreeing branches is named may differ; what is found, and counts, may not."""

    def shuffled(decision: Decision) -> Decision:
        whens = [b for b in decision.branches if b.branch_kind == "when"]
        others = [b for b in decision.branches if b.branch_kind != "when"]
        if not decision.in_order:
            random.shuffle(whens)
        return replace(decision, branches=(*whens, *others))

    decisions = tuple(map(shuffled, graph.decisions))
    codes, counts = verdict(to_pw(graph))
    other_codes, other_counts = verdict(to_pw(replace(graph, decisions=decisions)))
    assert other_codes.keys() == codes.keys()
    assert other_counts == counts


@SLOW
@given(graphs(), st.sampled_from((("cm", "mm", 10), ("kg", "g", 1000), ("weeks", "days", 7))))
def test_units(graph: DecisionGraph, units: tuple[str, str, int]) -> None:
    """Facts get a unit, and every number that they are compared with stands in a smaller one."""
    large, small, factor = units
    text = to_pw(graph)
    measured = [
        fact.name
        for fact in graph.facts
        if fact.fact_kind == "number"
        and not re.search(rf"[-+*/] {fact.name}\b", text)
        and not re.search(rf"\b{fact.name} [-+*/]", text)
    ]

    def converted(match: re.Match[str]) -> str:
        return f"{match[1]} {write_exact(read_exact(match[2]) * factor)} {small}"

    told = text
    for name in measured:
        told = re.sub(rf'(fact {name} "{name}": number)', rf"\1 in {large}", told)
        told = re.sub(rf"(\b{name} (?:<=|>=|<|>)) (-?[0-9.]+)", converted, told)
    assert not measured or told != text
    assert verdict(told) == verdict(text)
