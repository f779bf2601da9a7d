"""The parts of the document about what the pathway rests on: sources, and opinions to review.

A graph goes in, Markdown comes out. Traceability runs both ways: each statement lists the lines
that cite it, each opinion the line that holds it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.emit.markdown import anchor, bullets, md, md_lines, table
from pathwaylang.ir.derived import Basis, Classification, Piecewise, Score
from pathwaylang.ir.graph import Citable, DecisionGraph


class Uses:
    """Where each source, statement and opinion of a graph is used."""

    __slots__ = ("_cited", "opinions")

    def __init__(self, graph: DecisionGraph) -> None:
        self._cited: dict[str, dict[str, None]] = {}
        self.opinions: dict[str, dict[str, None]] = {}
        for place, basis in _places(graph):
            for cite in basis.cites:
                self._cited.setdefault(cite, {})[place] = None
            for opinion in basis.opinions:
                self.opinions.setdefault(opinion, {})[place] = None

    def of(self, source: str, statement: str = "") -> tuple[str, ...]:
        """Return the lines that cite a statement, or a source as a whole."""
        return tuple(self._cited.get(f"{source}.{statement}" if statement else source, ()))


def _places(graph: DecisionGraph) -> Iterator[tuple[str, Basis]]:
    for derived in graph.derived:
        yield derived.name, derived.basis
        match derived:
            case Classification():
                yield from ((f"{derived.name}: {c.value}", c.basis) for c in derived.lines)
            case Score():
                yield from ((derived.name, line.basis) for line in derived.lines)
            case Piecewise():
                yield from ((derived.name, piece.basis) for piece in derived.pieces)
            case _:
                pass
    for decision in graph.decisions:
        yield from ((branch.id, branch.basis) for branch in decision.branches)
    yield from ((test.name, test.basis) for test in graph.tests)
    yield from ((item.name, item.basis) for item in graph.recommendations)
    yield from ((stage.name, stage.basis) for stage in graph.stages)
    for number, constraint in enumerate(graph.constraints, 1):
        yield f"impossible, no. {number}", constraint.basis
    for number, rule in enumerate(graph.rules, 1):
        yield f"safety rule, no. {number}", rule.basis


def opinion_rows(uses: Uses) -> list[str]:
    """Return every opinion with the lines that rest on it."""
    rows = [(md(text), md(", ".join(places))) for text, places in uses.opinions.items()]
    return table(["Opinion", "Carries"], rows)


def source_section(graph: DecisionGraph, uses: Uses) -> list[str]:
    """Return every source with its statements and where each is used."""
    lines: list[str] = []
    for source in graph.sources:
        lines += [f"### {md(source.label)}", "", *_about(source, uses)]
        rows = [
            (
                f"`{s.id}`",
                anchor(f"{source.name}.{s.id}") + md(s.at),
                md_lines((s.text, f"“{s.quote}”" if s.quote else "")),
                md(", ".join(uses.of(source.name, s.id)) or f"background: {s.background}"),
            )
            for s in source.statements
        ]
        lines += table(["Statement", "Where", "What it says", "Carries"], rows)
    return lines


def _about(source: Citable, uses: Uses) -> list[str]:
    told = [f"Name: `{source.name}`{anchor(source.name)}"]
    if source.url:
        told.append(f"Address: {md(source.url)}")
    if source.read_on:
        told.append(f"Read on: {md(source.read_on)}")
    whole = uses.of(source.name)
    if whole:
        told.append(f"Cited as a whole by: {md(', '.join(whole))}")
    return bullets([*told, *(md(note) for note in source.notes)])
