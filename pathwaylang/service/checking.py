"""Findings as they are typed, and the whole check when the typing pauses.

`reading` is quick: grammar, names, types, units. `check` proves the pathway as well and counts the
cases of each branch. Between two proofs `carried` moves the findings of the last one to where their
places are now, so that they do not vanish and come back with every letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.qa.waivers import apply_waivers
from pathwaylang.compiler.verify.places import Place
from pathwaylang.compiler.verify.resting import collector_rests
from pathwaylang.compiler.verify.workbench import Verification
from pathwaylang.diagnostics import Blame, Diagnostic, Label, Source, Span, sorted_diagnostics
from pathwaylang.ir.diagram import BudgetError

_ITEM = re.compile(r"^[^\W\d]", re.MULTILINE)
"""The start of a line in column 1 that may start an item."""


@dataclass(frozen=True, slots=True)
class BranchCount:
    """How many cases take a branch, of those that reach its decision in the first such stage."""

    branch: str
    span: Span
    count: int
    reaching: int
    unit: str


@dataclass(frozen=True, slots=True)
class Checked:
    """All findings of a pathway, and the counts of its branches where it was proved."""

    diagnostics: tuple[Diagnostic, ...]
    counts: tuple[BranchCount, ...] = ()


def reading(compilation: Compilation) -> tuple[Diagnostic, ...]:
    """Return what was found before the proof, with waivers applied."""
    with collector_rests():
        model = compilation.model
        waivers = model.waivers if model is not None else ()
        return sorted_diagnostics(apply_waivers(compilation.reading, waivers, was_verified=False))


def check(compilation: Compilation) -> Checked:
    """Return everything that `pathwaylang check` would say."""
    return Checked(compilation.diagnostics, branch_counts(compilation.findings.verification))


def branch_counts(verification: Verification | None) -> tuple[BranchCount, ...]:
    """Return the cases of every branch; none where no diagram was made."""
    if verification is None:
        return ()
    try:
        found = [each for place in verification.places for each in _of_place(verification, place)]
    except BudgetError:
        return ()
    return tuple(sorted(found, key=lambda counted: counted.span))


def _of_place(verification: Verification, place: Place) -> Iterator[BranchCount]:
    space, flow, divisor = verification.space, verification.flow, place.view.divisor
    chosen = flow.selection(place.decision.name).chosen
    counts = flow.kept.counts(space.conj_leaves(place.here, chosen))
    reaching = flow.kept.counts(place.here).get(True, 0) // divisor
    for index, branch in enumerate(place.decision.branches):
        if branch.span is not None:
            count = counts.get(index, 0) // divisor
            yield BranchCount(branch.id, branch.span, count, reaching, verification.unit)


# ------------------------------------------------------------------ findings and edits


@dataclass(frozen=True, slots=True)
class _Change:
    """What differs between two texts: from `start` on, `old_end` became `new_end`."""

    start: int
    old_end: int
    new_end: int

    def moved(self, span: Span) -> Span | None:
        """Return where a stretch is now; None where it was changed itself."""
        if span.end <= self.start:
            return span
        shift = self.new_end - self.old_end
        if span.start >= self.old_end:
            return Span(span.source, span.start + shift, span.end + shift)
        if span.start <= self.start and self.old_end <= span.end:
            return Span(span.source, span.start, span.end + shift)
        return None


def _change(old: str, new: str) -> _Change:
    shortest = min(len(old), len(new))
    start = 0
    while start < shortest and old[start] == new[start]:
        start += 1
    same = 0
    while same < shortest - start and old[-1 - same] == new[-1 - same]:
        same += 1
    return _Change(start, len(old) - same, len(new) - same)


def changed_items(old: str, new: Source) -> Span:
    """Return the stretch of a text that differs from an older one, widened to whole items."""
    change = _change(old, new.text)
    start = max((m.start() for m in _ITEM.finditer(new.text, 0, change.start + 1)), default=0)
    following = _ITEM.search(new.text, change.new_end)
    return Span(new.name, start, following.start() if following else len(new.text))


Move = Callable[[Span], Span | None]


def carried(checked: Checked, before: Mapping[str, Source], now: Mapping[str, Source]) -> Checked:
    """Return a check of earlier texts with its places in the texts of now.

    What stands where something was changed is left out, and so are repairs: they were tried on the
    earlier text.
    """
    changes = {
        name: _change(old.text, now[name].text)
        for name, old in before.items()
        if name in now and old.text != now[name].text
    }
    if not changes:
        return checked

    def moved(span: Span) -> Span | None:
        change = changes.get(span.source)
        return span if change is None else change.moved(span)

    findings = (_carried(found, moved) for found in checked.diagnostics)
    places = ((counted, moved(counted.span)) for counted in checked.counts)
    counts = tuple(replace(counted, span=span) for counted, span in places if span is not None)
    return Checked(sorted_diagnostics(tuple(f for f in findings if f is not None)), counts)


def _carried(found: Diagnostic, moved: Move) -> Diagnostic | None:
    places = ((label, moved(label.span)) for label in found.labels)
    labels = [Label(span, label.text) if span is not None else None for label, span in places]
    if labels[0] is None:
        return None
    kept = tuple(label for label in labels if label is not None)
    evidence = found.evidence
    if evidence is not None:
        blamed = ((blame, moved(blame.span)) for blame in evidence.blame)
        blame = tuple(Blame(s, b.branch, b.same_outcome) for b, s in blamed if s is not None)
        evidence = replace(evidence, blame=blame)
    return replace(found, labels=kept, evidence=evidence, repair=None)
