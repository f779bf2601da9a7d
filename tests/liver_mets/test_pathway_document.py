"""docs/pathways/liver_mets.md is what `build --target doc` writes, and says what it must.

`pytest --update-golden` rewrites it after a change of the pathway. The page for reviewers beside it
is written by hand; what it names must exist, and nothing that is to be reviewed may be missing.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from pathwaylang.cli.main import run
from tests.liver_mets import built

ROOT = built.FOLDER.parent
DOCUMENT = ROOT / "docs" / "pathways" / "liver_mets.md"
REVIEW = ROOT / "docs" / "pathways" / "liver_mets_review.md"


@cache
def document() -> str:
    return DOCUMENT.read_text("utf-8")


@cache
def review() -> str:
    return REVIEW.read_text("utf-8")


def test_document_is_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    monkeypatch.chdir(ROOT)
    arguments = ["build", "pathways/liver_mets.pw", "--target", "doc", "-o", str(tmp_path)]
    assert run(arguments) == 0
    written = (tmp_path / "liver_mets.md").read_text("utf-8")
    if update_golden:
        DOCUMENT.write_text(written, "utf-8")
    assert written == DOCUMENT.read_text("utf-8"), "rewrite it with: pytest --update-golden"


def test_document_has_its_sections_in_order() -> None:
    assert re.findall(r"^## (.+)$", document(), re.MULTILINE) == [
        *("Scope", "Facts", "Derived facts", "Tests", "Decisions", "Recommendations"),
        *("Safety rules", "Opinions to review", "What was proved", "Sources", "Examples"),
    ]


def test_every_citation_leads_to_its_statement() -> None:
    places = re.findall(r'<a id="([^"]+)"></a>', document())
    assert len(places) == len(set(places))
    linked = set(re.findall(r"\]\(#([^)]+)\)", document()))
    assert linked <= set(places)
    assert len(linked) > 200


def test_document_names_every_branch_and_opinion() -> None:
    told = document()
    assert [branch for branch in built.branches() if f"| `{branch}` |" not in told] == []
    names = [item.name for item in built.graph().recommendations]
    assert [name for name in names if f"- Name: `{name}`" not in told] == []


# ------------------------------------------------------------ the page for reviewers


def test_review_page_says_what_the_pathway_is_not() -> None:
    for words in ("not a medical device", "logic is proved", "medicine", "not checked"):
        assert words in review().lower(), words


def test_review_page_names_rows_that_exist() -> None:
    """Names of rows, definitions and conflicts stand in code marks."""
    known = set(built.branches()) | {item.name for item in built.graph().derived}
    known |= {fact.name for fact in built.graph().facts}
    known |= {decision.name for decision in built.graph().decisions}
    known |= {f"X{number}" for number in range(1, 10)}
    known |= {test.name for test in built.graph().tests} | {"example"}
    marked = set(re.findall(r"`([A-Za-z]\w*(?:\.\d+)?)`", review()))
    assert marked - known == set()
    assert len(marked & set(built.branches())) > 40


def test_review_page_lists_every_unchecked_source_and_every_waived_row() -> None:
    unchecked = [s.name for s in built.graph().sources if re.fullmatch(r"k\d+", s.name)]
    assert [name for name in unchecked if f"| {name.upper()} |" not in review()] == []
    waived = waived_rows()
    assert len(waived) > 20
    assert sorted(row for row in waived if f"`{row}`" not in review()) == []


def waived_rows() -> set[str]:
    """Return the rows that are opened by an unknown and that the authors stand by."""
    found = [d for d in built.compilation().diagnostics if d.code == "PW0510" and d.waived]
    by_span = {branch.span: branch.id for branch in built.branches().values()}
    by_name = {decision.span: decision.name for decision in built.graph().decisions}
    return {by_span.get(d.span) or by_name.get(d.span) or str(d.span) for d in found}
