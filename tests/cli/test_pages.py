"""The pages of the codes: complete, and their examples do what they say.

Each faulty example must give exactly the code of its page, each repair none; both are compiled as
`check` does it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from pathwaylang.cli.explain import OWN_FAULTS, find_code, read_page
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import CODES, Source
from tests.cli.support import ROOT, Program

PAGES = ROOT / "pathwaylang" / "diagnostics" / "pages"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TODAY = "2026-11-24"

# Codes that this version does not check: no page. Whoever adds the check adds the page.
NOT_YET: set[str] = set()
# A page whose example no file can show: a budget is a property of the run.
NO_EXAMPLE = {"PW0513", "PW0599"}
# Codes that come with a second one, which follows from the same mistake.
WITH_OTHERS: dict[str, set[str]] = {}


@dataclass(frozen=True)
class Example:
    """One block of a page: the file and the files beside it."""

    text: str
    beside: dict[str, str]

    def codes(self) -> set[str]:
        """Return the codes that a check gives."""

        def load(name: str) -> Source | None:
            return Source(name, self.beside[name]) if name in self.beside else None

        compilation = Compilation(Source("example.pw", self.text), load, today=TODAY)
        return {d.code for d in compilation.diagnostics if d.waived is None}


def examples(page: str, heading: str) -> list[Example]:
    """Return the examples under a heading of a page."""
    section = page.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found: list[Example] = []
    for language, name, text in BLOCK.findall(section):
        if name:
            found[-1].beside[name] = text
        elif language == "pw":
            found.append(Example(text, {}))
    return found


def page_of(path: Path) -> str:
    """Return the text of a page."""
    return path.read_text(encoding="utf-8")


CODE_PAGES = sorted(path for path in PAGES.glob("*.md") if path.stem in CODES)


def test_every_code_has_a_page_or_is_not_checked_yet() -> None:
    own = {code for code in CODES if code.startswith(OWN_FAULTS)}
    assert {path.stem for path in CODE_PAGES} == set(CODES) - NOT_YET - own
    assert (PAGES / f"{OWN_FAULTS}xx.md").exists()


def test_no_page_for_a_code_without_a_check() -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for path in (ROOT / "pathwaylang" / "compiler").rglob("*.py")
    ]
    checked = {code for code in CODES if any(f'"{code}"' in text for text in sources)}
    assert {path.stem for path in CODE_PAGES} <= checked
    assert checked & NOT_YET == set(), "a new check needs its page"


@pytest.mark.parametrize("path", CODE_PAGES, ids=lambda path: path.stem)
def test_page_has_its_parts(path: Path) -> None:
    page = page_of(path)
    assert page.startswith(f"# {path.stem} {CODES[path.stem].name}\n")
    headings = re.findall(r"^## (.+)$", page, re.MULTILINE)
    example = [] if path.stem in NO_EXAMPLE else ["Example"]
    assert headings == ["Why it matters to a patient", *example, "Repair"]


@pytest.mark.parametrize("path", CODE_PAGES, ids=lambda path: path.stem)
def test_example_gives_the_code_and_repair_does_not(path: Path) -> None:
    page = page_of(path)
    faulty, repaired = examples(page, "Example"), examples(page, "Repair")
    if path.stem in NO_EXAMPLE:
        assert (faulty, repaired) == ([], [])
        return
    assert len(faulty) == len(repaired) == 1
    assert faulty[0].codes() == {path.stem} | WITH_OTHERS.get(path.stem, set())
    assert repaired[0].codes() == set()


def test_list_of_codes_names_every_page() -> None:
    listed = (ROOT / "docs" / "codes" / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\[(PW\d{4})\]\(../../pathwaylang/diagnostics/pages/(\w+)\.md\)", listed)
    assert {page for _, page in links} == {path.stem for path in PAGES.glob("*.md")}
    for code, _ in links:
        assert f"| {CODES[code].name} | {CODES[code].summary} |" in listed


def test_explain_prints_the_page(program: Program) -> None:
    page = page_of(PAGES / "PW0501.md")
    for asked in ("PW0501", "pw0501", "missing-case", "Missing-Case"):
        assert program("explain", asked).out == page


def test_explain_without_a_code_lists_all(program: Program) -> None:
    lines = program("explain").out.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("PW")] == list(CODES)


def test_explain_tells_internal_faults_on_one_page() -> None:
    assert read_page(find_code("PW9901")) == read_page(find_code("PW9902"))


@pytest.mark.parametrize(
    ("asked", "near"), [("PW0510O", "PW0510"), ("missing-cases", "missing-case")]
)
def test_explain_suggests_the_nearest(asked: str, near: str, program: Program) -> None:
    ended = program("explain", asked)
    assert ended.code == 2
    assert f"did you mean `{near}`?" in ended.err
