"""Lines -> the text of a file, with comments and blank lines where the author had them.

A comment of its own stays before the line it stood before; a comment behind a line stays behind it.
Where a comment stands inside a logical line (between two of its continued lines) that line is
copied as it is. A blank line stays where one or more stood, directly above the same line.
"""

from __future__ import annotations

from pathwaylang.compiler.syntax.nodes import Comment
from pathwaylang.compiler.syntax.print_lines import Line
from pathwaylang.compiler.syntax.wrapping import wrap_line
from pathwaylang.diagnostics import Source


class Page:
    """Collects the lines of a file from top to bottom."""

    def __init__(self, source: Source, comments: tuple[Comment, ...]) -> None:
        self._source = source
        self._text = source.text
        self._comments = list(reversed(comments))
        self._out: list[str] = []
        self._level = 0
        self._needs_gap = False

    def open_item(self, start: int, *, needs_gap: bool) -> None:
        """Prepare for the item at `start`; `needs_gap` puts a blank line before it in any case."""
        self._behind(start)
        self._needs_gap = needs_gap and not self._has_gap(start)

    def write(self, line: Line) -> None:
        """Write a logical line."""
        self._above(line.start, line.level)
        inner = bool(self._comments) and self._comments[-1].span.start < line.end
        indent = 2 * line.level
        if inner:
            self._drop_comments(line.end)
            body = line.lead + self._text[line.start : line.end]
            first, *rest = (part.rstrip() for part in body.split("\n"))
            self._out.extend((" " * indent + first, *rest))
        elif "\n" in line.text:
            first, *rest = (line.lead + line.text).split("\n")
            below = (" " * (indent + 2) + part if part else "" for part in rest)
            self._out.extend((" " * indent + first, *below))
        else:
            self._out.extend(wrap_line(line.lead + line.text, indent))
        self._level = line.level

    def copy(self, start: int, end: int) -> None:
        """Write a stretch of the source as it is."""
        self._above(start, 0)
        self._drop_comments(end)
        self._out.extend(part.rstrip("\r") for part in self._text[start:end].rstrip().split("\n"))
        self._level = 0

    def finish(self) -> str:
        """Return the text, with the comments that stand behind the last line."""
        self._above(len(self._text), 0, has_line=False)
        return "\n".join(self._out).strip("\n") + "\n"

    # ---------------------------------------------------------------- comments and blank lines

    def _behind(self, offset: int) -> None:
        """Write the comments behind the line written last."""
        while self._comments and not self._comments[-1].alone:
            if self._comments[-1].span.start >= offset or not self._out:
                return
            self._out[-1] += "  " + self._comments.pop().text

    def _above(self, offset: int, level: int, *, has_line: bool = True) -> None:
        """Write the comments and the blank line before the line at `offset`."""
        self._behind(offset)
        while self._comments and self._comments[-1].span.start < offset:
            comment = self._comments.pop()
            self._gap(comment.span.start)
            self._out.append("  " * self._comment_level(comment, level) + comment.text)
        if has_line:
            self._gap(offset)

    def _comment_level(self, comment: Comment, level: int) -> int:
        """Return the level of a comment: that of the next line, or what it closes."""
        if level >= self._level:
            return level
        column = self._source.position(comment.span.start).column
        return max(level, min(self._level, (column - 1) // 2))

    def _gap(self, offset: int) -> None:
        if (self._needs_gap or self._is_below_blank(offset)) and self._out and self._out[-1]:
            self._out.append("")
        self._needs_gap = False

    def _has_gap(self, offset: int) -> bool:
        """Return whether the author left a blank line anywhere before the item at `offset`."""
        pending = (c.span.start for c in reversed(self._comments) if c.span.start < offset)
        return any(self._is_below_blank(place) for place in (*pending, offset))

    def _is_below_blank(self, offset: int) -> bool:
        number = self._source.position(offset).line
        return number > 1 and not self._source.line_text(number - 1).strip(" \t\r\ufeff")

    def _drop_comments(self, end: int) -> None:
        while self._comments and self._comments[-1].span.start < end:
            self._comments.pop()
