"""From an answer to the way that charts light up.

An `Answer` of the runtime goes in, a `Way` comes out: decisions visited, branches taken, facts that
are missing, values that mattered, and how each track ended.
"""

from __future__ import annotations

from pathwaylang.diagnostics import FactValue
from pathwaylang.ir.way import TrackEnd, Way
from pathwaylang.runtime import Answer, TrackAnswer


def way_of(answer: Answer) -> Way:
    """Return the way of an answer."""
    values: dict[str, FactValue] = {}
    for visit in answer.trace:
        values |= dict(visit.facts)
    ends = tuple(map(_end, answer.tracks))
    return Way(
        decisions=tuple(dict.fromkeys(visit.decision for visit in answer.trace)),
        branches=tuple(dict.fromkeys(visit.branch for visit in answer.trace)),
        missing=tuple(dict.fromkeys(name for end in ends for name in end.missing)),
        ends=ends,
        values=tuple(values.items()),
    )


def _end(entry: TrackAnswer) -> TrackEnd:
    missing = dict.fromkeys(name for item in entry.requests for name in item.facts)
    return TrackEnd(entry.track, entry.status, entry.outcome, entry.branch, tuple(missing))
