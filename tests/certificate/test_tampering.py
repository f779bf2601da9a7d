"""A certificate that was touched is refused, whatever was touched; an honest one holds."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaylang.certificate import check_certificate
from pathwaylang.compiler.emit.artifact import Stamp, emit_artifact
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.qa.certifying import write_certificate
from pathwaylang.compiler.verify.prove import prove
from pathwaylang.diagnostics import Source, Sources, Span
from pathwaylang.ir.graph import DecisionGraph
from tests.verify.strategies import graphs

TEXT = """\
pathway lesion "One liver lesion"
  version 1.2.0

fact largest "Largest diameter": whole number in mm 1..200
fact width "Width": whole number in mm 1..20
fact grade "Grade": choice of low, middle, high
  may be unknown
fact fit "Fit for an operation": yes/no

define fits "Fits" as largest > 30 mm and fit
define area "Area": number in mm2 1..4000 as largest * width
score risk "Risk"
  add 2 when largest > 100 mm
    opinion "Invented."
  add 1 when not fit
    opinion "Invented."

impossible when largest > 150 mm and grade is low
  opinion "Invented."
  because "invented"

decide local "What is done about the lesion?"
  opinion "Invented."
  when largest <= 30 mm then recommend ablation
  when fits and area <= 1000 mm2 then recommend resection
  when fits and area > 1000 mm2 then go to system
  when largest > 30 mm and not fit then go to system

decide system "Which drug?"
  opinion "Invented."
  when grade is one of low, middle then recommend systemic
  when grade is high and risk >= 2 then recommend support
  when grade is high and risk < 2 then offer systemic or support
  when unknown then recommend support

recommendation ablation "Ablation"
recommendation resection "Resection"
recommendation systemic "Systemic therapy"
recommendation support "Support"

never recommend resection when not fit
  opinion "Invented."
always recommend support when grade is high and risk >= 2 and largest > 30 mm and not fit
  opinion "Invented."
