"""The blocks of docs/embedding.md run, with the pathway of docs/language.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Source
from pathwaylang.ir.artifact import dump_artifact

DOCS = Path(__file__).parents[2] / "docs"


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_every_block_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source("language.pw", "\n".join(blocks("language.md", "pw")))
    artifact = Compilation(source, lambda path: None).artifact
    assert artifact is not None
    (tmp_path / "lesion_guide.json").write_text(dump_artifact(artifact), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = blocks("embedding.md", "python")
    assert found
    names: dict[str, object] = {}
    for block in found:
        exec(compile(block, "embedding.md", "exec"), names)
