"""The chunk of an item while it is being scanned: lexemes and faults are added here."""

from __future__ import annotations

import re

from pathwaylang.compiler.syntax.keywords import KEYWORDS
from pathwaylang.compiler.syntax.lexemes import Chunk, Lexeme
from pathwaylang.diagnostics import Diagnostic, Source, Span

_KEYWORDS = frozenset(KEYWORDS)
_ONCE_PER_ITEM = ("PW0101", "PW0106", "PW0210", "PW0107")
_MOST_FAULTS = 50


class Draft:
    """A chunk in the making; `line_start` is the index of the first lexeme of the current line."""

    def __init__(self, source: Source, position: int) -> None:
        self.source = source
        self.text = source.text
        self.chunk = Chunk(position, position)
        self.lexemes = self.chunk.lexemes
        self.line_start = 0
        self._told: set[tuple[str, int]] = set()

    def span(self, start: int, end: int) -> Span:
        """Return a place of this source."""
        return Span(self.source.name, start, end)

    def add(self, type: str, text: str, start: int, end: int) -> None:
        """Append a lexeme."""
        self.lexemes.append(Lexeme(type, text, Span(self.source.name, start, end)))

    def fault(
        self, diagnostic: Diagnostic, *, is_guess: bool = False, is_altered: bool = True
    ) -> None:
        """Keep a finding: one per code and line, and one per item where many are likely."""
        self.chunk.is_guess |= is_guess
        self.chunk.is_altered |= is_altered
        line = 0 if diagnostic.code in _ONCE_PER_ITEM else self.line_start
        if (diagnostic.code, line) not in self._told and len(self._told) < _MOST_FAULTS:
            self._told.add((diagnostic.code, line))
            self.chunk.faults.append(diagnostic)

    def give_up(self, diagnostic: Diagnostic) -> None:
        """Keep a finding and do not parse this item."""
        self.chunk.is_hopeless = True
        self.fault(diagnostic)

    def read_as(self, type_: str, pattern: re.Pattern[str], position: int) -> int:
        """Read what `pattern` finds at `position` as one lexeme; return the offset behind it."""
        match = pattern.match(self.text, position)
        if match is None:
            return position
        text = match[match.lastindex or 1]
        if type_ == "UNIT" and text in _KEYWORDS:
            return position
        end = match.end()
        self.add(type_, text, end - len(text), end)
        return end
