"""The regular expressions of the scanner: what a token looks like, and nothing else.

Digits are ASCII only. A name may hold combining marks, which normalisation (NFC) joins with their
letters. A unit is a run without a space; it starts with a letter, a percent sign, a bracket or a
power of ten, and never ends in an operator.
"""

from __future__ import annotations

import re

LINE_HEAD = re.compile(r"[ \t\u00a0]*")
"""The indentation of a line."""

WORD = re.compile(r"[^\W\d][\w\u0300-\u036f]*")
"""A name or a keyword."""

SPACED_WORD = re.compile(r"[ ]*([^\W\d][\w\u0300-\u036f]*)")
"""A word with the spaces before it."""

TOKEN = re.compile(
    r"""
    [ ]*(?:
      (?P<WORD>[^\W\d][\w\u0300-\u036f]*)
    | (?P<BLOCK>\"\"\"[\s\S]*?\"\"\")
    | (?P<OPEN_BLOCK>\"\"\")
    | (?P<STRING>"(?:[^"\\\n]|\\[^\n])*")
    | (?P<DATE>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9]))
    | (?P<RELEASE>[0-9]+\.[0-9]+\.[0-9]+(?![0-9]))
    | (?P<DECIMAL_COMMA>[0-9]+,[0-9]+(?:\.[0-9]+)?)
    | (?P<DIGITS>[0-9]+(?:\.[0-9]+)?)
    | (?P<END>\r?(?:\n|\Z))
    | (?P<COMMENT>\#[^\n]*)
    | (?P<FOREIGN>==|!=|<>|&&|=>|=<|->|\.\.\.|[≠&!=→⇒−–—×÷·•…∧∨¬])
    | (?P<CMP><=|>=|[<>≤≥])
    | (?P<SYMBOL>\.\.<|\.\.|[|,:().+*/-])
    | (?P<CURLY>[“”„‟‘’«»][^“”„‟‘’«»"\n]*[“”„‟‘’«»"]?)
    | (?P<SINGLE>'[^'"\n]*'|`[^`"\n]*`)
    | (?P<OPEN_STRING>"[^\n]*)
    | (?P<SPACE>[\t\u00a0\u2007\u202f\r]+)
    | (?P<OTHER>.)
    )
    """,
    re.VERBOSE,
)
"""One token with the spaces before it; `lastgroup` names its kind."""

_UNIT = r"""(?:10[*^][-+]?[0-9]+|[^\W\d_]|[%{\[°])(?:[\w°%{}\[\]^*/]|\.(?!\.)|(?<=\w)-(?=[0-9]))*"""

UNIT = re.compile(rf"[ ]*({_UNIT})(?<![./*^])|[ ]*(1/{_UNIT})(?<![./*^])")
"""A unit behind a number."""

TYPE_UNIT = re.compile(r"[ ]*(?!-?[0-9.]+(?:\.\.|[\s,]|$))([^\s\",#]+)")
"""A unit behind `number in`: any run that is not a number or a range."""

NEXT_ITEM = re.compile(r"\n(?=[^\W\d])")
"""The end of a line before one that has a word in column 1."""

CODE_TEXT = re.compile(r"[ ]*([^\s\"#,]+)")
"""A code of a terminology."""

HASH = re.compile(r"[ ]*([0-9A-Za-z:]+)")
"""A hash behind `of`."""

ESCAPE = re.compile(r"\\(.)")
"""Any escape."""

NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
"""What no text holds."""

SWALLOWED = re.compile(
    r"\n(?:source|fact|define|classify|score|test|recommendation|stage|decide|step|table)"
    r"[ ](?:in[ ]order[ ])?[^\W\d]\w*[ ]\""
)
"""An item heading in column 1, which no prose holds: its block was never closed."""
