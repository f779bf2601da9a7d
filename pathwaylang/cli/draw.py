"""`pathwaylang draw`: flowcharts of a pathway, also with the way of one patient lit up.

A pathway (source or compiled), a folder and perhaps a case come in; chart files come out, and their
names go to stdout. With `--findings` the pathway need not be clean; the exit code says if it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

import click

from pathwaylang.cli.case_input import case_options, check_stage, read_case
from pathwaylang.cli.drawing import write_charts, write_page
from pathwaylang.cli.files import STDIN
from pathwaylang.cli.marked import answering, open_marked, tell
from pathwaylang.cli.running import open_pathway
from pathwaylang.cli.terminal import color_option, text_style
from pathwaylang.cli.watching import watch
from pathwaylang.cli.way import way_of
from pathwaylang.compiler.emit.dot import Marks, emit_charts
from pathwaylang.compiler.emit.translation import in_language, languages_of
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.way import Way
from pathwaylang.render import FORMATS, Format
from pathwaylang.runtime import Case, Pathway

PAGE: Final = "html"


@click.command(
    "draw",
    epilog="""\b
Examples:
  pathwaylang draw chest_pain.pw -o charts
  pathwaylang draw chest_pain.pw -o charts --format pdf
  pathwaylang draw chest_pain.pw -o page --format html
  pathwaylang draw chest_pain.pw -o patient --case patient.json --stage management
  pathwaylang draw chest_pain.pw -o patient -s severe=yes
  pathwaylang draw chest_pain.pw -o review --findings
  pathwaylang draw chest_pain.pw -o review --findings --watch""",
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
@click.option("--findings", is_flag=True, help="Mark what `check` finds on the boxes it concerns.")
@click.option(
    "--language", metavar="CODE", help="Labels in this language, where the pathway has them."
)
@click.option("--watch", "is_watching", is_flag=True, help="Draw again when a file is saved.")
@case_options
@color_option
def command(  # noqa: PLR0913, PLR0917 - one argument per option of the command
    file: str,
    out: str,
    form: Format | Literal["html"],
    findings: bool,
    language: str | None,
    is_watching: bool,
    case_file: str | None,
    settings: tuple[str, ...],
    stage: str | None,
    color: str,
) -> int:
    """Draw flowcharts: an overview, a page per stage and one per group of decisions.

    FILE is a pathway or its compiled form. With a case (--case or -s) the patient's way is lit up
    and what is missing is marked. With --findings a pathway with errors is drawn, too.
    """
    if STDIN == file == case_file:
        raise click.UsageError("only one of FILE and --case can be standard input")
    if form == PAGE and (findings or language):
        raise click.UsageError("--findings and --language are for charts, not for the page (html)")
    if is_watching and STDIN in (file, case_file):
        raise click.UsageError("standard input cannot be watched; give a file")
    request = _Request(case_file, settings, stage)
    drawing = _Drawing(file, Path(out), form, findings, language, request, text_style(color))
    if is_watching:
        watch(lambda: _draw(drawing))
    return _draw(drawing)


def _draw(wanted: _Drawing) -> int:
    """Draw once and return the exit code."""
    request, style, out, form = wanted.request, wanted.style, wanted.out, wanted.form
    if wanted.findings:
        marked = open_marked(wanted.file, style)
        way = _way(answering(marked, style), request) if request.is_there else None
        _write(marked.graph, marked.marks, way, wanted)
        tell(marked)
        return marked.exit_code
    pathway = open_pathway(wanted.file, style)
    if form == PAGE:
        case = _case(pathway, request) if request.is_there else None
        written = case if request.has_values else None
        click.echo(visible(str(write_page(pathway.artifact, out, written, request.stage))))
        return 0
    way = _way(pathway, request) if request.is_there else None
    _write(pathway.artifact.graph, None, way, wanted)
    return 0


@dataclass(frozen=True, slots=True)
class _Request:
    """What the call says of the patient."""

    case_file: str | None
    settings: tuple[str, ...]
    stage: str | None

    @property
    def has_values(self) -> bool:
        return self.case_file is not None or bool(self.settings)

    @property
    def is_there(self) -> bool:
        return self.has_values or self.stage is not None


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What is to be drawn, where to and how."""

    file: str
    out: Path
    form: Format | Literal["html"]
    findings: bool
    language: str | None
    request: _Request
    style: TextStyle


def _case(pathway: Pathway, request: _Request) -> Case:
    check_stage(pathway, request.stage)
    return read_case(pathway, request.case_file, request.settings)


def _way(pathway: Pathway, request: _Request) -> Way:
    case = _case(pathway, request)
    return replace(way_of(pathway.evaluate(case, request.stage)), case=tuple(case.values.items()))


def _write(graph: DecisionGraph, marks: Marks | None, way: Way | None, wanted: _Drawing) -> None:
    assert wanted.form != PAGE
    charts = emit_charts(_worded(graph, wanted.language), way=way, marks=marks)
    for path in write_charts(charts, wanted.out, wanted.form):
        click.echo(visible(str(path)))


def _worded(graph: DecisionGraph, language: str | None) -> DecisionGraph:
    known = languages_of(graph)
    if language is not None and language not in known:
        raise click.UsageError(
            f"the pathway has no labels in `{language}`; it has {', '.join(known)}"
        )
    return in_language(graph, language or known[0])
