"""The formatter's engine: syntax tree -> text in the standard layout.

In: a file and the source it was read from. Out: the same file with two spaces per level, one blank
line between unlike items, aligned tables, wrapped lists. Comments and single blank lines stay where
they were; nothing is sorted; what could not be read is copied. Reading the result gives the same
tree again, and printing that gives the same text.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from pathwaylang.compiler.syntax import nodes
from pathwaylang.compiler.syntax.page import Page
from pathwaylang.compiler.syntax.print_items import item_lines, word_of
from pathwaylang.compiler.syntax.print_lines import Line
from pathwaylang.diagnostics import Source


@dataclass(frozen=True, slots=True)
class _Entry:
    """An item with its lines, or a stretch of the source that is copied."""

    start: int
    word: str
    lines: tuple[Line, ...] = ()
    end: int = 0


def print_file(file: nodes.File, source: Source) -> str:
    """Return the file in the standard layout, ending in a line end."""
    if file.broken == (file.span,):
        return source.text
    page = Page(source, file.comments)
    entries = _entries(file, source)
    for before, entry in pairwise([None, *entries]):
        if entry is None:
            continue
        page.open_item(entry.start, needs_gap=before is not None and _is_unlike(before, entry))
        if entry.lines:
            for line in entry.lines:
                page.write(line)
        else:
            page.copy(entry.start, entry.end)
    return page.finish()


def _is_unlike(before: _Entry, entry: _Entry) -> bool:
    """Return whether two neighbours must be set apart; a copied stretch may be of any kind."""
    return bool(before.word and entry.word) and before.word != entry.word


def _entries(file: nodes.File, source: Source) -> list[_Entry]:
    """Return what the file is made of, in the order of the source."""
    starts = sorted((span.start, span.end) for span in file.broken)
    entries = [_Entry(start, "", (), end) for start, end in starts]

    def is_broken(branch: nodes.BranchLine) -> bool:
        begin = branch.condition.span.end if branch.condition else branch.span.start
        return "\n" in source.text[begin : branch.outcome.span.start]

    for item in (file.head, *file.items) if file.head else file.items:
        at = bisect_right(starts, (item.span.start, len(source.text))) - 1
        if at < 0 or item.span.start >= starts[at][1]:
            lines = tuple(item_lines(item, is_broken))
            entries.append(_Entry(item.span.start, word_of(item), lines))
    return sorted(entries, key=lambda entry: entry.start)
