"""The items of a file as an outline, and the codes that are free for the next ones.

In: a view. Out: entries in file order with their labels; sources hold their statements, decisions
their branches. Items that cannot be read are missing, the others are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pathwaylang.compiler.model.names import Space, declarations_of
from pathwaylang.compiler.syntax import nodes
from pathwaylang.diagnostics import Span
from pathwaylang.service.branches import branches_of
from pathwaylang.service.view import View

_CODE = re.compile(r"([^\W\d]*?)([0-9]+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item: what it is, where it stands, where its name stands."""

    name: str
    label: str
    kind: str
    span: Span
    name_span: Span
    children: tuple[Entry, ...] = ()


def outline(view: View) -> tuple[Entry, ...]:
    """Return the items of a file in the order written."""
    branches: dict[int, list[Entry]] = {}
    for place in branches_of(view.file):
        label = view.written(_outcome_span(place.decision, place.index))
        entry = Entry(place.id, label, "branch", place.span, place.span)
        branches.setdefault(place.decision.span.start, []).append(entry)
    found = []
    head = view.file.head
    if head is not None:
        title = head.title.value
        found.append(Entry(head.name.text, title, head.word, head.span, head.name.span))
    for item in view.file.items:
        told = _entry(view, item, tuple(branches.get(item.span.start, ())))
        if told is not None:
            found.append(told)
    return tuple(found)


def _outcome_span(item: nodes.Decide | nodes.TableItem | nodes.StepItem, index: int) -> Span:
    match item:
        case nodes.Decide():
            return item.branches[index].outcome.span
        case nodes.TableItem():
            cells = item.rows[index].cells
            outcomes = (cell.span for cell in cells if isinstance(cell, nodes.OutcomeCell))
            return next(outcomes, item.rows[index].span)
        case nodes.StepItem():
            return item.outcome.span


def _entry(view: View, item: nodes.Item, branches: tuple[Entry, ...]) -> Entry | None:
    declared = next(declarations_of(item, view.path), None)
    if declared is not None and not isinstance(item, nodes.Head | nodes.Use):
        children = branches if len(branches) > 1 else ()
        if isinstance(item, nodes.SourceItem):
            children = tuple(
                Entry(s.id.text, s.text.value, "statement", s.span, s.id.span) for s in item.says
            )
        label = declared.node.label.value
        return Entry(declared.name, label, declared.kind, item.span, declared.span, children)
    match item:
        case nodes.ExampleItem():
            return Entry("example", item.label.value, "example", item.span, item.label.span)
        case nodes.ImpossibleItem():
            said = view.written(item.condition.span)
            return Entry("impossible", said, "rule", item.span, item.span)
        case nodes.RecommendRule() | nodes.BeforeRule() | nodes.NeverChangesRule():
            first, _, said = view.written(item.span).partition(" ")
            return Entry(first, said, "rule", item.span, item.span)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class NextCode:
    """The next free code of a series: branch ids `CL1`, `CL2` …, or statements of a source."""

    series: str
    code: str
    kind: str


def next_codes(view: View) -> tuple[NextCode, ...]:
    """Return the next free id of each series of branches and statements in this file."""
    taken = view.names.by_space[Space.OUTCOMES]
    mine = [place.id for place in branches_of(view.file)]
    found = [NextCode(s, code, "branch") for s, code in next_in(taken) if _has_series(mine, s)]
    for item in view.file.items:
        if isinstance(item, nodes.SourceItem):
            ids = [says.id.text for says in item.says]
            series = next_in(ids)
            found += [NextCode(item.name.text, code, "statement") for _, code in series]
    return tuple(found)


def next_in(codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return each series with two or more codes, and the code behind its last one.

    >>> next_in(["CL1", "CL3", "CL10b", "x"])
    (('CL', 'CL4'),)
    """
    last: dict[str, list[int]] = {}
    for code in codes:
        match = _CODE.fullmatch(code)
        if match is not None:
            last.setdefault(match[1], []).append(int(match[2]))
    return tuple((s, f"{s}{max(n) + 1}") for s, n in sorted(last.items()) if s and len(n) > 1)


def _has_series(codes: Iterable[str], series: str) -> bool:
    return any((m := _CODE.fullmatch(code)) is not None and m[1] == series for code in codes)
