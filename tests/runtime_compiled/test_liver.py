"""Every fast form answers for the liver pathway as `evaluate` does, whole cases and partial."""

from __future__ import annotations

import sys
from functools import cache
from random import Random
from types import ModuleType

import pytest

from pathwaylang.compiler.emit.python import emit_python
from pathwaylang.ir.facts import Value
from pathwaylang.runtime import Case
from pathwaylang.runtime.bulk.adapters import choose
from tests.liver_mets import built
from tests.liver_mets.test_pathway_equals_oracle import draw

STAGES = ("workup", "staging", "management")


def cases(count: int, seed: str) -> list[dict[str, Value]]:
    """Whole cases, cases with some gaps, and cases with little recorded."""
    rng = Random(seed)
    found = []
    for number in range(count):
        whole = draw(rng, number)
        share = (0.0, 0.05, 0.3, 0.9)[number % 4]
        found.append({name: value for name, value in whole.items() if rng.random() >= share})
    return found


@cache
def module() -> ModuleType:
    made = ModuleType("liver_module")
    sys.modules["liver_module"] = made  # dataclasses look there
    text = emit_python(built.pathway().artifact)
    assert len(text) < 1_000_000
    exec(compile(text, "liver_module.py", "exec"), vars(made))
    return made


def compare(count: int, seed: str) -> None:
    pathway = built.pathway()
    some = cases(count, seed)
    for stage in STAGES:
        many = pathway.evaluate_many([Case(case) for case in some], stage)
        for index, case in enumerate(some):
            expected = pathway.evaluate(Case(case), stage).tracks
            assert many.row(index) == expected
            assert pathway.compiled().endings(Case(case), stage) == expected
            said = module().decide(case, stage)["tracks"]
            for entry in expected:
                told = said[entry.track]
                assert (told["status"], told["outcome"]) == (entry.status, entry.outcome)
                assert told["branches"] == list(entry.branches)
                assert set(told["requests"]) == {n for r in entry.requests for n in r.facts}
                assert told["possible"] == list(entry.possible)


def test_the_liver_pathway(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "WORTH", 0)
    compare(12, "short")


@pytest.mark.long
def test_the_liver_pathway_at_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "WORTH", 0)
    compare(1_000, "long")
