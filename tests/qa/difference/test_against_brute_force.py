"""The difference of two versions equals a count of all cases, and its patients move as it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from math import prod

from hypothesis import HealthCheck, assume, given, settings

from pathwaylang.compiler.qa.difference.compare import _orders, compare_graphs
from pathwaylang.compiler.qa.difference.domains import before
from pathwaylang.compiler.qa.difference.merge import join_graphs
from pathwaylang.compiler.qa.difference.record import (
    IMPOSSIBLE,
    NO_OUTCOME,
    NO_TRACK,
    OUTSIDE,
    Difference,
)
from pathwaylang.compiler.qa.difference.tables import Comparison
from pathwaylang.compiler.verify.flow import Flow
from pathwaylang.compiler.verify.partition import Partition
from pathwaylang.compiler.verify.reads import Reads
from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.diagnostics import Patient
from pathwaylang.ir.facts import UNKNOWN, Fact, Value
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime.walk import Walker
from tests.qa.difference.pairs import Pair, edited, unrelated
from tests.verify.strategies import all_cases, graphs, values_of

MOST_CASES = 2_500
SOME = settings(
    max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


class Asked:
    """One version, asked directly: no diagram, no joint graph."""

    def __init__(self, graph: DecisionGraph, other: DecisionGraph, is_old: bool) -> None:
        self.graph = graph
        self.walker = Walker(graph)
        kinds = {fact.name: fact.fact_kind for fact in other.facts}
        self.names = {
            fact.name: before(fact.name)
            if is_old and kinds.get(fact.name, fact.fact_kind) != fact.fact_kind
            else fact.name
            for fact in graph.facts
        }

    def outcome(self, joint: Mapping[str, Value], track: str, facts: frozenset[str]) -> str:
        if track not in self.graph.stages[0].tracks:
            return NO_TRACK
        case = {own: joint[name] for own, name in self.names.items()}
        for fact in self.graph.facts:
            if self.names[fact.name] in facts and not allows(fact, case[fact.name]):
                return IMPOSSIBLE
        values = self.walker.values(case)
        reads = Reads(self.graph)
        for constraint in self.graph.constraints:
            inside = {self.names[name] for name in reads.guard(constraint.guard)} <= facts
            if inside and values.truth(constraint.guard) is True:
                return IMPOSSIBLE
        if self.graph.applies is not None and values.truth(self.graph.applies) is not True:
            return OUTSIDE
        walk = self.walker.walk(track, values)
        if walk.halt is not None:
            return NO_OUTCOME
        return self.walker.branch(walk.passed[-1]).outcome.text


def allows(fact: Fact, value: Value) -> bool:
    if value == UNKNOWN:
        return fact.may_be_unknown
    if isinstance(value, Fraction):
        assert fact.range is not None
        return fact.range.holds(value)
    return value in (True, False) or value in {choice.name for choice in fact.choices}


def compared(pair: Pair) -> tuple[Difference, Comparison]:
    joint = join_graphs(*pair, {})
    assume(prod(len(values_of(fact)) for fact in joint.graph.facts) <= MOST_CASES)
    partition = Partition(joint.graph)
    order = _orders(joint, partition)[0]
    flow = Flow(joint.graph, partition, order)
    verification = Verification(joint.graph, partition, flow, Reads(joint.graph), order)
    found = compare_graphs(*pair)
    assert isinstance(found, Difference)
    return found, Comparison(joint, verification)


def check_counts(pair: Pair) -> None:
    found, comparison = compared(pair)
    old, new = Asked(pair[0], pair[1], True), Asked(pair[1], pair[0], False)
    facts = comparison.view(comparison.stage_facts("main")).facts
    joint = comparison.joint.graph
    fixed = {f.name: values_of(f)[0] for f in joint.facts if f.name not in facts}
    expected: dict[str, Counter[tuple[str, str]]] = {
        table.track: Counter() for table in found.tables
    }
    for case in all_cases(joint):
        if all(case[name] == value for name, value in fixed.items()):
            for track, counter in expected.items():
                counter[old.outcome(case, track, facts), new.outcome(case, track, facts)] += 1
    nowhere = {OUTSIDE, IMPOSSIBLE, NO_TRACK}
    for table in found.tables:
        moves = {p: n for p, n in expected[table.track].items() if not set(p) <= nowhere}
        changes = {(c.old, c.new): c.count for c in table.changes}
        assert changes == {p: n for p, n in moves.items() if p[0] != p[1]}
        assert table.cases == sum(moves.values())
        assert table.unchanged == sum(n for p, n in moves.items() if p[0] == p[1])
        for change in table.changes:
            assert sum(entry.count for entry in change.deciders) == change.count
            if not change.more_boxes:
                assert sum(box.count for box in change.boxes) == change.count
            assert change.patient is not None
            case = read_back(change.patient, joint)
            every = frozenset(case) | facts
            told = {**fixed, **case}
            assert old.outcome(told, table.track, every - fixed.keys()) == change.old
            assert new.outcome(told, table.track, every - fixed.keys()) == change.new


def read_back(patient: Patient, graph: DecisionGraph) -> dict[str, Value]:
    kinds = {fact.name: fact.fact_kind for fact in graph.facts}
    return {
        name: Fraction(str(value)) if kinds[name] == "number" and value != UNKNOWN else value
        for name, value in patient.complete
    }


@SOME
@given(edited())
def test_edited_graphs(pair: Pair) -> None:
    check_counts(pair)


@SOME
@given(unrelated())
def test_unrelated_graphs(pair: Pair) -> None:
    check_counts(pair)


@SOME
@given(graphs())
def test_a_graph_does_not_differ_from_itself(graph: DecisionGraph) -> None:
    found = compare_graphs(graph, graph)
    assert isinstance(found, Difference)
    assert found.is_empty
    assert found.facts == () and found.edits == ()
