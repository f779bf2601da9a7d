"""Flowcharts as DOT text: `emit_charts` from a decision graph.

In come a graph and, if wanted, the way of one case and findings; out come charts, each with its DOT
text, and the same content as Mermaid and as an indented outline.
"""

from __future__ import annotations

from dataclasses import dataclass

from pathwaylang.compiler.emit.dot.write import write_dot
from pathwaylang.compiler.emit.mermaid import write_mermaid
from pathwaylang.compiler.emit.outline import write_outline
from pathwaylang.compiler.emit.pages import Mark, Marks, Page, build_pages, marks_of
from pathwaylang.compiler.emit.text import plain
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.way import Way

__all__ = ["Chart", "Mark", "Marks", "Way", "chart_of", "emit_charts", "marks_of"]


@dataclass(frozen=True, slots=True)
class Chart:
    """One page in every notation.

    `name` is the file's name without ending, `description` what a screen reader says of it.
    """

    name: str
    title: str
    dot: str
    mermaid: str
    outline: str
    description: str
    pathway: str


def emit_charts(
    graph: DecisionGraph, *, way: Way | None = None, marks: Marks | None = None
) -> tuple[Chart, ...]:
    """Return all charts: the overview, each stage, each group of decisions.

    With a way, what the case passed is drawn bold and the rest dimmed; marks stand on the boxes and
    rows they concern.
    """
    return tuple(chart_of(page) for page in build_pages(graph, way=way, marks=marks))


def chart_of(page: Page) -> Chart:
    """Return one page in every notation."""
    return Chart(
        page.name,
        plain(page.title),
        write_dot(page),
        write_mermaid(page),
        write_outline(page),
        plain(page.description),
        page.pathway,
    )
