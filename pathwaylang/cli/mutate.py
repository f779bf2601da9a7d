"""`pathwaylang mutate`: plant small faults and count how many checks and examples notice.

A pathway comes in; what survived goes to stdout, each with the changed lines and a patient who is
answered differently; progress goes to stderr. Exit code 1 where the pathway is not clean or the
score is below `--min-score`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import click

from pathwaylang.cli.case_tests import case_lines, read_cases
from pathwaylang.cli.compiling import Findings, compile_clean, why_no_artifact
from pathwaylang.cli.files import write_file
from pathwaylang.cli.mutating import Original, judge_all
from pathwaylang.cli.survivors import cases_to_decide, told
from pathwaylang.cli.terminal import color_option, is_terminal, show, text_style
from pathwaylang.compiler.emit.text import counted
from pathwaylang.compiler.qa.cases import CaseRunner
from pathwaylang.compiler.qa.mutants import find_mutants, sample
from pathwaylang.compiler.qa.mutate import Score, Verdict
from pathwaylang.compiler.qa.rows import example_of
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible
from pathwaylang.ir.graph import DecisionGraph, Example
from pathwaylang.runtime import Pathway


@click.command(
    "mutate",
    epilog="""\b
Examples:
  pathwaylang mutate chest_pain.pw
  pathwaylang mutate chest_pain.pw --sample 500 --min-score 80
  pathwaylang mutate chest_pain.pw --cases cases.csv
  pathwaylang mutate chest_pain.pw -o to_decide.csv""",
)
@click.argument("file", metavar="FILE")
@click.option(
    "--cases",
    multiple=True,
    metavar="CASES",
    help="Cases in CSV or JSON that are run, too, as `test --cases` runs them; repeatable.",
)
@click.option(
    "--sample",
    "size",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="Plant at most so many faults.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Chooses which faults.")
@click.option(
    "--min-score",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="End with 1 if fewer of the faults are noticed.",
)
@click.option(
    "-o",
    "out",
    metavar="OUT",
    help="Write the patients of survivors as cases to decide: CSV if OUT ends so, else examples.",
)
@click.option("--with-current", is_flag=True, help="Fill in the outcomes of today.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Share the faults between so many processes, by default one per core.",
)
@color_option
def command(  # noqa: PLR0913, PLR0917 - one argument per option of the command
    file: str,
    cases: tuple[str, ...],
    size: int,
    seed: int,
    min_score: float | None,
    out: str | None,
    with_current: bool,
    jobs: int | None,
    color: str,
) -> int:
    """Plant small faults in a pathway and count how many its checks and tests notice.

    Tests are its examples and, with --cases, those kept in files. Faults that change no answer, or
    only admit further cases, and texts that are refused, do not count.
    """
    style = text_style(color)
    if with_current and out is None:
        raise click.UsageError("--with-current belongs to -o")
    compilation = compile_clean(file, style)
    graph = compilation.graph
    artifact = compilation.artifact
    if graph is None or artifact is None:
        click.echo(f"{visible(file)}: {why_no_artifact(compilation, 'run')}", err=True)
        return 1
    files = [(module.source, module.file) for module in compilation.modules.modules]
    every = find_mutants(files, _steps(graph))
    chosen = sample(every, size, seed)
    pathway = Pathway(artifact)
    extra = _examples(cases, CaseRunner(pathway, None), style)
    original = Original(graph, compilation.source, tuple(compilation.sources), extra)
    score = Score(tuple(_counted(judge_all(chosen, original, jobs), len(chosen))))
    unit = compilation.proof.unit if compilation.proof is not None else "cases"
    show("\n".join(told(score, original, unit, len(every), style)), style)
    if out is not None:
        text, count = cases_to_decide(score.verdicts, pathway, out, with_current)
        if count:
            write_file(Path(out), text)
        what = f"{counted(count, 'case')} to decide" if count else "nothing to decide, not written"
        click.echo(f"{visible(out)}: {what}", err=True)
    return int(min_score is not None and score.percent < min_score)


def _examples(paths: Iterable[str], runner: CaseRunner, style: TextStyle) -> tuple[Example, ...]:
    """Return the rows of case files as examples; ends the command where one does not pass."""
    found: list[Example] = []
    for file in read_cases(paths):
        results = [runner.run(row) for row in file.rows]
        if file.problems or not all(result.passed for result in results):
            failed = [result for result in results if not result.passed]
            show("\n".join(case_lines(file, failed, style)), style)
            click.echo("\n`pathwaylang test --cases` must pass first")
            raise Findings
        found += [example_of(result) for result in results]
    return tuple(found)


def _steps(graph: DecisionGraph) -> dict[str, tuple[Fraction, str]]:
    return {fact.name: (fact.step, fact.unit) for fact in graph.facts if fact.step is not None}


def _counted(verdicts: Iterator[Verdict], of: int) -> Iterator[Verdict]:
    """Yield the verdicts; on a terminal a line counts them."""
    is_told = is_terminal(sys.stderr)
    for number, verdict in enumerate(verdicts, start=1):
        if is_told:
            click.echo(f"\r{number} of {of} faults judged …", err=True, nl=False)
        yield verdict
    if is_told:
        click.echo("\r" + " " * 40 + "\r", err=True, nl=False)
