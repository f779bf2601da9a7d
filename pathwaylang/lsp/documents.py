"""Files and their addresses: which name a document has, and what stands on disk.

A document is named by its path from the folder that the editor has open, so that messages show it
as the author knows it; files outside have their whole path, unsaved ones their address. Files are
read again only when their time or size has changed.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator

from pygls.uris import from_fs_path, to_fs_path

from pathwaylang.diagnostics import Source

MOST_FILES = 2000
"""So many files of a folder are looked at in search of pathways."""

LARGEST = 20 * 2**20

_MAIN = re.compile(r"^(?:pathway|overlay)\b", re.MULTILINE)
_SKIPPED = frozenset(("node_modules", "__pycache__", "build", "dist"))


class Documents:
    """The files of one folder, and those that they name."""

    def __init__(self, folder: str | None) -> None:
        """Take the folder that the editor has open, or None."""
        self._folder = os.path.realpath(folder) if folder else None
        self._shown_folder = folder or ""
        self._opened: dict[str, str] = {}
        self._read: dict[str, tuple[tuple[float, int], Source]] = {}

    # ------------------------------------------------------------ names and addresses

    def name_of(self, uri: str) -> str:
        """Return the name of a document."""
        path = to_fs_path(uri)
        if path is None:
            return uri.replace(":", "/", 1)
        name = self._name(os.path.realpath(path))
        self._opened[name] = uri
        return name

    def uri_of(self, name: str) -> str:
        """Return the address of a document, as the editor wrote it where it has it open."""
        known = self._opened.get(name)
        path = os.path.join(self._shown_folder, name.replace("/", os.sep))
        return known or from_fs_path(path) or name

    def _name(self, path: str) -> str:
        folder = self._folder
        if folder is not None and path.startswith(folder.rstrip(os.sep) + os.sep):
            path = os.path.relpath(path, folder)
        return posixpath.normpath(path.replace(os.sep, "/"))

    def _path(self, name: str) -> str:
        path = name.replace("/", os.sep)
        return path if self._folder is None else os.path.join(self._folder, path)

    # ------------------------------------------------------------ texts on disk

    def load(self, name: str) -> Source | None:
        """Return a file as it stands on disk; None where it cannot be read as text."""
        path = self._path(name)
        try:
            stat = os.stat(path)
            key = (stat.st_mtime, stat.st_size)
            known = self._read.get(name)
            if known is not None and known[0] == key:
                return known[1]
            if stat.st_size > LARGEST or not os.path.isfile(path):
                return None
            with open(path, "rb") as stream:
                source = Source(name, stream.read().decode("utf-8"))
        except (OSError, ValueError):
            return None
        self._read[name] = (key, source)
        return source

    def pathways(self) -> tuple[str, ...]:
        """Return the main files below the folder, sorted: pathways and overlays, no modules."""
        found = [name for name in self._files() if self._is_main(name)]
        return tuple(sorted(found))

    def _is_main(self, name: str) -> bool:
        source = self.load(name)
        return source is not None and _MAIN.search(source.text) is not None

    def _files(self) -> Iterator[str]:
        seen = 0
        for here, folders, names in os.walk(self._folder or os.devnull):
            folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _SKIPPED)
            for name in sorted(names):
                seen += 1
                if seen > MOST_FILES:
                    return
                if name.endswith(".pw"):
                    yield self._name(os.path.join(here, name))
