"""Findings in words and the day of the call: what commands say without knowing the compiler.

Diagnostics go in, text comes out. A command that has its findings from the cache uses this room
alone and does not load the compiler.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime

from pathwaylang.diagnostics import Diagnostic, Sources
from pathwaylang.diagnostics.render_json import summary_counts
from pathwaylang.diagnostics.render_text import TextStyle, render_texts

MOST_FINDINGS = 100
"""As many findings of one file are printed as text; JSON has them all."""


def today() -> str:
    """Return the day of the clock, or of SOURCE_DATE_EPOCH where a build must be repeatable."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and len(epoch) < 12:  # noqa: PLR2004 - the year 5138
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    return date.today().isoformat()


def findings_text(diagnostics: Iterable[Diagnostic], sources: Sources, style: TextStyle) -> str:
    """Return findings as text, the first hundred of them."""
    found = tuple(diagnostics)
    text = render_texts(found[:MOST_FINDINGS], sources, style)
    hidden = len(found) - MOST_FINDINGS
    return text if hidden <= 0 else f"{text}\n\nand {hidden} more; --format json lists all"


def tally(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many findings of each severity there are, in words.

    >>> tally(())
    'no findings'
    """
    found = tuple(diagnostics)
    counts = summary_counts(found)
    words = {"errors": "error", "undecided": "undecided", "warnings": "warning", "notes": "note"}
    told = [
        f"{counts[key]} {word}{'s' if counts[key] > 1 and key != 'undecided' else ''}"
        for key, word in words.items()
        if counts[key]
    ]
    waived = sum(diagnostic.waived is not None for diagnostic in found)
    return (", ".join(told) or "no findings") + (f" ({waived} waived)" if waived else "")
