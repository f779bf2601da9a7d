"""Nodes -> lines: attribute lines, conditions with bullets, branches.

A `Line` is one logical line, still unwrapped, with the stretch of the source that it was read from:
the printer finds blank lines and comments by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from pathwaylang.compiler.syntax import nodes
from pathwaylang.compiler.syntax.print_expressions import expression_text, heading_text
from pathwaylang.compiler.syntax.print_words import (
    name_list,
    outcome_text,
    quantity_text,
    reference_text,
    text_text,
    value_text,
)
from pathwaylang.compiler.syntax.wrapping import WIDTH
from pathwaylang.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Line:
    """`lead` and `text` at a level; `start` to `end` is where `text` stands in the source."""

    level: int
    text: str
    start: int
    end: int
    lead: str = ""


def in_order(groups: Iterable[tuple[Span, list[Line]]]) -> list[Line]:
    """Return the lines of several nodes in the order in which the author wrote them."""
    ordered = sorted(groups, key=lambda group: group[0].start)
    return [line for _, lines in ordered for line in lines]


def conditional(
    level: int, before: str, condition: nodes.Expr, start: int, lead: str = ""
) -> list[Line]:
    """Return `before CONDITION`, with its bullets a level deeper if it has any."""
    place = condition.span
    if not isinstance(condition, nodes.Bullets):
        return [Line(level, f"{before}{expression_text(condition)}", start, place.end, lead)]
    first = Line(level, f"{before}{heading_text(condition)}", start, place.start, lead)
    bullets = (
        line
        for item in condition.items
        for line in conditional(level + 1, "", item, item.span.start, "- ")
    )
    return [first, *bullets]


def attr_lines(attrs: Iterable[nodes.Attr], level: int) -> list[Line]:
    """Return attribute lines at a level, in the author's order."""
    return in_order((attr.span, list(_attr(attr, level))) for attr in attrs)


def _attr(attr: nodes.Attr, level: int) -> Iterator[Line]:
    start, end = attr.span.start, attr.span.end
    match attr:
        case nodes.UnknownMeansNo():
            yield Line(level, "unknown means no", start, start)
            yield from attr_lines(attr.attrs, level + 1)
        case nodes.AskedWhen():
            yield from conditional(level, "asked when ", attr.condition, start)
        case nodes.AppliesWhen():
            yield from conditional(level, "applies when ", attr.condition, start)
        case _:
            yield Line(level, _attr_text(attr), start, end)


_OneLine = (
    nodes.Cite
    | nodes.Prose
    | nodes.Word
    | nodes.LabelIn
    | nodes.CodeLine
    | nodes.Accept
    | nodes.Usually
    | nodes.ValidFor
    | nodes.MayBeUnknown
    | nodes.Converts
    | nodes.ReassessLine
    | nodes.Obtain
    | nodes.ReviewBy
    | nodes.Approved
    | nodes.OverlayOf
)


def _attr_text(attr: _OneLine) -> str:
    match attr:
        case nodes.Cite():
            return "cite " + ", ".join(reference_text(reference) for reference in attr.refs)
        case nodes.Prose():
            return f"{attr.word} {text_text(attr.text)}"
        case nodes.Word():
            return f"{attr.word} {name_list(attr.values, ' ')}"
        case nodes.LabelIn():
            return f"label {attr.language.text} {text_text(attr.text)}"
        case nodes.CodeLine():
            display = f" {text_text(attr.display)}" if attr.display else ""
            return f"code {attr.system.text} {attr.code.text}{display}"
        case nodes.Accept():
            return f"accept {attr.code.text} because {text_text(attr.because)}"
        case nodes.Obtain():
            return f"obtain {name_list(attr.tests)}"
        case _:
            return _rarer_text(attr)


def _rarer_text(
    attr: nodes.Usually
    | nodes.ValidFor
    | nodes.MayBeUnknown
    | nodes.Converts
    | nodes.ReassessLine
    | nodes.ReviewBy
    | nodes.Approved
    | nodes.OverlayOf,
) -> str:
    match attr:
        case nodes.Usually():
            return f"usually {value_text(attr.value)}"
        case nodes.ValidFor():
            return f"valid for {quantity_text(attr.length)}"
        case nodes.MayBeUnknown():
            return "may be unknown"
        case nodes.Converts():
            return f"converts {quantity_text(attr.left)} = {quantity_text(attr.right)}"
        case nodes.ReassessLine():
            return f"reassess {text_text(attr.when)} at {reference_text(attr.at)}"
        case nodes.ReviewBy():
            return f"review by {attr.day.text}"
        case nodes.Approved():
            return f"approved {text_text(attr.by)} {attr.day.text} of {attr.hash.text}"
        case nodes.OverlayOf():
            where = f" from {text_text(attr.path)}" if attr.path else ""
            return f"of {attr.base.text} version {attr.version.text}{where}"
        case _:
            assert_never(attr)


def branch_lines(branch: nodes.BranchLine, level: int, is_broken: bool) -> list[Line]:
    """Return a branch with its lines; `is_broken` puts `then` on a line of its own."""
    outcome, start = outcome_text(branch.outcome), branch.span.start
    place = branch.outcome.span
    below = attr_lines(branch.attrs, level + 1)
    after = Line(level, outcome, place.start, place.end, "then ")
    if branch.condition is not None:
        lines = conditional(level, "when ", branch.condition, start)
        is_broken |= isinstance(branch.condition, nodes.Bullets)
    else:
        word = "when unknown" if branch.word == "unknown" else "otherwise"
        lines = [Line(level, word, start, start)]
    if is_broken:
        return [*lines, after, *below]
    then = " then " if branch.word != "otherwise" else " "
    joined = replace(lines[0], text=f"{lines[0].text}{then}{outcome}", end=place.end)
    if 2 * level + len(joined.text) > WIDTH:
        return [*lines, after, *below]
    return [joined, *below]


def heading(level: int, text: str, first: Span, last: Span) -> Line:
    """Return the first line of an item, read from `first` to `last`."""
    return Line(level, text, first.start, last.end)
