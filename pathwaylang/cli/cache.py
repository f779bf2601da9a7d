"""Results of `check` kept between calls: a file that has not changed costs nothing.

A source goes in; its result of an earlier call comes out, or None. A result is found by the hash
of the program, of the file's name and of its text, and holds for as long as every text that it was
made from reads the same, and no day of review has passed since.

INVARIANT: an entry that is damaged, or of another program, is as good as none; an entry is written
whole or not at all, so that calls at the same time do not disturb each other.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pathwaylang import __version__
from pathwaylang.cli.checked import Checked, Reading
from pathwaylang.cli.files import FileProblem, Loader, write_file
from pathwaylang.cli.plain import from_plain, to_plain
from pathwaylang.diagnostics import Diagnostic, Severity, Source

FOLDER_VARIABLE = "PATHWAYLANG_CACHE_DIR"
"""Names another folder for the cache; set to nothing, there is no cache."""

MOST_ENTRIES = 512
_PACKAGE = Path(__file__).resolve().parent.parent
_OWN_FAULTS = "PW99"


@dataclass(frozen=True, slots=True)
class ResultCache:
    """The cache of one call; `folder` is None where nothing is kept."""

    folder: Path | None
    load: Loader
    today: str

    def get(self, source: Source) -> Reading | None:
        """Return the result of an unchanged file."""
        if self.folder is None:
            return None
        try:
            data = (self.folder / _key(source)).read_bytes()
            return self._read(source, data)
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None

    def put(self, source: Source, reading: Reading) -> None:
        """Keep a result, unless a later call could know better; a full disk is no error."""
        if self.folder is None or not all(map(_is_final, reading.checked.diagnostics)):
            return
        try:
            data = self._written(source, reading)
            write_file(self.folder / _key(source), data)
            _thin_out(self.folder)
        except (FileProblem, OSError, ValueError):
            return

    def _written(self, source: Source, reading: Reading) -> bytes:
        others = (text for text in reading.sources if text.name != source.name)
        entry = {
            "files": [[text.name, _hash(text.text)] for text in others],
            "absent": list(reading.absent),
            "day": self.today,
            "checked": to_plain(reading.checked),
        }
        body = json.dumps(entry, ensure_ascii=True).encode()
        return hashlib.sha256(body).hexdigest().encode() + b"\n" + body

    def _read(self, source: Source, data: bytes) -> Reading | None:
        digest, _, body = data.partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != digest:
            return None
        entry = json.loads(body)
        sources = [source]
        for name, wanted in entry["files"]:
            found = self.load(name)
            if found is None or _hash(found.text) != wanted:
                return None
            sources.append(found)
        if any(self.load(name) is not None for name in entry["absent"]):
            return None
        checked = from_plain(Checked, entry["checked"])
        if any((day < entry["day"]) != (day < self.today) for day in checked.reviews):
            return None
        return Reading(checked, tuple(sources), tuple(entry["absent"]))


def cache_folder() -> Path | None:
    """Return where results are kept: as the environment says, else as the platform does."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named is not None:
        return Path(named) if named else None
    try:
        home = Path.home()
    except RuntimeError:  # nobody's home
        return None
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "pathwaylang"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else home / "AppData" / "Local") / "pathwaylang" / "Cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "pathwaylang"


def _is_final(diagnostic: Diagnostic) -> bool:
    """False for what another call might find otherwise: undecided, or a fault of ours."""
    is_ours = diagnostic.code.startswith(_OWN_FAULTS)
    return diagnostic.severity is not Severity.UNDECIDED and not is_ours


def _key(source: Source) -> str:
    return _hash("\0".join((program_hash(), source.name, source.text)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def program_hash() -> str:
    """Return the hash of this program: its version and every file of the package it may run."""
    digest = hashlib.sha256(f"{__version__} {sys.version_info[:2]}".encode())
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in (".py", ".lark") and path.is_file():
            digest.update(b"\0" + path.relative_to(_PACKAGE).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _thin_out(folder: Path) -> None:
    """Delete the older half of too many entries."""
    entries = [path for path in folder.iterdir() if not path.name.startswith(".")]
    if len(entries) <= MOST_ENTRIES:
        return
    by_age = sorted((path.stat().st_mtime_ns, path) for path in entries)
    for _, path in by_age[: len(by_age) // 2]:
        path.unlink(missing_ok=True)
