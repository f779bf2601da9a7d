"""What a `Prover` finds in version after version is what a proof from scratch finds."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaylang.cli.files import make_loader, read_source
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.verify.prove import Prover, prove
from pathwaylang.diagnostics import Span
from pathwaylang.ir.graph import Branch, Decision, DecisionGraph
from pathwaylang.ir.guards import All, Any, Guard, Not
from tests.verify.strategies import graphs

HEAD = Span("generated", 0, 0)
LIVER = Path(__file__).parents[2] / "pathways" / "liver_mets.pw"
EDITS = 4
QUICK_EDITS, LONG_EDITS = 3, 60


def _guarded(decision: Decision) -> list[int]:
    return [i for i, branch in enumerate(decision.branches) if branch.guard is not None]


def _changed_guard(guard: Guard, other: Guard, chance: random.Random) -> Guard:
    return chance.choice((Not(guard), All((guard, other)), Any((guard, other)), other))


def edited(graph: DecisionGraph, chance: random.Random) -> DecisionGraph:
    """Return the graph with one thing changed in one decision, or with a rule gone."""
    if graph.rules and chance.random() < 0.1:
        gone = chance.randrange(len(graph.rules))
        return replace(graph, rules=graph.rules[:gone] + graph.rules[gone + 1 :])
    at = chance.randrange(len(graph.decisions))
    decision = _edited_decision(graph.decisions[at], chance)
    return replace(graph, decisions=(*graph.decisions[:at], decision, *graph.decisions[at + 1 :]))


def _edited_decision(decision: Decision, chance: random.Random) -> Decision:
    branches: list[Branch] = list(decision.branches)
    guarded = _guarded(decision)
    if len(guarded) < 2:
        return replace(decision, in_order=not decision.in_order)
    first, second = chance.sample(guarded, 2)
    one, two = branches[first], branches[second]
    assert one.guard is not None and two.guard is not None
    match chance.randrange(5):
        case 0:
            branches[first], branches[second] = (
                replace(one, outcome=two.outcome),
                replace(two, outcome=one.outcome),
            )
        case 1:
            branches[first], branches[second] = (
                replace(one, guard=two.guard),
                replace(two, guard=one.guard),
            )
        case 2:
            del branches[first]
        case 3:
            return replace(decision, unknown_means_no=not decision.unknown_means_no)
        case _:
            branches[first] = replace(one, guard=_changed_guard(one.guard, two.guard, chance))
    return replace(decision, branches=tuple(branches))


def assert_same_as_from_scratch(prover: Prover, graph: DecisionGraph) -> None:
    mine, fresh = prover(graph, HEAD), prove(graph, HEAD)
    assert mine.diagnostics == fresh.diagnostics
    assert (mine.proof is None) == (fresh.proof is None)
    if mine.proof is not None and fresh.proof is not None:
        assert mine.proof.record == fresh.proof.record


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(graphs(), st.integers(0, 10**6))
def test_versions_of_generated_graphs(graph: DecisionGraph, seed: int) -> None:
    chance = random.Random(seed)
    prover = Prover()
    for _ in range(EDITS):
        assert_same_as_from_scratch(prover, graph)
        graph = edited(graph, chance)


@pytest.fixture(scope="module")
def liver() -> DecisionGraph:
    graph = Compilation(read_source(str(LIVER)), make_loader()).graph
    assert graph is not None
    return graph


def _edit_liver(graph: DecisionGraph, edits: int) -> None:
    chance = random.Random("liver")
    prover = Prover()
    prover(graph, HEAD)
    for _ in range(edits):
        assert_same_as_from_scratch(prover, edited(graph, chance))


def test_versions_of_the_liver_pathway(liver: DecisionGraph) -> None:
    _edit_liver(liver, QUICK_EDITS)


@pytest.mark.long
def test_many_versions_of_the_liver_pathway(liver: DecisionGraph) -> None:
    _edit_liver(liver, LONG_EDITS)


def test_an_edit_makes_few_nodes(liver: DecisionGraph) -> None:
    """What the edit does not touch is not built again."""
    prover = Prover()
    first = prover(liver, HEAD).verification
    assert first is not None
    at = next(i for i, d in enumerate(liver.decisions) if d.name == "gate")
    gate = liver.decisions[at]
    branches = (*gate.branches[:3], gate.branches[4], gate.branches[3], *gate.branches[5:])
    decisions = (
        *liver.decisions[:at],
        replace(gate, branches=branches),
        *liver.decisions[at + 1 :],
    )
    made = first.space.created
    again = prover(replace(liver, decisions=decisions), HEAD).verification
    assert again is not None
    assert again.space is first.space
    assert again.space.created - made < made / 5
