"""Markdown from texts that are not Markdown.

Labels, conditions and quotations go in as text and come out so that every reader of Markdown shows
them as that text: no markup, no HTML, no link, no table cell more than meant.

INVARIANT: `md` leaves no character that Markdown or HTML gives a meaning to unescaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pathwaylang.diagnostics.visible import visible

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|~-])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
BREAK = "<br>"


def md(text: str) -> str:
    """Return a text as Markdown that shows exactly this text, on one line.

    >>> md("a <b> & c")
    'a &lt;b&gt; &amp; c'
    """
    line = visible(" ".join(text.split()))
    escaped = "".join(_ENTITIES.get(character, character) for character in line)
    # A dash between letters and a closing bracket are harmless; without them texts stay readable.
    return re.sub(r"(?<=\w)\\([-_+])(?=\w)", r"\1", _MARKUP.sub(r"\\\1", escaped))


def md_lines(texts: Iterable[str]) -> str:
    """Return several texts in one table cell, line by line."""
    return BREAK.join(md(text) for text in texts if text)


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a table whose cells are Markdown already; nothing for no rows."""
    body = [f"| {' | '.join(row)} |" for row in rows]
    if not body:
        return []
    return [f"| {' | '.join(heading)} |", f"|{'---|' * len(heading)}", *body, ""]


def bullets(texts: Iterable[str]) -> list[str]:
    """Return a list whose items are Markdown already; nothing for no items."""
    items = [f"- {text}" for text in texts]
    return [*items, ""] if items else []


def cite_links(cites: Iterable[str]) -> str:
    """Return cited statements as links to the rows where they stand.

    >>> cite_links(["first.limit"])
    '[first.limit](#first.limit)'
    """
    return ", ".join(f"[{md(cite)}](#{cite})" for cite in cites)


def anchor(cite: str) -> str:
    """Return the place to which `cite_links` leads; it shows nothing."""
    return f'<a id="{cite}"></a>'


def section(title: str, body: list[str]) -> list[str]:
    """Return a section with its heading, or nothing where it would be empty."""
    return [f"## {title}", "", *body] if body else []
