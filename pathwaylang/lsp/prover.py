"""The proof in a process of its own, so that a keystroke never waits for it.

`Prover` starts `python -m pathwaylang.lsp.prover`, hands it the texts of a pathway and gets back
what a check found. The process keeps what it has worked out, so that only what changed is proved
again; it ends when its input ends. Messages are pickled, each behind its length in eight bytes;
both ends are this program.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, cast

from pathwaylang.diagnostics import Source
from pathwaylang.service import Checked, Workspace, check

Texts = dict[str, str]
_LENGTH = 8
_SECONDS = 300


class ProverError(Exception):
    """The process ended, or took longer than anybody waits."""


class Prover:
    """One process that proves one pathway after the other; a thread waits for it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="prover")
        self._turn = asyncio.Lock()
        self._is_closed = False

    async def check(self, root: str, texts: Texts, today: str) -> Checked:
        """Return what a check of the pathway finds; `texts` are all of its files.

        Raises:
            ProverError: where there is no result; the next call starts a new process.
        """
        question = pickle.dumps((root, texts, today))
        loop = asyncio.get_running_loop()
        async with self._turn:
            try:
                asked = loop.run_in_executor(self._thread, self._ask, question)
                return await asyncio.wait_for(asked, _SECONDS)
            except (OSError, EOFError, TimeoutError) as error:
                self.stop()
                raise ProverError(str(error) or "it took too long") from None

    def _ask(self, question: bytes) -> Checked:
        process = self._process
        if process is None or process.poll() is not None:
            process = self._process = _start()
            if self._is_closed:  # it was closed while the process started
                process.kill()
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(len(question).to_bytes(_LENGTH, "big") + question)
        process.stdin.flush()
        length = process.stdout.read(_LENGTH)
        if len(length) < _LENGTH:
            raise EOFError("the process of the proof ended")
        # Only our own process writes here.
        answer = pickle.loads(process.stdout.read(int.from_bytes(length, "big")))
        return cast("Checked", answer)

    def stop(self) -> None:
        """End the process; whoever waits for it gets an error."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def close(self) -> None:
        """End the process and the thread; nothing can be asked any more."""
        self._is_closed = True
        self._thread.shutdown(wait=False, cancel_futures=True)
        self.stop()


def _start() -> subprocess.Popen[bytes]:
    package = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH", ""))))
    return subprocess.Popen(
        [sys.executable, "-m", "pathwaylang.lsp.prover"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
    )


def serve(stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Answer questions until the input ends."""
    workspaces: dict[str, Workspace] = {}
    texts: Texts = {}

    def load(name: str) -> Source | None:
        return Source(name, texts[name]) if name in texts else None

    while True:
        length = stdin.read(_LENGTH)
        if len(length) < _LENGTH:
            return
        root, given, today = cast(
            "tuple[str, Texts, str]", pickle.loads(stdin.read(int.from_bytes(length, "big")))
        )
        texts.clear()
        texts.update(given)
        workspace = workspaces.setdefault(root, Workspace(load, today=today))
        workspace.forget()
        compilation = workspace.compilation(root)
        found = Checked(()) if compilation is None else check(compilation)
        data = pickle.dumps(found)
        stdout.write(len(data).to_bytes(_LENGTH, "big") + data)
        stdout.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
