"""`pathwaylang build`: everything that is made from a proved pathway.

A pathway and a folder come in; out come the compiled pathway (JSON, and a Python module), the
document (Markdown), the charts (SVG, and one PDF), the verification record (HTML), where asked for
a query for a database (SQL), and always `summary.txt` with what was proved. A pathway with errors
is refused and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from pathwaylang.cli.compiling import Findings, compile_clean, proved_of, why_no_artifact
from pathwaylang.cli.drawing import write_charts
from pathwaylang.cli.files import write_file
from pathwaylang.cli.reporting import write_record
from pathwaylang.cli.sql_target import SqlWish, sql_options, write_sql
from pathwaylang.cli.terminal import color_option, text_style
from pathwaylang.compiler.emit.doc import emit_doc
from pathwaylang.compiler.emit.dot import emit_charts
from pathwaylang.compiler.emit.python import emit_python
from pathwaylang.compiler.emit.sql import SqlOptions
from pathwaylang.compiler.emit.summary import Proved, summary_lines
from pathwaylang.diagnostics.visible import visible
from pathwaylang.ir.artifact import Artifact, dump_artifact
from pathwaylang.render.adapters.drawing import has_fonts

ALL = ("json", "python", "doc", "charts", "report")
TARGETS = (*ALL, "sql", "all")
RECORD = "report.html"


@click.command(
    "build",
    epilog="""\b
Examples:
  pathwaylang build chest_pain.pw -o build
  pathwaylang build chest_pain.pw -o build --target json
  pathwaylang build chest_pain.pw -o build --target python
  pathwaylang build chest_pain.pw -o build --target sql --dialect spark --table ehr.cohort""",
)
@click.argument("file", metavar="FILE")
@click.option("-o", "out", metavar="DIR", required=True, help="The folder to write to.")
@click.option(
    "--target",
    "targets",
    type=click.Choice(TARGETS),
    multiple=True,
    default=("all",),
    show_default=True,
    help="What to write; repeatable. json is the compiled pathway that applications load, python "
    "one module that needs nothing but Python, sql one SELECT (all does not write it: it takes a "
    "--dialect).",
)
@sql_options
@color_option
def command(  # noqa: PLR0913, PLR0917 - one argument per option of the command
    file: str,
    out: str,
    targets: tuple[str, ...],
    dialects: tuple[str, ...],
    table: str,
    row_id: str,
    stages: tuple[str, ...],
    tracks: tuple[str, ...],
    color: str,
) -> int:
    """Write the compiled pathway, its document, its charts, its record and a summary.

    A pathway that `check` does not pass is refused: nothing is written then.
    """
    if ("sql" in targets) != bool(dialects):
        raise click.UsageError("--target sql and --dialect go together")
    compilation = compile_clean(file, text_style(color))
    artifact, proved = compilation.artifact, proved_of(compilation)
    if artifact is None or proved is None:
        click.echo(f"{visible(file)}: {why_no_artifact(compilation, 'build')}", err=True)
        raise Findings
    wanted = {*targets, *(ALL if "all" in targets else ())}
    if "sql" in wanted:
        wish = SqlWish(dialects, SqlOptions(table, row_id), stages, tracks)
        for path in write_sql(artifact, wish, Path(out)):
            click.echo(visible(str(path)))
    if "report" in wanted:
        write_record(compilation, Path(out) / RECORD)
        click.echo(visible(str(Path(out) / RECORD)))
    for path in write_all(artifact, proved, Path(out), wanted):
        click.echo(visible(str(path)))
    return 0


def write_all(artifact: Artifact, proved: Proved, folder: Path, wanted: set[str]) -> Iterator[Path]:
    """Write what is wanted, charts first (they can lack a library); yield each path written."""
    name = artifact.graph.about.name
    if "charts" in wanted:
        charts = emit_charts(artifact.graph)
        yield from write_charts(charts, folder / "charts", "svg")
        if has_fonts():
            yield from write_charts(charts, folder, "pdf")
        else:
            click.echo("no PDF was written: this machine has no font to set its letters", err=True)
    texts: dict[str, str] = {}
    if "json" in wanted:
        texts[f"{name}.json"] = dump_artifact(artifact)
    if "python" in wanted:
        texts[f"{name}.py"] = emit_python(artifact)
    if "doc" in wanted:
        texts[f"{name}.md"] = emit_doc(proved, artifact.source_hash)
    texts["summary.txt"] = "\n".join(map(visible, summary_lines(proved))) + "\n"
    for file_name, text in texts.items():
        write_file(folder / file_name, text)
        yield folder / file_name
