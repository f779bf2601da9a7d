"""Charts with what tests never took or showed marked on their rows.

In come a graph and what its tests cover, out come charts: each row that no test takes and each
condition that was never seen both ways carries a mark; boxes that stand for many rows carry the
number of rows that no test takes; the heading tells the measures.

Invariant: apart from these badges the pages are those of `build_pages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pathwaylang.compiler.emit.dot import Chart, Mark, Marks, chart_of
from pathwaylang.compiler.emit.pages import Page, build_pages
from pathwaylang.compiler.emit.pages.nodes import Badge, Box
from pathwaylang.compiler.emit.report.tested import lacking_words
from pathwaylang.compiler.emit.text import counted
from pathwaylang.compiler.emit.words import Words
from pathwaylang.ir.covered import BranchSeen, Coverage
from pathwaylang.ir.graph import DecisionGraph

_CODE = "untested"
_LONGEST = 60
_COUNT = re.compile(r"(\d+) ")


def emit_coverage(graph: DecisionGraph, coverage: Coverage) -> tuple[Chart, ...]:
    """Return all charts of a pathway with its gaps of coverage drawn."""
    words = Words(graph)
    marks = Marks(tuple(mark for row in coverage.rows for mark in _marks(row, words)))
    told = Badge("note", coverage_words(coverage))
    return tuple(chart_of(_marked(page, told)) for page in build_pages(graph, marks=marks))


def coverage_words(coverage: Coverage) -> str:
    """Return the measures in one line."""
    shares = (f"{m.covered} of {m.total} {m.name}" for m in coverage.measures)
    return f"covered by tests: {', '.join(shares)}"


def _marks(row: BranchSeen, words: Words) -> Iterable[Mark]:
    if not row.taken:
        yield Mark(_CODE, "warning", "no test takes this row", branch=row.branch)
        return
    for atom in row.atoms:
        said = lacking_words(atom, words, _LONGEST) if atom.lacking else ""
        if said:
            yield Mark(_CODE, "note", said, branch=row.branch)


def _marked(page: Page, told: Badge) -> Page:
    """Return a page with its badges in the words of coverage."""
    lanes = tuple(replace(lane, boxes=tuple(map(_box, lane.boxes))) for lane in page.lanes)
    return replace(page, lanes=lanes, badges=(told, *page.badges))


def _box(box: Box) -> Box:
    rows = tuple(replace(row, badges=_badges(row.badges)) for row in box.rows)
    return replace(box, rows=rows, badges=_badges(box.badges))


def _badges(badges: tuple[Badge, ...]) -> tuple[Badge, ...]:
    return tuple(map(_badge, badges))


def _badge(badge: Badge) -> Badge:
    """Return a mark without its code, or a number of marks in the words of coverage."""
    if badge.code == _CODE:
        return Badge(badge.level, badge.text.removeprefix(f"{badge.level.upper()}: "))
    found = _COUNT.match(badge.text)
    if found is None:
        return badge
    number = int(found[1])
    if badge.level == "warning":
        return Badge(badge.level, f"{counted(number, 'row')} without a test")
    return Badge(badge.level, f"{counted(number, 'condition')} not seen both ways")
