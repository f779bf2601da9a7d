"""A place where the grammar does not go on, with the lexemes around it.

The rules of explain_*.py look at a slip and say what the author most likely meant. `accepts` are
the terminals that could have stood there; `at` is the index of the lexeme that stands there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pathwaylang.compiler.syntax.keywords import KEYWORDS
from pathwaylang.compiler.syntax.lexemes import Lexeme
from pathwaylang.compiler.syntax.nodes import Text
from pathwaylang.compiler.syntax.print_words import text_text
from pathwaylang.diagnostics import Diagnostic, Label, Span, finding

LAYOUT = frozenset(("NL", "INDENT", "DEDENT", "$END"))
"""Terminals that are no text."""

KEYWORD_TYPES = frozenset(word.upper() for word in KEYWORDS)
"""The terminals of the reserved words."""

_NO_SPACE_BEFORE = frozenset((",", ":", ")", ".", "..", "..<"))
_NO_SPACE_AFTER = frozenset(("(", ".", "..", "..<"))


@dataclass(frozen=True)
class Slip:
    """What stands at index `at` of an item, where `accepts` could have stood."""

    lexemes: tuple[Lexeme, ...]
    at: int
    accepts: frozenset[str]

    @cached_property
    def token(self) -> Lexeme:
        """The lexeme that cannot stand here; the end of the item counts as one."""
        if self.at < len(self.lexemes):
            return self.lexemes[self.at]
        return Lexeme("$END", "", self.lexemes[-1].span)

    @cached_property
    def before(self) -> Lexeme:
        """The lexeme before it, or the first of the item."""
        return self.lexemes[max(self.at - 1, 0)]

    def next(self, distance: int = 1) -> Lexeme:
        """Return the lexeme `distance` further on, or the end."""
        index = self.at + distance
        return self.lexemes[index] if 0 <= index < len(self.lexemes) else self.lexemes[-1]

    @cached_property
    def line_start(self) -> int:
        """The index of the first word of the logical line that the slip stands in."""
        index = self.at
        while index > 0 and self.lexemes[index - 1].type not in LAYOUT:
            index -= 1
        return index

    @cached_property
    def line(self) -> tuple[Lexeme, ...]:
        """The logical line up to the slip."""
        return self.lexemes[self.line_start : self.at]

    @cached_property
    def rest(self) -> tuple[Lexeme, ...]:
        """The logical line from the slip on."""
        end = self.at
        while end < len(self.lexemes) and self.lexemes[end].type not in LAYOUT:
            end += 1
        return self.lexemes[self.at : end]

    @cached_property
    def opener(self) -> str:
        """The type of the first word of the line, of the slip itself if it comes first."""
        return self.line[0].type if self.line else self.token.type

    @property
    def is_first(self) -> bool:
        """Whether the slip is the first word of its line."""
        return not self.line and self.token.type not in LAYOUT

    @property
    def is_keyword(self) -> bool:
        """Whether a reserved word stands here."""
        return self.token.type in KEYWORD_TYPES

    @property
    def is_end_of_line(self) -> bool:
        """Whether the line ends here."""
        return self.token.type in LAYOUT

    def told(  # noqa: PLR0913 - the parts of a finding, all but two by name
        self,
        code: str,
        message: str,
        help_text: str = "",
        *,
        at: Lexeme | Span | None = None,
        note: str = "",
        label: str = "",
    ) -> Diagnostic:
        """Return a finding at the slip, or at another place of it."""
        place = self.token.span if at is None else at if isinstance(at, Span) else at.span
        notes = (note,) if note else ()
        return finding(code, message, Label(place, label), notes=notes, help=help_text)


def words(lexemes: Sequence[Lexeme]) -> str:
    """Return lexemes as a line of text."""
    parts: list[str] = []
    glue = ""
    for lexeme in lexemes:
        if lexeme.type in LAYOUT:
            continue
        text = lexeme.text
        if lexeme.type in ("STRING", "BLOCK"):
            text = text_text(Text(text.replace("\n", " ")))
        parts.append(("" if text in _NO_SPACE_BEFORE else glue) + text)
        glue = "" if text in _NO_SPACE_AFTER else " "
    return "".join(parts).replace("yes / no", "yes/no")


def shown(lexeme: Lexeme) -> str:
    """Return how a message names a lexeme."""
    if lexeme.type in LAYOUT:
        return "the end of the line"
    if lexeme.type in ("STRING", "BLOCK"):
        return "a text"
    return f"`{lexeme.text}`"


def name_from(label: str) -> str:
    """Return a name made from the first words of a label.

    >>> name_from("Time of surgery (days)")
    'time_of_surgery'
    """
    found = "_".join(re.findall(r"[^\W\d_]\w*", label.lower())[:3])
    return f"{found}_value" if found in KEYWORDS else found or "name"


def label_from(name: str) -> str:
    """Return a label made from a name."""
    spaced = name.replace("_", " ")
    return spaced[:1].upper() + spaced[1:]
