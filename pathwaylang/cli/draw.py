"""`pathwaylang draw`: flowcharts of a pathway, also with the way of one patient lit up.

A pathway (source or compiled), a folder and perhaps a case come in; chart files come out, and their
names go to stdout.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

import click

from pathwaylang.cli.case_input import case_options, check_stage, read_case
from pathwaylang.cli.drawing import write_charts, write_page
from pathwaylang.cli.files import STDIN
from pathwaylang.cli.running import open_pathway
from pathwaylang.cli.terminal import color_option, text_style
from pathwaylang.cli.way import way_of
from pathwaylang.compiler.emit.dot import emit_charts
from pathwaylang.diagnostics.visible import visible
from pathwaylang.render import FORMATS, Format

PAGE: Final = "html"


@click.command(
    "draw",
    epilog="""\b
Examples:
  pathwaylang draw chest_pain.pw -o charts
  pathwaylang draw chest_pain.pw -o charts --format pdf
  pathwaylang draw chest_pain.pw -o page --format html
  pathwaylang draw chest_pain.pw -o patient --case patient.json --stage management
  pathwaylang draw chest_pain.pw -o patient -s severe=yes""",
)
@click.argument("file", metavar="FILE")
@click.option("-o", "out", metavar="DIR", required=True, help="The folder to write to.")
@click.option(
    "--format",
    "form",
    type=click.Choice((*FORMATS, PAGE)),
    default="svg",
    show_default=True,
    help="The form of the charts; pdf joins all pages in one file, html makes the page that asks.",
)
@case_options
@color_option
def command(  # noqa: PLR0913, PLR0917 - one argument per option of the command
    file: str,
    out: str,
    form: Format | Literal["html"],
    case_file: str | None,
    settings: tuple[str, ...],
    stage: str | None,
    color: str,
) -> int:
    """Draw flowcharts: an overview, a page per stage and one per group of decisions.

    FILE is a pathway or its compiled form. With a case (--case or -s) the patient's way is lit up
    and what is missing is marked.
    """
    if STDIN == file == case_file:
        raise click.UsageError("only one of FILE and --case can be standard input")
    pathway = open_pathway(file, text_style(color))
    check_stage(pathway, stage)
    has_case = case_file is not None or bool(settings)
    case = read_case(pathway, case_file, settings) if has_case or stage is not None else None
    if form == PAGE:
        path = write_page(pathway.artifact, Path(out), case if has_case else None, stage)
        click.echo(visible(str(path)))
        return 0
    way = way_of(pathway.evaluate(case, stage)) if case is not None else None
    charts = emit_charts(pathway.artifact.graph, way=way)
    for path in write_charts(charts, Path(out), form):
        click.echo(visible(str(path)))
    return 0
