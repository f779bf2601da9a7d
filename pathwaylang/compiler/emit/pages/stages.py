"""A stage on one page, its tracks side by side, each a framed band.

In come the atlas and the plan of a stage. A small stage is drawn in full; of a larger one each
sheet becomes a box that says what is asked there, how it can end, and where it leads, with a link
to the page that shows it in full.

Invariants: each track of the stage is a band; a sheet that two tracks share stands in the first.
"""

from __future__ import annotations

from pathwaylang.compiler.emit.pages.about import (
    about_lines,
    page_badges,
    source_list,
    stage_remarks,
)
from pathwaylang.compiler.emit.pages.atlas import Atlas
from pathwaylang.compiler.emit.pages.flow import Canvas, Flow
from pathwaylang.compiler.emit.pages.nodes import Lane, Link, Page, State
from pathwaylang.compiler.emit.pages.plan import OVERVIEW, Sheet, StagePlan
from pathwaylang.compiler.emit.pages.sheets import draw_index, draw_sheet


def stage_page(atlas: Atlas, plan: StagePlan) -> Page:
    """Return the page of a stage."""
    members = tuple(member for sheet in plan.sheets for member in sheet.members)
    flow = Flow(atlas, plan, frozenset(members))
    canvas = Canvas()
    lanes: list[Lane] = []
    for number, track in enumerate(plan.stage.tracks, start=1):
        sheets = tuple(sheet for sheet in plan.sheets if sheet.track == track)
        before = len(canvas.boxes)
        for sheet in sheets[:1] if plan.is_listed else sheets:
            if plan.is_small:
                for name in sheet.members:
                    flow.draw(canvas, atlas.decision(name))
            else:
                draw_sheet(canvas, atlas, plan, sheet)
        if plan.is_listed:
            draw_index(canvas, atlas, sheets)
        title = f"Track {number} of {len(plan.stage.tracks)}" if len(plan.stage.tracks) > 1 else ""
        boxes = tuple(canvas.boxes[before:])
        lanes.append(Lane(f"track_{track}", title, boxes, _lane_state(atlas, sheets)))
    label = atlas.stage_label(plan.stage)
    decisions = tuple(atlas.decision(name) for name in members)
    questions = " ".join(atlas.question(track) for track in plan.stage.tracks)
    return Page(
        plan.page,
        f"Stage “{label}”",
        atlas.graph.about.name,
        tuple(lanes),
        tuple(canvas.edges),
        trail=(Link(atlas.graph.about.title or "overview", OVERVIEW),),
        about=about_lines(atlas),
        remarks=stage_remarks(atlas, plan),
        badges=page_badges(atlas, plan.stage.tracks),
        terms=atlas.terms_of(decisions) if plan.is_small else (),
        sources=source_list(atlas, decisions) if plan.is_small else (),
        description=f"Flowchart of the stage “{label}”. {questions}",
        has_way=atlas.way is not None,
    )


def _lane_state(atlas: Atlas, sheets: tuple[Sheet, ...]) -> State:
    return atlas.any_state(tuple(member for sheet in sheets for member in sheet.members))
