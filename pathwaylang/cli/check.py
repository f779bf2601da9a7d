"""`pathwaylang check`: prove files; print what was found and, where they are clean, proved.

Paths come in; findings and the proof in words go to stdout, unreadable files to stderr. Exit code 0
clean, 1 errors or undecided (or warnings under `--strict`), 2 where a file could not be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import click

from pathwaylang.cli.compiling import compile_source, findings_text, proved_of, tally
from pathwaylang.cli.files import make_loader, read_inputs
from pathwaylang.cli.terminal import color_option, show, text_style
from pathwaylang.compiler.emit.summary import summary_lines
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Diagnostic, Severity, Sources, sorted_diagnostics
from pathwaylang.diagnostics.paint import Paint
from pathwaylang.diagnostics.render_github import render_github
from pathwaylang.diagnostics.render_json import (
    CheckedFile,
    CheckedTrack,
    check_document,
    json_text,
)
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible

MOST_OUTCOMES = 8


@dataclass(frozen=True, slots=True)
class Checked:
    """All files of one call: their compilations, and their findings without repeats."""

    compilations: tuple[Compilation, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: Sources


@click.command(
    "check",
    epilog="""\b
Examples:
  pathwaylang check chest_pain.pw
  pathwaylang check --strict pathways/
  pathwaylang check --format json chest_pain.pw > findings.json
  cat chest_pain.pw | pathwaylang check -""",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How findings are printed; github marks the lines of a pull request.",
)
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@color_option
def command(files: tuple[str, ...], form: str, strict: bool, color: str) -> int:
    """Prove that each case reaches exactly one recommendation, and run the examples.

    FILE is a pathway, a folder of pathways, or - for standard input. Every finding names a line
    and, where there is one, a patient for whom the pathway goes wrong.
    """
    inputs = read_inputs(files, with_modules=False)
    load = make_loader()
    checked = check_all([compile_source(source, load) for source in inputs.sources])
    style = text_style(color)
    match form:
        case "json":
            document = check_document(
                map(checked_file, checked.compilations), checked.diagnostics, checked.sources
            )
            show(json_text(document), style)
        case "github":
            show(render_github(checked.diagnostics, checked.sources), style)
        case _:
            show(check_text(checked, style), style)
    for problem in inputs.problems:
        click.echo(problem, err=True)
    return 2 if inputs.problems else exit_code(checked.diagnostics, strict)


def check_all(compilations: Iterable[Compilation]) -> Checked:
    """Gather compilations; what several files share is told once."""
    all_ = tuple(compilations)
    found = dict.fromkeys(d for compilation in all_ for d in compilation.diagnostics)
    sources = Sources(*(source for compilation in all_ for source in compilation.sources))
    return Checked(all_, sorted_diagnostics(tuple(found)), sources)


def exit_code(diagnostics: Iterable[Diagnostic], strict: bool) -> int:
    """Return 1 if an error or something undecided is open, or under `strict` a warning."""
    open_ = [d for d in diagnostics if d.waived is None]
    has_warning = any(d.severity is Severity.WARNING for d in open_)
    return int(any(d.is_failure for d in open_) or (strict and has_warning))


def checked_file(compilation: Compilation) -> CheckedFile:
    """Return what was proved of a file, as the JSON form tells it."""
    path = compilation.source.name
    head = compilation.syntax.head
    name = head.name.text if head is not None else None
    proof = compilation.proof
    if proof is None:
        return CheckedFile(path, name)
    stages = tuple(
        (
            stage.stage,
            tuple(
                (
                    track.track,
                    CheckedTrack(
                        track.engine, tuple((name, int(count)) for name, count in track.outcomes)
                    ),
                )
                for track in stage.tracks
            ),
        )
        for stage in proof.record.stages
    )
    return CheckedFile(path, name, proof.cases, proof.unit, stages)


def check_text(checked: Checked, style: TextStyle) -> str:
    """Return findings, the proof of each clean pathway in words, and a closing line."""
    parts = [findings_text(checked.diagnostics, checked.sources, style)]
    parts += [proof_text(compilation, style) for compilation in checked.compilations]
    if checked.compilations:
        parts.append(_closing(checked, style))
    return "\n\n".join(part for part in parts if part)


def proof_text(compilation: Compilation, style: TextStyle) -> str:
    """Return what was proved of a pathway in words; nothing where it is not clean."""
    proved = proved_of(compilation)
    if proved is None:
        return ""
    first, *rest = summary_lines(proved, MOST_OUTCOMES)
    return "\n".join([Paint(style.colour).good(visible(first)), *map(visible, rest)])


def _closing(checked: Checked, style: TextStyle) -> str:
    paint = Paint(style.colour)
    count = len(checked.compilations)
    files = "1 file" if count == 1 else f"{count} files"
    told = f"{files}: {tally(checked.diagnostics)}"
    return paint.bold(told)
