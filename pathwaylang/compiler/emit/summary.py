"""What was proved, in words: for the end of `check`, for summary.txt and for the document.

A graph, the record of its proof and the findings go in; plain lines come out. They say for each
stage and track over how many cases exactly one outcome was proved, what was assumed, what rests on
opinion, what was waived, and what no program can prove.

INVARIANT: every number here is taken from the proof or counted in the graph; nothing is said to be
proved that is not in the proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pathwaylang.compiler.emit.text import counted, plain
from pathwaylang.diagnostics import Diagnostic, Sources, Span
from pathwaylang.diagnostics.counts import say_count, say_number, say_share, share_of
from pathwaylang.ir.derived import Basis, Classification, Piecewise, Score
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.proof import ProofRecord, StageProof, TrackProof

USELESS_CONSTRAINT = "PW0512"
_NAME_COLUMNS = 52


@dataclass(frozen=True, slots=True)
class Proved:
    """A clean pathway whose proof is to be told: all that the words are made from."""

    graph: DecisionGraph
    record: ProofRecord
    examples_passed: int
    diagnostics: tuple[Diagnostic, ...]
    sources: Sources


def summary_lines(proved: Proved, most_outcomes: int | None = None) -> tuple[str, ...]:
    """Return the summary, line by line, with at most `most_outcomes` outcomes of each track."""
    about = proved.graph.about
    head = f"Proved: {about.name} {about.version} ({about.status.replace('_', ' ')})"
    lines = [head if about.base is None else f"{head}, overlay of {about.base.text}"]
    for stage in proved.record.stages:
        for track in stage.tracks:
            lines += _track_lines(stage, track, proved.record.unit, most_outcomes)
    return (*lines, *_rest_lines(proved), *LIMITS)


LIMITS = (
    "Not proved: that a threshold is right, that a source was read correctly,",
    "or that the advice suits a person. The logic is proved, the medicine is not.",
    "This is not a medical device.",
)
"""What must stand under every proof."""


def _track_lines(
    stage: StageProof, track: TrackProof, unit: str, most: int | None
) -> Iterator[str]:
    cases = int(stage.cases)
    if not track.outcomes:
        yield (
            f"  Stage {stage.stage}, track {track.track}: each of {say_count(cases, unit)} reaches"
            f" exactly one outcome; how many reach which was not counted (engine: {track.engine})."
        )
        return
    counts = ((name, int(count)) for name, count in track.outcomes)
    outcomes = sorted(counts, key=lambda item: (-item[1], item[0]))
    reaches = (
        f"exactly one of {len(outcomes)} outcomes" if len(outcomes) != 1 else "its one outcome"
    )
    yield (
        f"  Stage {stage.stage}, track {track.track}: each of {say_count(cases, unit)} reaches"
        f" {reaches} (engine: {track.engine})."
    )
    for name, count in outcomes[:most]:
        share = say_share(share_of(count, cases))
        number = say_number(count).removeprefix("about ")
        yield f"    {name:<{_NAME_COLUMNS}} {number:>20}   {share}"
    if most is not None and len(outcomes) > most:
        yield f"    and {counted(len(outcomes) - most, 'further outcome')}"


def _rest_lines(proved: Proved) -> Iterator[str]:
    graph = proved.graph
    yield (
        f"  {counted(len(graph.rules), 'safety rule')} proved,"
        f" {counted(proved.examples_passed, 'example')} passed."
    )
    if graph.applies is not None:
        scope = plain(graph.applies_text)
        yield f"  Outside the proof: cases that do not meet `applies when {scope}`."
    if graph.constraints:
        yield "  Assumed, and so not covered by the proof:"
    for constraint in graph.constraints:
        why = plain(" ".join((*constraint.basis.because, *constraint.basis.opinions)))
        told = f": {why}" if why else ""
        weight = "" if constraint.span in _useless(proved) else " (the proof rests on it)"
        where = _at(proved, constraint.span)
        yield f"    {where}impossible when {plain(constraint.text)}{weight}{told}"
    cited, opinions = basis_counts(graph)
    yield f"  Resting on cited sources: {counted(cited, 'line')}; on expert opinion: {opinions}."
    waived = [d for d in proved.diagnostics if d.waived is not None]
    if waived:
        yield "  Waived by the authors:"
    for diagnostic in waived:
        where = _at(proved, diagnostic.span)
        yield f"    {where}{diagnostic.code}, because: {plain(diagnostic.waived or '')}"


def _useless(proved: Proved) -> set[Span]:
    """Return the places of the constraints that nothing rests on, as the verifier found."""
    return {d.span for d in proved.diagnostics if d.code == USELESS_CONSTRAINT}


def _at(proved: Proved, span: Span | None) -> str:
    return f"{plain(span.source)}:{proved.sources.line_of(span)}: " if span else ""


def basis_counts(graph: DecisionGraph) -> tuple[int, int]:
    """Count the lines that cite a source, and those that rest on opinion; a line can do both."""
    found = tuple(all_bases(graph))
    return sum(bool(b.cites) for b in found), sum(bool(b.opinions) for b in found)


def all_bases(graph: DecisionGraph) -> Iterator[Basis]:
    """Yield what each branch, derived line, constraint and safety rule rests on, in file order."""
    for derived in graph.derived:
        match derived:
            case Classification() | Score():
                yield from (line.basis for line in derived.lines)
            case Piecewise():
                yield from (piece.basis for piece in derived.pieces)
            case _:
                yield derived.basis
    for decision in graph.decisions:
        yield from (branch.basis for branch in decision.branches)
    yield from (constraint.basis for constraint in graph.constraints)
    yield from (rule.basis for rule in graph.rules)
