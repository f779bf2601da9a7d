"""Each fault put into a copy of the liver pathway is found: code, file, line, and a patient.

The patient of a finding is fed to the runtime as an app would feed it, and shows the defect there.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.verify.prove import Findings
from pathwaylang.diagnostics import Diagnostic, Patient, Source
from pathwaylang.ir.derive import Values
from pathwaylang.ir.facts import UNKNOWN, Fact
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime.case import build_case
from pathwaylang.runtime.walk import Walker
from tests.faults.catalogue import FAULTS, MAIN, NAMES, PROOF, TEXT, Fault

FOLDER = Path(__file__).resolve().parent.parent.parent / "pathways"
WARNINGS = {"PW0505", "PW0703", "PW0704"}


@cache
def texts() -> dict[str, str]:
    """Return the files of the pathway by their path."""
    files = sorted(FOLDER.rglob("*.pw"))
    return {str(path.relative_to(FOLDER)): path.read_text(encoding="utf-8") for path in files}


def changed(fault: Fault) -> dict[str, str]:
    """Return the files with the fault in them."""
    text = texts()[fault.file]
    assert text.count(fault.old) == 1, f"{fault.old!r} stands {text.count(fault.old)} times"
    return {**texts(), fault.file: text.replace(fault.old, fault.new)}


def compiled(files: dict[str, str]) -> Compilation:
    return Compilation(
        Source(MAIN, files[MAIN]), lambda path: Source(path, files[path]) if path in files else None
    )


def found_at(fault: Fault, files: dict[str, str], findings: tuple[Diagnostic, ...]) -> Diagnostic:
    """Return the finding that the fault must lead to, at its place."""
    name = fault.in_file or fault.file
    lines = files[name].splitlines()
    source = Source(name, files[name])
    for found in findings:
        if found.code == fault.code and found.span.source == name:
            line = source.position(found.span.start).line
            if fault.at in lines[line - 1]:
                return found
    where = [f"{d.code} {d.span.source}:{d.span.start} {d.message}" for d in findings]
    pytest.fail(f"{fault.code} not found in {name} at {fault.at!r}; found are {where[:8]}")


@pytest.mark.parametrize("fault", (*TEXT, *NAMES), ids=lambda fault: fault.name)
def test_slip_is_found_at_its_place(fault: Fault) -> None:
    files = changed(fault)
    findings = compiled(files).diagnostics
    found = found_at(fault, files, findings)
    assert found.is_failure
    others = [d for d in findings if d.code != fault.code and d.waived is None]
    assert [f"{d.code} {d.message}" for d in others] == [], "one slip, one finding"


@pytest.mark.parametrize("fault", PROOF, ids=lambda fault: fault.name)
def test_defect_is_found_with_a_patient(fault: Fault) -> None:
    files = changed(fault)
    compilation = compiled(files)
    by_example = fault.code in ("PW0803", "PW0703", "PW0704")
    proved = compilation.findings
    findings = compilation.diagnostics if by_example else proved.diagnostics
    found = found_at(fault, files, findings)
    assert found.is_failure == (fault.code not in WARNINGS)
    if fault.shows:
        assert found.evidence is not None
        assert found.evidence.patient is not None
        assert found.evidence.count
        assert compilation.graph is not None
        replay(fault, found, found.evidence.patient, compilation.graph, proved)


def replay(
    fault: Fault, found: Diagnostic, patient: Patient, graph: DecisionGraph, proved: Findings
) -> None:
    """Feed the patient to the runtime and see the defect."""
    walker = Walker(graph)
    case = build_case({fact.name: fact for fact in graph.facts}, {}, read(patient, graph.facts))
    assert set(case.values) == {fact.name for fact in graph.facts}, "the case is complete"
    values = walker.values(case.values)
    assert not any(values.truth(c.guard) is True for c in graph.constraints)
    match fault.shows:
        case "missing" | "unanswered" | "conflict":
            walk = walker.walk(track_of(graph, fault.decision), values)
            assert walk.halted_at == fault.decision
            assert walk.halt is not None
            assert walk.halt.halt == fault.shows
        case "overlap":
            branches = walker.decisions[fault.decision].branches
            assert sum(b.guard is not None and values.truth(b.guard) is True for b in branches) == 2
        case "rule":
            breaks(found, graph, walker, values)
        case "line":
            assert walker.derived[fault.decision].kind == "classification"
            assert values(fault.decision) == UNKNOWN
        case "before":
            walk = walker.walk(track_of(graph, fault.decision), values)
            assert fault.decision in [name for name, _ in walk.passed]
            obtained = {t for name, _ in walk.passed for t in walker.decisions[name].obtains}
            assert "dpd_test" not in obtained
    assert proved.verification is not None


def read(patient: Patient, facts: tuple[Fact, ...]) -> dict[str, object]:
    """Return a patient as JSON would hold it; facts that do not matter here are unknown."""
    told: dict[str, object] = dict(patient.complete)
    assert set(dict(patient.facts)) <= set(told) <= {fact.name for fact in facts}
    return {fact.name: told.get(fact.name, elsewhere(fact)) for fact in facts}


def elsewhere(fact: Fact) -> object:
    """Return a value for a fact that does not matter to a finding."""
    return UNKNOWN if fact.may_be_unknown else fact.usually


def track_of(graph: DecisionGraph, decision: str) -> str:
    """Return the track whose way leads to a decision of the staging."""
    tracks = {track for stage in graph.stages for track in stage.tracks}
    return decision if decision in tracks else "m_category"


def breaks(found: Diagnostic, graph: DecisionGraph, walker: Walker, values: Values) -> None:
    """See that a track recommends what the rule forbids, on the way that the finding names."""
    rule = next(rule for rule in graph.rules if rule.span == found.span)
    assert rule.guard is not None
    assert values.truth(rule.guard) is not False
    assert found.evidence is not None
    assert found.evidence.patient is not None
    stage = next(stage for stage in graph.stages if stage.name == rule.stage)
    walks = [walker.walk(track, values) for track in stage.tracks]
    broken = [walk for walk in walks if walker.says(walk, rule.names)]
    ways = [tuple(walker.branch(step).id for step in walk.passed) for walk in broken]
    assert found.evidence.patient.way in ways


def test_the_pathway_without_a_fault_is_clean() -> None:
    assert [d for d in compiled(texts()).findings.diagnostics if d.is_failure] == []


def test_the_names_of_the_faults_are_unique() -> None:
    names = [fault.name for fault in FAULTS]
    assert len(set(names)) == len(names)
