"""Charts with gaps of coverage, for `test --draw`.

A graph, what its tests cover and a folder come in; chart files come out, and their names go to
stdout. What the machine lacks is one line on stderr.
"""

from __future__ import annotations

from pathlib import Path

import click

from pathwaylang.cli.drawing import write_charts
from pathwaylang.compiler.emit.report.charting import emit_coverage
from pathwaylang.diagnostics.visible import visible
from pathwaylang.ir.covered import Coverage
from pathwaylang.ir.graph import DecisionGraph


def draw_coverage(graph: DecisionGraph, coverage: Coverage, folder: Path) -> None:
    """Draw every chart of a pathway, with what its tests never take or show."""
    for path in write_charts(emit_coverage(graph, coverage), folder, "svg"):
        click.echo(visible(str(path)))
