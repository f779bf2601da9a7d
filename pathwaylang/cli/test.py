"""`pathwaylang test`: run examples and case files, show how each went and what they cover.

Paths come in; one line per test goes to stdout, for a failure what was expected, what was given
instead, and where. Exit code 1 where a test fails, a pathway has errors, a case is none of the
pathway, or too few branches are covered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path

import click

from pathwaylang.cli.case_tests import (
    case_lines,
    coverage_lines,
    coverage_of,
    read_cases,
    reported_cases,
    reported_examples,
    runner_of,
)
from pathwaylang.cli.compiling import compile_source, findings_text, tally
from pathwaylang.cli.config import Configuration, Settings, given_or_default
from pathwaylang.cli.files import make_loader, read_inputs, write_file
from pathwaylang.cli.generating import Asked, generate
from pathwaylang.cli.terminal import color_option, show, text_style
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.qa.case_files import CaseFile
from pathwaylang.compiler.qa.cases import CaseResult
from pathwaylang.compiler.qa.examples import ExampleResult
from pathwaylang.compiler.qa.junit import Reported, junit_text
from pathwaylang.diagnostics import Diagnostic, Severity, Sources
from pathwaylang.diagnostics.paint import Paint
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible, wrapped
from pathwaylang.ir.covered import Coverage
from pathwaylang.ir.graph import DecisionGraph

FAILING_EXAMPLE = "PW0803"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options ask for."""

    cases: tuple[CaseFile, ...]
    only: str | None
    coverage: bool
    threshold: float | None
    draw: Callable[[DecisionGraph, Coverage], None] | None = None


@dataclass(frozen=True, slots=True)
class Tested:
    """How one pathway went; `suites` for JUnit."""

    is_failed: bool
    count: int
    suites: tuple[tuple[str, tuple[Reported, ...]], ...]


@click.command(
    "test",
    epilog="""\b
Examples:
  pathwaylang test chest_pain.pw
  pathwaylang test chest_pain.pw --only "alarm sign"
  pathwaylang test chest_pain.pw --cases cases.csv --threshold 90 --junit out.xml
  pathwaylang test chest_pain.pw --draw covered
  pathwaylang test chest_pain.pw --generate --only severe
  pathwaylang test chest_pain.pw --generate --format csv -o to_decide.csv
  pathwaylang test pathways/""",
)
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option(
    "--cases",
    multiple=True,
    metavar="CASES",
    help="CSV or JSON: a column or key per fact, `expect.TRACK`, `id`; repeatable.",
)
@click.option(
    "--only",
    metavar="TEXT",
    help="Run only tests whose title contains this text; generate only for a branch or fact.",
)
@click.option("--coverage", is_flag=True, help="Show what the tests cover, and what is missing.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="End with 1 if the tests take fewer of the branches.",
)
@click.option(
    "--draw", "charts", metavar="DIR", help="Draw charts that mark what no test takes or shows."
)
@click.option("--junit", metavar="OUT.xml", help="Write the results for a build server.")
@click.option(
    "--generate",
    "generates",
    is_flag=True,
    help="Run nothing; write a covering set of cases.",
)
@click.option(
    "--format", "form", type=click.Choice(["pw", "csv"]), help="How generated cases are written."
)
@click.option("--with-current", is_flag=True, help="Fill in the outcomes of today.")
@click.option("-o", "out", metavar="OUT", help="Write generated cases to a file.")
@color_option
def command(  # noqa: PLR0913, PLR0917 - one argument per option of the command
    files: tuple[str, ...],
    cases: tuple[str, ...],
    only: str | None,
    coverage: bool,
    threshold: float | None,
    charts: str | None,
    junit: str | None,
    generates: bool,
    form: str | None,
    with_current: bool,
    out: str | None,
    color: str,
) -> int:
    """Run the examples of pathways, and cases kept in files.

    FILE is a pathway, a folder of pathways, or - for standard input; without one, what `paths` of
    pathwaylang.toml names.
    """
    configuration = Configuration()
    files = given_or_default(files, configuration)
    asks_to_run = any((cases, junit, charts, coverage, threshold is not None))
    if generates:
        if len(files) != 1 or asks_to_run:
            raise click.UsageError("--generate runs no test and takes one FILE")
        asked = Asked(form or "pw", out, with_current, only)
        return generate(files[0], asked, text_style(color))
    _check_usage(
        only, bool(form or with_current or out), bool(coverage or charts or threshold is not None)
    )
    inputs = read_inputs(files, with_modules=False)
    if (cases or charts) and len(inputs.sources) > 1:
        raise click.UsageError("--cases and --draw belong to one pathway; give one FILE")
    style = text_style(color)
    load = make_loader()
    wanted = Wanted(tuple(read_cases(cases)), only, coverage or bool(cases or charts), threshold)
    if charts is not None:
        from pathwaylang.cli.covering import draw_coverage

        wanted = replace(wanted, draw=partial(draw_coverage, folder=Path(charts)))
    tested = []
    for source in inputs.sources:
        here = _with_settings(wanted, configuration.of(source.name))
        tested.append(_test(compile_source(source, load), here, style))
    for problem in inputs.problems:
        click.echo(problem, err=True)
    if junit is not None:
        write_file(Path(junit), junit_text(suite for t in tested for suite in t.suites))
    is_failed = any(t.is_failed for t in tested)
    is_empty = only is not None and not any(t.count for t in tested)
    if is_empty and not is_failed and not inputs.problems:
        what = "example or case" if cases else "example"
        raise click.UsageError(f"no {what} has `{only}` in its title")
    return 2 if inputs.problems else int(is_failed)


