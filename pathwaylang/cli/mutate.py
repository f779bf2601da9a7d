"""`pathwaylang mutate`: plant small faults and count how many checks and examples notice.

A pathway comes in; what survived goes to stdout, each with the changed lines and a patient who is
answered differently; progress goes to stderr. Exit code 1 where the pathway is not clean or the
score is below `--min-score`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import unified_diff
from fractions import Fraction

import click

from pathwaylang.cli.compiling import compile_clean, why_no_artifact
from pathwaylang.cli.mutating import Original, judge_all
from pathwaylang.cli.terminal import color_option, is_terminal, show, text_style
from pathwaylang.compiler.qa.mutants import find_mutants, sample
from pathwaylang.compiler.qa.mutate import Score, Verdict
from pathwaylang.diagnostics import FactValue, Source
from pathwaylang.diagnostics.counts import say_count
from pathwaylang.diagnostics.paint import Paint
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible, wrapped
from pathwaylang.ir.graph import DecisionGraph


@click.command(
    "mutate",
    epilog="""\b
Examples:
  pathwaylang mutate chest_pain.pw
  pathwaylang mutate chest_pain.pw --sample 500 --min-score 80""",
)
@click.argument("file", metavar="FILE")
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
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Share the faults between so many processes, by default one per core.",
)
@color_option
def command(  # noqa: PLR0913, PLR0917 - one argument per option of the command
    file: str, size: int, seed: int, min_score: float | None, jobs: int | None, color: str
) -> int:
    """Plant small faults in a pathway and count how many its checks and examples notice.

    Faults that change no answer, and texts that are refused, do not count.
    """
    style = text_style(color)
    compilation = compile_clean(file, style)
    graph = compilation.graph
    if graph is None or compilation.artifact is None:
        click.echo(f"{visible(file)}: {why_no_artifact(compilation, 'run')}", err=True)
        return 1
    files = [(module.source, module.file) for module in compilation.modules.modules]
    every = find_mutants(files, _steps(graph))
    chosen = sample(every, size, seed)
    original = Original(graph, compilation.source, tuple(compilation.sources))
    score = Score(tuple(_counted(judge_all(chosen, original, jobs), len(chosen))))
    texts = {source.name: source for source, _ in files}
    unit = compilation.proof.unit if compilation.proof is not None else "cases"
    show("\n".join(_told(score, texts, unit, len(every), style)), style)
    return int(min_score is not None and score.percent < min_score)


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


# ------------------------------------------------------------ telling


def _told(
    score: Score, texts: dict[str, Source], unit: str, every: int, style: TextStyle
) -> Iterator[str]:
    paint = Paint(style.colour)
    for verdict in score.verdicts:
        if verdict.ending == "survived":
            yield from _survivor(verdict, texts[verdict.mutant.source.name], unit, style)
            yield ""
    caught, survived = score.count("caught"), score.count("survived")
    tenths = int(score.percent * 10)
    share = f"{tenths // 10}.{tenths % 10} %"
    yield paint.bold(f"noticed: {caught} of {caught + survived} faults ({share})")
    left_out = [
        f"{score.count('equivalent')} change no answer",
        f"{score.count('invalid')} are refused as text",
    ]
    yield f"not counted: {', '.join(left_out)}; planted {len(score.verdicts)} of {every}"


def _survivor(verdict: Verdict, original: Source, unit: str, style: TextStyle) -> Iterator[str]:
    mutant, change = verdict.mutant, verdict.change
    yield Paint(style.colour).bold(
        f"{visible(mutant.source.name)}:{mutant.line} {mutant.fault}: nothing noticed"
    )
    lines = unified_diff(
        original.text.splitlines(), mutant.source.text.splitlines(), lineterm="", n=0
    )
    for line in list(lines)[2:]:
        if not line.startswith("@@"):
            yield f"    {visible(line)}"
    if change is not None:
        told = f"{say_count(change.count, unit)} in {change.track}: {change.old} → {change.new}"
        yield from wrapped(told, style.width, " " * 6, "  ")
    if change is not None and change.patient is not None:
        facts = change.patient.facts or change.patient.complete
        words = ", ".join(f"{name} = {_word(value)}" for name, value in facts)
        yield from wrapped(words, style.width, " " * 6, "  for instance ")
    if verdict.note:
        yield from wrapped(verdict.note, style.width, " " * 6, "  ")


def _word(value: FactValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
