"""Offsets in code points <-> positions as the protocol counts them.

A position is a line from 0 and a column in code units of the encoding agreed upon, by default
UTF-16, where a character outside the basic plane counts two. Lines end at LF, CR LF or a lone CR.

Invariant: from an offset to a position and back is the same offset, outside the middle of a line
end; positions behind the end of a line or of the text mean that end.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from lsprotocol import types

from pathwaylang.diagnostics import Source, Span

_END = re.compile(r"\r\n|\n|\r")
_UTF16_ONE = 0xFFFF
_UTF8_LIMITS = (0x7F, 0x7FF, 0xFFFF)


def _units(text: str, encoding: str) -> int:
    match encoding:
        case "utf-32":
            return len(text)
        case "utf-8":
            return sum(1 + sum(ord(char) > limit for limit in _UTF8_LIMITS) for char in text)
        case _:
            return sum(1 + (ord(char) > _UTF16_ONE) for char in text)


class Positions:
    """The lines of one text."""

    def __init__(self, source: Source, encoding: str = "utf-16") -> None:
        self._text = source.text
        self._encoding = encoding
        ends = list(_END.finditer(source.text))
        self._starts = [0, *(match.end() for match in ends)]
        self._ends = [*(match.start() for match in ends), len(source.text)]

    def position(self, offset: int) -> types.Position:
        """Return the position of an offset."""
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        before = self._text[start : min(max(offset, start), self._ends[line])]
        return types.Position(line, _units(before, self._encoding))

    def offset(self, position: types.Position) -> int:
        """Return the offset of a position; the nearest one before it where there is none."""
        if position.line >= len(self._starts):
            return len(self._text)
        start, end = self._starts[position.line], self._ends[position.line]
        units = 0
        for at in range(start, end):
            units += _units(self._text[at], self._encoding)
            if units > position.character:
                return at
        return end

    def range(self, span: Span) -> types.Range:
        """Return the range of a span of this text."""
        return types.Range(self.position(span.start), self.position(span.end))

    def lines_of(self, span: Span) -> list[types.Range]:
        """Return the parts of a span on each of its lines, none of them empty."""
        first = bisect_right(self._starts, span.start) - 1
        parts = []
        for line in range(first, len(self._starts)):
            start, end = max(self._starts[line], span.start), min(self._ends[line], span.end)
            if self._starts[line] >= span.end:
                break
            if start < end:
                parts.append(types.Range(self.position(start), self.position(end)))
        return parts
