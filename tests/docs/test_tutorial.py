"""docs/tutorial.md, followed word by word: each change is made, each answer is the page's."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import program  # noqa: F401 - a fixture
from tests.cli.support import Program

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?(?: (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
QUESTION = re.compile(r"^(.* \[.*\]): (.*)$", re.MULTILINE)


class Reader:
    """Does what the page says, in a folder of its own; `page` is the text with true answers."""

    def __init__(self, called: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        self.program = called
        self.monkeypatch = monkeypatch
        self.old = ""
        self.commands = 0
        self.changes = 0

    def follow(self, text: str) -> str:
        """Return the page with every answer as it really is."""
        return BLOCK.sub(self._block, text)

    def _block(self, match: re.Match[str]) -> str:
        kind, name, action, text = match.groups()
        if kind == "pw":
            self._write(name, action, text)
        elif kind == "console":
            return "```console\n" + "".join(self._answers(text)) + "```"
        elif kind == "mermaid":
            self.program("draw", "lump.pw", "-o", "pictures", "--format", "mermaid")
            drawn = self.program.folder / "pictures" / "main.mmd"
            return "```mermaid\n" + drawn.read_text(encoding="utf-8") + "```"
        return match[0]

    def _write(self, name: str, action: str | None, text: str) -> None:
        path = self.program.folder / name
        if action == "old":
            self.old = text
            return
        before = path.read_text(encoding="utf-8") if action else ""
        if action in ("new", "cut"):
            gone, put = (self.old, text) if action == "new" else (text, "")
            assert before.count(gone) == 1, f"not once in the file:\n{gone}"
            text = before.replace(gone, put)
        self.program.write(name, before + text if action == "append" else text)
        self.changes += 1

    def _answers(self, text: str) -> Iterator[str]:
        for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            line, _, shown = part.partition("\n")
            words = shlex.split(line)
            assert words[0] == "pathwaylang"
            self.commands += 1
            if words[1] == "new":
                yield f"$ {line}\n{self._dialogue(words, shown)}"
            else:
                yield f"$ {line}\n{self.program(*words[1:]).out}"

    def _dialogue(self, words: list[str], shown: str) -> str:
        """Answer the questions as the page does; they must be those of the program."""
        replies = [reply for _, reply in QUESTION.findall(shown)]
        self.monkeypatch.setattr("pathwaylang.cli.new.is_terminal", lambda stream: True)
        out = self.program(*words[1:], stdin="\n".join(replies) + "\n").out
        for question, reply in QUESTION.findall(shown):
            assert f"{question}: " in out
            out = out.replace(f"{question}: ", f"{question}: {reply}\n")
        return out


def test_the_tutorial_is_true(
    program: Program,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    update_golden: bool,
) -> None:
    reader = Reader(program, monkeypatch)
    text = PAGE.read_text(encoding="utf-8")
    found = reader.follow(text)
    if update_golden:
        PAGE.write_text(found, encoding="utf-8")
    assert found == PAGE.read_text(encoding="utf-8")
    assert reader.commands >= 8
    assert reader.changes >= 10


def test_what_new_writes_checks_clean_and_is_what_the_page_renames(
    program: Program,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The page's first file is the one that `new` wrote, with other names and without remarks."""
    reader = Reader(program, monkeypatch)
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    dialogue = next(text for kind, _, _, text in blocks if kind == "console")
    reader.follow(f"```console\n{dialogue}```")
    written = (program.folder / "lump.pw").read_text(encoding="utf-8")
    assert program("check", "lump.pw").code == 0
    shown = next(text for kind, name, action, text in blocks if kind == "pw" and not action)
    for mine, theirs in (
        ("first_question", "growing"),
        ("if_yes", "refer"),
        ("if_no", "look_again"),
    ):
        written = written.replace(mine, theirs)
    assert [item for item in items(written) if item.startswith(("decide", "recomm"))] == [
        item
        for item in items(shown.replace("Who looks at the lump?", "Is the lump growing?"))
        if item.startswith(("decide", "recomm"))
    ]


def items(text: str) -> list[str]:
    """The heading lines of items."""
    return [line for line in text.split("\n") if line[:1].isalpha()]
