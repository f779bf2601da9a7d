"""What an editor has open, and the pathways it belongs to.

A `Workspace` gets texts as they are typed and a function that loads the other files. It gives a
`View` of a file: that file as part of a pathway. What was parsed, resolved and proved is kept as
long as the texts it came from are the same, so that a keystroke costs one file and the names.

Invariant: a view is made from the texts of one moment; after a change there is a new view.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from pathwaylang.compiler.model.modules import Module, join_path
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.syntax import Parsed, nodes, parse_file
from pathwaylang.compiler.verify.prove import Prover
from pathwaylang.diagnostics import Source
from pathwaylang.service.occurrences import occurrences_of
from pathwaylang.service.symbols import Occurrence
from pathwaylang.service.view import View

Load = Callable[[str], Source | None]

_USE = re.compile(r'^use\b[^"]*?\bfrom[ \t]+"([^"\n]*)"', re.MULTILINE)
_OF = re.compile(
    r'^[ \t]+of[ \t]+(\w+)[ \t]+version[ \t]+\S+(?:[ \t]+from[ \t]+"([^"\n]*)")?', re.MULTILINE
)
_HEAD = re.compile(r"^(pathway|module|overlay)\b", re.MULTILINE)


def _uses_of(source: Source) -> tuple[str, ...]:
    """Return the files that a text names, whatever else is wrong with it."""
    found = _USE.findall(source.text)
    if source.text.lstrip("\ufeff").startswith("overlay"):
        found += [path or f"{base}.pw" for base, path in _OF.findall(source.text)]
    return tuple(dict.fromkeys(join_path(posixpath.normpath(source.name), path) for path in found))


class ParsedFiles:
    """The parser with a memory: a file whose text did not change is not parsed again."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Parsed]] = {}

    def parse(self, source: Source) -> Parsed:
        """Return the syntax tree of a source."""
        kept = self._kept.get(source.name)
        if kept is not None and kept[0] == source.text:
            return kept[1]
        parsed = parse_file(source)
        self._kept[source.name] = (source.text, parsed)
        return parsed


class KnownNames:
    """The names of files, kept as long as their trees are the same."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[nodes.File, tuple[Occurrence, ...]]] = {}

    def of(self, module: Module) -> tuple[Occurrence, ...]:
        """Return the names of a file in reading order."""
        kept = self._kept.get(module.path)
        if kept is not None and kept[0] is module.file:
            return kept[1]
        found = occurrences_of(module.file)
        self._kept[module.path] = (module.file, found)
        return found


class Workspace:
    """Open texts, files on disk behind them, and views of both."""

    def __init__(
        self,
        load: Load,
        *,
        pathways: Iterable[str] = (),
        today: str | None = None,
        budget: int | None = None,
    ) -> None:
        """Take the loader, and the files that may be a pathway's main file."""
        self._load = load
        self._today = today
        self._budget = budget
        self._open: dict[str, Source] = {}
        self._uses: dict[str, tuple[Source, tuple[str, ...]]] = {}
        self._files = ParsedFiles()
        self._names = KnownNames()
        self._views: dict[tuple[str, str], View] = {}
        self._compilations: dict[str, Compilation] = {}
        self._provers: defaultdict[str, Prover] = defaultdict(Prover)
        self.pathways = tuple(pathways)

    # ------------------------------------------------------------ texts

    def put(self, name: str, text: str) -> None:
        """Take the text of an open file, or its next one."""
        self._open[posixpath.normpath(name)] = Source(posixpath.normpath(name), text)
        self.forget()

    def close(self, name: str) -> None:
        """Go back to what the loader says of a file."""
        self._open.pop(posixpath.normpath(name), None)
        self.forget()

    def forget(self) -> None:
        """Make all views anew when they are next asked for: a file has changed."""
        self._views.clear()
        self._compilations.clear()

    @property
    def open_files(self) -> tuple[str, ...]:
        """The names of the open files, sorted."""
        return tuple(sorted(self._open))

    def source(self, name: str) -> Source | None:
        """Return a file as it is now, open or loaded."""
        path = posixpath.normpath(name)
        return self._open.get(path) or self._load(path)

    def parsed(self, source: Source) -> Parsed:
        """Return the syntax tree of a text, made anew only where it changed."""
        return self._files.parse(source)

    # ------------------------------------------------------------ pathways

    def uses(self, name: str) -> tuple[str, ...]:
        """Return the files that a file uses or is an overlay of, as far as its text can be read."""
        source = self.source(name)
        if source is None:
            return ()
        kept = self._uses.get(name)
        if kept is None or kept[0] is not source:
            kept = self._uses[name] = (source, _uses_of(source))
        return kept[1]

    def roots_of(self, name: str) -> tuple[str, ...]:
        """Return the main files of the pathways that a file belongs to; itself if to none."""
        path = posixpath.normpath(name)
        own = () if self._is_module(path) else (path,)
        mains = sorted({*map(posixpath.normpath, self.pathways), *self._open} - {path})
        others = (p for p in mains if not self._is_module(p) and path in self._reached(p))
        return (*own, *others) or (path,)

    def _is_module(self, path: str) -> bool:
        source = self.source(path)
        head = _HEAD.search(source.text) if source is not None else None
        return head is not None and head[1] == "module"

    def _reached(self, root: str) -> frozenset[str]:
        seen: set[str] = set()
        waiting = [root]
        while waiting:
            path = waiting.pop()
            if path not in seen:
                seen.add(path)
                waiting.extend(self.uses(path))
        return frozenset(seen)

    # ------------------------------------------------------------ views

    def views(self, name: str) -> tuple[View, ...]:
        """Return a file as part of each pathway it belongs to; none where it cannot be read."""
        found = (self.view(name, root) for root in self.roots_of(name))
        return tuple(view for view in found if view is not None)

    def view(self, name: str, root: str | None = None) -> View | None:
        """Return a file as part of one pathway, by default the first it belongs to."""
        path = posixpath.normpath(name)
        root = posixpath.normpath(root) if root is not None else self.roots_of(path)[0]
        found = self._views.get((path, root))
        if found is None:
            compilation = self.compilation(root)
            if compilation is None or compilation.modules.get(path) is None:
                return None
            found = self._views[(path, root)] = View(
                path, compilation, self.views, self._names.of, self.tried
            )
        return found

    def compilation(self, root: str) -> Compilation | None:
        """Return the compilation of a main file as it is now; None where it cannot be read."""
        found = self._compilations.get(root)
        if found is None:
            source = self.source(root)
            if source is None:
                return None
            found = self._compilations[root] = Compilation(
                source,
                self.source,
                today=self._today,
                budget=self._budget,
                parse=self._files.parse,
                prover=self._provers[root],
            )
        return found

    def tried(self, root: str, sources: tuple[Source, ...]) -> Compilation:
        """Return the compilation of a main file as it would be with other texts of some files."""
        changed = {source.name: source for source in sources}
        main = changed.get(root) or self.source(root)
        assert main is not None, "only what can be read is tried"
        return Compilation(
            main,
            lambda name: changed.get(name) or self.source(name),
            today=self._today,
            try_repairs=False,
            parse=lambda source: (
                parse_file(source) if source.name in changed else self._files.parse(source)
            ),
        )
