"""`pathwaylang draw --format html`, as a person calls it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from click.testing import CliRunner

from pathwaylang.cli.draw import command
from tests.page.support import HERE

SAMPLE = str(HERE / "sample.pw")


def preset(path: Path) -> dict[str, object]:
    found = re.search(r'id="pw-data">(.*?)</script>', path.read_text(encoding="utf-8"))
    assert found is not None
    data: dict[str, object] = json.loads(found[1])
    return {"preset": data["preset"], "stage": data["stage"]}


def test_draw_writes_the_page_and_names_it(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [SAMPLE, "-o", str(tmp_path), "--format", "html"])
    assert (done.exit_code, done.output.splitlines()[-1]) == (
        0,
        str(tmp_path / "stone_clinic.html"),
    )
    assert preset(tmp_path / "stone_clinic.html") == {"preset": {}, "stage": ""}


def test_draw_with_a_case_fills_the_form(tmp_path: Path) -> None:
    arguments = [SAMPLE, "-o", str(tmp_path), "--format", "html", "--stage", "clinic"]
    done = CliRunner().invoke(command, [*arguments, "-s", "size=0.7 cm", "-s", "adult=yes"])
    assert done.exit_code == 0
    path = tmp_path / "stone_clinic.html"
    assert preset(path) == {"preset": {"adult": True, "size": "7"}, "stage": "clinic"}
