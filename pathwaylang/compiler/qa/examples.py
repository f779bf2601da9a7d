"""Run the examples of a pathway (PW0803).

In: the graph's examples and a pathway that answers. Out: a result for each expectation. An
expectation with `in TRACK` is judged in the stage that owns the track, as its own start; one
without is judged over the whole run from the first stage, and met where one of its tracks answers
so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pathwaylang.compiler.model.modules import Module
from pathwaylang.compiler.qa.missing_facts import GivenLine, Missing, given_lines, missing_facts
from pathwaylang.diagnostics import Diagnostic, Label, Span, finding
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import DecisionGraph, Example, Expectation
from pathwaylang.runtime import Answer, Case, Pathway, TrackAnswer

_NOWHERE = Span("", 0, 0)


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One expectation: what was got instead where it was not met."""

    example: Example
    expectation: Expectation
    passed: bool
    got: str
    branch: str = ""
    reason: str = ""


def run_example(pathway: Pathway, example: Example) -> tuple[ExampleResult, ...]:
    """Return the results of all expectations of one example; only a failure asks for the way."""
    case = Case(dict(example.given))
    endings: dict[str | None, tuple[TrackAnswer, ...]] = {}
    results = []
    for expectation in example.expectations:
        stage = _stage_of(pathway, expectation.track)
        if stage not in endings:
            endings[stage] = pathway.endings(case, stage)
        met = _met(expectation, endings[stage])
        if met is not None:
            results.append(ExampleResult(example, expectation, True, describe(met), met.branch))
        else:
            results.append(_failed(example, expectation, pathway.evaluate(case, stage)))
    return tuple(results)


def not_run(examples: tuple[Example, ...], head: Span) -> Diagnostic:
    """Return the finding for examples of a pathway that is proved, but too large to be run."""
    several = f"{len(examples)} examples were" if len(examples) != 1 else "1 example was"
    return finding(
        "PW0599",
        f"{several} not run",
        Label(head),
        notes=("A solver proved the pathway, but its decision diagram is too large to run it.",),
    )


def _stage_of(pathway: Pathway, track: str) -> str | None:
    if not track:
        return None
    return next((s for s in pathway.stages if track in pathway.tracks(s)), None)


def _met(expectation: Expectation, entries: Iterable[TrackAnswer]) -> TrackAnswer | None:
    of_track = (e for e in entries if expectation.track in ("", e.track))
    return next((e for e in of_track if is_met(expectation, e)), None)


def _failed(example: Example, expectation: Expectation, answer: Answer) -> ExampleResult:
    shown = _most_telling([e for e in answer.tracks if expectation.track in ("", e.track)])
    visits = [v for v in answer.trace if v.track == shown.track]
    reason = ""
    if visits and visits[-1].facts:
        words = (f"{name} is {_word(value)}" for name, value in visits[-1].facts[:6])
        reason = ", ".join(words)
    return ExampleResult(example, expectation, False, describe(shown), shown.branch, reason)


def _most_telling(entries: list[TrackAnswer]) -> TrackAnswer:
    return next((e for e in reversed(entries) if not e.goes_to), entries[-1])


def _word(value: object) -> str:
    return (
        {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    )


def is_met(expectation: Expectation, entry: TrackAnswer) -> bool:
    """Return whether a track's answer is what an example expects."""
    match expectation.expect_kind:
        case "outside":
            return entry.status == "outside"
        case "ask" | "obtain":
            return entry.status == "request" and any(
                item.action == expectation.expect_kind and item.name == expectation.name
                for item in entry.requests
            )
        case "outcome":
            outcome = expectation.outcome
            if entry.status != "recommendation" or outcome is None:
                return False
            if entry.outcome == outcome.text:
                return True
            return outcome.outcome_kind == "recommend" and outcome.names == (entry.branch,)


def describe(entry: TrackAnswer) -> str:
    """Return a track's answer in the words of an `expect` line."""
    match entry.status:
        case "recommendation":
            is_plain = not entry.offers and not entry.outcome.startswith("go to ")
            return f"recommend {entry.outcome}" if is_plain else entry.outcome
        case "request":
            first = entry.requests[0]
            more = f" (and {len(entry.requests) - 1} more)" if len(entry.requests) > 1 else ""
            return f"{first.action} {first.name}{more}"
        case "outside":
            return "outside"
        case "contradiction":
            return f"contradictory input: {entry.reason.rstrip('.')}"


def check_examples(
    graph: DecisionGraph, pathway: Pathway, modules: Iterable[Module]
) -> tuple[tuple[ExampleResult, ...], tuple[Diagnostic, ...]]:
    """Run all examples; a failing expectation is a PW0803. `modules` hold their text."""
    givens = given_lines(modules)
    results = tuple(r for example in graph.examples for r in run_example(pathway, example))
    spans = {b.id: b.span for d in graph.decisions for b in d.branches}
    found = []
    for result in results:
        if not result.passed:
            span = result.example.span
            line = givens.get(span) if span is not None else None
            found.append(_failure(result, spans, _forgotten(pathway, result), line))
    return results, tuple(found)


def _forgotten(pathway: Pathway, result: ExampleResult) -> Missing | None:
    expectation = result.expectation
    stage = _stage_of(pathway, expectation.track)

    def judge(values: Mapping[str, Value]) -> TrackAnswer | None:
        endings = pathway.endings(Case(values), stage)
        if _met(expectation, endings) is not None:
            return None
        return _most_telling([e for e in endings if expectation.track in ("", e.track)])

    return missing_facts(pathway, result.example, judge)


def _failure(
    result: ExampleResult,
    spans: Mapping[str, Span | None],
    missing: Missing | None,
    line: GivenLine | None,
) -> Diagnostic:
    expected = result.expectation.text or result.expectation.expect_kind
    labels = [Label(result.expectation.span or result.example.span or _NOWHERE)]
    branch = spans.get(result.branch)
    if branch is not None:
        labels.append(Label(branch, "this branch answered"))
    if missing is not None and line is not None:
        names = " and ".join(f"`{fact.name}`" for fact in missing.facts)
        labels.insert(0, Label(line.span, f"does not say {names}"))
    where = f", at branch {result.branch}" if result.branch else ""
    since = f", since {result.reason}" if result.reason else ""
    return finding(
        "PW0803",
        f'example "{result.example.label}" fails',
        *labels,
        notes=(f"It expects {expected}; the pathway gives {result.got}{where}{since}.",),
        help=missing.help(line) if missing else "correct `given` or `expect`, or the branch",
    )
