"""Symbols of other notations: what they stand for here, and what to write instead.

In: the symbol and the words around it. Out: the terminals that the scanner goes on with, and the
help of PW0208. The replacements are what people mean by these signs in practice, so the item can
still be read; the formatter leaves its text alone until the author has changed it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NEXT_WORD = re.compile(r"[ ]*(\d[\d.]*[ ](?!(?:and|or|then)\b)[^\s,()|]+|[^\s,()|]+)")
"""The word behind a symbol; a number with its unit."""

_WORDS: dict[str, tuple[str, ...]] = {
    "==": ("is",),
    "=": ("is",),
    "!=": ("is", "not"),
    "<>": ("is", "not"),
    "≠": ("is", "not"),
    "&&": ("and",),
    "&": ("and",),
    "∧": ("and",),
    "||": ("or",),
    "∨": ("or",),
    "!": ("not",),
    "¬": ("not",),
    "->": ("then",),
    "→": ("then",),
    "⇒": ("then",),
    "=>": ("then",),
    "=<": ("<=",),
    "...": ("..",),
    "…": ("..",),
    "−": ("-",),
    "—": ("-",),
    "–": ("-",),
    "•": ("-",),
    "×": ("*",),
    "·": ("*",),
    "÷": ("/",),
}

_TYPES = {"<=": "CMP", ">=": "CMP", "..": "RANGE", "-": "MINUS", "*": "STAR", "/": "SLASH"}

BULLET_SIGNS: frozenset[str] = frozenset("•·*–—−+")
"""Signs that people put before a criterion instead of a hyphen."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a foreign symbol is read as: terminals with their texts, and the help."""

    lexemes: tuple[tuple[str, str], ...]
    help: str


def read_foreign(symbol: str, before: str, rest: str) -> Reading:
    """Return what `symbol` stands for between the word `before` and the text `rest`.

    >>> read_foreign("!=", "reserve", " poor then")
    Reading(lexemes=(('IS', 'is'), ('NOT', 'not')), help='write `reserve is not poor`.')
    """
    match = _NEXT_WORD.match(rest)
    after = match[1] if match else ""
    words = _WORDS[symbol]
    if symbol == "=>" and after[:1].isdigit():
        words = (">=",)
    elif symbol == "–" and before[:1].isdigit() and after[:1].isdigit():
        words = ("..",)
    elif symbol == "=" and before == '"':
        words = ("as",)
    shown = " ".join(words)
    if shown == "then":
        help_text = "write `then` in its place."
    elif shown == ".." or (before and after and before != '"'):
        glue = "" if shown == ".." else " "
        lead = "" if words == ("not",) else before + glue
        help_text = f"write `{lead}{shown}{glue}{after}`."
    else:
        help_text = f"write `{shown}`."
    return Reading(tuple((_TYPES.get(word, word.upper()), word) for word in words), help_text)
