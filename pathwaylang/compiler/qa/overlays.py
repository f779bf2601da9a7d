"""Findings of an overlay merged with its base: told where they can be mended.

In: the findings of the merged pathway and its graph. Out: the same findings, where

- an error that a replaced branch brings about points at that branch first, not at the base;
- what the overlay makes superfluous in its base is a note, since nobody here may edit the base, and
  what it merely leaves unused there is not told;
- an example of the base with another answer is a note, PW0914: the difference tells of it, too.

INVARIANT: no gap, conflict, unanswered unknown or broken rule becomes less than it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pathwaylang.compiler.model.modules import Modules, line_of_base
from pathwaylang.compiler.qa.examples import ExampleResult
from pathwaylang.diagnostics import Diagnostic, Label, Severity, Span, finding
from pathwaylang.diagnostics.codes import CODES
from pathwaylang.ir.graph import Branch, DecisionGraph

_SUPERFLUOUS = frozenset(("PW0506", "PW0508", "PW0603"))
_UNUSED = frozenset(("PW0304", "PW0308", "PW0704", "PW0908"))
_STAYS = frozenset(("PW0599", "PW0902", "PW0903", "PW0914"))
_GAPS = frozenset(("PW0501", "PW0502", "PW0503"))
_SPLIT = (
    "cover these cases in the branch that was replaced; if they need several answers, let it "
    "`go to` a decision of your own with a branch for each."
)
_IDLE_RULE = "It is a rule of the base; the overlay has no patient to whom it could apply."
_IN_BASE = "It stands in the base and need not be mended here."


def told_of_overlay(
    found: Iterable[Diagnostic], graph: DecisionGraph | None, modules: Modules
) -> tuple[Diagnostic, ...]:
    """Return the findings of an overlay as its author can use them; others as they are."""
    found = tuple(found)
    if modules.base is None:
        return found
    own = modules.root.source.name
    replaced = _replaced(graph, own) if graph is not None else ()
    is_whole = not any(d.code == "PW0901" for d in found)
    if not is_whole:
        return found
    kept = [d for d in found if d.span.source == own or d.code not in _UNUSED]
    return tuple(_told(diagnostic, own, replaced) for diagnostic in kept)


def _replaced(graph: DecisionGraph, own: str) -> tuple[tuple[Span, Branch], ...]:
    """Return the overlay's branches in decisions of the base, with the place of the decision."""
    return tuple(
        (decision.span, branch)
        for decision in graph.decisions
        if decision.span is not None and decision.span.source != own
        for branch in decision.branches
        if branch.span is not None and branch.span.source == own
    )


def _told(
    diagnostic: Diagnostic, own: str, replaced: tuple[tuple[Span, Branch], ...]
) -> Diagnostic:
    code, place = diagnostic.code, diagnostic.span
    if place.source == own or code in _STAYS:
        return diagnostic
    if code == "PW0803":
        return _changed_example(diagnostic)
    if code in _SUPERFLUOUS or diagnostic.severity is Severity.WARNING:
        notes = (*diagnostic.notes, _IDLE_RULE if code == "PW0804" else _IN_BASE)
        return replace(diagnostic, severity=Severity.NOTE, notes=notes, help="", repair=None)
    return _led_home(diagnostic, own, replaced)


def _changed_example(diagnostic: Diagnostic) -> Diagnostic:
    return replace(
        diagnostic,
        code="PW0914",
        severity=CODES["PW0914"].severity,
        message=diagnostic.message.removesuffix(" fails") + " of the base is answered otherwise",
        help="",
    )


def _led_home(
    diagnostic: Diagnostic, own: str, replaced: tuple[tuple[Span, Branch], ...]
) -> Diagnostic:
    """Put a place in the overlay first, where the finding has one."""
    inside = [label for label in diagnostic.labels if label.span.source == own]
    if not inside:
        patient = diagnostic.evidence.patient if diagnostic.evidence is not None else None
        way = patient.way if patient is not None else ()
        inside = [Label(b.span) for _, b in replaced if b.span is not None and b.id in way]
    if not inside:
        inside = [
            Label(branch.span, "this branch was replaced")
            for decision, branch in replaced
            if branch.span is not None and _covers(decision, diagnostic.span)
        ]
    first = inside[:1]
    rest = [label for label in diagnostic.labels if label not in first]
    is_gap = bool(first) and diagnostic.code in _GAPS
    help_text = _SPLIT if is_gap else diagnostic.help
    return replace(diagnostic, labels=(*first, *rest), help=help_text)


def _covers(outer: Span, inner: Span) -> bool:
    return outer.source == inner.source and outer.start <= inner.start < outer.end


def kept_results(results: tuple[ExampleResult, ...], modules: Modules) -> tuple[ExampleResult, ...]:
    """Return the results without examples of a base that its overlay answers otherwise."""
    if modules.base is None:
        return results
    own = modules.root.source.name
    changed = {
        result.example.label
        for result in results
        if not result.passed and result.example.span and result.example.span.source != own
    }
    return tuple(result for result in results if result.example.label not in changed)


def unapproved_base(modules: Modules, graph: DecisionGraph | None) -> tuple[Diagnostic, ...]:
    """Return the warning for an approved overlay of a base that is not approved (PW0915)."""
    about = graph.about if graph is not None else None
    line = line_of_base(modules.root.file.head)
    if about is None or about.base is None or line is None or about.status != "approved":
        return ()
    if about.base.status == "approved":
        return ()
    status = about.base.status.replace("_", " ")
    return (
        finding(
            "PW0915",
            f"the overlay is approved, but its base `{about.base.name}` is {status}",
            Label(line.base.span),
            notes=("An approval of a base does not carry over, and its lack does.",),
            help="have the base approved first, or write `status draft` here.",
        ),
    )
