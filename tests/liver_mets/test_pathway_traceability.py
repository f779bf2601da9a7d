"""From the article to the pathway and back: nothing left out, nothing without a source.

Each of the 108 statements is there, is cited or is background with a reason; every other source is
cited; every threshold names the statement that holds it; the files stay short enough to read aloud.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from pathwaylang.ir.graph import Citable
from tests.liver_mets import built

STATEMENTS = [f"s{number}" for number in range(1, 109)]
CHECKED = [f"c{number}" for number in range(1, 45) if number != 43]
KNOWN = [f"k{number}" for number in range(1, 42)]
MOST_LINES = 600


@cache
def sources() -> dict[str, Citable]:
    return {source.name: source for source in built.graph().sources}


@cache
def cited() -> frozenset[str]:
    """Return what any `cite` of the files names, as written."""
    found: set[str] = set()
    for text in built.texts().values():
        for line in re.findall(r"^ *cite (.+(?:\n {6,}\S.*)*)", text, re.MULTILINE):
            found |= {name.strip() for name in line.split(",")}
    return frozenset(found)


def test_the_article_has_its_108_statements_in_order() -> None:
    assert [statement.id for statement in sources()["article"].statements] == STATEMENTS


@pytest.mark.parametrize("source", ["article", *CHECKED, *KNOWN])
def test_every_statement_is_cited_or_background(source: str) -> None:
    for statement in sources()[source].statements:
        is_cited = f"{source}.{statement.id}" in cited()
        assert is_cited != bool(statement.background), (statement.id, statement.background)
        assert statement.at
        assert statement.text


def test_there_are_no_other_sources() -> None:
    records = {"cases", "limits_local", "limits_stages", "limits_systemic"}
    assert set(sources()) == {"article", *records, *CHECKED, *KNOWN}


@pytest.mark.parametrize("source", [*CHECKED, *KNOWN])
def test_every_source_is_cited(source: str) -> None:
    assert any(name == source or name.startswith(f"{source}.") for name in cited())


def test_what_rests_on_unchecked_sources_says_so() -> None:
    """A branch that cites a source from memory asks the reviewer to confirm it."""
    silent = [
        branch.id
        for branch in built.branches().values()
        if any(re.match(r"k\d", cite) for cite in branch.basis.cites)
        and not branch.basis.opinions
        and not any(decision_opinion(branch.id))
    ]
    assert silent == []


def decision_opinion(branch: str) -> list[str]:
    decision = next(d for d in built.graph().decisions if branch in [one.id for one in d.branches])
    return list(decision.basis.opinions)


def test_no_finding_on_tracing_and_no_finding_left() -> None:
    codes = {found.code for found in built.compilation().diagnostics if found.waived is None}
    assert codes == set()
    waived = {found.code for found in built.compilation().diagnostics}
    assert not waived & {"PW0703", "PW0704"}, "tracing is not waived either"


def test_files_can_be_read_aloud() -> None:
    sizes = {name: len(text.splitlines()) for name, text in built.texts().items()}
    assert {name: size for name, size in sizes.items() if size > MOST_LINES} == {}
