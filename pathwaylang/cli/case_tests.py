"""Case files on the command line: reading them, telling how each case went and what is covered.

Paths and results come in; lines for a terminal come out, every text of a file made safe to print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pathwaylang.cli.files import read_text
from pathwaylang.compiler.emit.artifact import Stamp, emit_artifact
from pathwaylang.compiler.pipeline import TOOL, Compilation
from pathwaylang.compiler.qa.case_files import CaseFile, read_case_file
from pathwaylang.compiler.qa.cases import CaseResult, CaseRunner, Judged
from pathwaylang.compiler.qa.coverage import Run, measure_coverage
from pathwaylang.compiler.qa.examples import ExampleResult
from pathwaylang.compiler.qa.junit import Reported
from pathwaylang.diagnostics import Severity
from pathwaylang.diagnostics.paint import Paint
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible, wrapped
from pathwaylang.ir.covered import Coverage
from pathwaylang.runtime import Case, Pathway

MOST_MISSING = 12
_INDENT = " " * 20


def read_cases(paths: Iterable[str]) -> list[CaseFile]:
    """Return the case files; raises FileProblem where one cannot be read."""
    return [read_case_file(path, read_text(path)) for path in paths]


def runner_of(compilation: Compilation) -> CaseRunner | None:
    """Return what runs cases; None where the pathway is not in order or has no diagram."""
    others = [d for d in compilation.diagnostics if d.is_failure and d.code != "PW0803"]
    if others:
        return None
    graph, found = compilation.graph, compilation.findings
    artifact = compilation.artifact
    if artifact is None and graph and found.proof and found.verification:  # an example fails
        stamp = Stamp(TOOL, compilation.source_hash, ())
        artifact = emit_artifact(graph, found.verification, found.proof.record, stamp)
    return None if artifact is None else CaseRunner(Pathway(artifact), found.verification)


# ------------------------------------------------------------ telling


def case_lines(file: CaseFile, results: Iterable[CaseResult], style: TextStyle) -> Iterator[str]:
    """Yield how the cases of one file went."""
    paint = Paint(style.colour)
    listed = list(results)
    for result in listed:
        name = visible(result.row.id)
        if result.passed:
            yield f"{paint.good('passed')}  {name}"
            continue
        word = "invalid" if result.problems else "failed"
        yield f"{paint.severity(Severity.ERROR, word)}  {name} ({result.row.place})"
        for problem in result.problems:
            yield from wrapped(problem, style.width, " " * 10, " " * 8)
        for judged in result.judged:
            if not judged.passed:
                yield from _failure(judged, style.width)
    for problem in file.problems:
        yield f"{visible(file.name)}: {visible(problem)}"
    passed = sum(result.passed for result in listed)
    if listed:
        yield paint.bold(f"{visible(file.name)}: {passed} of {len(listed)} cases passed")


def _failure(judged: Judged, width: int) -> Iterator[str]:
    for word, text in _told(judged):
        yield from wrapped(text, width, _INDENT + "  ", f"        {word:<12}")


def _told(judged: Judged) -> Iterator[tuple[str, str]]:
    yield "track", judged.track
    yield "expected", judged.expected
    yield "got", judged.got
    if judged.branch:
        yield "at branch", judged.branch
    if judged.deciding:
        changes = (f"{name} = {new} instead of {old}" for name, old, new in judged.deciding)
        yield "it takes", ", ".join(changes)


def coverage_lines(name: str, coverage: Coverage, style: TextStyle) -> Iterator[str]:
    """Yield the table of what is covered, and under it what is missing."""
    paint = Paint(style.colour)
    yield paint.bold(f"{visible(name)}: covered by its tests")
    for measure in coverage.measures:
        share = f"{measure.covered} of {measure.total}"
        yield f"  {measure.name:<20} {share:>14}  {measure.percent_text:>6} %"
    for measure in coverage.measures:
        if measure.missing:
            yield f"  missing {measure.name}:"
        for text in measure.missing[:MOST_MISSING]:
            yield from wrapped(text, style.width, " " * 6, " " * 4)
        if len(measure.missing) > MOST_MISSING:
            yield f"    and {len(measure.missing) - MOST_MISSING} more"


# ------------------------------------------------------------ what was run


def runs_of(
    runner: CaseRunner, examples: Iterable[ExampleResult], cases: Iterable[CaseResult]
) -> list[Run]:
    """Return every case that tests ran, with the stage it was asked in."""
    runs: dict[str, Run] = {}

    def add(case: Case, stage: str | None) -> None:
        runs.setdefault(repr((sorted(case.values.items()), stage)), (case, stage))

    for example in examples:
        track = example.expectation.track
        add(Case(dict(example.example.given)), runner.stage_of(track) if track else None)
    for result in cases:
        for judged in result.judged:
            assert result.case is not None
            add(result.case, runner.stage_of(judged.track))
    return list(runs.values())


def coverage_of(
    runner: CaseRunner, examples: Iterable[ExampleResult], cases: Iterable[CaseResult]
) -> Coverage:
    """Return what examples and cases cover together."""
    return measure_coverage(runner.pathway, runs_of(runner, examples, cases))


def reported_examples(groups: Iterable[list[ExampleResult]]) -> Iterator[Reported]:
    """Yield examples as JUnit reports them."""
    for group in groups:
        told = tuple(
            f"expected {r.expectation.text or r.expectation.expect_kind}, got {r.got}"
            for r in group
            if not r.passed
        )
        yield Reported(group[0].example.label, told)


def reported_cases(results: Iterable[CaseResult]) -> Iterator[Reported]:
    """Yield cases as JUnit reports them."""
    for result in results:
        failed = [dict(_told(judged)) for judged in result.judged if not judged.passed]
        told = tuple(
            ", ".join(re.sub(" +", " ", f"{word} {text}") for word, text in lines.items())
            for lines in failed
        )
        yield Reported(result.row.id, result.problems or told, bool(result.problems))
