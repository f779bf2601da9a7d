"""A Pygments lexer, made from the table of colours: for documents and terminals.

Pygments finds it by the entry point `pygments.lexers` in pyproject.toml, under the names
`pathwaylang` and `pw`, and for files `*.pw`. Nothing here is imported when the program starts.
"""

from __future__ import annotations

import re

from pygments.lexer import RegexLexer, bygroups
from pygments.token import Text, Token, Whitespace, string_to_tokentype

from pathwaylang.compiler.syntax.colours import BLOCK_MARK, COLOURS, Colour

_Rule = tuple[str, object]


def _rule(colour: Colour) -> _Rule:
    if not colour.parts:
        return colour.pattern, string_to_tokentype(colour.pygments)
    kinds = (string_to_tokentype(pygments) for pygments, _ in colour.parts)
    return colour.pattern, bygroups(*kinds)


class PathwayLexer(RegexLexer):  # type: ignore[misc]
    """Splits a `.pw` file into coloured tokens; every text can be split, whatever is wrong."""

    name = "PathwayLang"
    aliases = ("pathwaylang", "pw")
    filenames = ("*.pw",)
    mimetypes = ("text/x-pathwaylang",)
    flags = re.MULTILINE
    tokens = {  # noqa: RUF012 - the form that Pygments asks for
        "root": [
            (rf"{BLOCK_MARK}[\s\S]*?(?:{BLOCK_MARK}|\Z)", Token.Literal.String.Doc),
            *map(_rule, COLOURS),
            (r"\s+", Whitespace),
            (r".", Text),
        ]
    }
