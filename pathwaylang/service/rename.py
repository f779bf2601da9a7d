"""A new name for a thing, in every file that speaks of it.

In: a view, an offset, the new name. Out: edits, or the reason why not: a reserved word, no name at
all, a name that is taken, or a file with a mistake in it, in which uses could be missed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pathwaylang.compiler.model.types import ChoiceOf
from pathwaylang.compiler.syntax import KEYWORDS
from pathwaylang.diagnostics import Edit, Span
from pathwaylang.service.navigate import all_places, home_of
from pathwaylang.service.symbols import SPACES, Group, Symbol
from pathwaylang.service.view import View

_NAME = re.compile(r"[^\W\d]\w*")
_NO_TEXT = re.compile(r'[\n"\\]')


@dataclass(frozen=True, slots=True)
class Rename:
    """Edits in any number of files; none of them where `problem` says why not."""

    edits: tuple[Edit, ...] = ()
    problem: str = ""


def renamed_at(view: View, offset: int) -> Span | None:
    """Return the stretch of the name at an offset that can be renamed."""
    occurrence = view.occurrence_at(offset)
    if occurrence is None or not view.meant(occurrence):
        return None
    span = occurrence.span
    is_text = occurrence.symbol.group is Group.EXAMPLE
    return Span(span.source, span.start + 1, span.end - 1) if is_text else span


def rename(view: View, offset: int, new: str) -> Rename:
    """Return the edits that give the thing at an offset a new name."""
    occurrence = view.occurrence_at(offset)
    symbols = () if occurrence is None else view.meant(occurrence)
    if occurrence is None or not symbols:
        return Rename(problem="there is no name here that can be changed")
    if len(symbols) > 1:
        return Rename(
            problem=f"`{occurrence.symbol.name}` imports several things of one name; rename each "
            "where it is declared"
        )
    (symbol,) = symbols
    if symbol.group is Group.EXAMPLE:
        return _rename_example(view, symbol, new)
    new = unicodedata.normalize("NFC", new)
    problem = _problem(view, symbol, new)
    if problem:
        return Rename(problem=problem)
    return Rename(tuple(Edit(place.span, new) for place in all_places(view, symbol)))


def _rename_example(view: View, symbol: Symbol, new: str) -> Rename:
    if not new.strip() or _NO_TEXT.search(new):
        return Rename(problem="a title is one line without quotation marks and backslashes")
    places = all_places(view, symbol)
    return Rename(tuple(Edit(place.span, f'"{new}"') for place in places))


def _problem(view: View, symbol: Symbol, new: str) -> str:
    if not _NAME.fullmatch(new):
        return f"`{new}` is no name: a letter, then letters, digits and underscores"
    for word in (symbol.name, new):
        if word in KEYWORDS:
            return f"`{word}` is a word of the language and cannot be a name"
    broken = _broken_files(view, symbol)
    if broken:
        return f"{broken[0]} has a part that cannot be read; mend it first, it may use this name"
    if new == symbol.name:
        return ""
    for each in (view, *view.views_of(home_of(view, symbol))):
        taken = _taken(each, symbol, new)
        if taken:
            return taken
    return ""


def _broken_files(view: View, symbol: Symbol) -> list[str]:
    views = (view, *view.views_of(home_of(view, symbol)))
    modules = (module for each in views for module in each.compilation.modules.modules)
    return sorted({module.path for module in modules if module.file.broken})


def _taken(view: View, symbol: Symbol, new: str) -> str:
    """Say what has the new name, or one that differs by case only."""
    match symbol.group:
        case Group.VALUE:
            type_ = view.type_of(symbol.owner)
            values = type_.names if isinstance(type_, ChoiceOf) else ()
            others = (name for name in values if name != symbol.name)
            near = [name for name in others if name.casefold() == new.casefold()]
            return f"`{near[0]}` is a value of `{symbol.owner}` already" if near else ""
        case Group.STATEMENT:
            is_taken = view.statement(Symbol(Group.STATEMENT, new, symbol.owner)) is not None
            return f"`{symbol.owner}.{new}` is a statement already" if is_taken else ""
        case _:
            return _taken_name(view, symbol, new)


def _taken_name(view: View, symbol: Symbol, new: str) -> str:
    """Look for the name in its own space, and in the others for one that differs by case only."""
    is_source = symbol.group is Group.SOURCE
    for group, space in SPACES.items():
        if (group is Group.SOURCE) != is_source:
            continue
        for declared in view.names.by_space[space].values():
            is_itself = declared.name == symbol.name and group is symbol.group
            is_wanted = declared.name.casefold() == new.casefold()
            if is_wanted and not is_itself and (group is symbol.group or declared.name != new):
                return f"`{declared.name}` is a {declared.kind} already"
    return ""
