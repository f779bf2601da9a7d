"""`pathwaylang fmt`: bring files into the standard layout, comments kept.

Paths come in; files are rewritten in place, `-` is a filter from stdin to stdout. `--check` and
`--diff` change nothing and end with 1 where a file would change. A file that cannot be read as a
pathway is left as it is, apart from the items that can, and its findings are printed.
"""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from pathwaylang.cli.compiling import findings_text, tally
from pathwaylang.cli.files import STDIN_NAME, read_inputs, write_file
from pathwaylang.cli.terminal import color_option, show, text_style
from pathwaylang.compiler.syntax import parse_file, print_file
from pathwaylang.diagnostics import Source, Sources
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible

_EMPTY = "PW0107"


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
        if check or diff:
            is_failed |= formatted != source.text
            _tell_change(source, formatted, diff, style)
        else:
            _write(source, formatted)
        is_failed |= formatted is None
    for problem in inputs.problems:
        click.echo(problem, err=True)
    return 2 if inputs.problems else int(is_failed)


def format_source(source: Source, style: TextStyle) -> str | None:
    """Return the text in standard layout, or None (with the findings printed) if it has mistakes.

    Line ends stay as the file has them.
    """
    parsed = parse_file(source)
    if parsed.diagnostics:
        click.echo(findings_text(parsed.diagnostics, Sources(source), style), err=True)
        click.echo(f"\n{tally(parsed.diagnostics)} in {visible(source.name)}", err=True)
        if any(d.code == _EMPTY for d in parsed.diagnostics):
            return None
    text = print_file(parsed.file, source)
    ends = "\r\n" if "\r\n" in source.text else "\n"
    return text.replace("\r\n", "\n").replace("\n", ends)


def _tell_change(source: Source, formatted: str | None, diff: bool, style: TextStyle) -> None:
    if formatted is None or formatted == source.text:
        return
    name = visible(source.name)
    if not diff:
        show(f"{name}: would be changed", style)
        return
    lines = difflib.unified_diff(
        source.text.splitlines(), formatted.splitlines(), name, f"{name} (formatted)", lineterm=""
    )
    show("\n".join(map(visible, lines)), style)


def _write(source: Source, formatted: str | None) -> None:
    if source.name == STDIN_NAME:
        click.echo(source.text if formatted is None else formatted, nl=False, color=True)
    elif formatted is not None and formatted != source.text:
        write_file(Path(source.name), formatted)
