"""`pathwaylang diff`: which cases another version answers differently, counted exactly.

Two files, folders or revisions come in; the difference goes to stdout or a file, as text, JSON or a
page. Exit code 0, 1 for what `--fail-on` names and for versions that cannot be compared, 2 for
files that cannot be read.
"""

from __future__ import annotations

from pathlib import Path

import click

from pathwaylang.cli.files import write_file
from pathwaylang.cli.terminal import color_option, show, text_style, working
from pathwaylang.cli.versions import Version, compile_version, pair_up, read_renames
from pathwaylang.compiler.qa.difference import Difference, NotCompared, compare_graphs
from pathwaylang.compiler.qa.difference.page import difference_page
from pathwaylang.compiler.qa.difference.plain import Line, difference_document
from pathwaylang.compiler.qa.difference.text import difference_text
from pathwaylang.compiler.qa.difference.words import Place, Report, loss_sentence
from pathwaylang.diagnostics.render_json import Json, json_text
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible
from pathwaylang.ir.graph import Branch


@click.command(
    "diff",
    epilog="""\b
Examples:
  pathwaylang diff old/chest_pain.pw chest_pain.pw
  pathwaylang diff HEAD:pathways/chest_pain.pw pathways/chest_pain.pw
  pathwaylang diff v1.0:./chest_pain.pw chest_pain.pw --fail-on safety
  pathwaylang diff old new --format html -o changes.html""",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="How the difference is written; html is one file to print or send.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["any", "safety", "none"]),
    default="none",
    show_default=True,
    help="End with 1 if any case moves, or if a safety rule keeps less than before.",
)
@click.option("--renames", metavar="FILE", help="Names that changed, one `old: new` a line.")
@click.option("-o", "out", metavar="FILE", help="Write to a file instead of stdout.")
@color_option
def command(  # noqa: PLR0913, PLR0917 - one argument per option of the command
    old: str,
    new: str,
    form: str,
    fail_on: str,
    renames: str | None,
    out: str | None,
    color: str,
) -> int:
    """Count which cases another version answers differently.

    OLD and NEW are files, folders, or REV:path as git names them. For each stage and track it says
    how many cases move from which outcome to which, who they are, and which lines decide.
    """
    style = text_style(color if out is None else "never")
    names = read_renames(renames)
    before, old_failed = compile_version(old, style)
    now, new_failed = compile_version(new, style)
    if old_failed or new_failed:
        return 1
    pairs, lonely = pair_up(before, now)
    reports = []
    for pair in pairs:
        with working(f"comparing {new}"):
            found = compare_graphs(pair[0].graph, pair[1].graph, names)
        if isinstance(found, NotCompared):
            click.echo(f"{visible(new)}: cannot be compared: {found.reason}", err=True)
            return 1
        reports.append((pair, make_report(pair, found)))
    for line in lonely:
        click.echo(line, err=True)
    text = write_reports(reports, form, style)
    if out is None:
        show(text.rstrip("\n"), style)
    else:
        write_file(Path(out), text if text.endswith("\n") else text + "\n")
    return _ending([report for _, report in reports], bool(lonely), fail_on)


def make_report(pair: tuple[Version, Version], difference: Difference) -> Report:
    """Return what the telling of a difference needs."""
    old, new = pair
    labels = {fact.name: fact.label for version in pair for fact in version.graph.facts}
    about = new.graph.about
    return Report(
        about.name,
        about.title,
        f"{old.shown} ({old.graph.about.version})",
        f"{new.shown} ({about.version})",
        difference,
        _place_of(old),
        _place_of(new),
        labels,
    )


def write_reports(
    reports: list[tuple[tuple[Version, Version], Report]], form: str, style: TextStyle
) -> str:
    """Return all differences in one form."""
    told = tuple(report for _, report in reports)
    if form == "html":
        return difference_page(told)
    if form == "text":
        return "\n\n".join(difference_text(r, style.width, style.colour) for r in told)
    documents: list[dict[str, Json]] = [
        difference_document(report.difference, _line_of(pair[0]), _line_of(pair[1]))
        for pair, report in reports
    ]
    if len(documents) == 1:
        return json_text(documents[0])
    several: list[Json] = [
        {"pathway": report.pathway, **document}
        for (_, report), document in zip(reports, documents, strict=True)
    ]
    return json_text({"schema": 1, "pathways": several})


def _ending(reports: list[Report], has_lonely: bool, fail_on: str) -> int:
    """Return the exit code; say on stderr which safety rules made it fail."""
    losses = [(report, loss) for report in reports for loss in report.difference.losses]
    if fail_on == "any":
        moved = any(report.difference.changes or report.difference.losses for report in reports)
        return int(moved or has_lonely)
    if fail_on == "safety" and losses:
        for report, loss in losses:
            click.echo(loss_sentence(report, loss), err=True)
        return 1
    return 0


def _line_of(version: Version) -> Line:
    sources = version.compilation.sources
    return lambda branch: None if branch.span is None else sources.line_of(branch.span)


def _place_of(version: Version) -> Place:
    sources = version.compilation.sources

    def place(branch: Branch) -> str:
        if branch.span is None:
            return "no line"
        return f"{branch.span.source}:{sources.line_of(branch.span)}"

    return place
