"""The verification record as a file: HTML, or PDF made without a browser.

In come a record, the charts it shows and a path; the charts are drawn in process, and one file
comes out, written whole. The ending of the path says which form.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pathwaylang.compiler.emit.dot import Chart
from pathwaylang.compiler.emit.report import Drawn, Record, write_html
from pathwaylang.render.adapters.drawing import draw, has_fonts
from pathwaylang.render.adapters.record_pdf import Sheet, write_pdf
from pathwaylang.render.files import write_whole
from pathwaylang.render.problems import RenderError
from pathwaylang.render.svg import accessible_svg

PDF = ".pdf"


def render_record(record: Record, charts: Sequence[Chart], path: Path) -> Path:
    """Write the record and return its path; RenderError where that is not possible."""
    if path.suffix.lower() == PDF:
        if charts and not has_fonts():
            raise RenderError("this machine has no font to set the letters of charts")
        sheets = tuple(Sheet(chart.name, draw(chart.dot, "pdf")) for chart in charts)
        write_whole(path, write_pdf(record, sheets))
        return path
    drawn = [Drawn(chart.name, _svg(chart)) for chart in charts]
    write_whole(path, write_html(record, drawn).encode())
    return path


def _svg(chart: Chart) -> str:
    drawn = draw(chart.dot, "svg")
    return accessible_svg(drawn, chart.title, chart.description, role="group").decode()
