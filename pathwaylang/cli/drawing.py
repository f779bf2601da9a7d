"""Charts and the clinician's page as files, for `draw` and `build`.

Charts and a folder go in, the paths written come out. What the machine lacks (a library, a font, a
folder that can be written) is one line on stderr and exit code 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pathwaylang.cli.files import FileProblem
from pathwaylang.cli.terminal import working
from pathwaylang.compiler.emit.dot import Chart
from pathwaylang.diagnostics.visible import visible
from pathwaylang.ir.artifact import Artifact
from pathwaylang.render import Format, RenderError, render_charts
from pathwaylang.render.page import render_page
from pathwaylang.runtime import Case


def write_charts(charts: Sequence[Chart], folder: Path, form: Format) -> tuple[Path, ...]:
    """Write charts in a format; raises FileProblem."""
    try:
        with working(f"drawing {len(charts)} charts as {form}"):
            return render_charts(charts, folder, form)
    except RenderError as error:
        raise FileProblem(visible(str(error))) from None


def write_page(artifact: Artifact, folder: Path, case: Case | None, stage: str | None) -> Path:
    """Write the clinician's page; raises FileProblem."""
    try:
        with working("drawing the page"):
            return render_page(artifact, folder, case.values if case else None, stage or "")
    except RenderError as error:
        raise FileProblem(visible(str(error))) from None
