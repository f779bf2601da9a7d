"""Charts as files, for `draw` and `build`.

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
from pathwaylang.render import Format, RenderError, render_charts


def write_charts(charts: Sequence[Chart], folder: Path, form: Format) -> tuple[Path, ...]:
    """Write charts in a format; raises FileProblem."""
    try:
        with working(f"drawing {len(charts)} charts as {form}"):
            return render_charts(charts, folder, form)
    except RenderError as error:
        raise FileProblem(visible(str(error))) from None
