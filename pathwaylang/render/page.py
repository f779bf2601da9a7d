"""The clinician's page written as a file: `PATHWAY.html`.

In come an artifact, a folder and perhaps a case; the charts are drawn in process, and one file that
holds all comes out, written whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pathwaylang.compiler.emit.dot import Chart, emit_charts
from pathwaylang.compiler.emit.page import DrawnChart, emit_page
from pathwaylang.ir.artifact import Artifact
from pathwaylang.ir.facts import Value
from pathwaylang.render.adapters.drawing import draw
from pathwaylang.render.files import write_whole
from pathwaylang.render.svg import accessible_svg


def render_page(
    artifact: Artifact,
    directory: Path,
    case: Mapping[str, Value] | None = None,
    stage: str = "",
) -> Path:
    """Write the page into a folder and return the file; RenderError where that is not possible.

    With a case the form starts filled in, so that patient data stand in the file.
    """
    name = re.sub(r"[^\w.-]", "_", artifact.graph.about.name) or "pathway"
    path = directory / f"{name}.html"
    write_whole(path, page_text(artifact, case, stage).encode())
    return path


def page_text(artifact: Artifact, case: Mapping[str, Value] | None = None, stage: str = "") -> str:
    """Return the page as text; RenderError where the charts cannot be drawn."""
    drawn = tuple(map(draw_chart, emit_charts(artifact.graph)))
    return emit_page(artifact, drawn, case or {}, stage)


def draw_chart(chart: Chart) -> DrawnChart:
    """Return a chart as SVG for the page."""
    picture = accessible_svg(draw(chart.dot, "svg"), chart.title, chart.description, role="group")
    return DrawnChart(chart.name, chart.title, picture.decode())
