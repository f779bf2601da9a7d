"""All ways to decide a graph, held against each other: diagrams, solvers, every case by hand.

`compare` asks of one graph: how many cases end in which branch (diagram, oxidd, the evaluator on
every case), and which findings there are (diagram, python-sat, z3). `agree_on` draws graphs by a
seed, always the same ones, and returns how many graphs and cases were compared.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, given, seed, settings

from pathwaylang.compiler.verify.engines.with_pysat import PySolver
from pathwaylang.compiler.verify.engines.with_z3 import Z3Solver
from pathwaylang.compiler.verify.prove import prove
from pathwaylang.compiler.verify.verification import Verification, verify_graph
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime.walk import Walker
from tests.verify.engines.agreement import HEAD, keys, keys_of_solver
from tests.verify.engines.by_oxidd import counts_by_oxidd, counts_of_diagram
from tests.verify.strategies import all_cases, graphs


@dataclass
class Compared:
    """How much was compared."""

    graphs: int = 0
    cases: int = 0


def counts_by_hand(verification: Verification, track: str) -> tuple[Counter[str], int]:
    """Cases by the branch that ends a track, found by answering every case; and all cases."""
    graph, view = verification.graph, verification.stage_view(verification.graph.stages[0])
    walker = Walker(graph)
    found: Counter[str] = Counter()
    every = 0
    for case in all_cases(graph):
        every += 1
        values = walker.values(case)
        if any(values.truth(constraint.guard) is True for constraint in view.constraints):
            continue
        if graph.applies is not None and values.truth(graph.applies) is not True:
            continue
        walk = walker.walk(track, values)
        if walk.halt is None:
            found[walker.branch(walk.passed[-1]).id] += 1
    return found, every


def compare(graph: DecisionGraph, compared: Compared) -> None:
    """Let all engines decide a graph; fail where two of them say different things."""
    verification = verify_graph(graph)
    assert isinstance(verification, Verification)
    world = verification.stage_view(graph.stages[0]).world
    by_oxidd = counts_by_oxidd(verification)
    for track in graph.stages[0].tracks:
        mine = counts_of_diagram(verification, world, track)
        by_hand, cases = counts_by_hand(verification, track)
        assert mine == by_oxidd[track] == by_hand
        compared.cases += cases
    by_diagram = keys(prove(graph, HEAD).diagnostics)
    assert by_diagram == keys_of_solver(graph, PySolver)
    assert by_diagram == keys_of_solver(graph, Z3Solver)
    compared.graphs += 1


def agree_on(number: int, count: int) -> Compared:
    """Compare all engines on `count` graphs drawn by the seed `number`."""
    compared = Compared()

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(graphs())
    def each(graph: DecisionGraph) -> None:
        compare(graph, compared)

    each()
    return compared
