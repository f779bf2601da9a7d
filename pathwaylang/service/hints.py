"""Remarks to show beside the text: how many cases take each branch.

In: a view and the counts of a check. Out: a place behind the outcome of a branch, and a text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pathwaylang.diagnostics import Span
from pathwaylang.diagnostics.counts import say_count
from pathwaylang.service.branches import branches_of
from pathwaylang.service.checking import BranchCount
from pathwaylang.service.view import View


@dataclass(frozen=True, slots=True)
class Hint:
    """A remark to show at the end of `span`."""

    span: Span
    text: str


def hints(view: View, counts: Iterable[BranchCount]) -> tuple[Hint, ...]:
    """Return the counts of the branches of a file, in reading order."""
    by_branch = {counted.branch: counted for counted in counts}
    found = []
    for place in branches_of(view.file):
        counted = by_branch.get(place.id)
        if counted is not None and counted.span.source == view.source.name:
            found.append(Hint(place.span, say_count(counted.count, counted.unit)))
    return tuple(found)
