"""What can be done about a finding with one click.

In: a view and findings. Out: actions with edits. The verifier's repairs were tried before they were
offered; where a message suggests a name, a line to import it or a spelling, that is made an edit.
`…` in an edit stands for what only the author can decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pathwaylang.diagnostics import Diagnostic, Edit, Source, Span
from pathwaylang.service.view import View

_MEANT = re.compile(r"did you mean `([^`]+)`\?")
_IMPORT = re.compile(r"add the line `(use [^`]+)`")
_FROM = re.compile(r'use (\S+) from "([^"]+)"')


@dataclass(frozen=True, slots=True)
class Action:
    """Edits that answer a finding; `is_safe` where nothing is left for the author to fill in."""

    title: str
    edits: tuple[Edit, ...]
    finding: Diagnostic
    is_safe: bool = True


def actions(view: View, findings: Iterable[Diagnostic], span: Span) -> tuple[Action, ...]:
    """Return what can be done about the findings that touch a stretch of the view's file."""
    found = (f for f in findings if any(_touches(label.span, span) for label in f.labels))
    return tuple(action for each in found for action in _actions(view, each))


def _touches(first: Span, second: Span) -> bool:
    is_near = first.start <= second.end and second.start <= first.end
    return first.source == second.source and is_near


def _actions(view: View, found: Diagnostic) -> Iterator[Action]:
    if found.repair is not None:
        is_whole = not any("…" in edit.text for edit in found.repair.edits)
        yield Action(found.repair.title, found.repair.edits, found, is_whole)
    meant = _MEANT.search(found.help)
    if meant is not None:
        edits = tuple(_replaced(view, found, meant[1]))
        if edits:
            yield Action(f"write `{meant[1]}`", edits, found)
    imported = _IMPORT.search(found.help)
    if imported is not None:
        edit = _import(view, imported[1])
        if edit is not None:
            yield Action(f"add {imported[1]}", (edit,), found)


def _replaced(view: View, found: Diagnostic, meant: str) -> Iterator[Edit]:
    """Yield the edits that write the name that was meant, at each place of the slip."""
    first = _word(view, found.span)
    if not first:
        return
    for label in found.labels:
        word = _word(view, label.span)
        if word == first:
            # A statement is named with its source, while the place is that of the statement alone.
            text = meant.rpartition(".")[2] if "." not in word else meant
            yield Edit(label.span, text)


def _word(view: View, span: Span) -> str:
    source = view.compilation.sources.get(span.source)
    text = "" if source is None else source.text[span.start : span.end]
    return "" if any(letter.isspace() for letter in text) else text


def _import(view: View, line: str) -> Edit | None:
    """Return the edit that imports a name, into the `use` of the same file where there is one."""
    match = _FROM.fullmatch(line)
    if match is None:
        return None
    name, path = match[1], match[2]
    source = view.source
    last: Span | None = None
    for item in view.module.imports:
        last = item.use.span
        if item.use.path.value == path:
            end = item.use.names[-1].span.end
            return Edit(source.span(end, end), f", {name}")
    if last is not None:
        at = _line_end(source, last.end)
        return Edit(source.span(at, at), f"\n{line}")
    head = view.file.head
    if head is None:
        return None
    at = _line_end(source, head.span.end)
    return Edit(source.span(at, at), f"\n\n{line}")


def _line_end(source: Source, offset: int) -> int:
    """Return the end of the line that an offset lies in, before its line end."""
    end = source.text.find("\n", offset)
    end = len(source.text) if end < 0 else end
    return end - 1 if end > offset and source.text[end - 1] == "\r" else end
