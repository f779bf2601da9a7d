"""What the scanner hands to the parser: lexemes, gathered into one chunk per item.

A lexeme has the name of a terminal of grammar.lark, the text it stands for (unescaped for strings,
normalised for names) and its place. Lark asks a token for its type and, at the end of the input,
for the fields of its own token class; those that say nothing here are constants of the class.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pathwaylang.diagnostics import Diagnostic, Span


class Lexeme:
    """One token: `type` is a terminal of the grammar."""

    __slots__ = ("span", "text", "type")

    start_pos: int = 0
    end_pos: int = 0
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def __init__(self, type: str, text: str, span: Span) -> None:
        self.type = type
        self.text = text
        self.span = span

    def __repr__(self) -> str:
        return f"Lexeme({self.type}, {self.text!r}, {self.span.start})"


@dataclass(slots=True)
class Chunk:
    """The lexemes of one item, from its first line in column 1 to the end of its last one.

    `faults` are the lexical findings. `is_guess` says that the scanner could not repair all of
    them, so that a syntax error may be their consequence; `is_altered`, that the formatter must
    leave the item's text alone; `is_hopeless`, that the item must not be parsed at all.
    """

    start: int
    end: int
    lexemes: list[Lexeme] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    is_guess: bool = False
    is_altered: bool = False
    is_hopeless: bool = False
