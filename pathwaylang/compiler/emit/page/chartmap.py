"""Which elements of a chart belong to which decision and branch.

In come the pages of the charts, out come for each page its boxes, rows and arrows with their ids in
the SVG and with what lights them up: decisions visited, or branches taken. The page's script so
lights a way as the drawing with `--case` does, without knowing how pages are laid out.

Invariants: ids are those that the DOT writer gives; a box without a trigger is lit by the arrow
that leads to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.emit.dot.markup import identifier
from pathwaylang.compiler.emit.pages import Page
from pathwaylang.compiler.emit.pages.nodes import Box, Edge
from pathwaylang.compiler.emit.pages.plan import Sheet, StagePlan, plan_stages
from pathwaylang.ir.graph import Branch, DecisionGraph

ChartMap = dict[str, object]


class Mapper:
    """Look-ups of one graph."""

    def __init__(self, graph: DecisionGraph) -> None:
        self._graph = graph
        self._plans = plan_stages(graph)

    def page(self, page: Page) -> ChartMap:
        """Return boxes, rows and arrows of a page, as plain data."""
        rows = {
            row.port: self._row_branches(page, box, row.port)
            for box in page.boxes
            for row in box.rows
        }
        return {
            "boxes": [
                [box.key, identifier(page.name, box.key), list(self._decisions(page, box.key))]
                for box in page.boxes
            ],
            "rows": [[identifier(page.name, port), names] for port, names in rows.items()],
            "arrows": [
                [_arrow_id(page, edge), edge.tail, edge.head, self._arrow(edge, rows)]
                for edge in page.edges
            ],
            "decisions": list(dict.fromkeys(self._shown(page))),
        }

    def _shown(self, page: Page) -> Iterator[str]:
        for box in page.boxes:
            kind, _, name = box.key.partition(":")
            if kind == "decision":
                yield name

    def _decisions(self, page: Page, key: str) -> tuple[str, ...]:
        """Return the decisions that light up a box."""
        kind, _, name = key.partition(":")
        match kind:
            case "decision":
                return (name,)
            case "track":
                return (name.partition(":")[2],)
            case "stage":
                sheets = (sheet for plan, sheet in self._sheets() if plan.stage.name == name)
                return tuple(member for sheet in sheets for member in sheet.members)
            case "sheet":
                return self._sheet(page, name)[1].members
        return ()

    def _sheet(self, page: Page, head: str) -> tuple[StagePlan, Sheet]:
        """Return the sheet that a box of a stage's page stands for."""
        return next((p, s) for p, s in self._sheets() if p.page == page.name and s.head == head)

    def _sheets(self) -> Iterator[tuple[StagePlan, Sheet]]:
        for plan in self._plans:
            for sheet in plan.sheets:
                yield plan, sheet

    def _row_branches(self, page: Page, box: Box, port: str) -> list[str]:
        """Return the branches that light up a row: those that leave a sheet for the same place."""
        branch_id = port.partition(":")[2]
        if not box.key.startswith("sheet:"):
            return [branch_id]
        plan, sheet = self._sheet(page, box.key.partition(":")[2])
        branches = [b for name in sheet.members for b in self._graph.decision(name).branches]
        goal = next(_goal(plan, b) for b in branches if b.id == branch_id)
        return [b.id for b in branches if _goal(plan, b) == goal]

    def _arrow(self, edge: Edge, rows: dict[str, list[str]]) -> list[str] | None:
        """Return the branches that light up an arrow; None where its tail does."""
        if edge.port:
            return rows[edge.port]
        kind, _, name = edge.tail.partition(":")
        if kind != "track" or not edge.head.startswith("stage:"):
            return None
        stage, _, track = name.partition(":")
        goal = edge.head.partition(":")[2]
        sheets = (s for p, s in self._sheets() if p.stage.name == stage and s.track == track)
        members = (member for sheet in sheets for member in sheet.members)
        return [
            branch.id
            for member in members
            for branch in self._graph.decision(member).branches
            if branch.outcome.target == "stage" and branch.outcome.names[0] == goal
        ]


def _goal(plan: StagePlan, branch: Branch) -> str:
    outcome = branch.outcome
    if outcome.outcome_kind != "go to":
        return ""
    other = plan.sheet(outcome.names[0]) if outcome.target == "decision" else None
    return f"sheet {other.head}" if other else f"{outcome.target} {outcome.names[0]}"


def _arrow_id(page: Page, edge: Edge) -> str:
    return identifier(page.name, edge.port or edge.tail, "to", edge.head)
