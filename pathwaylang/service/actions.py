"""What can be done about a finding with one click.

In: a view and findings. Out: actions with edits. Where a message says what to write, a name, a line
or an import, that is made an edit. Nothing is offered that was not tried: the verifier's repairs
were, and the others are read with the edit made, whereupon the finding must be gone and no other
have come. `…` in an edit stands for what only the author can decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from pathwaylang.compiler.qa.repair import apply_edits
from pathwaylang.diagnostics import Diagnostic, Edit, Source, Span
from pathwaylang.service.checking import changed_items, reading
from pathwaylang.service.suggested import candidates
from pathwaylang.service.view import View

_MEANT = re.compile(r"did you mean `([^`]+)`\?")
_IMPORT = re.compile(r"add the line `(use [^`]+)`")
_FROM = re.compile(r'use (\S+) from "([^"]+)"')


MOST_TRIED = 6
"""So many readings of a help are tried for one finding."""


@dataclass(frozen=True, slots=True)
class Action:
    """Edits that answer a finding; `is_safe` where nothing is left for the author to fill in."""

    title: str
    edits: tuple[Edit, ...]
    finding: Diagnostic
    is_safe: bool = True


def actions(view: View, findings: Iterable[Diagnostic], span: Span) -> tuple[Action, ...]:
    """Return what can be done about the findings that touch a stretch of the view's file."""
    return tuple(
        action for each in findings if is_at(each, span) for action in actions_of(view, each)
    )


def is_at(found: Diagnostic, span: Span) -> bool:
    """Tell whether one of the places of a finding touches a stretch."""
    return any(_touches(label.span, span) for label in found.labels)


def actions_of(view: View, found: Diagnostic) -> tuple[Action, ...]:
    """Return what can be done about one finding; each is tried, which takes a reading."""
    return tuple(_actions(view, found))


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
        if edits and _helps(view, found, edits):
            yield Action(f"write `{meant[1]}`", edits, found)
            return
    imported = _IMPORT.search(found.help)
    if imported is not None:
        edit = _import(view, imported[1])
        if edit is not None and _helps(view, found, (edit,)):
            yield Action(f"add `{imported[1]}`", (edit,), found)
            return
    source = view.compilation.sources.get(found.span.source)
    if found.repair is not None or source is None:
        return
    for candidate in islice(candidates(found, source), MOST_TRIED):
        if _helps(view, found, candidate.edits):
            is_whole = not any("…" in edit.text for edit in candidate.edits)
            yield Action(candidate.title, candidate.edits, found, is_whole)
            return


def _helps(view: View, found: Diagnostic, edits: tuple[Edit, ...]) -> bool:
    """Tell whether a finding is gone with the edits made, and no failure has come where they are.

    What a mended slip no longer hides elsewhere does not count.
    """
    before = reading(view.compilation)
    edited: list[tuple[Source, Span]] = []
    for name in sorted({edit.span.source for edit in edits}):
        source = view.compilation.sources.get(name)
        if source is None:
            return False
        changed = apply_edits(source, tuple(e for e in edits if e.span.source == name))
        edited.append((changed, changed_items(source.text, changed)))
    after = reading(view.tried(tuple(source for source, _ in edited)))
    old, new = _open(before, found.code), _open(after, found.code)
    if new[found.code] >= old[found.code]:
        return False
    worse = {code for code, count in new.items() if count > old[code]}
    places = [place for _, place in edited]
    return not any(
        each.code in worse and each.is_failure and any(_touches(each.span, p) for p in places)
        for each in after
    )


def _open(findings: Iterable[Diagnostic], also: str) -> Counter[str]:
    """Count failures by code, and the findings of one code whatever their weight."""
    counted = (f.code for f in findings if f.waived is None and (f.is_failure or f.code == also))
    return Counter(counted)


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