"""


def certificate_of(text: str) -> tuple[str, dict[str, str]]:
    compilation = Compilation(Source("lesion.pw", text), lambda name: None)
    assert compilation.artifact is not None, [d.message for d in compilation.diagnostics]
    verification = compilation.findings.verification
    assert verification is not None
    files = compilation.files
    found = compilation.diagnostics
    written = write_certificate(
        compilation.artifact, verification, files, found, compilation.sources
    )
    return written, dict(files)


@pytest.fixture(scope="module")
def honest() -> tuple[str, dict[str, str]]:
    return certificate_of(TEXT)


def test_an_honest_certificate_holds(honest: tuple[str, dict[str, str]]) -> None:
    verdict = check_certificate(*honest)
    assert verdict.refused == ""
    assert len(verdict.proved) == 7
    assert "2 of 2 safety rules hold in every possible case" in verdict.proved
    assert any("share that evaluator" in told for told in verdict.not_proved)


Document = dict[str, Any]


def a_count(d: Document) -> None:
    outcomes = d["artifact"]["proof"]["stages"][0]["tracks"][0]["outcomes"]
    outcomes[0][1] = str(int(outcomes[0][1]) + 1)


def two_counts(d: Document) -> None:
    outcomes = d["artifact"]["proof"]["stages"][0]["tracks"][0]["outcomes"]
    outcomes[0][1] = str(int(outcomes[0][1]) + 1)
    outcomes[1][1] = str(int(outcomes[1][1]) - 1)


def an_outcome_left_out(d: Document) -> None:
    d["artifact"]["proof"]["stages"][0]["tracks"][0]["outcomes"].pop()


def the_cases_of_a_stage(d: Document) -> None:
    stage = d["artifact"]["proof"]["stages"][0]
    stage["cases"] = str(int(stage["cases"]) - 1)


def a_cell_moved(d: Document) -> None:
    cells = d["artifact"]["cells"][0]
    cells["cuts"][0][0] = str(int(cells["cuts"][0][0]) + 1)
    cells["counts"][0] += 1
    cells["counts"][1] -= 1


def a_cell_with_another_size(d: Document) -> None:
    d["artifact"]["cells"][0]["counts"][0] += 1


def a_value_in_another_cell(d: Document) -> None:
    groups = d["artifact"]["cells"][2]["groups"]
    groups[0], groups[-1] = groups[-1], groups[0]


def the_order(d: Document) -> None:
    d["order"] = "another"


def two_variables(d: Document) -> None:
    variables = d["artifact"]["diagram"]["variables"]
    variables[0], variables[1] = variables[1], variables[0]


def a_leaf(d: Document) -> None:
    leaves = d["artifact"]["diagram"]["leaves"]
    leaves[0], leaves[1] = leaves[1], leaves[0]


def a_dropped_branch(d: Document) -> None:
    for decision in d["artifact"]["graph"]["decisions"]:
        if decision["name"] == "system":
            decision["branches"].pop(-2)


def a_changed_guard(d: Document) -> None:
    text = json.dumps(d["artifact"]["graph"]["derived"])
    assert '"30"' in text
    d["artifact"]["graph"]["derived"] = json.loads(text.replace('"30"', '"31"'))


def a_changed_score(d: Document) -> None:
    for item in d["artifact"]["graph"]["derived"]:
        if item["name"] == "risk":
            item["lines"][1]["points"] = "2"


def a_changed_formula(d: Document) -> None:
    text = json.dumps(d["artifact"]["graph"]["derived"])
    d["artifact"]["graph"]["derived"] = json.loads(
        text.replace('"operator": "*"', '"operator": "+"')
    )


def a_changed_outcome(d: Document) -> None:
    branch = d["artifact"]["graph"]["decisions"][0]["branches"][0]
    branch["outcome"]["names"] = ["support"]


def a_constraint_less(d: Document) -> None:
    d["artifact"]["graph"]["constraints"] = []


def a_wider_constraint(d: Document) -> None:
    text = json.dumps(d["artifact"]["graph"]["constraints"])
    d["artifact"]["graph"]["constraints"] = json.loads(text.replace('"150"', '"30"'))


def a_rule_less(d: Document) -> None:
    d["artifact"]["graph"]["rules"].pop()


def a_rule_more(d: Document) -> None:
    rule = copy.deepcopy(d["artifact"]["graph"]["rules"][0])
    rule["names"], rule["text"] = ["systemic"], "never recommend systemic when not fit"
    d["artifact"]["graph"]["rules"].append(rule)
    d["rules"].append(rule["text"])


def the_hash(d: Document) -> None:
    d["source_hash"] = "0" * 64


def both_hashes(d: Document) -> None:
    d["source_hash"] = d["artifact"]["source_hash"] = "0" * 64


def a_file_less(d: Document) -> None:
    d["files"] = []


def the_tool(d: Document) -> None:
    d["tool"] = "another 9.9"


def no_diagram(d: Document) -> None:
    d["artifact"]["diagram"] = None


def no_proof(d: Document) -> None:
    d["artifact"]["proof"] = None


TAMPERED: tuple[Callable[[Document], None], ...] = (
    a_count, two_counts, an_outcome_left_out, the_cases_of_a_stage, a_cell_moved,
    a_cell_with_another_size, a_value_in_another_cell, the_order, two_variables, a_leaf,
    a_dropped_branch, a_changed_guard, a_changed_score, a_changed_formula, a_changed_outcome,
    a_constraint_less, a_wider_constraint, a_rule_less, a_rule_more, the_hash, both_hashes,
    a_file_less, the_tool, no_diagram, no_proof,
)  # fmt: skip


@pytest.mark.parametrize("tamper", TAMPERED, ids=lambda tamper: tamper.__name__)
def test_tampering_is_refused(
    honest: tuple[str, dict[str, str]], tamper: Callable[[Document], None]
) -> None:
    document = json.loads(honest[0])
    tamper(document)
    assert document != json.loads(honest[0])
    assert check_certificate(json.dumps(document), honest[1]).refused


def test_every_edge_matters(honest: tuple[str, dict[str, str]]) -> None:
    """Edges from all over the diagram, led elsewhere, are refused."""
    document = json.loads(honest[0])
    nodes = document["artifact"]["diagram"]["nodes"]
    tried = 0
    edges = [(at, way) for at, node in enumerate(nodes) for way in range(1, len(node))]
    for at, way in edges[:: len(edges) // 20]:
        node = nodes[at]
        kept = node[way]
        node[way] = kept - 1 if kept > 0 else -1 if kept != -1 else -2
        verdict = check_certificate(json.dumps(document), honest[1])
        assert verdict.refused, (at, way)
        node[way] = kept
        tried += 1
    assert tried >= 20


def test_a_changed_source_is_refused(honest: tuple[str, dict[str, str]]) -> None:
    changed = {name: text + "# one more line\n" for name, text in honest[1].items()}
    assert "sources" in check_certificate(honest[0], changed).refused
    assert "missing" in check_certificate(honest[0], {}).refused
    signed = {n: t.replace("1.2.0\n", '1.2.0\n  approved "A" 2026-12-01 of 00\n', 1)
              for n, t in honest[1].items()}  # fmt: skip
    assert check_certificate(honest[0], signed).refused == "", "the line `approved` is left out"


SOME = settings(
    max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@SOME
@given(graphs(), st.data())
def test_generated_pathways(graph: DecisionGraph, data: st.DataObject) -> None:
    """The checker agrees with the verifier where it proved, and refuses what it did not."""
    found = prove(graph, Span("generated", 0, 0))
    if found.proof is None or found.verification is None:
        return
    stamp = Stamp("test", certificate_hash(), ())
    artifact = emit_artifact(graph, found.verification, found.proof.record, stamp)
    assert artifact.diagram is not None
    text = write_certificate(artifact, found.verification, (), (), Sources())
    verdict = check_certificate(text, {})
    if artifact.diagram.formulas:
        assert "step" in verdict.refused
    elif any(d.code in BROKEN for d in found.diagnostics):
        assert verdict.refused
    else:
        assert verdict.refused == ""


BROKEN = {"PW0501", "PW0502", "PW0503", "PW0504", "PW0801"}


def certificate_hash() -> str:
    """The hash of no files at all."""
    return "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
