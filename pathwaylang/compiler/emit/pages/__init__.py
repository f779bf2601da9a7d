"""Flowcharts as plain records: what stands on which page, before any notation.

In come a decision graph and, if wanted, one case's way and the verifier's findings; out come pages.
"""

from __future__ import annotations

from dataclasses import replace

from pathwaylang.compiler.emit.pages.atlas import Atlas
from pathwaylang.compiler.emit.pages.details import detail_pages
from pathwaylang.compiler.emit.pages.findings import marks_of
from pathwaylang.compiler.emit.pages.nodes import Mark, Marks, Page
from pathwaylang.compiler.emit.pages.overview import overview_page
from pathwaylang.compiler.emit.pages.stages import stage_page
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.way import Way

__all__ = ["Mark", "Marks", "Page", "build_pages", "marks_of"]


def build_pages(
    graph: DecisionGraph, *, way: Way | None = None, marks: Marks | None = None
) -> tuple[Page, ...]:
    """Return all pages: the overview, then each stage followed by its detail pages."""
    atlas = Atlas(graph, way, marks)
    pages = [overview_page(atlas)]
    for plan in atlas.plans:
        pages.append(stage_page(atlas, plan))
        if plan.has_sheet_pages:
            for sheet in plan.sheets:
                pages += detail_pages(atlas, plan, sheet)
    numbers = {page.name: number for number, page in enumerate(pages, start=1)}
    return tuple(replace(page, numbers=numbers) for page in pages)
