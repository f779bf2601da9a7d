"""The difference of an overlay to its base in a few lines, for the end of a check.

In: what was compared, the base's name as the head says it, and how it is asked for in full. Out:
plain lines: facts that changed, safety rules that keep less, the moves of each track.

INVARIANT: every number is taken from the difference; what is not shown is counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.qa.difference.record import Difference, NotCompared, TrackTable
from pathwaylang.compiler.qa.difference.words import (
    Report,
    change_sentence,
    fact_sentence,
    loss_sentence,
    table_sentence,
)
from pathwaylang.ir.about import Base

_WORDS = {
    "replace recommendation": "Replaced recommendations",
    "replace branch": "Replaced branches",
    "restrict fact": "Restricted facts",
}
MOST_MOVES = 4
"""Moves of one track that are told; the largest stand first."""


def short_lines(
    base: Base, found: Difference | NotCompared, report: Report | None, command: str
) -> tuple[str, ...]:
    """Return how an overlay differs from its base; `report` tells it where it was compared."""
    head = f"Overlay of {base.text}, whose files have the hash {base.source_hash[:12]}…"
    if isinstance(found, NotCompared) or report is None:
        reason = found.reason if isinstance(found, NotCompared) else "it was not compared"
        return (head, *_changes(base), f"  How many cases change was not counted: {reason}.")
    return (head, *_changes(base), *_told(found, report), f"  With patients and lines: {command}")


def _changes(base: Base) -> Iterator[str]:
    for what, words in _WORDS.items():
        names = [change.name for change in base.changes if change.what == what]
        if names:
            yield f"  {words}: {', '.join(names)}"


def _told(found: Difference, report: Report) -> Iterator[str]:
    for change in found.facts:
        yield f"  {fact_sentence(report, change)}"
    for loss in found.losses:
        yield f"  {loss_sentence(report, loss)}"
    changed = [table for table in found.tables if table.changes]
    for table in changed:
        yield from _table(table, found.unit)
    if not changed:
        yield "  No case has another outcome than in the base."


def _table(table: TrackTable, unit: str) -> Iterator[str]:
    told = table_sentence(table, unit)
    yield f"  Stage {table.stage}, track {table.track}: {told}."
    for change in table.changes[:MOST_MOVES]:
        yield f"    {change_sentence(change, unit)}"
    if len(table.changes) > MOST_MOVES:
        yield f"    and {len(table.changes) - MOST_MOVES} further kinds of moves"
