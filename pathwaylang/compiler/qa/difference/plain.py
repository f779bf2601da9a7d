"""A difference as JSON: the stable form that scripts read (tools.md of the documentation).

In: a `Report` and how to find the line of a branch. Out: a dictionary of plain values. Counts are
decimal texts, since they pass 2^53; a line is null where a version has no branch that decides.
"""

from __future__ import annotations

from collections.abc import Callable

from pathwaylang.compiler.qa.difference.record import Change, Difference
from pathwaylang.diagnostics import Patient
from pathwaylang.diagnostics.render_json import Json
from pathwaylang.ir.graph import Branch

SCHEMA = 1

Line = Callable[[Branch], int | None]


def difference_document(difference: Difference, old_line: Line, new_line: Line) -> dict[str, Json]:
    """Return a difference as JSON tells it."""
    return {
        "schema": SCHEMA,
        "unit": difference.unit,
        "changes": [_change(change, old_line, new_line) for change in difference.changes],
        "facts": [
            {"name": fact.name, "change": fact.change, "old": fact.old, "new": fact.new}
            for fact in difference.facts
        ],
        "unchanged": str(difference.unchanged),
    }


def _change(change: Change, old_line: Line, new_line: Line) -> Json:
    old, new = change.old_branch, change.new_branch
    return {
        "stage": change.stage,
        "track": change.track,
        "old": change.old,
        "new": change.new,
        "count": str(change.count),
        "share": change.share,
        "patient": _patient(change.patient),
        "old_line": None if old is None else old_line(old),
        "new_line": None if new is None else new_line(new),
    }


def _patient(patient: Patient | None) -> Json:
    if patient is None:
        return None
    return {"facts": dict(patient.facts), "complete": dict(patient.complete)}
