"""The files and commands of docs/overlays.md: each command prints what the page shows.

`--update-golden` writes into the page what the commands print. Of the liver pathway, whose output
is long, the page shows stretches; lines of `…` stand for what is left out.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.cli.conftest import program  # noqa: F401 - a fixture
from tests.cli.support import ROOT, Program

PAGE = ROOT / "docs" / "overlays.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT_OUT = "…"


def test_every_command_prints_what_the_page_shows(
    program: Program,  # noqa: F811
    update_golden: bool,
) -> None:
    shutil.copytree(ROOT / "pathways", program.folder / "pathways")
    page = PAGE.read_text(encoding="utf-8")
    ran = 0
    for match in BLOCK.finditer(page):
        kind, name, text = match.groups()
        if kind != "console":
            program.write(name, text)
            continue
        command, _, shown = text.partition("\n")
        words = command.removeprefix("$ ").split()
        assert words[0] == "pathwaylang"
        printed = program(*words[1:]).out
        ran += 1
        if update_golden and name != "liver":
            page = page.replace(text, f"{command}\n{printed}")
        elif name == "liver":
            _holds(printed, shown)
        else:
            assert printed == shown
    assert ran > 5
    if update_golden:
        PAGE.write_text(page, encoding="utf-8")


def _holds(printed: str, shown: str) -> None:
    """Each stretch between `…` is printed, in this order."""
    at = 0
    stretches = [part.strip("\n") for part in shown.split(LEFT_OUT) if part.strip("\n")]
    assert stretches
    for stretch in stretches:
        found = printed.find(stretch, at)
        assert found >= 0, f"not printed: {stretch}"
        at = found + len(stretch)


def test_the_worked_overlay_is_small() -> None:
    text = (ROOT / "pathways" / "overlays" / "site_without_radioembolisation.pw").read_text("utf-8")
    assert len(text.splitlines()) < 120
    assert text.count("replace branch") == 6
    assert text.count("because") >= 8
    assert Path(PAGE).exists()
