"""Every complete case of the liver pathway reaches exactly one recommendation in every track."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Source
from pathwaylang.ir.facts import UNKNOWN, Value
from pathwaylang.runtime import Case, Pathway
from tests.liver_mets.oracle.domain import random_case

FOLDER = Path(__file__).resolve().parent.parent.parent / "pathways"
STAGES = ("workup", "staging", "management")


@cache
def pathway() -> Pathway:
    """Return the compiled pathway."""

    def load(path: str) -> Source | None:
        file = FOLDER / path
        return Source(path, file.read_text(encoding="utf-8")) if file.exists() else None

    source = load("liver_mets.pw")
    assert source is not None
    artifact = Compilation(source, load).artifact
    assert artifact is not None
    return Pathway(artifact)


def complete(rng: Random, unknown: float) -> dict[str, Value]:
    """Return a random complete case: the oracle's facts, and the others unknown."""
    drawn = random_case(rng, unknown)
    facts = {fact.name for fact in pathway().facts}
    assert drawn.keys() <= facts
    return {fact.name: drawn.get(fact.name, UNKNOWN) for fact in pathway().facts}


def judge(seed: int, count: int) -> Counter[str]:
    """Evaluate random cases in every stage; return how often each stage and track ended where."""
    rng = Random(seed)
    seen: Counter[str] = Counter()
    for number in range(count):
        case = Case(complete(rng, (0, 0.02, 0.1, 0.5)[number % 4]))
        for stage in STAGES:
            answer = pathway().evaluate(case, stage)
            entries = [entry for entry in answer.tracks if entry.stage == stage]
            assert [entry.track for entry in entries] == list(pathway().tracks(stage))
            for entry in entries:
                assert entry.status == "recommendation", (entry, dict(case.values))
                assert entry.outcome
                assert entry.recommendations or entry.offers or entry.goes_to
                assert len(entry.branches) == 1
                seen[f"{stage}.{entry.track}: {entry.outcome}"] += 1
    return seen


def test_every_complete_case_reaches_one_recommendation_per_track() -> None:
    seen = judge(20261124, 400)
    assert len(seen) > 80, "the cases are too much alike to show anything"


@pytest.mark.long
def test_many_complete_cases_reach_one_recommendation_per_track() -> None:
    assert len(judge(7, 20_000)) > 120


@pytest.mark.parametrize("stage", STAGES)
def test_what_is_recorded_never_takes_an_answer_back(stage: str) -> None:
    """A partial case that is certain already stays so, whatever else is recorded."""
    rng = Random(len(stage))
    certain = 0
    for _ in range(25):
        full = complete(rng, 0.05)
        names = rng.sample(sorted(full), rng.randint(0, len(full)))
        partial = {name: full[name] for name in full if name in names}
        before = pathway().evaluate(Case(partial), stage)
        after = pathway().evaluate(Case(full), stage)
        for entry in before.tracks:
            if entry.stage != stage:
                continue
            if entry.status == "recommendation":
                certain += 1
                assert after[entry.track].outcome == entry.outcome
            else:
                assert entry.status == "request"
                assert after[entry.track].outcome in entry.possible
                assert entry.requests
                assert not {item.name for item in entry.requests} & partial.keys()
    assert certain
