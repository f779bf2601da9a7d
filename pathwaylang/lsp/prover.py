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
import sys
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
    """One process that proves one pathway after the other."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def check(self, root: str, texts: Texts, today: str) -> Checked:
        """Return what a check of the pathway finds; `texts` are all of its files.

        Raises:
            ProverError: where there is no result; the next call starts a new process.
        """
        async with self._turn:
            try:
                return await asyncio.wait_for(self._ask((root, texts, today)), _SECONDS)
            except (OSError, EOFError, asyncio.IncompleteReadError, TimeoutError) as error:
                self.stop()
                raise ProverError(str(error) or "it took too long") from None

    async def _ask(self, question: tuple[str, Texts, str]) -> Checked:
        process = self._process
        if process is None or process.returncode is not None:
            process = self._process = await _start()
        assert process.stdin is not None and process.stdout is not None
        data = pickle.dumps(question)
        process.stdin.write(len(data).to_bytes(_LENGTH, "big") + data)
        await process.stdin.drain()
        length = int.from_bytes(await process.stdout.readexactly(_LENGTH), "big")
        # Only our own process writes here.
        return cast("Checked", pickle.loads(await process.stdout.readexactly(length)))

    def stop(self) -> None:
        """End the process."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
        self._process = None


async def _start() -> asyncio.subprocess.Process:
    package = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH", ""))))
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "pathwaylang.lsp.prover",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
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
