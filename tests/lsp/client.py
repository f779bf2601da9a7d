"""A small client that speaks the protocol over pipes: no library, so that the bytes are ours.

Messages are framed and counted by hand; columns are those of the protocol. `Client` starts the
server as an editor does and waits for what it sends.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from queue import Empty, Queue
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0

Json = Any


class Client:
    """An editor with one folder open."""

    def __init__(self, folder: Path, **capabilities: Json) -> None:
        self.folder = folder
        self._next = 0
        self._answers: dict[int, Json] = {}
        self._messages: Queue[Json] = Queue()
        self.findings: dict[str, list[Json]] = {}
        self.notified: list[str] = []
        self.opened: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pathwaylang", "lsp"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1767225600"},
        )
        threading.Thread(target=self._listen, daemon=True).start()
        self.announced = self.ask(
            "initialize",
            processId=os.getpid(),
            rootUri=folder.as_uri(),
            capabilities=capabilities,
        )
        self.tell("initialized")

    # ------------------------------------------------------------ messages

    def ask(self, method: str, **params: Json) -> Json:
        """Send a request and return its result; an error is returned as `{"error": …}`."""
        self._next += 1
        number = self._next
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params or None})
        self._wait(lambda: number in self._answers)
        return self._answers.pop(number)

    def tell(self, method: str, **params: Json) -> None:
        """Send a notification."""
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def _send(self, message: Json) -> None:
        data = json.dumps(message, ensure_ascii=False).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        stream = self.process.stdout
        while True:
            length = 0
            while (line := stream.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                return
            self._messages.put(json.loads(stream.read(length)))

    def _wait(self, is_done: Any) -> None:
        until = time.monotonic() + PATIENCE
        while not is_done():
            try:
                self._take(self._messages.get(timeout=max(until - time.monotonic(), 0.01)))
            except Empty:
                assert self.process.stderr is not None
                if self.process.poll() is not None:
                    raise AssertionError(self.process.stderr.read().decode()) from None
                raise AssertionError("the server did not answer") from None

    def _take(self, message: Json) -> None:
        if "method" not in message:
            found = message.get("result")
            self._answers[message["id"]] = (
                found if "error" not in message else {"error": message["error"]["message"]}
            )
            return
        self.notified.append(message["method"])
        if message["method"] == "textDocument/publishDiagnostics":
            uri = message["params"]["uri"]
            self.findings[uri] = message["params"]["diagnostics"]
        elif "id" in message:
            self._send({"jsonrpc": "2.0", "id": message["id"], "result": None})

    # ------------------------------------------------------------ documents

    def uri(self, name: str) -> str:
        """Return the address of a file of the folder."""
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str | None = None) -> None:
        """Open a file, with the text on disk or another one."""
        if text is None:
            text = (self.folder / name).read_bytes().decode()
        self.opened.append(self.uri(name))
        document = {"uri": self.uri(name), "languageId": "pathway", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)

    def change(self, name: str, text: str, version: int = 2) -> None:
        """Type: the file now has another text."""
        document = {"uri": self.uri(name), "version": version}
        self.tell("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])

    def codes(self, name: str) -> list[str]:
        """Return the codes of the findings sent last for a file."""
        return [found["code"] for found in self.findings.get(self.uri(name), [])]

    def wait_for(self, name: str, codes: list[str]) -> list[Json]:
        """Wait until the findings of a file are those of these codes; return them."""
        uri = self.uri(name)
        try:
            self._wait(lambda: uri in self.findings and self.codes(name) == codes)
        except AssertionError as error:
            raise AssertionError(f"{error}; last: {self.findings.get(uri)}") from None
        return self.findings[uri]

    def wait_any(self, name: str, is_wanted: Any = bool) -> list[Json]:
        """Wait until a file has findings whose codes are wanted; return them."""
        uri = self.uri(name)
        self._wait(lambda: uri in self.findings and is_wanted(self.codes(name)))
        return self.findings[uri]

    def wait_for_notice(self, method: str) -> None:
        """Wait until the server has sent a message of this kind."""
        self._wait(lambda: method in self.notified)

    def at(self, name: str, line: int, character: int, method: str, **more: Json) -> Json:
        """Ask about a position of a file."""
        return self.ask(
            f"textDocument/{method}",
            textDocument={"uri": self.uri(name)},
            position={"line": line, "character": character},
            **more,
        )

    def of(self, name: str, method: str, **more: Json) -> Json:
        """Ask about a whole file."""
        return self.ask(f"textDocument/{method}", textDocument={"uri": self.uri(name)}, **more)

    def close(self) -> int:
        """Say goodbye and return the server's exit code."""
        self.ask("shutdown")
        self.tell("exit")
        return self.process.wait(timeout=20)

    def end(self) -> None:
        """Make sure that nothing is left running."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
