"""Charts written as files: SVG, PNG, PDF, DOT, Mermaid or text.

In come charts, a folder and a format; out come the paths of the files written. A PDF holds all
pages in one file, named after the pathway; every other format has one file per page.

Invariants: files are written whole; the same charts give the same DOT, Mermaid and text files, and
the same pictures on the same machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, assert_never
from xml.etree import ElementTree as ET

from pathwaylang.compiler.emit.dot import Chart
from pathwaylang.render.adapters.drawing import draw, has_fonts
from pathwaylang.render.adapters.joining import Area, Leaf, join_pages
from pathwaylang.render.files import write_whole
from pathwaylang.render.problems import RenderError
from pathwaylang.render.svg import accessible_svg

Format = Literal["svg", "png", "pdf", "dot", "mermaid", "text"]
FORMATS: tuple[Format, ...] = ("svg", "png", "pdf", "dot", "mermaid", "text")
ENDINGS: dict[Format, str] = {
    "svg": "svg",
    "png": "png",
    "pdf": "pdf",
    "dot": "dot",
    "mermaid": "mmd",
    "text": "txt",
}
# Image maps are in pixels at 96 to the inch, PDF in points.
_POINTS_PER_PIXEL = 72 / 96
_AREA = re.compile(r"(.*)\.svg\Z")


def render_charts(
    charts: Sequence[Chart],
    directory: Path,
    kind: Format,
    *,
    done: Callable[[str], None] | None = None,
) -> tuple[Path, ...]:
    """Write all charts into a folder, return the files; RenderError where that is not possible.

    `done` is told the name of each page when it is drawn, for a progress bar.
    """
    if kind in ("png", "pdf") and not has_fonts():
        raise RenderError(
            "this machine has no font, so letters in PNG and PDF would be empty boxes: install "
            "pymupdf-fonts or any font, or draw SVG"
        )
    if kind == "pdf":
        return (_write_pdf(charts, directory, done),) if charts else ()
    written = []
    for chart in charts:
        path = directory / f"{chart.name}.{ENDINGS[kind]}"
        write_whole(path, chart_bytes(chart, kind))
        written.append(path)
        if done:
            done(chart.name)
    return tuple(written)


def chart_bytes(chart: Chart, kind: Format) -> bytes:
    """Return one chart in a format."""
    match kind:
        case "svg":
            return accessible_svg(draw(chart.dot, "svg"), chart.title, chart.description)
        case "png" | "pdf":
            return draw(chart.dot, kind)
        case "dot":
            return chart.dot.encode()
        case "mermaid":
            return chart.mermaid.encode()
        case "text":
            return chart.outline.encode()
    assert_never(kind)


def _write_pdf(
    charts: Sequence[Chart], directory: Path, done: Callable[[str], None] | None
) -> Path:
    leaves = []
    for chart in charts:
        leaves.append(Leaf(chart.name, chart.title, draw(chart.dot, "pdf"), _areas(chart)))
        if done:
            done(chart.name)
    name = re.sub(r"[^\w.-]", "_", charts[0].pathway) or "pathway"
    path = directory / f"{name}.pdf"
    write_whole(path, join_pages(charts[0].title, tuple(leaves)))
    return path


def _areas(chart: Chart) -> tuple[Area, ...]:
    """Return where the links of a chart lie on its page."""
    found = []
    for area in ET.fromstring(draw(chart.dot, "cmapx")).iter("area"):
        target = _AREA.match(area.get("href", ""))
        if target and area.get("shape") == "rect":
            left, top, right, bottom = (
                float(number) * _POINTS_PER_PIXEL for number in area.get("coords", "").split(",")
            )
            found.append(Area((left, top, right, bottom), target[1]))
    return tuple(found)
