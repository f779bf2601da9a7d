"""`check --watch` and `draw --watch`: a saved file is answered, a broken save ends nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pathwaylang.cli.files import noting_reads, read_inputs, stamp_of
from tests.cli.support import GAP, LESION, ROOT, Program

PATIENCE = 60.0


class Watching:
    """A call that goes on: what it has printed so far, and how it ended."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._printed: list[str] = []
        assert process.stdout is not None
        self._reader = threading.Thread(target=self._printed.extend, args=(process.stdout,))
        self._reader.start()

    def until(self, text: str) -> str:
        """Wait for a text, return what was printed, and forget it."""
        end = time.monotonic() + PATIENCE
        while text not in "".join(self._printed):
            assert time.monotonic() < end, f"no `{text}` in {self._printed}"
            assert self._process.poll() is None, self._printed
            time.sleep(0.05)
        told = "".join(self._printed)
        del self._printed[:]
        return told

    def end(self) -> int:
        code = self._process.wait(PATIENCE)
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()
        return code

    def interrupt(self) -> int:
        self._process.send_signal(signal.SIGINT)
        code = self.end()
        assert "Traceback" not in "".join(self._printed)
        return code


@contextmanager
def watching(folder: Path, *arguments: str) -> Iterator[Watching]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "pathwaylang", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    call = Watching(process)
    try:
        yield call
    finally:
        process.kill()
        call.end()


def test_check_answers_each_save_until_it_is_interrupted(program: Program) -> None:
    program.write("lesion.pw", LESION)
    with watching(program.folder, "check", "--watch", "lesion.pw") as call:
        assert "1 file: no findings" in call.until("watching 1 file; Ctrl-C ends it")
        program.write("lesion.pw", GAP)
        assert "PW0502 gap-between-rows" in call.until("watching 1 file")
        (program.folder / "lesion.pw").unlink()
        assert "lesion.pw: there is no such file" in call.until("watching 1 file")
        program.write("lesion.pw", b"\xff\xfe\x00")
        assert "UTF-16" in call.until("watching 1 file")
        program.write("lesion.pw", LESION)
        assert "1 file: no findings" in call.until("watching 1 file")
        assert call.interrupt() == 130


def test_check_watches_modules_and_files_that_are_not_there_yet(program: Program) -> None:
    fit = 'fact fit "Fit for an operation": yes/no\n  usually yes\n'
    uses = LESION.replace(fit, "").replace("fact largest", 'use fit from "m.pw"\n\nfact largest')
    program.write("all/lesion.pw", uses)
    with watching(program.folder, "check", "--watch", "all") as call:
        assert "PW0905" in call.until("watching 3 files")
        program.write("all/m.pw", f'module m "M"\n\n{fit}')
        assert "1 file: no findings" in call.until("watching 3 files")
        program.write("all/more.pw", GAP)
        assert "2 files, 1 without errors: 1 error" in call.until("watching 4 files")
        assert call.interrupt() == 130


def test_draw_draws_again(program: Program) -> None:
    program.write("lesion.pw", LESION)
    arguments = ("draw", "lesion.pw", "-o", "out", "--format", "mermaid", "--watch")
    with watching(program.folder, *arguments) as call:
        assert "overview.mmd" in call.until("watching 1 file")
        program.write("lesion.pw", GAP)
        assert "PW0502" in call.until("watching 1 file")
        program.write("lesion.pw", LESION.replace("Thermal ablation", "Heat"))
        assert "overview.mmd" in call.until("watching 1 file")
        drawn = "".join(path.read_text("utf-8") for path in (program.folder / "out").iterdir())
        assert "Heat" in drawn and "Thermal ablation" not in drawn
        assert call.interrupt() == 130


@pytest.mark.parametrize(
    "arguments", [("check", "--watch", "-"), ("draw", "--watch", "-", "-o", "x")]
)
def test_standard_input_cannot_be_watched(arguments: tuple[str, ...], program: Program) -> None:
    ended = program(*arguments, stdin=LESION)
    assert ended.code == 2
    assert "standard input cannot be watched" in ended.err


def test_reads_are_noted_with_the_stamp_from_before(program: Program) -> None:
    path = program.write("a/lesion.pw", LESION)
    with noting_reads() as read:
        read_inputs(["a", "gone.pw"], with_modules=False)
        path.write_text("changed")
    assert set(read) == {"a", os.path.join("a", "lesion.pw"), "gone.pw"}
    assert read["gone.pw"] is None
    assert read[os.path.join("a", "lesion.pw")] != stamp_of(str(path))
    with noting_reads() as later:
        pass
    assert later == {}
