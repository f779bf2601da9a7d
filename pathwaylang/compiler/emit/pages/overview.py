"""The first page: stages and tracks as single boxes, a frame per stage.

In comes the atlas, out comes one page. Arrows lead from a stage to its tracks and from a track to
the stage it can go to; each box links to the page that shows it.

Invariants: every stage and every track of the graph is on the page, whatever the size of the graph.
"""

from __future__ import annotations

from pathwaylang.compiler.emit.pages.about import (
    about_lines,
    not_asked,
    page_badges,
    patient_badge,
    way_badges,
)
from pathwaylang.compiler.emit.pages.atlas import Atlas
from pathwaylang.compiler.emit.pages.nodes import Box, Edge, Lane, Page, State
from pathwaylang.compiler.emit.pages.plan import OVERVIEW, StagePlan
from pathwaylang.compiler.emit.text import counted

START = "start"


def overview_page(atlas: Atlas) -> Page:
    """Return the overview."""
    about = atlas.graph.about
    lanes = [_start(atlas)] if atlas.graph.applies else []
    edges: list[Edge] = []
    if lanes and atlas.plans:
        state: State = "plain" if atlas.way is None else "lit"
        edges.append(Edge(START, f"stage:{atlas.plans[0].stage.name}", state=state))
    for plan in atlas.plans:
        lanes.append(_lane(atlas, plan))
        edges += _edges(atlas, plan)
    names = ", ".join(atlas.stage_label(plan.stage) for plan in atlas.plans)
    return Page(
        OVERVIEW,
        about.title or about.name,
        about.name,
        tuple(lanes),
        tuple(edges),
        about=about_lines(atlas),
        badges=page_badges(atlas) + patient_badge(atlas) + atlas.loose_badges(),
        description=f"Overview of the pathway “{about.title}” with its stages: {names}.",
        has_way=atlas.way is not None,
    )


def _start(atlas: Atlas) -> Lane:
    guard = atlas.graph.applies
    lines = tuple(line.text for line in atlas.words.condition(guard)) if guard else ()
    state: State = "plain" if atlas.way is None else "lit"
    box = Box(START, "start", lines, tooltip=atlas.graph.applies_text, state=state)
    return Lane("", "", (box,))


def _lane(atlas: Atlas, plan: StagePlan) -> Lane:
    stage, label = plan.stage, atlas.stage_label(plan.stage)
    members = _members(plan)
    boxes = [
        Box(
            f"stage:{stage.name}",
            "stage",
            (label,),
            small=(counted(len(stage.tracks), "track"), *not_asked(atlas, plan)),
            page=plan.page,
            state=atlas.any_state(members),
        )
    ]
    boxes += [_track(atlas, plan, track) for track in stage.tracks]
    return Lane(f"stage_{stage.name}", label, tuple(boxes), atlas.any_state(members))


def _track(atlas: Atlas, plan: StagePlan, track: str) -> Box:
    members = tuple(m for s in plan.sheets if s.track == track for m in s.members)
    page = plan.page_of(track)
    return Box(
        f"track:{plan.stage.name}:{track}",
        "track",
        (atlas.question(track),),
        small=(_size(atlas, members),),
        page=page,
        state=atlas.any_state((track,)),
        badges=way_badges(atlas, (track,)) + atlas.count_badges(members),
    )


def _size(atlas: Atlas, members: tuple[str, ...]) -> str:
    """Return how many questions and rows a track has: the sum over the boxes of its stage."""
    found = [atlas.decision(member) for member in members]
    steps = sum(1 for decision in found if decision.layout == "step")
    rows = sum(len(decision.branches) for decision in found if decision.layout != "step")
    told = [counted(len(found) - steps, "question")] if len(found) > steps else []
    told += [counted(steps, "step")] if steps else []
    return " · ".join([", ".join(told), *([counted(rows, "row")] if rows else [])])


def _edges(atlas: Atlas, plan: StagePlan) -> tuple[Edge, ...]:
    stage = plan.stage.name
    edges = []
    for track in plan.stage.tracks:
        key = f"track:{stage}:{track}"
        edges.append(Edge(f"stage:{stage}", key, state=atlas.any_state((track,))))
        taken: dict[str, State] = {}
        for sheet in plan.sheets:
            if sheet.track != track:
                continue
            for member in sheet.members:
                for branch in atlas.decision(member).branches:
                    if branch.outcome.target == "stage":
                        state = atlas.branch_state(branch.id)
                        name = branch.outcome.names[0]
                        taken[name] = "lit" if taken.get(name) == "lit" else state
        known = {other.stage.name for other in atlas.plans}
        edges += [
            Edge(key, f"stage:{name}", state=state)
            for name, state in taken.items()
            if name in known
        ]
    return tuple(edges)


def _members(plan: StagePlan) -> tuple[str, ...]:
    return tuple(member for sheet in plan.sheets for member in sheet.members)
