"""A sheet as one box on the page of a large stage.

In come the atlas and a sheet; out comes a box that says what is asked there, how it can end, and
where it leads: a row with an arrow for each place outside the sheet.

Invariants: the box links to the page that shows the sheet in full; rows are told, never evaluated.
"""

from __future__ import annotations

from pathwaylang.compiler.emit.pages.about import end_words
from pathwaylang.compiler.emit.pages.atlas import Atlas
from pathwaylang.compiler.emit.pages.flow import Canvas
from pathwaylang.compiler.emit.pages.nodes import (
    Badge,
    Box,
    Edge,
    Ending,
    Row,
    State,
    Then,
)
from pathwaylang.compiler.emit.pages.outcomes import link_box, outcome_then
from pathwaylang.compiler.emit.pages.plan import PART_ROWS, Sheet, StagePlan
from pathwaylang.compiler.emit.pages.signs import WORDS
from pathwaylang.compiler.emit.text import counted, listed
from pathwaylang.compiler.emit.words import Line
from pathwaylang.ir.graph import Branch

_FEW_ENDS = 4
_LINES = 3


def draw_sheet(canvas: Canvas, atlas: Atlas, plan: StagePlan, sheet: Sheet) -> None:
    """Add a sheet as one box, with the links it leads to."""
    key = f"sheet:{sheet.head}"
    exits = _exits(atlas, plan, sheet)
    canvas.boxes.append(_sheet_box(atlas, plan, sheet, exits))
    for target, branches in exits.items():
        first, head = branches[0], target
        if plan.is_listed or not target.startswith("sheet:"):
            then = outcome_then(atlas, plan, first)
            head = canvas.place(link_box(atlas, then, f"link:{first.id}", first), None)
        canvas.join(Edge(key, head, f"row:{first.id}", state=_best(atlas, branches)))


def draw_index(canvas: Canvas, atlas: Atlas, sheets: tuple[Sheet, ...]) -> None:
    """Add the sheets of a track as lists of links: for stages too large to be drawn."""
    for start in range(0, len(sheets), PART_ROWS):
        part = sheets[start : start + PART_ROWS]
        states = {atlas.any_state(sheet.members) for sheet in part}
        canvas.boxes.append(
            Box(
                f"index:{part[0].head}",
                "continue",
                (f"Questions {start + 1} to {start + len(part)} of {len(sheets)} on this track",),
                heads=("question",),
                rows=tuple(_index_row(atlas, sheet) for sheet in part),
                state="lit" if "lit" in states else states.pop(),
            )
        )


def _index_row(atlas: Atlas, sheet: Sheet) -> Row:
    asked = sum(len(atlas.decision(member).branches) for member in sheet.members)
    return Row(
        f"row:{sheet.head}",
        ((Line(atlas.question(sheet.head)),),),
        then=Then("continue", (counted(asked, "row"),), page=sheet.page),
        state=atlas.any_state(sheet.members),
        badges=_answers(atlas, sheet) + atlas.count_badges(sheet.members),
        is_condition=False,
    )


def _sheet_box(atlas: Atlas, plan: StagePlan, sheet: Sheet, exits: dict[str, list[Branch]]) -> Box:
    rows = tuple(
        Row(
            f"row:{branches[0].id}",
            (_exit_lines(atlas, sheet, branches),),
            state=_best(atlas, branches),
        )
        for branches in exits.values()
    )
    asked = sum(len(atlas.decision(member).branches) for member in sheet.members)
    is_step = len(sheet.members) == 1 and atlas.decision(sheet.head).layout == "step"
    return Box(
        f"sheet:{sheet.head}",
        "step" if is_step else "question",
        (atlas.question(sheet.head),),
        detail="" if is_step else counted(asked, "row"),
        small=_further(atlas, sheet),
        endings=_endings(atlas, plan, sheet.members),
        rows=rows,
        page=sheet.page,
        state=atlas.any_state(sheet.members),
        badges=_answers(atlas, sheet) + atlas.count_badges(sheet.members),
    )


def _exits(atlas: Atlas, plan: StagePlan, sheet: Sheet) -> dict[str, list[Branch]]:
    """Return the places outside the sheet that its branches go to, with those branches."""
    exits: dict[str, list[Branch]] = {}
    for member in sheet.members:
        for branch in atlas.decision(member).branches:
            outcome = branch.outcome
            if outcome.outcome_kind != "go to":
                continue
            other = plan.sheet(outcome.names[0]) if outcome.target == "decision" else None
            if other is sheet:
                continue
            key = f"sheet:{other.head}" if other else f"{outcome.target} {outcome.names[0]}"
            exits.setdefault(key, []).append(branch)
    return exits


def _exit_lines(atlas: Atlas, sheet: Sheet, branches: list[Branch]) -> tuple[Line, ...]:
    """Return when a sheet is left for one place, and by which of its questions if not the first."""
    found = atlas.branch(branches[0].id)
    inner = found[0].name if found else sheet.head
    told = [Line(f"after “{atlas.question(inner)}”")] if inner != sheet.head else []
    if len(branches) > 1:
        return (*told, Line(f"in {counted(len(branches), 'row')}"))
    if found and found[0].layout == "step":
        return (*told, Line("then"))
    first, *rest = atlas.condition(branches[0])
    lead = "if " if branches[0].guard else ""
    told += [Line(lead + first.text, 0, first.names), *rest[: _LINES - 1]]
    return (*told, Line("…")) if len(rest) >= _LINES else tuple(told)


def _best(atlas: Atlas, branches: list[Branch]) -> State:
    states = {atlas.branch_state(branch.id) for branch in branches}
    return "lit" if "lit" in states else "dim" if "dim" in states else "plain"


def _endings(atlas: Atlas, plan: StagePlan, members: tuple[str, ...]) -> tuple[Ending, ...]:
    """Return how decisions drawn as one box can end: each answer where they are few.

    Where they are many, it is told how many rows end in each kind of answer.
    """
    branches = (branch for member in members for branch in atlas.decision(member).branches)
    ends = [b for b in branches if b.outcome.outcome_kind != "go to"]
    thens = [outcome_then(atlas, plan, branch) for branch in ends]
    named = tuple(dict.fromkeys(Ending(then.kind, "; ".join(then.lines)) for then in thens))
    if len(named) <= _FEW_ENDS:
        return named
    kinds = [then.kind for then in thens]
    return tuple(
        Ending(kind, f"{WORDS[kind]}: {counted(kinds.count(kind), 'row')}")
        for kind in WORDS
        if kind in kinds
    )


def _further(atlas: Atlas, sheet: Sheet) -> tuple[str, ...]:
    """Return which further questions a box stands for: each where they are few."""
    others = tuple(f"“{atlas.question(name)}”" for name in sheet.members[1:])
    if len(others) > _FEW_ENDS:
        return (f"with {counted(len(others), 'further question')}",)
    return (f"with {listed(others, 'and')}",) if others else ()


def _answers(atlas: Atlas, sheet: Sheet) -> tuple[Badge, ...]:
    """Return how the case ended or where it waits on this sheet."""
    ids = {branch.id for member in sheet.members for branch in atlas.decision(member).branches}
    ends = atlas.way.ends if atlas.way else ()
    here = [Badge("answer", end_words(atlas, end)) for end in ends if end.branch in ids]
    waits = [b for m in sheet.members for b in atlas.decision_badges(atlas.decision(m))]
    return (*here, *(badge for badge in waits if badge.level == "missing"))
