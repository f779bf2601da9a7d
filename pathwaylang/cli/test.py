"""`pathwaylang test`: run the examples that stand in pathways, and show how each went.

Paths come in; one line per example goes to stdout, for a failure what was expected, what was given
instead, and where. Exit code 1 where an example fails or a pathway has errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import click

from pathwaylang.cli.compiling import compile_source, findings_text, tally
from pathwaylang.cli.files import make_loader, read_inputs
from pathwaylang.cli.terminal import color_option, show, text_style
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.qa.examples import ExampleResult
from pathwaylang.diagnostics import Severity, Sources
from pathwaylang.diagnostics.paint import Paint
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible, wrapped

FAILING_EXAMPLE = "PW0803"


@click.command(
    "test",
    epilog="""\b
Examples:
  pathwaylang test chest_pain.pw
  pathwaylang test chest_pain.pw --only "alarm sign"
  pathwaylang test pathways/""",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--only", metavar="TEXT", help="Run only examples whose title contains this text.")
@color_option
def command(files: tuple[str, ...], only: str | None, color: str) -> int:
    """Run the examples of pathways.

    FILE is a pathway, a folder of pathways, or - for standard input.
    """
    inputs = read_inputs(files, with_modules=False)
    style = text_style(color)
    load = make_loader()
    is_failed = False
    has_any = False
    for source in inputs.sources:
        compilation = compile_source(source, load)
        results = tuple(r for r in compilation.examples[0] if is_wanted(r, only))
        has_any |= bool(results)
        show(results_text(compilation, results, style), style)
        is_failed |= not compilation.is_clean or any(not r.passed for r in results)
    for problem in inputs.problems:
        click.echo(problem, err=True)
    if only is not None and not has_any and not is_failed and not inputs.problems:
        raise click.UsageError(f"no example has `{only}` in its title")
    return 2 if inputs.problems else int(is_failed)


def is_wanted(result: ExampleResult, only: str | None) -> bool:
    """True if the title of an example contains the text asked for; case does not matter."""
    return only is None or only.casefold() in result.example.label.casefold()


def results_text(
    compilation: Compilation, results: Iterable[ExampleResult], style: TextStyle
) -> str:
    """Return how the examples of one file went, and whether the file itself is in order."""
    groups = [list(group) for _, group in groupby(results, key=lambda r: r.example.label)]
    passed = sum(all(r.passed for r in group) for group in groups)
    paint = Paint(style.colour)
    lines = [line for group in groups for line in _example(group, compilation.sources, style)]
    name = visible(compilation.source.name)
    lines.append(paint.bold(f"{name}: {passed} of {len(groups)} examples passed"))
    others = [d for d in compilation.diagnostics if d.is_failure and d.code != FAILING_EXAMPLE]
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
