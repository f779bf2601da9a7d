"""`pathwaylang population`: answer a whole cohort.

A pathway, a table of patients and a mapping come in; out come a table with one line a patient, a
picture of the outcomes beside it, and on stdout the counts: outcomes, what was missing, values that
the mapping does not know, patients who were refused and why.

Exit code 0 where every patient was answered, 1 where some were refused or the pathway has errors,
2 for a file or a mapping that cannot be used.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from pathwaylang.cli.case_input import check_stage
from pathwaylang.cli.cohort.adapters.reading import Cohort, open_cohort, read_yaml
from pathwaylang.cli.cohort.adapters.writing import check_ending, table_bytes
from pathwaylang.cli.cohort.answers import Asked, Population, Source, answer_all
from pathwaylang.cli.cohort.chart import chart_svg
from pathwaylang.cli.cohort.gather import Gatherer, day_of
from pathwaylang.cli.cohort.mapping import CohortMap, MappingProblems, plain_map, read_map
from pathwaylang.cli.cohort.telling import population_data, population_lines
from pathwaylang.cli.compiling import today
from pathwaylang.cli.files import FileProblem, read_text, write_file
from pathwaylang.cli.running import open_pathway
from pathwaylang.cli.terminal import color_option, is_terminal, show, text_style
from pathwaylang.diagnostics.render_json import safe_json
from pathwaylang.diagnostics.visible import visible
from pathwaylang.runtime import Pathway

EVERY = 5_000
_PATIENCE = 1.0


@click.command(
    "population",
    epilog="""\b
Examples:
  pathwaylang population chest_pain.pw --input cohort.csv -o result.csv
  pathwaylang population chest_pain.pw --input cohort.parquet --map mapping.yaml -o result.parquet
  pathwaylang population build/chest_pain.json --input ehr.duckdb --table visits \\
      --map mapping.yaml -o result.csv --format json

docs/population.md describes the mapping file.""",
)
@click.argument("file", metavar="FILE")
@click.option(
    "--input", "cohort", metavar="COHORT", required=True, help="A .csv, .parquet or .duckdb file."
)
@click.option(
    "--map",
    "mapping",
    metavar="MAPPING.yaml",
    help="Which column is which fact; without it, columns that have the names of facts.",
)
@click.option("-o", "out", metavar="RESULT", required=True, help="The result, .csv or .parquet.")
@click.option("--table", metavar="NAME", help="The table of a DuckDB file.")
@click.option("--stage", metavar="STAGE", help="Start at this stage instead of the first.")
@click.option(
    "--on", metavar="DAY", help="The day of the question, as 2026-11-24; today by default."
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the counts are printed.",
)
@color_option
def command(  # noqa: PLR0913, PLR0917 - one argument per option of the command
    file: str,
    cohort: str,
    mapping: str | None,
    out: str,
    table: str | None,
    stage: str | None,
    on: str | None,
    shape: str,
    color: str,
) -> int:
    """Answer every patient of a cohort; count outcomes and what is missing.

    FILE is a pathway or its compiled form. A patient whose values cannot be read is refused with
    the reason, and the rest goes on. Beside RESULT stands a picture of the outcomes (.svg).
    """
    if on is not None and day_of(on) is None:
        raise click.UsageError(f"--on: `{on}` is no day such as 2026-11-24")
    check_ending(out)
    style = text_style(color)
    pathway = open_pathway(file, style)
    check_stage(pathway, stage)
    source = open_cohort(cohort, table)
    known = _mapping(pathway, source, mapping)
    found = _answer(pathway, source, known, Asked(stage, on or today(), known.absent))
    write_file(Path(out), table_bytes(out, found.table))
    title = pathway.artifact.graph.about.title
    answered = found.patients - len(found.refused)
    picture = Path(out).with_suffix(".svg")
    write_file(picture, chart_svg(title, answered, len(found.refused), found.bars))
    if shape == "json":
        show(safe_json(json.dumps(population_data(found), ensure_ascii=False, indent=2)), style)
    else:
        show("\n".join(population_lines(found, style)), style)
    click.echo(f"written: {visible(out)}, {visible(str(picture))}", err=True)
    return 1 if found.refused else 0


def _mapping(pathway: Pathway, cohort: Cohort, path: str | None) -> CohortMap:
    try:
        if path is None:
            return plain_map(pathway.facts, cohort.columns)
        return read_map(read_yaml(path, read_text(path)), pathway.facts, cohort.columns)
    except MappingProblems as error:
        name = visible(path) if path is not None else "the cohort"
        lines = "\n".join(f"  {visible(line)}" for line in error.problems)
        raise FileProblem(f"{name}: this is no mapping for the cohort\n{lines}") from None


def _answer(pathway: Pathway, cohort: Cohort, mapping: CohortMap, asked: Asked) -> Population:
    gatherer = Gatherer(mapping)
    tell = _progress("reading", "rows")
    for row in cohort.rows:
        gatherer.add(row)
        if gatherer.rows % EVERY == 0:
            tell(gatherer.rows, cohort.total)
    tell(gatherer.rows, gatherer.rows)
    mapped = {one.fact.name for one in mapping.facts}
    source = Source(
        gatherer.rows,
        tuple(name for name in cohort.columns if name not in mapping.columns),
        tuple(fact.name for fact in pathway.facts if fact.name not in mapped),
        tuple(gatherer.unmapped),
    )
    return answer_all(pathway, gatherer.patients, source, asked, _progress("answering", "patients"))


def _progress(verb: str, what: str) -> Callable[[int, int | None], None]:
    """Return what tells of the progress: on a terminal, on stderr, after a second."""
    began = time.monotonic()
    told = [0]

    def tell(done: int, total: int | None) -> None:
        if not is_terminal(sys.stderr) or time.monotonic() - began < _PATIENCE:
            return
        of = f" of {total:,}" if total is not None else ""
        text = f"{verb} {done:,}{of} {what}"
        is_done = done == total
        shown = " " * told[0] if is_done else text.ljust(told[0])
        click.echo(f"\r{shown}" + ("\r" if is_done else ""), err=True, nl=False)
        told[0] = len(text)

    return tell
