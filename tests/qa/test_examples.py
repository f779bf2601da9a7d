"""Examples are run without the way; what they are told is what the whole answer says."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.qa.examples import run_example
from pathwaylang.diagnostics import Source
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime import Case, Pathway
from tests.cli.support import LESION
from tests.runtime.test_properties import compiled, draw_case, total_graphs


@given(total_graphs(), st.data())
@settings(max_examples=40, deadline=None)
def test_endings_are_those_of_the_whole_answer(graph: DecisionGraph, data: st.DataObject) -> None:
    pathway = compiled(graph)
    case = Case(draw_case(graph, data))
    for stage in (None, *pathway.stages):
        assert pathway.endings(case, stage) == pathway.evaluate(case, stage).tracks


def test_met_and_failed_expectations() -> None:
    wrong = """\
example "Wrong"
  given largest is 50 mm, fit
  expect recommend systemic
"""
    compilation = Compilation(Source("a.pw", LESION + wrong), lambda path: None)
    artifact = compilation._unchecked_artifact
    assert artifact is not None
    small, _, failing = artifact.graph.examples
    (met,) = run_example(Pathway(artifact), small)
    assert (met.passed, met.got, met.branch) == (True, "recommend ablation", "local.1")
    (failed,) = run_example(Pathway(artifact), failing)
    assert (failed.passed, failed.got, failed.branch) == (False, "recommend resection", "local.2")
    assert failed.reason == "largest is 50 mm, fit is yes"
