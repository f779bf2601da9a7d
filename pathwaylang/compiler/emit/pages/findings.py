"""From findings to marks: which branch or decision of a chart a finding concerns.

In come a graph with its places in the source and the findings of all passes; out come marks. A
finding stands on the branches it names, on the decision where it concerns the decision as a whole,
and on neither where it is about something that charts do not show: then the overview tells it.

Invariants: every open finding gives at least one mark; waived ones give none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pathwaylang.compiler.emit.pages.case import is_counted, rows_words
from pathwaylang.compiler.emit.pages.nodes import Mark, Marks
from pathwaylang.compiler.emit.pages.nodes import Severity as Level
from pathwaylang.compiler.emit.text import listed
from pathwaylang.compiler.emit.words import Words
from pathwaylang.diagnostics import Diagnostic, FactValue, Severity, Span
from pathwaylang.ir.graph import DecisionGraph

_LEVELS: Final[dict[Severity, Level]] = {
    Severity.ERROR: "error",
    Severity.UNDECIDED: "undecided",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}
_MOST_FACTS = 4
_NAME = re.compile(r"`([^`]*)`")


def marks_of(graph: DecisionGraph, diagnostics: Iterable[Diagnostic]) -> Marks:
    """Return the open findings as marks, in the order of the findings."""
    places, words = _Places(graph), Words(graph)
    marks: dict[Mark, None] = {}
    for diagnostic in diagnostics:
        if diagnostic.waived is not None:
            continue
        level, found = _LEVELS[diagnostic.severity], places.of(diagnostic)
        here = places.questions(found)
        rows = tuple(places.row(branch, here) for _, branch in found if branch)
        text = _told(diagnostic, words, rows, here)
        for index, (decision, branch) in enumerate(found):
            told = f"see {rows[0]}" if index and rows else text
            marks[Mark(diagnostic.code, level, told, decision, branch)] = None
    return Marks(tuple(marks))


class _Places:
    """Where branches and decisions are written."""

    __slots__ = ("_branches", "_decisions", "_home")

    def __init__(self, graph: DecisionGraph) -> None:
        self._decisions = [(d.span, d.name) for d in graph.decisions if d.span]
        self._branches = [(b.span, b.id) for d in graph.decisions for b in d.branches if b.span]
        self._home = {branch.id: (d, branch) for d in graph.decisions for branch in d.branches}

    def questions(self, found: list[tuple[str, str]]) -> frozenset[str]:
        """Return the decision a finding stands on; nothing where these are several."""
        names = {d or (self._home[b][0].name if b in self._home else "") for d, b in found}
        return frozenset(names) if len(names) == 1 else frozenset()

    def row(self, branch_id: str, here: frozenset[str]) -> str:
        """Return a row as readers find it; one without an id of its own with its question."""
        decision, branch = self._home[branch_id]
        told = rows_words(decision, (branch,))
        if not is_counted(decision, branch):
            return f"row {told}"
        return told if decision.name in here else f"{told} of “{decision.label or decision.name}”"

    def of(self, diagnostic: Diagnostic) -> list[tuple[str, str]]:
        """Return decision and branch for each place a finding concerns; both may be empty."""
        spans = [label.span for label in diagnostic.labels]
        at, decision = _within(spans[0], self._branches), _within(spans[0], self._decisions)
        if decision and not at:
            return [(decision, "")]
        found = [_within(span, self._branches) for span in spans]
        if diagnostic.evidence is not None:
            found += [blame.branch for blame in diagnostic.evidence.blame]
        branches = [branch for branch in dict.fromkeys(found) if branch in self._home]
        if branches:
            return [("", branch) for branch in branches]
        others = dict.fromkeys(_within(span, self._decisions) for span in spans)
        return [(name, "") for name in others if name] or [("", "")]


def _within(span: Span, places: list[tuple[Span, str]]) -> str:
    """Return the smallest place that a span lies in."""
    around = [
        (place.end - place.start, name)
        for place, name in places
        if place.source == span.source and place.start <= span.start and span.end <= place.end
    ]
    return min(around)[1] if around else ""


def _told(diagnostic: Diagnostic, words: Words, rows: tuple[str, ...], here: frozenset[str]) -> str:
    """Return the headline with labels for names, its rows, and the facts of a patient."""

    def title(name: re.Match[str]) -> str:
        return "this question" if name[1] in here else words.title(name[1])

    message = _NAME.sub(title, diagnostic.message)
    if len(rows) > 1:
        message = f"{listed(rows, 'and')}: {message}"
    patient = diagnostic.evidence.patient if diagnostic.evidence else None
    if patient is None or not patient.facts:
        return message
    facts: tuple[tuple[str, FactValue], ...] = patient.facts[:_MOST_FACTS]
    told = "; ".join(words.value(name, value) for name, value in facts)
    more = "; …" if len(patient.facts) > len(facts) else ""
    return f"{message}; for instance {told}{more}"
