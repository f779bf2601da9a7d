"""The program, run in a folder of its own, as a fixture."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import Program


@pytest.fixture
def program(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Program:
    """Return a caller of the program; the current folder is an empty one."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM", "PATHWAYLANG_DEBUG", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PATHWAYLANG_CACHE_DIR", "")
    monkeypatch.chdir(tmp_path)
    return Program(capsys, monkeypatch, tmp_path)
