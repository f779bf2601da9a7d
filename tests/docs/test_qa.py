"""The story of docs/qa.md, told again: each edit is made, each command prints what the page shows.

Runs in a repository of its own with a copy of the pathways. Blocks `diff FILE` are edits, `console`
are commands; `…` stands for any lines or the rest of a line, `[exit code N]` for an ending other
than 0. Numbers of cases, rules and examples may differ. Blocks marked `long` run with --long only.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import program
from tests.cli.support import Program
from tests.report.support import pdf_texts

__all__ = ["program"]

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "qa.md"
BLOCK = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ENDING = re.compile(r"^\[exit code (\d)\]\n", re.MULTILINE)
# How many there are of these changes with the pathway; what is told of them does not.
COUNTED = re.compile(r" cases | cases$|safety rules proved|examples passed|no findings")
AUTHOR = ("-c", "user.name=A. Author", "-c", "user.email=author@example.org")


@pytest.fixture
def clone(program: Program) -> Program:
    """Return a repository with the pathways, all committed."""
    shutil.copytree(ROOT / "pathways", program.folder / "pathways")
    for command in (("init", "-q"), ("add", "-A"), (*AUTHOR, "commit", "-qm", "The pathway")):
        subprocess.run(["git", *command], cwd=program.folder, check=True)
    return program


def edit(path: Path, lines: list[str]) -> None:
    """Make the edit of a block: lines with - go, with + come; without the first, at the end."""
    old = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "+")
    new = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "-")
    text = path.read_text(encoding="utf-8")
    assert not old or text.count(old) == 1, old
    path.write_text(text.replace(old, new) if old else f"{text}\n{new}", encoding="utf-8")


def shows(shown: str, printed: str) -> bool:
    """Tell whether a text was printed, where `…` stands for what is left out."""
    parts = ("(?:.*\n)*?" if line == "…" else _line(line) for line in shown.splitlines())
    return re.fullmatch("".join(parts), printed) is not None


def _line(line: str) -> str:
    is_open = line.endswith(" …")
    told = re.escape(line[:-1] if is_open else line)
    if COUNTED.search(line):
        told = re.sub(r"\d(?:[\d,]|\\\.)*", r"[\\d,.]+", told)
    return f"{told}.*\n" if is_open else f"{told}\n"


def run(program: Program, text: str) -> int:
    count = 0
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        found = ENDING.search(shown)
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
        assert words[0] == "pathwaylang"
        ended = program(*words[1:])
        expected = ENDING.sub("", shown)
        assert shows(expected, ended.out), f"{line}\n{ended.out}\n{ended.err}"
        assert ended.code == (int(found[1]) if found else 0), f"{line}\n{ended.err}"
        count += 1
    return count


def tell(program: Program, *, with_long: bool) -> int:
    count = 0
    for kind, more, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "diff":
            edit(program.folder / more, text.splitlines())
        elif kind == "console" and (more != "long" or with_long):
            count += run(program, text)
    return count


def test_story_ends_with_a_record_bound_to_the_files(clone: Program) -> None:
    assert tell(clone, with_long=False) >= 12
    record = " ".join(pdf_texts((clone.folder / "record.pdf").read_bytes()))
    certificate = json.loads((clone.folder / "liver_mets.cert.json").read_text(encoding="utf-8"))
    digest = certificate["source_hash"]
    assert f"Signed for the source {digest} and no other." in record
    assert "by Dr A. Example, tumour board on 2026-12-01, bound to the hash below" in record
    assert "liver_mets 0.2.0 · APPROVED" in record
    assert "Five small lesions, no surgery: the meeting is asked" in record
    head = (clone.folder / "pathways" / "liver_mets.pw").read_text(encoding="utf-8")
    assert f'approved "Dr A. Example, tumour board" 2026-12-01 of {digest}' in head


@pytest.mark.long
def test_story_with_planted_faults(clone: Program) -> None:
    assert tell(clone, with_long=True) >= 16
    changes = (clone.folder / "changes.html").read_text(encoding="utf-8")
    assert "Number of liver metastases" in changes


def test_page_names_every_step_of_its_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for number in range(1, 10):
        assert f"\n## {number}. " in text
    for command in ("check", "diff", "test", "mutate", "report", "certify"):
        assert f"$ pathwaylang {command} " in text


@pytest.mark.parametrize(
    ("shown", "printed", "is_shown"),
    [
        ("a\n…\nc\n", "a\nb\nb\nc\n", True),
        ("a\n…\nc\n", "a\nc\n", True),
        ("a\n…\nc\n", "a\nc\nd\n", False),
        ("a …\n", "a b c\n", True),
        ("a\n", "a b\n", False),
        ("about 7.38 × 10^72 cases move from a\n", "about 1.2 × 10^7 cases move from a\n", True),
        ("about 7.38 × 10^72 cases move from a\n", "about 1.2 × 10^7 cases move from b\n", False),
        ("  given liver_count is 4\n", "  given liver_count is 5\n", False),
    ],
)
def test_ellipsis(shown: str, printed: str, is_shown: bool) -> None:
    assert shows(shown, printed) is is_shown
