"""The state of a session: open texts, what was found, and when to look again.

After each change the affected pathways are read at once when the typing pauses for a moment, and
proved when it pauses for longer. In between, the findings of the last proof stand where their
places have moved to. Findings are sent per file, for all files of a pathway; a file that has none
any more is sent empty once.
"""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Diagnostic, Source
from pathwaylang.lsp.documents import Documents
from pathwaylang.lsp.positions import Positions
from pathwaylang.lsp.prover import Prover, ProverError
from pathwaylang.service import Checked, View, Workspace, carried, reading

READ_AFTER = 0.05
PROVE_AFTER = 0.3
"""Seconds without a change after which a pathway is read, and proved."""


@dataclass(frozen=True, slots=True)
class Proved:
    """The last check of a pathway, and the texts and the day it is about."""

    texts: dict[str, Source]
    day: str
    checked: Checked
    later: tuple[Diagnostic, ...]
    """The findings that reading alone does not give."""


class Desk:
    """What the server knows; `publish` sends findings, `changed` tells of new counts."""

    def __init__(
        self,
        publish: Callable[[str, list[Diagnostic]], None],
        changed: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        self.documents = Documents(None)
        self.encoding = "utf-16"
        self.workspace = Workspace(self.documents.load)
        self._publish = publish
        self._changed = changed
        self._say = say
        self._prover = Prover()
        self._seen: set[str] = set()
        self._proving: set[str] = set()
        self._proved: dict[str, Proved] = {}
        self._shown: dict[str, list[Diagnostic]] = {}
        self._sent: dict[str, dict[str, list[Diagnostic]]] = {}
        self._timers: dict[tuple[str, str], asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def open_folder(self, folder: str | None, encoding: str) -> None:
        """Start over with the folder and the columns that the editor has."""
        self.documents = Documents(folder)
        self.encoding = encoding
        self.workspace = Workspace(self.documents.load, today=today())

    def close(self) -> None:
        """End everything that is under way."""
        for timer in self._timers.values():
            timer.cancel()
        for task in self._tasks:
            task.cancel()
        self._prover.close()

    # ------------------------------------------------------------ changes

    def put(self, uri: str, text: str) -> None:
        """Take the text of a document and see to its pathways."""
        name = self.documents.name_of(uri)
        is_new = name not in self.workspace.open_files
        if is_new:
            self.workspace.pathways = self.documents.pathways()
        self.workspace.put(name, text)
        self._look_again(name)

    def put_away(self, uri: str) -> None:
        """Go back to what stands on disk."""
        name = self.documents.name_of(uri)
        self.workspace.close(name)
        roots = self.workspace.roots_of(name)
        if self.workspace.source(name) is None:
            roots = tuple(root for root in roots if root != name)
            self._send(name, {})
        for root in roots:
            self._schedule(root)

    def files_changed(self) -> None:
        """Look at all open pathways again: files on disk have changed."""
        self.workspace.pathways = self.documents.pathways()
        self.workspace.forget()
        for name in self.workspace.open_files:
            self._look_again(name)

    def _look_again(self, name: str) -> None:
        for root in self.workspace.roots_of(name):
            self._schedule(root)

    def _schedule(self, root: str) -> None:
        loop = asyncio.get_running_loop()
        for what, after, act in (
            ("read", READ_AFTER, self._read),
            ("prove", PROVE_AFTER, self._start_proof),
        ):
            timer = self._timers.pop((root, what), None)
            if timer is not None:
                timer.cancel()
            self._timers[(root, what)] = loop.call_later(after, act, root)

    # ------------------------------------------------------------ reading and proving

    def _read(self, root: str) -> None:
        compilation = self.workspace.compilation(root)
        if compilation is None:
            self._send(root, {})
            return
        if root not in self._seen:
            self._seen.add(root)
            _ = compilation.reading
            # What stays for the whole session need not be looked through for garbage again.
            gc.freeze()
        found = list(reading(compilation))
        proved = self._proved.get(root)
        if proved is not None:
            last = Checked(proved.later, proved.checked.counts)
            found += carried(last, proved.texts, _sources(compilation)).diagnostics
        self._show(root, compilation, found)

    def _start_proof(self, root: str) -> None:
        if root in self._proving:
            return  # when it is done, it is looked at again
        self._proving.add(root)
        task = asyncio.get_running_loop().create_task(self._prove(root))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _prove(self, root: str) -> None:
        try:
            await self._check(root)
        except ProverError as problem:
            self._say(f"{root} could not be proved: {problem}")
        finally:
            self._proving.discard(root)

    async def _check(self, root: str) -> None:
        compilation = self.workspace.compilation(root)
        while compilation is not None:
            texts, day = _sources(compilation), today()
            last = self._proved.get(root)
            if last is not None and (last.texts, last.day) == (texts, day):
                self._show(root, compilation, list(last.checked.diagnostics))
                self._changed()
                return
            first = {(found.code, found.span) for found in reading(compilation)}
            plain = {name: source.text for name, source in texts.items()}
            checked = await self._prover.check(root, plain, day)
            later = tuple(f for f in checked.diagnostics if (f.code, f.span) not in first)
            self._proved[root] = Proved(texts, day, checked, later)
            compilation = self.workspace.compilation(root)
            if compilation is not None and _sources(compilation) != texts:
                self._read(root)  # somebody typed meanwhile: places move along, it starts over

    # ------------------------------------------------------------ findings

    def _show(self, root: str, compilation: Compilation, found: list[Diagnostic]) -> None:
        by_file: dict[str, list[Diagnostic]] = {
            module.source.name: [] for module in compilation.modules.modules
        }
        for diagnostic in found:
            if diagnostic.waived is None:
                by_file.setdefault(diagnostic.span.source, []).append(diagnostic)
        self._send(root, by_file)

    def _send(self, root: str, by_file: dict[str, list[Diagnostic]]) -> None:
        """Send the files whose findings are others than before, each with those of all roots."""
        before = self._sent.get(root, {})
        self._sent[root] = by_file
        for name in sorted({*before, *by_file}):
            found: dict[Diagnostic, None] = {}
            for sent in self._sent.values():
                found.update(dict.fromkeys(sent.get(name, ())))
            if list(found) != self._shown.get(name, []) or name not in before:
                self._shown[name] = list(found)
                self._publish(name, list(found))

    def shown(self, name: str) -> list[Diagnostic]:
        """Return the findings that were sent last for a file."""
        return self._shown.get(name, [])

    # ------------------------------------------------------------ questions

    def view(self, uri: str) -> View | None:
        """Return a document as part of the first pathway it belongs to."""
        return self.workspace.view(self.documents.name_of(uri))

    def checked(self, view: View) -> Checked:
        """Return the last check of a view's pathway, in the places of now."""
        proved = self._proved.get(view.compilation.source.name)
        if proved is None:
            return Checked(())
        return carried(proved.checked, proved.texts, _sources(view.compilation))

    def positions(self, name: str) -> Positions:
        """Return the lines of a file; of an empty text where it cannot be read."""
        return Positions(self.workspace.source(name) or Source(name, ""), self.encoding)


def _sources(compilation: Compilation) -> dict[str, Source]:
    """Return all texts of a pathway, also those that its sources quote."""
    modules = compilation.modules
    found = {module.source.name: module.source for module in modules.modules}
    found |= {path: text for path, text in modules.texts if text is not None}
    return found


def today() -> str:
    """Return the day of the clock, or of SOURCE_DATE_EPOCH."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    return date.today().isoformat()
