"""Run the program as a user would, inside this process or in a fresh one."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pathwaylang.cli.main import run

ROOT = Path(__file__).resolve().parent.parent.parent

LESION = """\
pathway lesion "One liver lesion"
  version 1.2.0

fact largest "Largest diameter": whole number in mm 1..200
  usually 20 mm
fact fit "Fit for an operation": yes/no
  usually yes

decide local "What is done about the lesion?"
  opinion "Invented for a test."
  when largest <= 30 mm then recommend ablation
  when largest > 30 mm and fit then recommend resection
  when largest > 30 mm and not fit then recommend systemic

recommendation ablation "Thermal ablation"
  do "Plan a margin"
  reassess "after 8 weeks" at local
recommendation resection "Resection"
recommendation systemic "Systemic therapy"

never recommend resection when not fit
  opinion "Invented for a test."

example "A small lesion"
  given largest is 20 mm, fit
  expect recommend ablation
example "A large lesion, unfit"
  given largest is 50 mm, not fit
  expect recommend systemic
"""
"""A small pathway that checks clean."""

GAP = LESION.replace("> 30 mm and fit", ">= 40 mm and fit")
"""The same with patients whom nobody answers: 31 to 39 mm and fit."""


@dataclass(frozen=True)
class Ended:
    """How a call ended: exit code, and what it printed."""

    code: int
    out: str
    err: str


class Program:
    """Calls the program inside this process; `folder` is where it runs."""

    def __init__(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
    ) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self.folder = folder

    def __call__(self, *arguments: str, stdin: str | bytes = b"") -> Ended:
        data = stdin.encode("utf-8", "surrogatepass") if isinstance(stdin, str) else stdin
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))
        self._capsys.readouterr()
        code = run(arguments)
        printed = self._capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return Ended(code, printed.out, printed.err)

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file into the folder; text as it is, line ends too."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
        return path

    def files(self) -> list[str]:
        """Return all files below the folder, sorted."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(str(path.relative_to(self.folder)) for path in found)


def fresh(*arguments: str, folder: Path = ROOT, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a fresh process, without colours unless `extra` asks for them."""
    names = ("NO_COLOR", "FORCE_COLOR", "TERM", "PATHWAYLANG_DEBUG")
    environment = {k: v for k, v in os.environ.items() if k not in names}
    environment |= {"PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    environment |= {"PATHWAYLANG_CACHE_DIR": "", **extra}
    return subprocess.run(
        [sys.executable, "-m", "pathwaylang", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
