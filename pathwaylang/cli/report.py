"""`pathwaylang report`: the verification record of a pathway, for quality assurance.

A pathway and a path come in; one file comes out, HTML or, where the path ends in .pdf, PDF. A
pathway with errors gets a record, too, which says so at its top; the exit code is then 1.
"""

from __future__ import annotations

from pathlib import Path

import click

from pathwaylang.cli.compiling import compile_source, tally
from pathwaylang.cli.files import make_loader, read_source
from pathwaylang.cli.terminal import color_option
from pathwaylang.compiler.emit.text import counted
from pathwaylang.diagnostics.visible import visible

ENDINGS = (".html", ".htm", ".pdf")


@click.command(
    "report",
    epilog="""\b
Examples:
  pathwaylang report chest_pain.pw -o report.html
  pathwaylang report chest_pain.pw -o report.pdf
  pathwaylang report chest_pain.pw -o report.pdf --cases cases.csv""",
)
@click.argument("file", metavar="FILE")
@click.option(
    "-o", "out", metavar="REPORT", required=True, help="The file to write: .html, or .pdf."
)
@click.option(
    "--cases",
    multiple=True,
    metavar="CASES",
    help="Case files that are run and counted, too, as `test --cases` does; repeatable.",
)
@color_option
def command(file: str, out: str, cases: tuple[str, ...], color: str) -> int:
    """Write the verification record: what was proved, what was assumed, what is still open.

    It tells the safety rules one by one, examples, coverage, each statement with the lines that
    cite it and the reverse, opinions, waivers, charts, and the hash of the source. A pathway with
    errors gets a record as well; it says so at the top, and the exit code is 1.
    """
    from pathwaylang.cli.case_tests import read_cases
    from pathwaylang.cli.reporting import write_record

    path = Path(out)
    if path.suffix.lower() not in ENDINGS:
        raise click.UsageError(f"`{visible(out)}` must end in .html or .pdf")
    files = read_cases(cases)
    compilation = compile_source(read_source(file), make_loader())
    if compilation.is_clean and compilation.proof is None:
        name = visible(compilation.source.name)
        raise click.UsageError(f"{name}: this is a module; report a pathway that uses it")
    ran = write_record(compilation, path, files)
    click.echo(visible(out))
    if not compilation.is_clean:
        click.echo(f"not in order: {tally(compilation.diagnostics)}", err=True)
    failed = sum(not tried.passed for tried in ran)
    if failed:
        click.echo(f"{counted(failed, 'case')} failed", err=True)
    return int(not compilation.is_clean or failed > 0)
