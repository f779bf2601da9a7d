"""Long lines: broken after commas, and inside round brackets before `and` and `or`.

Nothing else may continue on the next line in the language. What stands in quotation marks is never
broken. A line that offers no such place stays long, and so does a row of a table: its cells stand
below one another.
"""

from __future__ import annotations

import re

WIDTH = 120
"""Longest line that the formatter makes where it can."""

_PART = re.compile(r'"(?:[^"\\]|\\.)*"|, |[()]| (?=(?:and|or) )|[^",() ]+|.', re.DOTALL)


def _pieces(text: str) -> list[str]:
    """Return the text cut at every place where the line may be broken."""
    pieces, depth = [""], 0
    for match in _PART.finditer(text):
        part = match[0]
        depth += {"(": 1, ")": -1}.get(part, 0)
        if part == ", " or (part == " " and depth > 0 and _is_word_next(text, match.end())):
            pieces[-1] += part.rstrip()
            pieces.append("")
        else:
            pieces[-1] += part
    return pieces


def _is_word_next(text: str, at: int) -> bool:
    return text.startswith(("and ", "or "), at)


def wrap_line(text: str, indent: int) -> list[str]:
    """Return a logical line as lines of the file, indented; continuation lines by four more."""
    if indent + len(text) <= WIDTH or text.startswith("| "):
        return [" " * indent + text]
    lines = [" " * indent]
    is_fresh = True
    for piece in _pieces(text):
        gap = "" if is_fresh else " "
        if not is_fresh and len(lines[-1]) + len(gap) + len(piece) > WIDTH:
            lines.append(" " * (indent + 4))
            gap = ""
        lines[-1] += gap + piece
        is_fresh = False
    return lines
