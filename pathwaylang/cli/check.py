"""`pathwaylang check`: prove files; print what was found and, where they are clean, proved.

Paths come in; findings and the proof in words go to stdout, unreadable files to stderr. Exit code 0
clean, 1 errors or undecided (or warnings under `--strict`), 2 where a file could not be read. What
has not changed since the last call is told from the cache, without loading the compiler.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import click

from pathwaylang.cli.cache import ResultCache, cache_folder
from pathwaylang.cli.checked import AllChecked, Checked, Reading, check_all, check_text, is_failing
from pathwaylang.cli.config import Configuration, given_or_default
from pathwaylang.cli.explain import read_page
from pathwaylang.cli.files import STDIN, Inputs, make_loader, read_inputs
from pathwaylang.cli.telling import today
from pathwaylang.cli.terminal import color_option, show, text_style
from pathwaylang.cli.watching import watch
from pathwaylang.diagnostics import CODES, Source
from pathwaylang.diagnostics.render_github import render_github
from pathwaylang.diagnostics.render_json import check_document, json_text
from pathwaylang.diagnostics.render_sarif import sarif_document
from pathwaylang.diagnostics.render_text import TextStyle

Compute = Callable[[Sequence[Source]], Iterable[Reading]]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the options ask for; `strict` is None where the settings decide."""

    form: str
    strict: bool | None
    is_cached: bool
    style: TextStyle


@click.command(
    "check",
    epilog="""\b
Examples:
  pathwaylang check chest_pain.pw
  pathwaylang check --strict pathways/
  pathwaylang check --watch chest_pain.pw
  pathwaylang check --format json chest_pain.pw > findings.json
  pathwaylang check --format sarif pathways/ > findings.sarif
  cat chest_pain.pw | pathwaylang check -""",
)
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How findings are printed; github marks the lines of a pull request.",
)
@click.option("--strict/--no-strict", default=None, help="Let warnings fail too.")
@click.option("--watch", "is_watching", is_flag=True, help="Check again when a file is saved.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Share many files between so many processes, by default one per core.",
)
@click.option("--no-cache", is_flag=True, help="Neither use nor keep results of earlier calls.")
@color_option
def command(  # noqa: PLR0913, PLR0917 - one argument per option of the command
    files: tuple[str, ...],
    form: str,
    strict: bool | None,
    is_watching: bool,
    jobs: int | None,
    no_cache: bool,
    color: str,
) -> int:
    """Prove that each case reaches exactly one recommendation, and run the examples.

    FILE is a pathway, a folder of pathways, or - for standard input; without one, what `paths` of
    pathwaylang.toml names. Every finding names a line and, where there is one, a patient for whom
    the pathway goes wrong.
    """
    wanted = _Wanted(form, strict, not no_cache, text_style(color))
    given = given_or_default(files, Configuration())
    if is_watching and STDIN in given:
        raise click.UsageError("standard input cannot be watched; give a file")

    def compute(sources: Sequence[Source]) -> Iterable[Reading]:
        from pathwaylang.cli.checking import check_sources

        return check_sources(sources, 1 if is_watching else jobs)

    if is_watching:
        watch(lambda: _check(given, wanted, compute))
    return _check(given, wanted, compute)


def _check(given: tuple[str, ...], wanted: _Wanted, compute: Compute) -> int:
    """Check what was given once, print the result and return the exit code."""
    configuration = Configuration()
    inputs = read_inputs(given, with_modules=False)
    strict = [_is_failing_here(configuration, source, wanted) for source in inputs.sources]
    checked = check_all(_readings(inputs.sources, wanted.is_cached, compute))
    show(_text(checked, inputs, wanted), wanted.style)
    for problem in inputs.problems:
        click.echo(problem, err=True)
    if inputs.problems:
        return 2
    return int(any(fails(file) for fails, file in zip(strict, checked.files, strict=True)))


def _is_failing_here(
    configuration: Configuration, source: Source, wanted: _Wanted
) -> Callable[[Checked], bool]:
    """Return what judges the file by the options and by the settings of its folder."""
    settings = configuration.of(source.name)
    strict = settings.strict if wanted.strict is None else wanted.strict
    return lambda file: is_failing(file.diagnostics, strict=strict, allow=settings.allow)


def _readings(sources: Sequence[Source], is_cached: bool, compute: Compute) -> list[Reading]:
    """Return the results in the order of the sources, as many as may be from the cache."""
    cache = ResultCache(cache_folder() if is_cached else None, make_loader(), today())
    found = {source.name: cache.get(source) for source in sources}
    changed = [source for source in sources if found[source.name] is None]
    for source, reading in zip(changed, compute(changed) if changed else (), strict=True):
        cache.put(source, reading)
        found[source.name] = reading
    return [reading for reading in found.values() if reading is not None]


def _text(checked: AllChecked, inputs: Inputs, wanted: _Wanted) -> str:
    diagnostics, sources = checked.diagnostics, checked.sources
    match wanted.form:
        case "json":
            files = (file.file for file in checked.files)
            return json_text(check_document(files, diagnostics, sources))
        case "github":
            return render_github(diagnostics, sources)
        case "sarif":
            codes = {diagnostic.code for diagnostic in diagnostics}
            pages = {code: read_page(CODES[code]) or "" for code in codes}
            return json_text(sarif_document(diagnostics, sources, pages, inputs.problems))
        case _:
            return check_text(checked, wanted.style)
