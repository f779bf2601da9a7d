"""Names: what each file declares, what it may see, what is missing.

Five name spaces: facts and everything derived from them; decisions, tables, steps and stages;
recommendations and branch ids; tests; sources. A name is unique in its space over the whole
pathway. A file sees what it declares and what it imports by `use`.

Invariants: a `Names` is complete before anything is looked up; names that an unreadable item may
have declared are poisoned, and whoever misses them is silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, assert_never

from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Span


class Space(Enum):
    """A name space; the value is its word in messages."""

    FACTS = "fact or definition"
    FLOW = "decision or stage"
    OUTCOMES = "recommendation or branch"
    TESTS = "test"
    SOURCES = "source"


Kind = Literal[
    "fact",
    "definition",
    "classification",
    "score",
    "decision",
    "table",
    "step",
    "stage",
    "recommendation",
    "branch",
    "test",
    "source",
]

Node = (
    syntax.FactItem
    | syntax.Define
    | syntax.Classify
    | syntax.ScoreItem
    | syntax.TableItem
    | syntax.Decide
    | syntax.StepItem
    | syntax.StageItem
    | syntax.RecommendationItem
    | syntax.TestItem
    | syntax.SourceItem
)


@dataclass(frozen=True, slots=True)
class Declared:
    """One declaration; for a branch id, `node` is the decision that holds the branch."""

    name: str
    space: Space
    kind: Kind
    span: Span
    path: str
    node: Node


@dataclass(slots=True)
class Names:
    """All declarations by space and name, and who sees what."""

    by_space: dict[Space, dict[str, Declared]] = field(
        default_factory=lambda: {space: {} for space in Space}
    )
    imported: dict[str, set[tuple[Space, str]]] = field(default_factory=dict)
    tracks: dict[str, syntax.Name] = field(default_factory=dict)
    poisoned: set[str] = field(default_factory=set)
    is_partial: bool = False
    """True where an item could not be read: then nothing is called unused or unreachable."""
    sees_all: str = ""
    """The overlay, which may use every name of its base and of all that the base uses."""
    has_lost_tracks: bool = False
    """True where a stage starts at a name that nothing declares."""

    def find(self, space: Space, name: str) -> Declared | None:
        """Return the declaration of a name in a space, wherever it stands."""
        return self.by_space[space].get(name)

    def is_visible(self, declared: Declared, path: str) -> bool:
        """Tell whether the file `path` may use a declaration."""
        key = (declared.space, declared.name)
        return path in (declared.path, self.sees_all) or key in self.imported.get(path, ())

    def is_brought(self, declared: Declared, path: str) -> bool:
        """Tell whether the file `path` declares or imports a name."""
        key = (declared.space, declared.name)
        return declared.path == path or key in self.imported.get(path, ())

    def visible(self, space: Space, path: str) -> Iterator[str]:
        """Yield the names of a space that a file may use."""
        for declared in self.by_space[space].values():
            if self.is_visible(declared, path):
                yield declared.name

    def elsewhere(self, name: str, but: Space) -> Declared | None:
        """Return the declaration of a name in the first other space that has it."""
        found = (self.by_space[space].get(name) for space in Space if space is not but)
        return next((declared for declared in found if declared is not None), None)


def gives_values(table: syntax.TableItem) -> bool:
    """Tell whether a table is a classification (`gives`) and not a decision (`then`)."""
    return any(column.text == "gives" for column in table.columns)


def declarations_of(item: syntax.Item, path: str) -> Iterator[Declared]:  # noqa: C901 - one arm per kind
    """Yield what an item declares: its own name, then the ids of its branches."""
    match item:
        case syntax.FactItem():
            yield Declared(item.name.text, Space.FACTS, "fact", item.name.span, path, item)
        case syntax.Define():
            yield Declared(item.name.text, Space.FACTS, "definition", item.name.span, path, item)
        case syntax.Classify():
            kind: Kind = "classification"
            yield Declared(item.name.text, Space.FACTS, kind, item.name.span, path, item)
        case syntax.ScoreItem():
            yield Declared(item.name.text, Space.FACTS, "score", item.name.span, path, item)
        case syntax.TableItem() if gives_values(item):
            yield Declared(item.name.text, Space.FACTS, "table", item.name.span, path, item)
        case syntax.Decide():
            yield from _flow(item, "decision", path)
        case syntax.TableItem():
            yield from _flow(item, "table", path)
        case syntax.StepItem():
            yield from _flow(item, "step", path)
        case syntax.StageItem():
            yield Declared(item.name.text, Space.FLOW, "stage", item.name.span, path, item)
        case syntax.RecommendationItem():
            kind = "recommendation"
            yield Declared(item.name.text, Space.OUTCOMES, kind, item.name.span, path, item)
        case syntax.TestItem():
            yield Declared(item.name.text, Space.TESTS, "test", item.name.span, path, item)
        case syntax.SourceItem():
            yield Declared(item.name.text, Space.SOURCES, "source", item.name.span, path, item)
        case _:
            return


def _flow(
    item: syntax.Decide | syntax.TableItem | syntax.StepItem, kind: Kind, path: str
) -> Iterator[Declared]:
    yield Declared(item.name.text, Space.FLOW, kind, item.name.span, path, item)
    for name in branch_ids(item):
        yield Declared(name.text, Space.OUTCOMES, "branch", name.span, path, item)


def branch_ids(item: syntax.Decide | syntax.TableItem | syntax.StepItem) -> tuple[syntax.Name, ...]:
    """Return the id of each branch in order: its `id`, or `DECISION.N` counted from 1."""
    match item:
        case syntax.Decide():
            written = [(id_line(branch.attrs), branch.span) for branch in item.branches]
        case syntax.TableItem():
            written = [(_id_cell(item, row), row.span) for row in item.rows]
        case syntax.StepItem():
            written = [(id_line(item.attrs), item.span)]
        case _:
            assert_never(item)
    return tuple(
        name or syntax.Name(f"{item.name.text}.{number}", span)
        for number, (name, span) in enumerate(written, start=1)
    )


def id_line(attrs: Iterable[syntax.Attr]) -> syntax.Name | None:
    """Return the name of the first `id` line, or None."""
    for attr in attrs:
        if isinstance(attr, syntax.Word) and attr.word == "id" and attr.values:
            return attr.values[0]
    return None


def _id_cell(table: syntax.TableItem, row: syntax.Row) -> syntax.Name | None:
    for column, cell in zip(table.columns, row.cells, strict=False):
        if column.text == "id" and isinstance(cell, syntax.ValuesCell) and cell.values:
            value = cell.values[0]
            return value if isinstance(value, syntax.Name) else None
    return None
