"""Decisions drawn in full: questions with their rows, outcomes, links and reassessments.

In come the decisions of one page, out come boxes and edges. A short question has an arrow from
each row to the outcome's box; a long one, and a table, hold their outcomes inside. Neighbouring
rows with the same outcome share its box; rows that leave for the same place share the link.

Invariants: every branch of every decision given appears exactly once, as a row.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pathwaylang.compiler.emit.pages.atlas import Atlas
from pathwaylang.compiler.emit.pages.case import is_counted
from pathwaylang.compiler.emit.pages.nodes import Badge, Box, Edge, Row, Then
from pathwaylang.compiler.emit.pages.outcomes import (
    link_box,
    outcome_box,
    outcome_notes,
    outcome_then,
    reassess_box,
    reassessments,
    tooltip,
)
from pathwaylang.compiler.emit.pages.plan import StagePlan, is_list
from pathwaylang.compiler.emit.text import plain
from pathwaylang.compiler.emit.words import Line
from pathwaylang.ir.graph import Branch, Decision, Reassess

_NOT_CONDITIONS = frozenset({"then", "gives", "cite", "id", "opinion", "strength", "note"})


@dataclass(slots=True)
class Canvas:
    """Boxes and edges of one page, as they are added."""

    boxes: list[Box] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    again: dict[tuple[str, Reassess], str] = field(default_factory=dict)

    def place(self, box: Box, same: str | None) -> str:
        """Add a box, or light up the one of this key that says the same; return its key."""
        if same is None:
            self.boxes.append(box)
            return box.key
        if box.state == "lit":
            at = next(i for i, other in enumerate(self.boxes) if other.key == same)
            self.boxes[at] = replace(self.boxes[at], state="lit")
        return same

    def join(self, edge: Edge) -> None:
        """Add an edge unless it is there."""
        if edge not in self.edges:
            self.edges.append(edge)


class Flow:
    """Draws decisions of one stage onto one page."""

    def __init__(self, atlas: Atlas, plan: StagePlan, here: frozenset[str]) -> None:
        """Take the names of all decisions drawn in full on the page."""
        self._atlas, self._plan, self._here = atlas, plan, here

    def draw(self, canvas: Canvas, decision: Decision, rows: range | None = None) -> None:
        """Add a decision with its outcomes, or only a stretch of its rows."""
        chosen = decision.branches if rows is None else decision.branches[rows.start : rows.stop]
        as_list = is_list(decision)
        box = self._question(decision, chosen, as_list)
        canvas.boxes.append(box)
        links: dict[Then, str] = {}
        for branch, row in zip(chosen, box.rows, strict=True):
            key = self._target_here(branch)
            if not key and as_list:
                self._reassess(canvas, branch, (box.key, row.port))
                continue
            if not key:
                key = self._outcome(canvas, branch, links)
                self._reassess(canvas, branch, (key, ""))
            state = self._atlas.branch_state(branch.id)
            canvas.join(Edge(box.key, key, row.port, state=state, tooltip=row.tooltip))

    def _outcome(self, canvas: Canvas, branch: Branch, shared: dict[Then, str]) -> str:
        """Add the box of an outcome unless one like it may be shared; return its key.

        Links are shared by all rows of a decision, outcomes by neighbours.
        """
        then = outcome_then(self._atlas, self._plan, branch)
        is_link = then.kind == "continue"
        same = shared.get(then)
        if not is_link:
            for other in [other for other in shared if other.kind != "continue"]:
                del shared[other]
        make = link_box if is_link else outcome_box
        key = f"{'link' if is_link else 'outcome'}:{branch.id}"
        shared[then] = canvas.place(make(self._atlas, then, key, branch), same)
        return shared[then]

    def _question(self, decision: Decision, chosen: tuple[Branch, ...], as_list: bool) -> Box:
        atlas = self._atlas
        tests = {test.name: test.label or test.name for test in atlas.graph.tests}
        small = [f"do: {text}" for text in decision.does]
        small += [f"obtain: {tests.get(name, name)}" for name in decision.obtains]
        heads = self._heads(decision) if as_list else ()
        waits = bool(atlas.missing_at(decision))
        rows = tuple(self._row(decision, b, as_list, bool(heads), waits) for b in chosen)
        is_step = decision.layout == "step"
        return Box(
            f"decision:{decision.name}",
            "step" if is_step else "question",
            (atlas.question(decision.name),),
            small=tuple(small),
            heads=heads,
            rows=rows,
            hint=self._hint(decision),
            tooltip="\n".join(map(plain, (decision.name, *atlas.source_lines(decision.basis)))),
            state=atlas.decision_state(decision.name),
            badges=atlas.decision_badges(decision),
        )

    def _hint(self, decision: Decision) -> str:
        """Return how the rows are read, and where their words are explained."""
        if decision.layout == "step":
            return ""
        told = "Exactly one row applies."
        if self._atlas.is_doubted(decision):
            told = "Exactly one row should apply; see the marks."
        if decision.in_order:
            told = "From the top: the first row that applies decides."
        terms = self._atlas.terms_of((decision,))
        if not terms:
            return told
        first = f"“{terms[0].label}”"
        if len(terms) == 1:
            return f"{told} {first} is explained below."
        return f"{told} Terms such as {first} are explained below."

    def _heads(self, decision: Decision) -> tuple[str, ...]:
        """Return the headings of a table's cells; none where the cells do not fit them."""
        columns = _condition_columns(decision)
        fits = all(len(b.cells) == len(decision.columns) for b in decision.branches)
        if decision.layout != "table" or not columns or not fits:
            return ()
        return tuple(self._atlas.words.label(decision.columns[index]) for index in columns)

    def _row(
        self, decision: Decision, branch: Branch, as_list: bool, is_table: bool, waits: bool
    ) -> Row:
        atlas = self._atlas
        then = outcome_then(atlas, self._plan, branch)
        state = atlas.branch_state(branch.id)
        cells = self._cells(decision, branch) if is_table else (atlas.condition(branch),)
        if waits and atlas.way:
            cells = tuple(_mark_missing(cell, atlas.way.missing) for cell in cells)
        if not as_list and decision.layout == "step":
            cells = ((Line("then"),),)
        inside = replace(then, notes=outcome_notes(atlas, branch.outcome))
        known = atlas.values_for(branch) if state == "lit" else ()
        badges = [Badge("answer", "this patient: " + "; ".join(known))] if known else []
        badges += atlas.ruled_out_badges(decision, branch)
        return Row(
            port=f"row:{branch.id}",
            cells=cells,
            label="" if is_counted(decision, branch) else branch.id,
            then=inside if as_list else None,
            source=atlas.source_words(branch.basis),
            tooltip=tooltip(atlas, branch, then),
            state="plain" if waits else state,
            badges=(*badges, *atlas.branch_badges(branch)),
            is_condition=branch.guard is not None,
        )

    def _cells(self, decision: Decision, branch: Branch) -> tuple[tuple[Line, ...], ...]:
        words = self._atlas.words
        found = []
        for index in _condition_columns(decision):
            name = decision.columns[index]
            found.append((Line(words.cell(name, branch.cells[index]), 0, (name,)),))
        return tuple(found)

    def _target_here(self, branch: Branch) -> str:
        """Return the key of the decision a branch goes to, if it stands on this page."""
        outcome = branch.outcome
        is_decision = outcome.outcome_kind == "go to" and outcome.target == "decision"
        here = is_decision and outcome.names[0] in self._here
        return f"decision:{outcome.names[0]}" if here else ""

    def _reassess(self, canvas: Canvas, branch: Branch, tail: tuple[str, str]) -> None:
        """Add the dashed boxes of a branch; rows of one list share those that say the same.

        Boxes share none: a box with several ways to it loses the order of the rows.
        """
        for again in reassessments(self._atlas, branch.outcome):
            state = self._atlas.branch_state(branch.id)
            same = canvas.again.get((tail[0], again))
            box = reassess_box(
                self._atlas, self._plan, again, same or f"again:{len(canvas.again) + 1}"
            )
            head = canvas.place(replace(box, state=state), same)
            canvas.again[tail[0], again] = head
            canvas.join(Edge(tail[0], head, tail[1], is_dashed=True, state=state))


def _condition_columns(decision: Decision) -> tuple[int, ...]:
    return tuple(i for i, name in enumerate(decision.columns) if name not in _NOT_CONDITIONS)


def _mark_missing(cell: tuple[Line, ...], missing: tuple[str, ...]) -> tuple[Line, ...]:
    return tuple(
        replace(line, text=f"{line.text} (▲ missing)") if set(line.names) & set(missing) else line
        for line in cell
    )
