"""Reading pathways and writing results: the only part of the command line that touches files.

Paths as the user wrote them go in; sources, or one clear line about what is wrong, come out. Files
are read to a fixed limit. What is written goes to a temporary file beside its place first.

INVARIANT: a result file is either the old one or the whole new one, never half of it.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from pathwaylang.diagnostics import Source
from pathwaylang.diagnostics.visible import visible

LIMIT = 16 * 1024 * 1024
"""No larger file is read, in bytes; the parser's own limit is lower and explains itself."""

STDIN = "-"
STDIN_NAME = "<stdin>"
_PART = re.compile(r"module\b")

Loader = Callable[[str], Source | None]
Stamp = tuple[int, int] | None

_notes: list[dict[str, Stamp]] = []
"""Who wants to know which files are read, see `noting_reads`."""


class FileProblem(click.ClickException):
    """A file that cannot be read or written: one line on stderr, exit code 2."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Inputs:
    """What could be read, and one line for each thing that could not."""

    sources: tuple[Source, ...]
    problems: tuple[str, ...]


def read_inputs(paths: Iterable[str], *, with_modules: bool) -> Inputs:
    """Read files, and of folders every `.pw` file below them, each once, in the order given.

    Without `with_modules`, modules found in folders are left out: they are checked
    with the pathways that use them.
    """
    sources: dict[str, Source] = {}
    problems: list[str] = []
    for path in paths:
        folder = _is_folder(path)
        for found in _folder_sources(path, with_modules) if folder else [_source_or_problem(path)]:
            if isinstance(found, FileProblem):
                problems.append(found.message)
            else:
                sources[found.name] = found
    return Inputs(tuple(sources.values()), tuple(problems))


def read_source(path: str) -> Source:
    """Read one file, or stdin for `-`; raises FileProblem."""
    return source_of(path, read_text(path))


def source_of(path: str, text: str) -> Source:
    """Return a source named as messages and modules name it: with forward slashes."""
    return Source(STDIN_NAME if path == STDIN else path.replace(os.sep, "/"), text)


def read_text(path: str, limit: int = LIMIT) -> str:
    """Return the text of a file or, for `-`, of stdin; raises FileProblem."""
    return decode_text(path, read_bytes(path, limit))


def decode_text(path: str, data: bytes) -> str:
    """Return bytes as text; raises FileProblem where they are none."""
    name = visible(STDIN_NAME if path == STDIN else path)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise FileProblem(f"{name}: this is UTF-16 text; save it as UTF-8")
    if b"\0" in data:
        raise FileProblem(f"{name}: this is not a text file")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileProblem(
            f"{name}: line {line} is not UTF-8 text (byte 0x{data[error.start]:02X});"
            " save it as UTF-8"
        ) from None


def read_bytes(path: str, limit: int = LIMIT) -> bytes:
    """Return the bytes of a file or of stdin up to a limit; raises FileProblem."""
    name = visible(STDIN_NAME if path == STDIN else path)
    try:
        data = _read_stdin(limit) if path == STDIN else _read_file(path, limit)
    except (OSError, ValueError) as error:
        raise FileProblem(f"{name}: {_reason(error)}") from None
    if len(data) > limit:
        raise FileProblem(f"{name}: larger than {limit // 2**20} MB, more than is read")
    return data


@contextmanager
def noting_reads() -> Iterator[dict[str, Stamp]]:
    """Note each file and folder read meanwhile, with its stamp from before it was read."""
    read: dict[str, Stamp] = {}
    _notes.append(read)
    try:
        yield read
    finally:
        _notes.pop()


def stamp_of(path: str) -> Stamp:
    """Return what changes when a file is saved; None where there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size


def _note(path: str) -> None:
    for read in _notes:
        read.setdefault(path, stamp_of(path))


def make_loader() -> Loader:
    """Return the function that reads the files a pathway names; None for what cannot be read."""
    seen: dict[str, Source | None] = {}

    def load(name: str) -> Source | None:
        if name not in seen:
            try:
                seen[name] = Source(name, read_text(name)) if name != STDIN else None
            except FileProblem:
                seen[name] = None
        return seen[name]

    return load


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; makes its folder; raises FileProblem."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    target = Path(os.path.realpath(path))
    temporary = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, _mode_for(target))
        os.replace(temporary, target)
    except OSError as error:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)
        raise FileProblem(f"{visible(str(path))}: cannot be written: {_reason(error)}") from None


def _mode_for(target: Path) -> int:
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _is_folder(path: str) -> bool:
    try:
        return path != STDIN and os.path.isdir(path)
    except ValueError:  # a NUL in the path
        return False


def _read_file(path: str, limit: int) -> bytes:
    _note(path)
    with open(path, "rb") as stream:
        return stream.read(limit + 1)


def _read_stdin(limit: int) -> bytes:
    if sys.stdin is None:
        raise OSError("there is no standard input")
    return sys.stdin.buffer.read(limit + 1)


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, IsADirectoryError):
        return "this is a folder, not a file"
    if isinstance(error, PermissionError):
        return "permission denied"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error)


def _folder_sources(folder: str, with_modules: bool) -> Iterator[Source | FileProblem]:
    is_empty = True
    for path in _pw_files(folder):
        found = _source_or_problem(path)
        if with_modules or isinstance(found, FileProblem) or not is_part(found):
            is_empty = False
            yield found
    if is_empty:
        kind = "file ending in .pw" if with_modules else "pathway (a file ending in .pw)"
        yield FileProblem(f"{visible(folder)}: this folder holds no {kind}")


def _source_or_problem(path: str) -> Source | FileProblem:
    try:
        return read_source(path)
    except FileProblem as problem:
        return problem


def is_part(source: Source) -> bool:
    """True for a module, by the first line that says anything."""
    lines = (line.lstrip("\ufeff").strip() for line in source.text.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return _PART.match(first) is not None


def _pw_files(folder: str) -> Iterator[str]:
    for here, folders, names in os.walk(folder):
        _note(here)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (os.path.join(here, name) for name in sorted(names) if name.endswith(".pw"))
