"""From a compilation to its verification record: what the record is told, and its charts.

A compilation goes in, with all findings made; a `Record` and charts come out. A pathway with errors
gets a record as well, which says so; one that cannot be read has no charts.
"""

from __future__ import annotations

import hashlib
from itertools import groupby
from pathlib import Path

from pathwaylang.cli.case_tests import coverage_of, runner_of
from pathwaylang.cli.files import FileProblem
from pathwaylang.cli.terminal import working
from pathwaylang.compiler.emit.dot import Chart, emit_charts, marks_of
from pathwaylang.compiler.emit.report import (
    Expected,
    Filed,
    Record,
    Recorded,
    Tried,
    emit_record,
)
from pathwaylang.compiler.emit.report.charting import emit_coverage
from pathwaylang.compiler.pipeline import TOOL, Compilation
from pathwaylang.compiler.qa.examples import ExampleResult
from pathwaylang.diagnostics.visible import visible
from pathwaylang.ir.covered import Coverage
from pathwaylang.ir.graph import About
from pathwaylang.render import RenderError
from pathwaylang.render.record import render_record


def write_record(compilation: Compilation, path: Path) -> None:
    """Write the record of a pathway; raises FileProblem where the machine cannot."""
    try:
        with working("writing the record"):
            record, charts = record_of(compilation)
            render_record(record, charts, path)
    except RenderError as error:
        raise FileProblem(visible(str(error))) from None


def record_of(compilation: Compilation) -> tuple[Record, tuple[Chart, ...]]:
    """Return the record of a pathway, and the charts it shows."""
    coverage = _coverage(compilation)
    charts = _charts(compilation, coverage)
    found, proof = compilation.findings, compilation.proof
    recorded = Recorded(
        _about(compilation),
        compilation.graph,
        proof.record if proof is not None else None,
        compilation.diagnostics,
        compilation.sources,
        tuple(_filed(name, text) for name, text in compilation.files),
        compilation.source_hash,
        TOOL,
        _tried(compilation.examples[0]),
        coverage,
        tuple((chart.name, chart.title) for chart in charts),
        proof.nodes if proof is not None and found.verification is not None else 0,
    )
    return emit_record(recorded), charts


def _about(compilation: Compilation) -> About:
    """Return the head of the pathway; of a file that cannot be read, its name alone."""
    if compilation.graph is not None:
        return compilation.graph.about
    if compilation.model is not None:
        return compilation.model.about
    name = Path(compilation.source.name).name
    return About(name, name)


def _coverage(compilation: Compilation) -> Coverage | None:
    runner = runner_of(compilation)
    return None if runner is None else coverage_of(runner, compilation.examples[0], ())


def _charts(compilation: Compilation, coverage: Coverage | None) -> tuple[Chart, ...]:
    """Return the overview and the page of each stage, with gaps of coverage where it is known."""
    graph = compilation.graph
    if graph is None or not graph.decisions:
        return ()
    if coverage is None:
        every = emit_charts(graph, marks=marks_of(graph, compilation.diagnostics))
    else:
        every = emit_coverage(graph, coverage)
    wanted = {"overview", *(stage.name for stage in graph.stages)}
    return tuple(chart for chart in every if chart.name in wanted)


def _filed(name: str, text: str) -> Filed:
    data = text.encode("utf-8", "surrogatepass")
    return Filed(name, text.count("\n"), hashlib.sha256(data).hexdigest())


def _tried(results: tuple[ExampleResult, ...]) -> tuple[Tried, ...]:
    found = []
    for title, group in groupby(results, key=lambda result: result.example.label):
        members = list(group)
        parts = tuple(
            Expected(
                r.expectation.text or r.expectation.expect_kind,
                "" if " in " in r.expectation.text else r.expectation.track,
                r.got,
                r.branch,
                r.passed,
            )
            for r in members
        )
        found.append(Tried(title, parts, members[0].example.span))
    return tuple(found)
