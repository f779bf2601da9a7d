"""The LALR parser: the lexemes of one item -> its node.

The parser is made from pathwaylang/grammar.lark on first use and kept. It has no state of its own
between two items, so threads may share it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from lark import Lark, Token
from lark.common import LexerConf
from lark.lexer import Lexer

from pathwaylang.compiler.syntax.build import ACTIONS
from pathwaylang.compiler.syntax.lexemes import Lexeme
from pathwaylang.compiler.syntax.nodes import Item

Entry = Literal["head", "item"]
"""The entry rules of the grammar."""


class _Replay(Lexer):
    """Hands lexemes to Lark as they are; the scanner has made them before."""

    def __init__(self, lexer_conf: LexerConf) -> None:
        """Take the configuration that Lark passes; nothing of it matters here."""

    def lex(self, lexer_state: object, parser_state: object = None) -> Iterator[Token]:
        """Yield the lexemes; Lark reads only the type of a token."""
        return iter(cast("Sequence[Token]", lexer_state))


def grammar_text() -> str:
    """Return the text of the grammar."""
    return files("pathwaylang").joinpath("grammar.lark").read_text(encoding="utf-8")


@cache
def item_parser() -> Lark:
    """Return the parser; `strict` makes Lark refuse a grammar with a conflict."""
    return Lark(
        grammar_text(),
        parser="lalr",
        lexer=_Replay,
        start=["head", "item"],
        transformer=ACTIONS,
        keep_all_tokens=True,
        maybe_placeholders=True,
        strict=True,
    )


def parse_item(lexemes: Sequence[Lexeme], entry: Entry) -> Item:
    """Return the node of one item.

    Raises:
        UnexpectedToken: where the grammar does not go on; explain.py tells it.
    """
    return cast("Item", item_parser().parse(lexemes, start=entry))
