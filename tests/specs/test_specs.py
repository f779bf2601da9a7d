"""Every Markdown specification holds, and together they show every code that can be produced."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pathwaylang.compiler.verify.engines.solver import find_solver
from pathwaylang.diagnostics.codes import CODES
from tests.specs.runner import Checked, Spec, documents, expected, read_specs, rewrite

SPECS = [spec for document in documents() for spec in read_specs(document)]

WITH_PATIENT = {"PW0501", "PW0502", "PW0503", "PW0504", "PW0602", "PW0801"}
"""The findings about patients: each shows one."""

NOT_YET = {
    "PW9901": "our own fault: no text may bring it about",
    "PW9902": "our own fault: no text may bring it about",
}
"""Codes that no pathway shows today, with the reason."""


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec: Spec, update_golden: bool) -> None:
    checked = Checked(spec)
    if checked.needs_solver and find_solver() is None:
        pytest.skip("neither python-sat nor z3-solver is installed (extra verify)")
    wanted, got = expected(spec), checked.marks()
    missing, surplus = wanted - got, got - wanted
    assert not missing, f"not found: {sorted(missing)}; instead: {checked.said()}"
    if "more" not in spec.main.options:
        assert not surplus, f"not expected: {sorted(surplus)}\n{checked.said()}"
    for found in checked.findings:
        if found.code in WITH_PATIENT:
            assert found.evidence is not None, found
            assert found.evidence.patient is not None, found
    if spec.text is not None:
        said = checked.said()
        if update_golden:
            rewrite(spec, spec.text, said)
        else:
            assert spec.text.body == said
    if spec.runs is not None:
        answered = checked.answered()
        if update_golden:
            rewrite(spec, spec.runs, answered)
        else:
            assert spec.runs.body == answered


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.stem)
def test_every_finding_says_what_to_write(document: Path) -> None:
    """A note tells something; what fails, or may fail, says how it is mended."""
    for spec in read_specs(document):
        checked = Checked(spec)
        if checked.needs_solver and find_solver() is None:
            continue
        for found in checked.findings:
            is_said = bool(found.help) or any(note.startswith("Give") for note in found.notes)
            assert is_said or found.severity == "note" or found.waived, found


def test_names_are_unique() -> None:
    counts = Counter(str(spec) for spec in SPECS)
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_code_has_a_spec_and_a_message() -> None:
    marked = {mark[3] for spec in SPECS for mark in expected(spec)}
    told = {mark[3] for spec in SPECS if spec.text is not None for mark in expected(spec)}
    assert sorted(CODES.keys() - NOT_YET.keys() - marked) == []
    assert sorted(CODES.keys() - NOT_YET.keys() - told) == []
    assert sorted(NOT_YET.keys() & marked) == [], "a code that can be produced after all"
