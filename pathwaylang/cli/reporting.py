"""From a compilation to its verification record: what the record is told, and its charts.

A compilation goes in, with all findings made; a `Record` and charts come out. A pathway with errors
gets a record as well, which says so; one that cannot be read has no charts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
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
from pathwaylang.compiler.qa.case_files import CaseFile
from pathwaylang.compiler.qa.cases import CaseResult
from pathwaylang.compiler.qa.examples import ExampleResult
from pathwaylang.diagnostics.visible import visible
from pathwaylang.ir.covered import Coverage
from pathwaylang.ir.graph import About
from pathwaylang.render import RenderError
from pathwaylang.render.record import render_record


def write_record(
    compilation: Compilation, path: Path, cases: Iterable[CaseFile] = ()
) -> tuple[Tried, ...]:
    """Write the record of a pathway, return the cases run; FileProblem if the machine cannot."""
    try:
        with working("writing the record"):
            ran = run_cases(compilation, cases)
            record, charts = record_of(compilation, ran)
            render_record(record, charts, path)
            return tuple(tried for _, tried in ran)
    except RenderError as error:
        raise FileProblem(visible(str(error))) from None


def run_cases(
    compilation: Compilation, files: Iterable[CaseFile]
) -> tuple[tuple[CaseResult | None, Tried], ...]:
    """Run the rows of case files; what is no case of the pathway fails and says why."""
    runner = runner_of(compilation)
    found: list[tuple[CaseResult | None, Tried]] = []
    for file in files if runner is not None else ():
        assert runner is not None
        found += [(None, _broken(file.name, problem)) for problem in file.problems]
        results = (runner.run(row) for row in file.rows)
        found += [(result, _case(file.name, result)) for result in results]
    return tuple(found)


def _broken(name: str, problem: str) -> Tried:
    return Tried(name, (Expected("a case file that can be read", "", problem, "", False),))


def _case(name: str, result: CaseResult) -> Tried:
    parts = [Expected(j.expected, j.track, j.got, j.branch, j.passed) for j in result.judged]
    parts += [Expected("a case of the pathway", "", told, "", False) for told in result.problems]
    return Tried(result.row.id, tuple(parts), file=f"{name}, {result.row.place}")


def record_of(
    compilation: Compilation, cases: Iterable[tuple[CaseResult | None, Tried]] = ()
) -> tuple[Record, tuple[Chart, ...]]:
    """Return the record of a pathway, and the charts it shows."""
    ran = tuple(cases)
    coverage = _coverage(compilation, [result for result, _ in ran if result is not None])
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
        tuple(tried for _, tried in ran),
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


def _coverage(compilation: Compilation, cases: list[CaseResult]) -> Coverage | None:
    runner = runner_of(compilation)
    return None if runner is None else coverage_of(runner, compilation.examples[0], cases)


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
