"""The files and commands of docs/testing.md: each command prints what the page shows."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cli.conftest import program  # noqa: F401 - a fixture
from tests.cli.support import Program

PAGE = Path(__file__).parents[2] / "docs" / "testing.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_command_prints_what_the_page_shows(program: Program) -> None:  # noqa: F811
    ran = 0
    for kind, name, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind != "console":
            program.write(name, text)
            continue
        for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            line, _, shown = part.partition("\n")
            words = line.split()
            assert words[0] == "pathwaylang"
            ended = program(*words[1:])
            assert ended.out == shown
            ran += 1
    assert ran
