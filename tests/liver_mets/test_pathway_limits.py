"""The patients at the limits: the kept cases pass, and no worked case is drowned by them.

`pathways/cases/README.md` tells how the file is written anew after a change that is meant.
"""

from __future__ import annotations

from functools import cache

import pytest

from pathwaylang.compiler.qa.case_files import CaseFile, read_case_file
from pathwaylang.compiler.qa.cases import CaseRunner
from tests.liver_mets import built

LIMITS, SLIPS = "liver_mets_limits.csv", "liver_mets_slips.csv"


@cache
def kept(name: str = LIMITS) -> CaseFile:
    return read_case_file(name, (built.FOLDER / "cases" / name).read_text("utf-8"))


@pytest.mark.parametrize("name", [LIMITS, SLIPS])
def test_every_kept_case_is_answered_as_before(name: str) -> None:
    runner = CaseRunner(built.pathway(), None)
    assert kept(name).problems == ()
    results = [runner.run(row) for row in kept(name).rows]
    moved = [
        (result.row.id, judged.track, judged.expected, judged.got)
        for result in results
        for judged in result.judged
        if not judged.passed
    ]
    assert moved == []
    assert [result.problems for result in results if result.problems] == []


def test_the_kept_cases_reach_nearly_every_branch() -> None:
    runner = CaseRunner(built.pathway(), None)
    reached: set[str] = set()
    for row in kept().rows:
        case = runner.pathway.case(row.given)
        for stage in {runner.stage_of(track) for track, _ in row.expected}:
            for entry in runner.pathway.endings(case, stage):
                reached |= set(entry.branches)
    assert len(kept().rows) > 500
    assert len(reached) > 0.85 * len(built.branches())


def test_what_they_expect_is_marked_as_todays_answer() -> None:
    files = {name: text for name, text in built.texts().items() if "/limits_" in name}
    assert len(files) == 3
    for name, text in files.items():
        assert "a reviewer decides" in text, name
        assert "for review, no evidence" in text, name
        assert 'example "Case ' not in text, name
