"""Clauses agree with the evaluator: conditions, choices and tracks on cases of generated graphs."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings

from pathwaylang.compiler.verify.engines.clauses import Clauses
from pathwaylang.compiler.verify.engines.encode import Encoder
from pathwaylang.compiler.verify.engines.solver import Model, Solver
from pathwaylang.compiler.verify.partition import Partition, proof_guards
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime.walk import Walker
from tests.verify.strategies import all_cases, graphs

CASES = 12


def solver() -> Solver:
    pytest.importorskip("pysat", reason="python-sat is not installed (extra verify)")
    from pathwaylang.compiler.verify.engines.with_pysat import PySolver

    return PySolver()


def some_cases(graph: DecisionGraph) -> list[dict[str, Value]]:
    cases = list(all_cases(graph))
    return random.Random(len(cases)).sample(cases, min(CASES, len(cases)))


@settings(
    max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(graphs())
def test_clauses_equal_the_evaluator(graph: DecisionGraph) -> None:
    partition = Partition(graph)
    if partition.unreadable:
        return
    encoder = Encoder(graph, partition, Clauses(solver()))
    pairs = [(guard, encoder.guard(guard)) for guard in proof_guards(graph)]
    ends = {track: ends_of(encoder, track) for track in graph.stages[0].tracks}
    walker = Walker(graph)
    for case in some_cases(graph):
        cells = [encoder.cells[n][partition.cells[n].cell_of(v)] for n, v in case.items()]
        found = encoder.clauses.solve(*cells)
        assert isinstance(found, Model)

        def holds(literal: int, true: frozenset[int] = found.true) -> bool:
            return (abs(literal) in true) == (literal > 0)

        values = walker.values(case)
        for guard, pair in pairs:
            truth = values.truth(guard)
            assert (holds(pair.true), holds(pair.false)) == (truth is True, truth is False)
        for track, literals in ends.items():
            walk = walker.walk(track, values)
            expected: set[tuple[str, int | str]] = set(walk.passed)
            if walk.halt is not None:
                expected.add((walk.halted_at, walk.halt.halt))
            assert {end for end, literal in literals.items() if holds(literal)} == expected


def ends_of(encoder: Encoder, track: str) -> dict[tuple[str, int | str], int]:
    """Where each branch is passed, and where each decision halts."""
    found: dict[tuple[str, int | str], int] = {}
    for name, here in encoder.arriving((track,)).items():
        chosen = encoder.decision(name)
        for index in range(len(chosen.taken)):
            found[name, index] = encoder.clauses.all((here, encoder.taken(name, index)))
        for halt in ("missing", "unanswered", "conflict"):
            found[name, halt] = encoder.clauses.all((here, getattr(chosen, halt)))
    return found
