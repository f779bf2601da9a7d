"""From a name to where it is declared and to where it is used, over all files of all pathways.

In: a view and an offset. Out: places. A file that several pathways share is looked at in each of
them, so that no use is missed.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.model.modules import join_path
from pathwaylang.compiler.syntax import nodes
from pathwaylang.diagnostics import Span
from pathwaylang.service.symbols import Group, Occurrence, Symbol
from pathwaylang.service.view import View


def definition(view: View, offset: int) -> tuple[Span, ...]:
    """Return where the name at an offset is declared, or the start of the file it names."""
    occurrence = view.occurrence_at(offset)
    if occurrence is None:
        return tuple(_file_at(view, offset))
    found = (place for symbol in view.meant(occurrence) for place in _declarations(view, symbol))
    return tuple(dict.fromkeys(found))


def _declarations(view: View, symbol: Symbol) -> Iterator[Span]:
    declared = view.declared(symbol)
    if declared is not None and declared.kind != "branch":
        yield declared.span
        return
    written = [place.span for place in view.places(symbol) if place.is_declaration]
    if written:
        yield written[0]
    elif declared is not None:
        yield declared.span


def _file_at(view: View, offset: int) -> Iterator[Span]:
    for item in view.file.items:
        texts = [item.path] if isinstance(item, nodes.Use) else []
        if isinstance(item, nodes.SourceItem):
            texts = [
                attr.text
                for attr in item.attrs
                if isinstance(attr, nodes.Prose) and attr.word == "file"
            ]
        for text in texts:
            if text.span.start <= offset <= text.span.end:
                yield Span(join_path(view.path, text.value), 0, 0)


def references(view: View, offset: int, *, with_declaration: bool = True) -> tuple[Span, ...]:
    """Return every place of the name at an offset, sorted by file and place."""
    occurrence = view.occurrence_at(offset)
    if occurrence is None:
        return ()
    found = {
        place.span
        for symbol in view.meant(occurrence)
        for place in all_places(view, symbol)
        if with_declaration or not place.is_declaration
    }
    return tuple(sorted(found))


def all_places(view: View, symbol: Symbol) -> tuple[Occurrence, ...]:
    """Return every place of a symbol in all pathways that its file belongs to."""
    places: dict[Span, Occurrence] = {}
    for each in (view, *view.views_of(home_of(view, symbol))):
        places.update((place.span, place) for place in each.places(symbol))
    return tuple(places[span] for span in sorted(places))


def home_of(view: View, symbol: Symbol) -> str:
    """Return the file that declares a symbol; this one where nothing does."""
    match symbol.group:
        case Group.VALUE:
            declared = view.declared(Symbol(Group.FACT, symbol.owner))
        case Group.STATEMENT:
            declared = view.declared(Symbol(Group.SOURCE, symbol.owner))
        case _:
            declared = view.declared(symbol)
    return view.path if declared is None else declared.path
