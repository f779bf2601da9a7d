"""The words of a file by the part they play, for colouring.

In: a view. Out: stretches with their kinds in reading order, none overlapping. Words come from the
scanner and names from the tree, so that an item that cannot be read is still coloured, only with
its names left plain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pathwaylang.compiler.syntax.lines import Lines
from pathwaylang.compiler.syntax.scanner import scan_items
from pathwaylang.compiler.syntax.slip import KEYWORD_TYPES
from pathwaylang.diagnostics import Span
from pathwaylang.service.symbols import Group, Occurrence
from pathwaylang.service.view import View

TokenKind = Literal[
    "keyword", "string", "number", "unit", "comment", "operator", "fact", "decision",
    "recommendation", "test", "source", "statement", "value", "name",
]  # fmt: skip

TOKEN_KINDS: tuple[TokenKind, ...] = (
    "keyword", "string", "number", "unit", "comment", "operator", "fact", "decision",
    "recommendation", "test", "source", "statement", "value", "name",
)  # fmt: skip

_TYPES: dict[str, TokenKind] = {
    "STRING": "string",
    "BLOCK": "string",
    "DIGITS": "number",
    "DATE": "number",
    "RELEASE": "number",
    "HASH": "number",
    "CODE_TEXT": "number",
    "UNIT": "unit",
    "CMP": "operator",
    "PLUS": "operator",
    "STAR": "operator",
    "SLASH": "operator",
    "MINUS": "operator",
    "RANGE": "operator",
    "RANGE_OPEN": "operator",
    "VBAR": "operator",
    "NAME": "name",
}
_GROUPS: dict[Group, TokenKind] = {
    Group.FACT: "fact",
    Group.FLOW: "decision",
    Group.OUTCOME: "recommendation",
    Group.TEST: "test",
    Group.SOURCE: "source",
    Group.STATEMENT: "statement",
    Group.VALUE: "value",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a file and its kind; `is_declaration` where a name is declared."""

    span: Span
    kind: TokenKind
    is_declaration: bool = False


def tokens(view: View) -> tuple[Token, ...]:
    """Return the coloured stretches of a file in reading order."""
    known = {occurrence.span: occurrence for occurrence in view.occurrences()}
    lines = Lines(view.source)
    found = list(_words(lines, known, view))
    found += [Token(comment.span, "comment") for comment in lines.comments]
    return tuple(sorted(found, key=lambda token: token.span))


def _words(lines: Lines, known: dict[Span, Occurrence], view: View) -> Iterator[Token]:
    for chunk in scan_items(lines):
        for lexeme in chunk.lexemes:
            if lexeme.span.start == lexeme.span.end:
                continue
            occurrence = known.get(lexeme.span)
            if occurrence is not None and lexeme.type == "NAME":
                group = next((s.group for s in view.meant(occurrence)), Group.IMPORT)
                kind = _GROUPS.get(group, "name")
                yield Token(lexeme.span, kind, occurrence.is_declaration)
            elif lexeme.type in KEYWORD_TYPES:
                yield Token(lexeme.span, "keyword")
            elif lexeme.type in _TYPES:
                yield Token(lexeme.span, _TYPES[lexeme.type])
