"""Follow `use … from "path"` and parse every file once.

In: the parsed root file and a function that fetches a source by its path. Out: `Modules`, with the
files in the order in which `use` reaches them (an overlay's base before what it uses itself), the
texts that sources name for their quotes, and all findings of the parser. A path is relative to the
file that says it; paths are joined as posix paths, so the result does not depend on the machine.

Invariants: the root is the first module; each path is fetched once; an import that closes a circle
is reported (PW0904) and else treated like any other, so that nothing follows from it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass

from pathwaylang.compiler.syntax import Parsed, parse_file
from pathwaylang.compiler.syntax import nodes as syntax
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
    """All files of a pathway, the root first; `texts` are the files that sources quote.

    Where the root is an overlay, its base stands next with all that it uses: `base_count` files.
    """

    modules: tuple[Module, ...]
    texts: tuple[tuple[str, Source | None], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    base_count: int = 0

    @property
    def root(self) -> Module:
        """The file that was asked for."""
        return self.modules[0]

    @property
    def base(self) -> Module | None:
        """The pathway that the root is an overlay of, if it could be read."""
        return self.modules[1] if self.base_count else None

    @property
    def of_base(self) -> tuple[Module, ...]:
        """The files of the base, as they stand without the overlay."""
        return self.modules[1 : 1 + self.base_count]

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """All files: path from the folder of the root, and text."""
        return _files(self.modules)

    @property
    def files_of_base(self) -> tuple[tuple[str, str], ...]:
        """The files of the base, as it has them by itself."""
        return _files(self.of_base)

    @property
    def in_order(self) -> tuple[Module, ...]:
        """All files as a reader takes them: the root first, but an overlay behind its base."""
        if not self.base_count:
            return self.modules
        return (*self.of_base, self.root, *self.modules[1 + self.base_count :])

    def get(self, path: str) -> Module | None:
        """Return the module of a path, or None."""
        return next((module for module in self.modules if module.path == path), None)


def _files(modules: tuple[Module, ...]) -> tuple[tuple[str, str], ...]:
    folder = posixpath.dirname(modules[0].path) or "." if modules else "."
    return tuple((posixpath.relpath(m.path, folder), m.source.text) for m in modules)


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
        loader.base_count,
    )


def line_of_base(head: syntax.Head | None) -> syntax.OverlayOf | None:
    """Return the line `of NAME version …` of an overlay's head."""
    attrs = head.attrs if head is not None and head.word == "overlay" else ()
    return next((attr for attr in attrs if isinstance(attr, syntax.OverlayOf)), None)


class _Loader:
    """The state of one walk over the imports."""

    def __init__(self, load: Load, parse: Parse) -> None:
        self.load = load
        self.parse = parse
        self.order: list[str] = []
        self.modules: dict[str, Module] = {}
        self.texts: dict[str, Source | None] = {}
        self.missing: set[str] = set()
        self.base_count = 0
        self.diagnostics: list[Diagnostic] = []

    def visit(self, path: str, source: Source, file: syntax.File, way: tuple[str, ...]) -> None:
        """Enter a file that was not read before, then those it uses."""
        self.order.append(path)
        self.modules[path] = Module(path, source, file)
        base = line_of_base(file.head) if not way else None
        if base is not None:
            self._visit_base(path, base)
        imports = [
            Import(item, self._follow(path, item, (*way, path)))
            for item in file.items
            if isinstance(item, syntax.Use)
        ]
        self.modules[path] = Module(path, source, file, tuple(imports))
        for item in file.items:
            if isinstance(item, syntax.SourceItem):
                self._fetch_quoted(path, item)

    def _visit_base(self, overlay: str, line: syntax.OverlayOf) -> None:
        """Enter the pathway that an overlay is of: the file it names, else `NAME.pw` beside it."""
        path = join_path(overlay, line.path.value if line.path else f"{line.base.text}.pw")
        source = self.load(path) if path != overlay else None
        if source is None:
            self._report_no_base(line, path)
            return
        parsed = self.parse(source)
        self.diagnostics.extend(parsed.diagnostics)
        self.visit(path, source, parsed.file, (overlay,))
        self.base_count = len(self.order) - 1

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

    def _report_no_base(self, line: syntax.OverlayOf, path: str) -> None:
        told = line.path.value if line.path else f"{line.base.text}.pw"
        head = f"of {line.base.text} version {line.version.text}"
        advice = (
            "check the path; it is relative to the overlay."
            if line.path
            else f'say where the base is: `{head} from "FOLDER/{told}"`.'
        )
        self.diagnostics.append(
            finding(
                "PW0905",
                f"the base `{told}` cannot be read",
                Label(line.path.span if line.path else line.base.span, f"looked for {path}"),
                help=advice,
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
