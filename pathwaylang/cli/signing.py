"""The head line that approves a pathway, and where it is written.

In: the text of a pathway with its tree, who approves, the day, the hash of all its files. Out: the
same text with the line `approved "name, role" DAY of HASH` in its head.

INVARIANT: no other character of the text changes, so the hash, which leaves this line out, stays.
"""

from __future__ import annotations

import re
from datetime import date

from pathwaylang.compiler.syntax import nodes
from pathwaylang.diagnostics import Source, Span

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_AFTER = ("status", "version")
"""The line stands after the first of these that the head has, else after the head's first line."""


def check_day(day: str | None) -> str:
    """Return what is wrong with a day, or nothing.

    >>> check_day("2026-12-01"), check_day("2026-02-30"), check_day(None)
    ('', '`2026-02-30` is not a day; write year-month-day, such as 2026-12-01', '')
    """
    if day is None:
        return ""
    try:
        is_day = _DAY.match(day) is not None and date.fromisoformat(day).year > 0
    except ValueError:
        is_day = False
    return "" if is_day else f"`{day}` is not a day; write year-month-day, such as 2026-12-01"


def approval_line(name: str, day: str, source_hash: str) -> str:
    """Return the line as the head has it, without its end."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'  approved "{quoted}" {day} of {source_hash}'


def signed_text(source: Source, head: nodes.Head | None, line: str) -> str | None:
    """Return the text with the line in its head, in place of an older one; None without a head."""
    if head is None:
        return None
    ends = "\r\n" if "\r\n" in source.text else "\n"
    older = next((attr for attr in head.attrs if isinstance(attr, nodes.Approved)), None)
    if older is not None:
        start, end = _line(source, older.span)
        return source.text[:start] + line + ends + source.text[end:]
    words = {getattr(attr, "word", ""): attr for attr in head.attrs}
    after = next((words[word].span for word in _AFTER if word in words), head.name.span)
    _, end = _line(source, after)
    gap = "" if source.text[:end].endswith("\n") else ends
    return source.text[:end] + gap + line + ends + source.text[end:]


def _line(source: Source, span: Span) -> tuple[int, int]:
    """Return the stretch of the line that a span starts in, its end included."""
    start = source.text.rfind("\n", 0, span.start) + 1
    end = source.text.find("\n", span.start)
    return start, len(source.text) if end < 0 else end + 1
