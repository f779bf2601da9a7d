"""The head of a file -> `About`, the day of review, whom the pathway applies to, the waivers.

Findings: PW0209 (no such day), PW0303 (a status that there is not).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pathwaylang.compiler.model import attributes
from pathwaylang.compiler.model.bases import read_basis
from pathwaylang.compiler.model.conditions import compile_condition
from pathwaylang.compiler.model.modules import Modules
from pathwaylang.compiler.model.nodes import Applies
from pathwaylang.compiler.model.overlay_targets import changes_of, told_change
from pathwaylang.compiler.model.report import Report
from pathwaylang.compiler.model.scope import Numbered, Scope
from pathwaylang.compiler.model.texts import condition_text
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label, Span
from pathwaylang.ir.about import About, Base
from pathwaylang.ir.graph import Waiver
from pathwaylang.ir.hashing import source_hash
from pathwaylang.ir.names import nearest

STATUSES = ("draft", "in_review", "approved", "retired")


def build_about(scope: Scope, head: syntax.Head) -> About:
    """Return what the head of a file says."""
    attributes.check_lines(scope.report, head.attrs, head.word)
    read_basis(scope, head.attrs)
    approved = next((a for a in head.attrs if isinstance(a, syntax.Approved)), None)
    if approved is not None:
        _check_day(scope.report, approved.day)
    return About(
        head.name.text,
        head.title.value,
        _word(head, "version") or "0.0.0",
        _status(scope.report, head),
        _word(head, "language") or "en",
        attributes.prose(head.attrs, "author"),
        _word(head, "grading"),
        next((a.day.text for a in head.attrs if isinstance(a, syntax.ReviewBy)), ""),
        (approved.by.value, approved.day.text, approved.hash.text) if approved else None,
        attributes.prose(head.attrs, "note"),
    )


def with_base(modules: Modules, about: About) -> About:
    """Return what the head of an overlay says together with its base; other heads as they are."""
    of = modules.base.file.head if modules.base is not None else None
    own = modules.root.file.head
    if of is None or own is None:
        return about
    base = Base(
        of.name.text,
        of.title.value,
        _word(of, "version") or "0.0.0",
        _word(of, "status") or "draft",
        source_hash(modules.files_of_base),
        tuple(map(told_change, changes_of(modules.root.file))),
    )
    return replace(
        about,
        language=_word(own, "language") or _word(of, "language") or "en",
        grading=about.grading or _word(of, "grading"),
        base=base,
    )


def _word(head: syntax.Head, word: str) -> str:
    return " ".join(name.text for name in attributes.words(head.attrs, word))


def _status(report: Report, head: syntax.Head) -> str:
    status = _word(head, "status") or "draft"
    if status in STATUSES:
        return status
    near = nearest(status, STATUSES)
    report.add(
        "PW0303",
        f"`{status}` is not a status",
        Label(attributes.words(head.attrs, "status")[0].span),
        notes=(f"`status` can be {', '.join(STATUSES)}.",),
        help=f"did you mean `{near[0]}`?" if near else "write one of these.",
    )
    return "draft"


def _check_day(report: Report, day: syntax.Name) -> bool:
    try:
        date.fromisoformat(day.text)
    except ValueError:
        report.add(
            "PW0209",
            f"`{day.text}` is not a day",
            Label(day.span),
            help="write year-month-day, such as 2027-11-23.",
        )
        return False
    return True


def build_applies(scope: Scope, head: syntax.Head) -> Applies | None:
    """Return `applies when …`, or None where it is absent or has a finding."""
    for line in head.attrs:
        if isinstance(line, syntax.AppliesWhen):
            guard = compile_condition(scope, line.condition)
            basis = read_basis(scope, head.attrs)
            if guard is not None:
                scope.build.numbered.append(Numbered(line.condition, basis))
                return Applies(guard, condition_text(scope.build, line.condition), line.span)
    return None


def read_reviews(report: Report, head: syntax.Head) -> Iterator[tuple[str, str, Span]]:
    """Yield the `review by` lines of a head: name of the file's head, day, place."""
    for line in head.attrs:
        if isinstance(line, syntax.ReviewBy) and _check_day(report, line.day):
            yield head.name.text, line.day.text, line.span


def read_waivers(item: syntax.Item) -> Iterator[Waiver]:
    """Yield the `accept` lines of an item, each with the stretch that it stands under."""
    for span, attrs in _owners(item):
        for attr in attrs:
            if isinstance(attr, syntax.Accept):
                yield Waiver(attr.code.text, attr.because.value, span, attr.span)


def _owners(item: syntax.Item) -> Iterator[tuple[Span, attributes.Attrs]]:  # noqa: C901 - one arm per kind
    """Yield everything in an item that has lines, with the lines."""
    match item:
        case syntax.Use():
            return
        case syntax.ReplaceRecommendation() | syntax.RestrictFact():
            yield item.span, item.item.attrs
        case syntax.ReplaceBranch():
            yield item.span, item.attrs
            yield item.branch.span, item.branch.attrs
        case syntax.SourceItem():
            yield item.span, item.attrs
            for says in item.says:
                yield says.span, says.attrs
        case syntax.Define():
            yield item.span, item.attrs
            for piece in item.body if isinstance(item.body, tuple) else ():
                yield piece.span, piece.attrs
        case syntax.Classify():
            yield item.span, item.attrs
            for class_line in item.lines:
                yield class_line.span, class_line.attrs
        case syntax.ScoreItem():
            yield item.span, item.attrs
            for add in item.lines:
                yield add.span, add.attrs
        case syntax.Decide():
            yield item.span, item.attrs
            for branch in item.branches:
                yield branch.span, branch.attrs
        case _:
            yield item.span, item.attrs
