"""Branches, rows and steps by place, and the condition that really decides each of them.

In an ordered list the first branch that holds is taken, so a branch also needs that none above it
holds; that is told here in the author's words. In an unordered one the written condition is all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pathwaylang.compiler.model.names import branch_ids
from pathwaylang.compiler.syntax import nodes
from pathwaylang.diagnostics import Span
from pathwaylang.service.view import View

Deciding = nodes.Decide | nodes.TableItem | nodes.StepItem


@dataclass(frozen=True, slots=True)
class BranchPlace:
    """The branch `index` of a decision: its id, and where its condition and outcome stand."""

    decision: Deciding
    index: int
    id: str
    span: Span

    @property
    def attrs(self) -> tuple[nodes.Attr, ...]:
        """The lines under the branch, and those of its decision that it takes over."""
        if isinstance(self.decision, nodes.Decide):
            own = self.decision.branches[self.index].attrs
            rests = any(isinstance(a, nodes.Cite) or _is_opinion(a) for a in own)
            return own if rests else (*own, *_bases(self.decision.attrs))
        return _bases(self.decision.attrs)


def _is_opinion(attr: nodes.Attr) -> bool:
    return isinstance(attr, nodes.Prose) and attr.word == "opinion"


def _bases(attrs: tuple[nodes.Attr, ...]) -> tuple[nodes.Attr, ...]:
    return tuple(attr for attr in attrs if isinstance(attr, nodes.Cite) or _is_opinion(attr))


def branches_of(file: nodes.File) -> Iterator[BranchPlace]:
    """Yield every branch, row and step of a file in reading order."""
    for item in file.items:
        if not isinstance(item, Deciding):
            continue
        for index, (name, span) in enumerate(zip(branch_ids(item), _spans(item), strict=True)):
            yield BranchPlace(item, index, name.text, span)


def branch_at(file: nodes.File, offset: int, id: str = "") -> BranchPlace | None:
    """Return the branch that an offset lies in, or the one of an id."""
    for place in branches_of(file):
        if place.id == id or (not id and place.span.start <= offset <= place.span.end):
            return place
    return None


def _spans(item: Deciding) -> tuple[Span, ...]:
    match item:
        case nodes.Decide():
            return tuple(
                Span(b.span.source, b.span.start, b.outcome.span.end) for b in item.branches
            )
        case nodes.TableItem():
            return tuple(row.span for row in item.rows)
        case nodes.StepItem():
            return (item.span,)


def branch_rows(view: View, place: BranchPlace) -> Iterator[tuple[str, str]]:
    """Yield what decides a branch, where it leads, and what it rests on."""
    item = place.decision
    match item:
        case nodes.Decide():
            yield from _decide_rows(view, item, place.index)
        case nodes.TableItem():
            row = item.rows[place.index]
            cells = zip(item.columns, row.cells, strict=False)
            yield from ((column.text, view.written(cell.span)) for column, cell in cells)
        case nodes.StepItem():
            yield "then", view.written(item.outcome.span)


def _decide_rows(view: View, item: nodes.Decide, index: int) -> Iterator[tuple[str, str]]:
    branch = item.branches[index]
    match branch.word:
        case "when" if branch.condition is not None:
            yield "when", view.written(branch.condition.span)
        case "unknown":
            yield "when", "none of the others holds, and it is unknown whether one does"
        case _:
            yield "when", "none of the others holds"
    above = [b for b in item.branches[:index] if b.condition is not None]
    if item.in_order and branch.word == "when":
        yield from (("and not", view.written(b.condition.span)) for b in above if b.condition)
    yield "then", view.written(branch.outcome.span)
