"""The pages that show decisions in full, one per sheet.

In come the atlas and a sheet of a stage; out comes its page, or several where a list is so long
that it is cut into parts. Parts link to each other and say which rows they hold.

Invariants: the rows of all parts together are the rows of the decision, in their order.
"""

from __future__ import annotations

from dataclasses import dataclass

from pathwaylang.compiler.emit.pages.about import about_lines, page_badges, source_list
from pathwaylang.compiler.emit.pages.atlas import Atlas
from pathwaylang.compiler.emit.pages.flow import Canvas, Flow
from pathwaylang.compiler.emit.pages.nodes import Lane, Link, Page
from pathwaylang.compiler.emit.pages.plan import (
    OVERVIEW,
    PART_ROWS,
    Sheet,
    StagePlan,
    is_list,
    targets,
)
from pathwaylang.ir.graph import Decision


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a list's rows with its page, and the pages of the other stretches."""

    rows: range
    here: Link
    others: tuple[Link, ...]


def detail_pages(atlas: Atlas, plan: StagePlan, sheet: Sheet) -> tuple[Page, ...]:
    """Return the page of a sheet, or its parts."""
    stretches = _stretches(atlas.decision(sheet.head), sheet)
    if len(stretches) == 1:
        return (_page(atlas, plan, sheet, None),)
    links = tuple(
        Link(f"rows {rows.start + 1} to {rows.stop}", _part_name(sheet.page, index))
        for index, rows in enumerate(stretches)
    )
    parts = (
        _Part(rows, here, tuple(link for link in links if link is not here))
        for rows, here in zip(stretches, links, strict=True)
    )
    return tuple(_page(atlas, plan, sheet, part) for part in parts)


def _stretches(head: Decision, sheet: Sheet) -> tuple[range, ...]:
    count = len(head.branches)
    parts = -(-count // PART_ROWS)
    if parts < 2 or len(sheet.members) > 1 or not is_list(head):  # noqa: PLR2004 - nothing to cut
        return (range(count),)
    size = -(-count // parts)
    return tuple(range(start, min(start + size, count)) for start in range(0, count, size))


def _part_name(page: str, index: int) -> str:
    return f"{page}.{index + 1}" if index else page


def _page(atlas: Atlas, plan: StagePlan, sheet: Sheet, part: _Part | None) -> Page:
    flow = Flow(atlas, plan, frozenset(sheet.members))
    canvas = Canvas()
    decisions = tuple(atlas.decision(name) for name in sheet.members)
    for decision in decisions:
        flow.draw(canvas, decision, part.rows if part else None)
    stage = atlas.stage_label(plan.stage)
    title = atlas.question(sheet.head)
    if part:
        title += f" ({part.here.text} of {len(decisions[0].branches)})"
    trail = (Link(atlas.graph.about.title or "overview", OVERVIEW), Link(stage, plan.page))
    return Page(
        part.here.page if part else sheet.page,
        title,
        atlas.graph.about.name,
        (Lane("", "", tuple(canvas.boxes)),),
        tuple(canvas.edges),
        trail=trail,
        about=about_lines(atlas),
        remarks=_reached_from(atlas, plan, sheet),
        links=part.others if part else (),
        badges=page_badges(atlas, (sheet.track,)),
        terms=atlas.terms_of(decisions),
        sources=source_list(atlas, decisions),
        description=f"Flowchart of the question “{title}” in the stage “{stage}”.",
        has_way=atlas.way is not None,
    )


def _reached_from(atlas: Atlas, plan: StagePlan, sheet: Sheet) -> tuple[str, ...]:
    """Return the line that says which questions lead here."""
    if sheet.head in plan.stage.tracks:
        return ("This is where the track begins.",)
    others = (name for other in plan.sheets for name in other.members)
    found = [name for name in others if sheet.head in targets(atlas.decision(name))]
    told = "; ".join(atlas.question(name) for name in found)
    return (f"Reached from: {told}",) if told else ()
