"""Follow `use … from "path"` and parse every file once.

In: the parsed root file and a function that fetches a source by its path. Out: `Modules`, with the
files in the order in which `use` reaches them, the texts that sources name for their quotes, and
all findings of the parser. A path is relative to the file that says it; paths are joined as posix
paths, so the result does not depend on the machine.

Invariants: the root is the first module; each path is fetched once; an import that closes a circle
is reported (PW0904) and else treated like any other, so that nothing follows from it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass

from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.compiler.syntax import Parsed, parse_file
from pathwaylang.diagnostics import Diagnostic, Label, Source, finding

Load = Callable[[str], Source | None]
Parse = Callable[[Source], Parsed]


@dataclass(frozen=True, slots=True)
class Import:
    """One `use` item with the path it means; `path` is empty where the file cannot be read."""

    use: syntax.Use
    path: str


@dataclass(frozen=True, slots=True)
class Module:
    """One file: its path, its text, its tree, what it imports."""

    path: str
    source: Source
    file: syntax.File
    imports: tuple[Import, ...] = ()


@dataclass(frozen=True, slots=True)
class Modules:
    """All files of a pathway, the root first; `texts` are the files that sources quote."""

    modules: tuple[Module, ...]
    texts: tuple[tuple[str, Source | None], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def root(self) -> Module:
        """The file that was asked for."""
        return self.modules[0]

    def get(self, path: str) -> Module | None:
        """Return the module of a path, or None."""
        return next((module for module in self.modules if module.path == path), None)


def join_path(base: str, path: str) -> str:
    """Return the path that `path`, written in the file `base`, means.

    >>> join_path("pathways/liver.pw", "shared/scores.pw")
    'pathways/shared/scores.pw'
    """
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path))


def load_modules(
    file: syntax.File, source: Source, load: Load, parse: Parse = parse_file
) -> Modules:
    """Parse all files that a file uses, directly or not.

    `load` gets a joined path and returns None where it cannot be read; `parse` may remember what it
    read before. Findings: those of the parser for the imported files, PW0904 (circle of imports),
    PW0905 (file not found).
    """
    loader = _Loader(load, parse)
    loader.visit(posixpath.normpath(source.name), source, file, ())
    return Modules(
        tuple(loader.modules[path] for path in loader.order),
        tuple(loader.texts.items()),
        tuple(loader.diagnostics),
    )


class _Loader:
    """The state of one walk over the imports."""

    def __init__(self, load: Load, parse: Parse) -> None:
        self.load = load
        self.parse = parse
        self.order: list[str] = []
        self.modules: dict[str, Module] = {}
        self.texts: dict[str, Source | None] = {}
        self.missing: set[str] = set()
        self.diagnostics: list[Diagnostic] = []

    def visit(self, path: str, source: Source, file: syntax.File, way: tuple[str, ...]) -> None:
        """Enter a file that was not read before, then those it uses."""
        self.order.append(path)
        self.modules[path] = Module(path, source, file)
        imports = [
            Import(item, self._follow(path, item, (*way, path)))
            for item in file.items
            if isinstance(item, syntax.Use)
        ]
        self.modules[path] = Module(path, source, file, tuple(imports))
        for item in file.items:
            if isinstance(item, syntax.SourceItem):
                self._fetch_quoted(path, item)

    def _follow(self, base: str, use: syntax.Use, way: tuple[str, ...]) -> str:
        path = join_path(base, use.path.value)
        if path in way:
            self._report_circle(use, (*way[way.index(path) :], path))
        elif path in self.missing:
            return ""
        elif path not in self.modules:
            source = self.load(path)
            if source is None:
                self.missing.add(path)
                self._report_missing(use, path)
                return ""
            parsed = self.parse(source)
            self.diagnostics.extend(parsed.diagnostics)
            self.visit(path, source, parsed.file, way)
        return path

    def _fetch_quoted(self, base: str, item: syntax.SourceItem) -> None:
        for attr in item.attrs:
            if isinstance(attr, syntax.Prose) and attr.word == "file":
                path = join_path(base, attr.text.value)
                if path not in self.texts:
                    self.texts[path] = self.load(path)

    def _report_circle(self, use: syntax.Use, way: tuple[str, ...]) -> None:
        shown = " → ".join(posixpath.basename(path) for path in way)
        self.diagnostics.append(
            finding(
                "PW0904",
                "files import one another in a circle",
                Label(use.path.span, "this closes the circle"),
                notes=(f"The circle is {shown}.",),
                help="move what both files need into a third one that both use.",
            )
        )

    def _report_missing(self, use: syntax.Use, path: str) -> None:
        self.diagnostics.append(
            finding(
                "PW0905",
                f"the file `{use.path.value}` cannot be read",
                Label(use.path.span, f"looked for {path}"),
                help="check the path; it is relative to the file that says `use`.",
            )
        )
