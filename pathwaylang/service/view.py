"""One file as part of one pathway: what every question of an editor is asked of.

It joins the tree of the file, the names of the whole pathway and their types. Everything is worked
out when it is first asked for, from syntax trees, so that items that cannot be read hide nothing
but themselves.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property

from pathwaylang.compiler.model.attributes import prose
from pathwaylang.compiler.model.declare import declare_names
from pathwaylang.compiler.model.derived_types import derived_type
from pathwaylang.compiler.model.facts import fact_type
from pathwaylang.compiler.model.modules import Module, join_path
from pathwaylang.compiler.model.names import Declared, Names
from pathwaylang.compiler.model.report import Report
from pathwaylang.compiler.model.types import Type
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.syntax import nodes
from pathwaylang.diagnostics import Source, Span
from pathwaylang.service.symbols import GROUPS, SPACES, Group, Occurrence, Symbol


class View:
    """The file `path` seen from the pathway of `compilation`."""

    def __init__(
        self,
        path: str,
        compilation: Compilation,
        views: Callable[[str], tuple[View, ...]],
        occurrences: Callable[[Module], tuple[Occurrence, ...]],
        tried: Callable[[str, tuple[Source, ...]], Compilation],
    ) -> None:
        """Take what to look at; the functions come from the workspace."""
        self.path = path
        self.compilation = compilation
        self._views = views
        self._occurrences = occurrences
        self._tried = tried
        self._types: dict[str, Type | None] = {}

    @cached_property
    def module(self) -> Module:
        """The file with its tree and its imports."""
        found = self.compilation.modules.get(self.path)
        assert found is not None, "a view is of a module of its compilation"
        return found

    @property
    def source(self) -> Source:
        """The text of the file."""
        return self.module.source

    @property
    def file(self) -> nodes.File:
        """The tree of the file."""
        return self.module.file

    def file_of(self, path: str) -> nodes.File | None:
        """Return the tree of any file of the pathway."""
        module = self.compilation.modules.get(path)
        return None if module is None else module.file

    @cached_property
    def names(self) -> Names:
        """All names of the pathway, and which of them each file sees."""
        return declare_names(self.compilation.modules, Report())

    def views_of(self, path: str) -> tuple[View, ...]:
        """Return another file as part of each pathway it belongs to."""
        return self._views(path)

    def tried(self, sources: tuple[Source, ...]) -> Compilation:
        """Return the pathway as it would be with other texts."""
        return self._tried(self.compilation.source.name, sources)

    # ------------------------------------------------------------ names

    def occurrences(self, path: str = "") -> tuple[Occurrence, ...]:
        """Return the names of a file of the pathway in reading order, by default of this one."""
        module = self.compilation.modules.get(path or self.path)
        return () if module is None else self._occurrences(module)

    def occurrence_at(self, offset: int) -> Occurrence | None:
        """Return the name that an offset lies in or directly behind."""
        found = self.occurrences()
        at = bisect_right(found, offset, key=lambda occurrence: occurrence.span.start) - 1
        if at < 0 or offset > found[at].span.end:
            return None
        return found[at]

    def meant(self, occurrence: Occurrence, path: str = "") -> tuple[Symbol, ...]:
        """Return what a name stands for: more than one thing only where `use` imports a word."""
        symbol = occurrence.symbol
        if symbol.group is not Group.IMPORT:
            return (symbol,)
        imported = join_path(path or self.path, symbol.owner)
        found = ((space, self.names.find(space, symbol.name)) for space in GROUPS)
        return tuple(
            Symbol(GROUPS[space], symbol.name)
            for space, declared in found
            if declared is not None and declared.path == imported and declared.kind != "branch"
        )

    def declared(self, symbol: Symbol) -> Declared | None:
        """Return the declaration of a name of one of the five name spaces."""
        space = SPACES.get(symbol.group)
        return self.names.find(space, symbol.name) if space is not None else None

    def places(self, symbol: Symbol) -> Iterator[Occurrence]:
        """Yield where a symbol stands in the files of this pathway, file by file."""
        for module in self.compilation.modules.modules:
            for occurrence in self.occurrences(module.path):
                if symbol in self.meant(occurrence, module.path):
                    yield occurrence

    # ------------------------------------------------------------ what names mean

    def type_of(self, name: str) -> Type | None:
        """Return the type of a fact or derived fact; None where it has none."""
        if name not in self._types:
            declared = self.declared(Symbol(Group.FACT, name))
            self._types[name] = None if declared is None else _type(declared)
        return self._types[name]

    def statement(self, symbol: Symbol) -> nodes.Says | None:
        """Return the statement of a source."""
        declared = self.declared(Symbol(Group.SOURCE, symbol.owner))
        if declared is None or not isinstance(declared.node, nodes.SourceItem):
            return None
        return next((s for s in declared.node.says if s.id.text == symbol.name), None)

    def label(self, symbol: Symbol) -> str:
        """Return the label of a declared name; an empty text where there is none."""
        declared = self.declared(symbol)
        if declared is None or declared.kind == "branch":
            return ""
        return declared.node.label.value

    def written(self, span: Span) -> str:
        """Return a stretch of any file of the pathway with its white space normalised."""
        source = self.compilation.sources.get(span.source)
        return "" if source is None else " ".join(source.text[span.start : span.end].split())

    def tests_of(self, fact: str) -> tuple[str, ...]:
        """Return the tests that find a fact."""
        return tuple(
            item.name.text
            for module in self.compilation.modules.modules
            for item in module.file.items
            if isinstance(item, nodes.TestItem) and fact in {name.text for name in item.finds}
        )


def notes_of(attrs: tuple[nodes.Attr, ...]) -> tuple[str, ...]:
    """Return the notes under an item."""
    return prose(attrs, "note")


def _type(declared: Declared) -> Type | None:
    if isinstance(declared.node, nodes.FactItem):
        return fact_type(Report(), declared.node)
    return derived_type(Report(), declared)
