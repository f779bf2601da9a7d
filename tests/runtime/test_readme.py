"""The README of the runtime names every file of it, and its example runs."""

from __future__ import annotations

import re
from pathlib import Path

import pathwaylang.runtime
from tests.runtime.small import artifact_json

FOLDER = Path(pathwaylang.runtime.__file__).parent
TEXT = (FOLDER / "README.md").read_text(encoding="utf-8")


def test_every_file_is_named() -> None:
    files = {path.name for path in FOLDER.glob("*.py")} - {"__init__.py"}
    assert files == set(re.findall(r"`(\w+\.py)`", TEXT))


def test_example_runs(tmp_path: Path) -> None:
    path = tmp_path / "small.json"
    path.write_text(artifact_json(), encoding="utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    block = block.replace("liver_mets.json", str(path)).replace('"ecog": 1', '"adult": True')
    names: dict[str, object] = {}
    exec(block, names)
    assert names["question"] is not None
    assert names["schema"]
