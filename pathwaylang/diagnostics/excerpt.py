"""The lines of a file that a finding is about, with carets under what is meant.

Labels and the sources they point into go in; printable lines come out. Labels of several files are
shown file by file, the primary one's first; lines that are not neighbours are parted by dots; a
long line is cut around its caret.

INVARIANT: every piece of user text has passed `visible_character`; a label of a source that is not
at hand, or beyond its end, shows nothing rather than something false.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from pathwaylang.diagnostics.diagnostic import Label
from pathwaylang.diagnostics.paint import Paint
from pathwaylang.diagnostics.source import Source, Sources, Span
from pathwaylang.diagnostics.visible import columns, visible, visible_character

_LEAST_TEXT = 24
_CUT = "…"


@dataclass(frozen=True, slots=True)
class _Mark:
    """A label on one line: code-point columns from 0, end exclusive."""

    line: int
    start: int
    end: int
    text: str
    is_primary: bool


def excerpt(labels: tuple[Label, ...], sources: Sources, paint: Paint, width: int) -> list[str]:
    """Return the lines with carets for these labels; the first label is the primary one."""
    marks: dict[str, list[_Mark]] = {}
    for index, label in enumerate(labels):
        source = sources.get(label.span.source)
        if source is not None and label.span.start <= len(source.text):
            mark = _mark(label.span, source, label.text, index == 0)
            marks.setdefault(source.name, []).append(mark)
    gutter = max((len(str(m.line)) for group in marks.values() for m in group), default=0)
    lines: list[str] = []
    for name, group in marks.items():
        source = sources.get(name)
        if source is None:
            continue
        if name != labels[0].span.source:
            lines.append(paint.quiet(f"{' ' * gutter} --> {place(group[0].line, source)}"))
        lines.extend(_file_lines(sorted(group, key=_order), source, paint, (gutter, width)))
    return lines


def place(line: int, source: Source) -> str:
    """Return `file:line` as it is shown."""
    return f"{visible(source.name)}:{line}"


def _order(mark: _Mark) -> tuple[int, int, int, bool, str]:
    return (mark.line, mark.start, mark.end, not mark.is_primary, mark.text)


def _mark(span: Span, source: Source, text: str, is_primary: bool) -> _Mark:
    start = source.position(span.start)
    end = source.position(max(span.start, min(span.end, len(source.text))))
    length = len(source.line_text(start.line))
    first = min(start.column - 1, length)
    if end.line == start.line:
        return _Mark(start.line, first, min(end.column - 1, length), text, is_primary)
    last = end.line if end.column > 1 else end.line - 1
    remark = f"(to line {last})" if last > start.line else ""
    return _Mark(start.line, first, length, " ".join(filter(None, (text, remark))), is_primary)


def _file_lines(
    marks: list[_Mark], source: Source, paint: Paint, size: tuple[int, int]
) -> list[str]:
    gutter, width = size
    lines: list[str] = []
    before: int | None = None
    for number, group in groupby(marks, key=lambda mark: mark.line):
        if before is not None and number > before + 1:
            lines.append(paint.quiet(f" {' ' * gutter} ⋮"))
        before = number
        on_line = list(group)
        cells, shift = _window(source.line_text(number), on_line, width - gutter - 4)
        bar = paint.quiet(f" {number:>{gutter}} | ")
        lines.append((bar + "".join(cells)).rstrip())
        lines.extend(_caret_line(mark, cells, shift, paint, gutter) for mark in on_line)
    return lines


def _window(text: str, marks: list[_Mark], room: int) -> tuple[list[str], int]:
    """Return the shown characters of a line and how many characters are cut off before them."""
    room = max(room, _LEAST_TEXT)
    start = min(mark.start for mark in marks)
    low = max(0, start - room // 3)
    # A character takes at least no column, so looking at a few rooms of them is enough.
    cells = [visible_character(character) for character in text[: start + 4 * room]]
    if len(text) <= len(cells) and columns("".join(cells)) <= room:
        return cells, 0
    shown: list[str] = []
    used = 1 if low else 0
    for cell in cells[low:]:
        used += columns(cell)
        if used > room - 1:
            break
        shown.append(cell)
    is_cut_after = low + len(shown) < len(text)
    return [*([_CUT] if low else []), *shown, *([_CUT] if is_cut_after else [])], (
        low - 1 if low else 0
    )


def _caret_line(mark: _Mark, cells: list[str], shift: int, paint: Paint, gutter: int) -> str:
    first = min(max(mark.start - shift, 0), len(cells))
    last = min(max(mark.end - shift, first), len(cells))
    indent = " " * columns("".join(cells[:first]))
    carets = ("^" if mark.is_primary else "-") * max(1, columns("".join(cells[first:last])))
    colour = paint.primary if mark.is_primary else paint.secondary
    remark = f" {visible(mark.text)}" if mark.text else ""
    return f"{paint.quiet(f' {chr(32) * gutter} | ')}{indent}{colour(carets + remark)}"
