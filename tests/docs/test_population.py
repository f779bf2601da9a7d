"""The files and commands of docs/population.md: each prints and writes what the page shows."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cli.conftest import program  # noqa: F401 - a fixture
from tests.cli.support import Program

PAGE = Path(__file__).parents[2] / "docs" / "population.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_page_tells_what_happens(program: Program) -> None:  # noqa: F811
    compared = 0
    for kind, name, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "console":
            line, _, shown = text.removeprefix("$ pathwaylang ").partition("\n")
            assert program(*line.split()).out == shown
            compared += 1
        elif name == "result.csv":
            assert (program.folder / name).read_text("utf-8") == text
            compared += 1
        else:
            program.write(name, text)
    assert compared == 2
