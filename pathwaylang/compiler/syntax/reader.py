"""One item: its lines -> a chunk of lexemes, with the layout made explicit.

INVARIANT: INDENT and DEDENT are balanced in every chunk, and each line of lexemes ends in NL.
A line ends neither after a comma nor inside round brackets, unless an item's word follows in
column 1. What a word means to the scanner depends on its place in three lines only: a language
after `label` and `language`, a code after `code SYSTEM`, a hash after `of` in `approved`.
"""

from __future__ import annotations

import re
import unicodedata

from pathwaylang.compiler.syntax import faults
from pathwaylang.compiler.syntax.draft import Draft
from pathwaylang.compiler.syntax.keywords import KEYWORDS
from pathwaylang.compiler.syntax.lexemes import Chunk, Lexeme
from pathwaylang.compiler.syntax.lines import Lines
from pathwaylang.compiler.syntax.oddities import read_odd, read_string
from pathwaylang.compiler.syntax.patterns import (
    CODE_TEXT,
    HASH,
    LINE_HEAD,
    NEXT_ITEM,
    SPACED_WORD,
    TOKEN,
    TYPE_UNIT,
    UNIT,
    WORD,
)
from pathwaylang.diagnostics import InternalError, Span

_KEYWORD_TYPES = {word: word.upper() for word in KEYWORDS}
_CONTEXT_TYPES = frozenset(("IN", "OF", "LABEL", "LANGUAGE", "CODE"))
_COMPARISONS = {"≤": "<=", "≥": ">="}
_SYMBOL_TYPES = {
    "|": "VBAR",
    ",": "COMMA",
    ":": "COLON",
    "(": "LPAR",
    ")": "RPAR",
    ".": "DOT",
    "+": "PLUS",
    "*": "STAR",
    "/": "SLASH",
    "-": "MINUS",
    "..": "RANGE",
    "..<": "RANGE_OPEN",
}