def _check_usage(only: str | None, is_generating: bool, is_measuring: bool) -> None:
    if is_generating:
        raise click.UsageError("--format, --with-current and -o belong to --generate")
    if only is not None and is_measuring:
        raise click.UsageError("coverage is of all tests; leave out --only")


def _with_settings(wanted: Wanted, settings: Settings) -> Wanted:
    """Take the threshold of the settings, where the command line gives none and all tests run."""
    is_open = wanted.threshold is None and wanted.only is None
    return replace(wanted, threshold=settings.threshold) if is_open else wanted


def _test(compilation: Compilation, wanted: Wanted, style: TextStyle) -> Tested:
    """Run the tests of one pathway and print how they went."""
    name = compilation.source.name
    every = compilation.examples[0]
    results = tuple(r for r in every if is_wanted(r.example.label, wanted.only))
    groups = [list(group) for _, group in groupby(results, key=lambda r: r.example.label)]
    show(results_text(compilation, groups, style), style)
    is_failed = not compilation.is_clean or any(not r.passed for r in results)
    suites = [(name, (*_faults(compilation), *reported_examples(groups)))]
    runner = runner_of(compilation)
    ran: list[CaseResult] = []
    for file in wanted.cases if runner is not None else ():
        assert runner is not None
        found = [runner.run(row) for row in file.rows if is_wanted(row.id, wanted.only)]
        show("\n".join(case_lines(file, found, style)), style)
        broken = [Reported(file.name, file.problems, True)] if file.problems else []
        suites.append((file.name, (*broken, *reported_cases(found))))
        is_failed |= bool(file.problems) or any(not result.passed for result in found)
        ran += found
    if runner is None:
        return _not_run(compilation, wanted, is_failed, len(results), tuple(suites))
    if (wanted.coverage or wanted.threshold is not None) and wanted.only is None:
        found_coverage = coverage_of(runner, results, ran)
        show("\n".join(coverage_lines(name, found_coverage, style)), style)
        if wanted.draw is not None and compilation.graph is not None:
            wanted.draw(compilation.graph, found_coverage)
        branches = found_coverage.branches
        if wanted.threshold is not None and branches.percent < wanted.threshold:
            told = f"{branches.percent_text} % of the branches are covered"
            click.echo(f"{visible(name)}: {told}, {wanted.threshold:g} % are asked for", err=True)
            is_failed = True
    return Tested(is_failed, len(results) + len(ran), tuple(suites))


def _not_run(
    compilation: Compilation,
    wanted: Wanted,
    is_failed: bool,
    count: int,
    suites: tuple[tuple[str, tuple[Reported, ...]], ...],
) -> Tested:
    """Say that cases were not run; without errors of the file that is a failure of its own."""
    if wanted.cases or wanted.draw or wanted.threshold is not None:
        name = visible(compilation.source.name)
        click.echo(f"{name}: no cases were run and nothing was measured", err=True)
        is_failed = True
    return Tested(is_failed, count, suites)


def _faults(compilation: Compilation) -> Iterator[Reported]:
    """Yield the pathway itself as a test that ends in an error, where it has errors."""
    others = _other_failures(compilation)
    if others:
        told = tuple(f"{d.code}: {d.message}" for d in others)
        yield Reported(compilation.source.name, told, True)


def _other_failures(compilation: Compilation) -> list[Diagnostic]:
    return [d for d in compilation.diagnostics if d.is_failure and d.code != FAILING_EXAMPLE]


def is_wanted(title: str, only: str | None) -> bool:
    """True if the title of a test contains the text asked for; case does not matter."""
    return only is None or only.casefold() in title.casefold()


def results_text(
    compilation: Compilation, groups: Iterable[list[ExampleResult]], style: TextStyle
) -> str:
    """Return how the examples of one file went, and whether the file itself is in order."""
    groups = list(groups)
    passed = sum(all(r.passed for r in group) for group in groups)
    paint = Paint(style.colour)
    lines = [line for group in groups for line in _example(group, compilation.sources, style)]
    name = visible(compilation.source.name)
    lines.append(paint.bold(f"{name}: {passed} of {len(groups)} examples passed"))
    others = _other_failures(compilation)
    if others and not groups:
        lines.insert(0, findings_text(others, compilation.sources, style) + "\n")
    if others:
        lines.append(f"The file itself has {tally(others)}; `pathwaylang check` tells more.")
    return "\n".join(lines)


def _example(group: list[ExampleResult], sources: Sources, style: TextStyle) -> Iterator[str]:
    paint = Paint(style.colour)
    failures = [result for result in group if not result.passed]
    title = visible(group[0].example.label)
    if not failures:
        yield f"{paint.good('passed')}  {title}"
        return
    yield f"{paint.severity(Severity.ERROR, 'failed')}  {title}"
    for result in failures:
        yield from _failure(result, sources, style.width)


def _failure(result: ExampleResult, sources: Sources, width: int) -> Iterator[str]:
    span = result.expectation.span or result.example.span
    indent = " " * 18
    told = [
        ("expected", result.expectation.text or result.expectation.expect_kind),
        ("got", result.got),
        ("at branch", result.branch),
        ("since", result.reason),
        ("place", f"{span.source}:{sources.line_of(span)}" if span else ""),
    ]
    for word, text in told:
        if text:
            yield from wrapped(text, width, indent + "  ", f"        {word:<10}")
