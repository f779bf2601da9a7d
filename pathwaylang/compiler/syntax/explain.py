"""A syntax error -> one finding that says what to write."""

from __future__ import annotations

from lark import UnexpectedToken

from pathwaylang.compiler.syntax.lexemes import Chunk
from pathwaylang.diagnostics import Diagnostic, Label, finding


def explain(error: UnexpectedToken, chunk: Chunk) -> Diagnostic:
    """Return the finding for the place where the grammar did not go on."""
    token = error.token
    span = getattr(token, "span", chunk.lexemes[-1].span)
    accepts = sorted(error.accepts or error.expected)
    return finding("PW0209", f"unexpected {token!r}, expected {accepts}", Label(span))
