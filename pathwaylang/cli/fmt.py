"""`pathwaylang fmt`: bring files into the standard layout, comments kept.

Paths come in; files are rewritten in place, `-` is a filter from stdin to stdout. `--check` and
`--diff` change nothing and end with 1 where a file would change. A file that cannot be read as a
pathway is left as it is, apart from the items that can, and its findings are printed.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

import click

from pathwaylang.cli.compiling import findings_text, tally
from pathwaylang.cli.files import STDIN_NAME, read_inputs, write_file
from pathwaylang.cli.terminal import color_option, show, text_style
from pathwaylang.compiler.syntax import format_text, parse_file
from pathwaylang.diagnostics import Source, Sources
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible


@click.command(
    "fmt",
    epilog="""\b
Examples:
  pathwaylang fmt chest_pain.pw
  pathwaylang fmt --check pathways/
  pathwaylang fmt --diff chest_pain.pw
  pathwaylang fmt - < chest_pain.pw""",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--check", is_flag=True, help="Change nothing; end with 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Like --check, and print what would change.")
@color_option
def command(files: tuple[str, ...], check: bool, diff: bool, color: str) -> int:
    """Bring files into the standard layout.

    FILE is a pathway or module, a folder of them, or - for standard input. Nothing is sorted and no
    comment is lost; parts with a mistake in them are copied as they are.
    """
    inputs = read_inputs(files, with_modules=True)
    style = text_style(color)
    is_failed = False
    for source in inputs.sources:
        formatted = format_source(source, style)
        is_failed |= formatted.has_mistakes
        if check or diff:
            is_failed |= formatted.text != source.text
            _tell_change(source, formatted.text, diff, style)
        else:
            _write(source, formatted.text)
    for problem in inputs.problems:
        click.echo(problem, err=True)
    return 2 if inputs.problems else int(is_failed)


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text in standard layout, and whether parts of it could not be read."""

    text: str
    has_mistakes: bool


def format_source(source: Source, style: TextStyle) -> Formatted:
    """Return the text in standard layout; prints the findings of what cannot be read to stderr."""
    parsed = parse_file(source)
    if parsed.diagnostics:
        found = findings_text(parsed.diagnostics, Sources(source), style)
        click.echo(f"{found}\n\n{tally(parsed.diagnostics)} in {visible(source.name)}", err=True)
    has_mistakes = any(d.is_failure for d in parsed.diagnostics)
    return Formatted(format_text(parsed, source), has_mistakes)


def _tell_change(source: Source, formatted: str, diff: bool, style: TextStyle) -> None:
    if formatted == source.text:
        return
    name = visible(source.name)
    if not diff:
        show(f"{name}: would be changed", style)
        return
    lines = difflib.unified_diff(
        source.text.splitlines(), formatted.splitlines(), name, f"{name} (formatted)", lineterm=""
    )
    show("\n".join(map(visible, lines)), style)


def _write(source: Source, formatted: str) -> None:
    if source.name == STDIN_NAME:
        click.echo(formatted, nl=False, color=True)
    elif formatted != source.text:
        write_file(Path(source.name), formatted)