class ItemReader:
    """Reads the item that starts at `position`; afterwards `position` is where the next one is."""

    def __init__(self, lines: Lines, position: int) -> None:
        self.position = position
        self._lines = lines
        self._text = lines.text
        self._draft = Draft(lines.source, position)
        self._levels = [0]
        self._opened: list[Span] = []
        """Where each level but the first was opened."""
        self._depth = 0

    def read(self) -> Chunk:
        """Return the chunk of the item."""
        at, width = self._indentation()
        if width:
            self._draft.fault(
                faults.orphan(self._draft.span(self.position, at), width), is_guess=True
            )
            self._levels = [width]
        while True:
            self.position = at
            self._draft.line_start = len(self._draft.lexemes)
            if not self._is_too_long():
                self._read_line()
            self.position = self._lines.skip_blank(self.position)
            if self.position >= len(self._text) or self._lines.starts_item(self.position):
                break
            at, width = self._indentation()
            self._layout(at, width)
        end = self._draft.span(self._draft.chunk.end, self._draft.chunk.end)
        self._draft.lexemes.extend(Lexeme("DEDENT", "", end) for _ in self._levels[1:])
        return self._draft.chunk

    # -------------------------------------------------------------- layout

    def _indentation(self) -> tuple[int, int]:
        match = LINE_HEAD.match(self._text, self.position)
        at = match.end() if match else self.position
        head = self._text[self.position : at]
        if "\t" in head:
            self._draft.fault(
                faults.tab(self._draft.span(self.position, at), True), is_altered=False
            )
        return at, len(head) + head.count("\t")

    def _layout(self, at: int, width: int) -> None:
        levels, place = self._levels, self._draft.span(self.position, at)
        if width == 0 and levels[0] == 0:
            match = WORD.match(self._text, at)
            word = match[0] if match else self._text[at]
            here = self._draft.span(at, at + len(word))
            self._draft.fault(faults.outdented(here, word), is_guess=True)
        elif width > levels[-1]:
            levels.append(width)
            self._opened.append(place)
            self._draft.lexemes.append(Lexeme("INDENT", "", place))
            if len(levels) > faults.MAX_LEVELS + 1:
                self._draft.give_up(faults.too_deep(place, "levels of bullets"))
        elif width < levels[-1]:
            before, first = tuple(levels), place
            while len(levels) > 1 and width < levels[-1]:
                levels.pop()
                first = self._opened.pop()
                self._draft.lexemes.append(Lexeme("DEDENT", "", self._draft.span(at, at)))
            if width == levels[-1] + 2 and first is not place:
                odd = before[len(levels)]
                self._draft.fault(faults.odd_opening(first, place, odd, width), is_guess=True)
            elif width != levels[-1]:
                self._draft.fault(faults.indentation(place, width, before), is_guess=True)

    def _is_too_long(self) -> bool:
        """Give up an item or a line that no pathway has; go to where the next one may start."""
        text, draft, start = self._text, self._draft, self.position
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        if line_end - start > faults.MAX_LINE:
            problem = faults.too_long(
                draft.span(start, start + 1), "line", f"{faults.MAX_LINE} characters"
            )
        elif len(draft.lexemes) > faults.MAX_LEXEMES:
            problem = faults.too_long(draft.lexemes[0].span, "item", f"{faults.MAX_LEXEMES} words")
        else:
            return False
        draft.give_up(problem)
        match = NEXT_ITEM.search(text, line_end)
        self.position = match.start() + 1 if match else len(text)
        draft.chunk.end = self.position - 1 if match else len(text)
        return True

    # -------------------------------------------------------------- tokens

    def _read_line(self) -> None:
        text, name, out = self._text, self._lines.source.name, self._draft.lexemes
        match_token = TOKEN.match
        position = self.position
        while True:
            match = match_token(text, position)
            kind = match.lastgroup if match else None
            if match is None or kind is None:
                raise InternalError("PW9901", f"no token at {position}")
            start, position = match.span(kind)
            if kind == "WORD":
                word = match[kind]
                if not word.isascii():
                    word = self._normalized(word, start, position)
                type_ = _KEYWORD_TYPES.get(word, "NAME")
                out.append(Lexeme(type_, word, Span(name, start, position)))
                if type_ in _CONTEXT_TYPES:
                    position = self._in_context(type_, position)
            elif kind == "SYMBOL":
                symbol = match[kind]
                out.append(Lexeme(_SYMBOL_TYPES[symbol], symbol, Span(name, start, position)))
                if symbol in "()":
                    self._bracket(symbol)
            elif kind == "END":
                if self._ends_line(start, position) or self._is_too_long():
                    return
                position = self.position
            else:
                position = self._other(kind, match)

    def _normalized(self, word: str, start: int, end: int) -> str:
        """Return a word in NFC; a mark that joins no letter there is told."""
        word = unicodedata.normalize("NFC", word)
        mark = next((char for char in word if unicodedata.combining(char)), None)
        if mark is not None:
            self._draft.fault(faults.stray(self._draft.span(start, end), mark), is_guess=True)
        return word

    def _other(self, kind: str, match: re.Match[str]) -> int:
        start, end = match.span(kind)
        if kind == "STRING":
            self._draft.add(kind, read_string(self._draft, match), start, end)
        elif kind == "DIGITS":
            if end - start > faults.MAX_DIGITS:
                self._draft.give_up(faults.too_long_number(self._draft.span(start, end)))
            self._draft.add(kind, match[kind], start, end)
            return self._draft.read_as("UNIT", UNIT, end)
        elif kind == "CMP":
            self._draft.add(kind, _COMPARISONS.get(match[kind], match[kind]), start, end)
        elif kind in ("DATE", "RELEASE"):
            self._draft.add(kind, match[kind], start, end)
        elif kind == "COMMENT":
            self._lines.add_comment(start, end, alone=False)
        else:
            return read_odd(self._draft, kind, match)
        return end

    def _bracket(self, symbol: str) -> None:
        self._depth = max(0, self._depth + (1 if symbol == "(" else -1))
        if self._depth > faults.MAX_LEVELS and not self._draft.chunk.is_hopeless:
            self._draft.give_up(faults.too_deep(self._draft.lexemes[-1].span, "round brackets"))

    def _ends_line(self, start: int, end: int) -> bool:
        """End the line in the layout unless it goes on; `position` is then where it does."""
        self._draft.chunk.end = start
        self.position = end
        if (self._depth or self._is_after_comma()) and end < len(self._text):
            self.position = self._lines.skip_blank(end)
            goes_on = self.position < len(self._text)
            if goes_on and not self._lines.starts_with_item_word(self.position):
                self.position = self._indentation()[0]
                return False
        self._depth = 0
        self._draft.add("NL", "\n", start, start)
        return True

    def _is_after_comma(self) -> bool:
        lexemes = self._draft.lexemes
        return bool(lexemes) and lexemes[-1].type == "COMMA"

    def _in_context(self, type_: str, position: int) -> int:
        """Read what follows a word with a meaning of its own for the next token."""
        draft = self._draft
        before = draft.lexemes[-2].type if len(draft.lexemes) > 1 else ""
        first = draft.lexemes[draft.line_start].type
        if type_ == "IN":
            return draft.read_as("UNIT", TYPE_UNIT, position) if before == "NUMBER" else position
        if type_ == "OF":
            return draft.read_as("HASH", HASH, position) if first == "APPROVED" else position
        if draft.line_start != len(draft.lexemes) - 1:
            return position
        position = draft.read_as("NAME", SPACED_WORD, position)
        return draft.read_as("CODE_TEXT", CODE_TEXT, position) if type_ == "CODE" else position
