"""Where no diagram fits the budget a solver decides; without one the pathway stays undecided."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.verify import prove as proving
from pathwaylang.compiler.verify.engines.solver import INSTALL, find_solver
from pathwaylang.compiler.verify.partition import Partition
from pathwaylang.compiler.verify.prove import prove
from pathwaylang.diagnostics import Source
from pathwaylang.ir.graph import DecisionGraph
from tests.verify.engines.agreement import HEAD, keys
from tests.verify.strategies import graphs

TINY = 8
"""Nodes; hardly any decision fits."""

FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@pytest.fixture(scope="module")
def _solver() -> None:
    if find_solver() is None:
        pytest.skip("neither python-sat nor z3-solver is installed (extra verify)")


@pytest.mark.usefixtures("_solver")
@FEW
@given(graphs())
def test_a_tiny_budget_changes_no_verdict(graph: DecisionGraph) -> None:
    full, tiny = prove(graph, HEAD), prove(graph, HEAD, TINY)
    if tiny.verification is not None or any(d.code == "PW0599" for d in tiny.diagnostics):
        return
    assert keys(full.diagnostics) == keys(tiny.diagnostics)
    if tiny.proof is not None and full.proof is not None:
        tracks = [track for stage in tiny.proof.record.stages for track in stage.tracks]
        assert {(track.engine, track.outcomes) for track in tracks} <= {("sat", ()), ("z3", ())}


@pytest.mark.usefixtures("_solver")
@FEW
@given(graphs())
def test_the_cases_of_a_stage_are_counted_without_its_diagram(graph: DecisionGraph) -> None:
    full = prove(graph, HEAD)
    if full.proof is None or any(d.is_failure for d in full.diagnostics):
        return
    partition = Partition(graph)
    counted = proving.uncounted(graph, partition, "sat", 10_000)
    assert counted is not None
    assert counted.cases == full.proof.cases
    assert [s.cases for s in counted.record.stages] == [s.cases for s in full.proof.record.stages]


@FEW
@given(graphs())
def test_without_a_solver_nothing_is_claimed(graph: DecisionGraph) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proving, "find_solver", lambda: None)
        found = prove(graph, HEAD, 1)
    (undecided,) = found.diagnostics
    assert undecided.code == "PW0599"
    assert found.proof is None
    assert undecided.help == "" or INSTALL in undecided.help


@pytest.mark.usefixtures("_solver")
def test_what_a_solver_does_not_look_for_is_said() -> None:
    text = """pathway p "Large"
fact fit "Fit": yes/no
  may be unknown
fact size "Size": whole number 1..9
decide aim "What is done?"
  opinion "Invented."
  when fit and size <= 3 then recommend operate
  when unknown then recommend test_first
  otherwise recommend wait
recommendation operate "Operate"
recommendation wait "Wait"
recommendation test_first "Test"
"""
    compilation = Compilation(Source("p.pw", text), lambda _: None, budget=TINY)
    assert compilation.graph is not None
    found = prove(compilation.graph, HEAD, TINY)
    assert found.verification is None
    (told,) = [d for d in found.diagnostics if d.code == "PW0513"]
    assert "PW0509" in told.notes[0]
    assert "PW0510" in told.notes[0]
    assert "PW0511" not in told.notes[0], "no fact of this pathway has a condition for asking"
    assert not told.is_failure
