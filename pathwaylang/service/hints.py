"""Remarks to show beside the text: how many cases take each branch.

In: a view and the counts of a check. Out: a place behind the outcome of a branch, and a text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pathwaylang.diagnostics import Span
from pathwaylang.diagnostics.counts import say_count, say_share, share_of
from pathwaylang.service.branches import branches_of
from pathwaylang.service.checking import BranchCount
from pathwaylang.service.view import View


@dataclass(frozen=True, slots=True)
class Hint:
    """A remark to show at the end of `span`, and what to say when somebody points at it."""

    span: Span
    text: str
    detail: str


READABLE = 10**9
"""Numbers up to this are shown as they are, larger ones as a share of the cases that get here."""


def hints(view: View, counts: Iterable[BranchCount]) -> tuple[Hint, ...]:
    """Return the counts of the branches of a file, in reading order."""
    by_branch = {counted.branch: counted for counted in counts}
    found = []
    for place in branches_of(view.file):
        counted = by_branch.get(place.id)
        if counted is not None and counted.span.source == view.source.name:
            found.append(Hint(place.span, *_words(counted)))
    return tuple(found)


def _words(counted: BranchCount) -> tuple[str, str]:
    count = say_count(counted.count, counted.unit)
    share = say_share(share_of(counted.count, counted.reaching))
    short = count if counted.count <= READABLE else f"{share} of those here"
    return short, f"{count}, {share} of those that reach this decision"
