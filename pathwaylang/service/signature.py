"""The columns of a table while a row is being written: what belongs into the cell at the cursor.

In: a view and an offset. Out: the columns of the table with their labels and types, and which of
them the offset is in; None outside a row. It works on rows that cannot be read yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from pathwaylang.compiler.model.types import type_words
from pathwaylang.compiler.syntax.expected import place_at
from pathwaylang.compiler.syntax.lexemes import Lexeme
from pathwaylang.service.occurrences import WORDS
from pathwaylang.service.symbols import Group, Symbol
from pathwaylang.service.view import View

_ABOUT = {
    "then": "what to do: recommend, offer or go to",
    "gives": "the value that the row gives",
    "cite": "the statements that the row rests on",
    "id": "the row's id",
    "opinion": "why, where no source says so",
    "note": "a note",
    "strength": "how strong the recommendation is",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, and what its cells say."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class RowSignature:
    """The columns of a table, and the index of the one that the offset is in."""

    table: str
    columns: tuple[Column, ...]
    active: int


def row_signature(view: View, offset: int) -> RowSignature | None:
    """Return the columns of the table whose row an offset lies in."""
    text = view.source.text
    line_start = text.rfind("\n", 0, offset) + 1
    before = text[line_start:offset]
    if not before.lstrip(" ").startswith("|"):
        return None
    place = place_at(view.source, line_start + before.index("|"), True)
    if place is None or not place.lexemes or place.lexemes[0].type != "TABLE":
        return None
    names = _heading(place.lexemes)
    if not names:
        return None
    columns = tuple(Column(name, _about(view, name)) for name in names)
    active = min(_bars(before) - 1, len(columns) - 1)
    return RowSignature(place.lexemes[1].text, columns, active)


def _heading(lexemes: tuple[Lexeme, ...]) -> list[str]:
    names: list[str] = []
    is_heading = False
    for lexeme in lexemes:
        if lexeme.type == "VBAR":
            is_heading = True
        elif is_heading and lexeme.type == "NL":
            return names
        elif is_heading:
            names.append(lexeme.text)
    return []


def _bars(before: str) -> int:
    """Count the bars of a row outside its quoted texts."""
    return sum(part.count("|") for part in before.split('"')[::2])


def _about(view: View, name: str) -> str:
    if name in WORDS:
        return _ABOUT[name]
    label = view.label(Symbol(Group.FACT, name))
    type_ = view.type_of(name)
    told = [label, type_words(type_) if type_ is not None else ""]
    return ": ".join(filter(None, told)) or "not known"
