"""Traceability in both directions, and what rests on opinion.

A `Recorded` goes in, sections come out: for each statement of each source the lines that cite it;
for each line of the pathway what it rests on; each opinion with the lines that it carries.

INVARIANT: every line that can rest on something is in the second matrix, also where it rests on
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pathwaylang.compiler.emit.report.inputs import Recorded
from pathwaylang.compiler.emit.report.nodes import (
    Block,
    Cell,
    Head,
    Line,
    Para,
    Run,
    Section,
    Table,
    cell,
    joined,
    line,
)
from pathwaylang.compiler.emit.text import counted
from pathwaylang.diagnostics import Span
from pathwaylang.ir.derived import Basis, Classification, Formula, Piecewise, Score
from pathwaylang.ir.graph import Citable, DecisionGraph

_LEAST_GROUP = 2


@dataclass(frozen=True, slots=True)
class Traced:
    """One line of the pathway: its name, what it says, what it rests on, where it stands."""

    group: str
    name: str
    told: str
    basis: Basis
    span: Span | None
    is_own: bool = True
    """False for heads of items, whose lines carry the basis."""

    @property
    def anchor(self) -> str:
        """Where links to this line arrive."""
        return f"line-{self.group}-{self.name}".replace(" ", "-")


def trace_sections(recorded: Recorded) -> tuple[Section, ...]:
    """Return both matrices and the opinions."""
    graph = recorded.graph
    if graph is None:
        return ()
    lines = tuple(_lines(graph))
    return (_statements(graph, lines), _resting(recorded, lines), _opinions(lines))


# ------------------------------------------------------------ what there is


def _lines(graph: DecisionGraph) -> Iterator[Traced]:
    for decision in graph.decisions:
        group = f"Decision {decision.name}"
        for branch in decision.branches:
            words = "when unknown" if branch.branch_kind == "unknown" else branch.text
            told = f"{words or 'otherwise'} → {branch.outcome.text}"
            yield Traced(group, branch.id, told, branch.basis, branch.span)
    yield from _derived(graph)
    for item in graph.recommendations:
        yield Traced("Recommendations", item.name, item.label, item.basis, item.span, False)
    for test in graph.tests:
        yield Traced("Tests", test.name, test.label, test.basis, test.span, False)
    for stage in graph.stages:
        yield Traced("Stages", stage.name, stage.label, stage.basis, stage.span, False)
    for number, constraint in enumerate(graph.constraints, 1):
        told = f"impossible when {constraint.text}"
        yield Traced("Impossible", f"impossible {number}", told, constraint.basis, constraint.span)
    for number, rule in enumerate(graph.rules, 1):
        yield Traced("Safety rules", f"rule {number}", rule.text, rule.basis, rule.span)


def _derived(graph: DecisionGraph) -> Iterator[Traced]:
    for item in graph.derived:
        group = "Derived facts"
        match item:
            case Classification():
                found = [(f"{c.value}: {c.text or 'otherwise'}", c) for c in item.lines]
                for number, (told, part) in enumerate(found, 1):
                    yield Traced(group, f"{item.name}.{number}", told, part.basis, part.span)
            case Score():
                for number, add in enumerate(item.lines, 1):
                    yield Traced(group, f"{item.name}.{number}", add.text, add.basis, add.span)
            case Piecewise():
                for number, piece in enumerate(item.pieces, 1):
                    name, told = f"{item.name}.{number}", piece.text or "otherwise"
                    yield Traced(group, name, told, piece.basis, piece.span)
            case Formula():
                yield Traced(group, item.name, item.text, item.basis, item.span)
            case _:
                yield Traced(group, item.name, item.text, item.basis, item.span)


# ------------------------------------------------------------ statement to lines


def _statements(graph: DecisionGraph, lines: tuple[Traced, ...]) -> Section:
    uses: dict[str, list[Traced]] = {}
    for traced in lines:
        for cite in traced.basis.cites:
            uses.setdefault(cite, []).append(traced)
    blocks: list[Block] = [
        Para(cell("Each statement of each source, and the lines of the pathway that cite it."))
    ]
    for source in graph.sources:
        blocks += _source(source, uses)
    if not graph.sources:
        blocks.append(Para(cell("The pathway names no source.")))
    return Section("statements", "Traceability: from statements to lines", tuple(blocks), True)


def _source(source: Citable, uses: dict[str, list[Traced]]) -> Iterator[Block]:
    yield Head(f"{source.label or source.name} ({source.name})")
    read = f"read {source.read_on}" if source.read_on else "no day of reading is recorded"
    told = (line(f"{source.url} · {read}" if source.url else read, anchor=f"says-{source.name}"),)
    yield Para((*told, *cell(*source.notes)), "quiet")
    rows: list[tuple[Cell, ...]] = []
    whole = uses.get(source.name, [])
    if whole:
        rows.append((cell("as a whole"), (), _users(whole)))
    for statement in source.statements:
        cite = f"{source.name}.{statement.id}"
        says = cell(statement.text, f"“{statement.quote}”" if statement.quote else "")
        found = uses.get(cite, [])
        name = (line(statement.id, "code", anchor=f"says-{cite}"), *cell(statement.at))
        rows.append((name, says, _users(found) if found else _unused(statement.background)))
    if rows:
        yield Table(("Statement", "What it says", "Cited by"), tuple(rows), (3, 9, 6))


def _users(lines: list[Traced]) -> Cell:
    runs = tuple(Run(traced.name, "code", traced.anchor) for traced in lines)
    return (joined(runs),)


def _unused(background: str) -> Cell:
    if background:
        return cell(f"background: {background}", look="quiet")
    return (line("▲ nothing cites it", "bad"),)


# ------------------------------------------------------------ line to statements


def _resting(recorded: Recorded, lines: tuple[Traced, ...]) -> Section:
    bare = [t for t in lines if t.is_own and not (t.basis.cites or t.basis.opinions)]
    intro = "Each line of the pathway, and the statements and opinions that it rests on. "
    intro += f"{counted(len(bare), 'line')} rest on neither." if bare else "None rests on neither."
    blocks: list[Block] = [Para(cell(intro))]
    groups: dict[str, list[Traced]] = {}
    for traced in lines:
        groups.setdefault(traced.group, []).append(traced)
    for group, members in groups.items():
        rows = tuple(_rests(recorded, traced) for traced in members)
        blocks += [Head(group), Table(("Line", "What it says", "Rests on"), rows, (5, 7, 6))]
    return Section("lines", "Traceability: from lines to statements", tuple(blocks), True)


def _rests(recorded: Recorded, traced: Traced) -> tuple[Cell, ...]:
    place = recorded.place(traced.span)
    name = (line(traced.name, "code", anchor=traced.anchor), *cell(place, look="quiet"))
    return name, cell(traced.told), _basis(traced)


def _basis(traced: Traced) -> Cell:
    basis = traced.basis
    cites = tuple(Run(cite, "code", f"says-{cite}") for cite in basis.cites)
    lines: list[Line] = [joined(cites)] if cites else []
    lines += cell(*(f"opinion: {text}" for text in basis.opinions))
    lines += cell(*(f"because: {text}" for text in basis.because))
    if lines:
        return tuple(lines)
    return (line("▲ nothing", "bad"),) if traced.is_own else cell("–", look="quiet")


# ------------------------------------------------------------ opinions


def _opinions(lines: tuple[Traced, ...]) -> Section:
    """Return the opinions; those that begin with the same words before a colon stand together."""
    carried: dict[str, list[Traced]] = {}
    for traced in lines:
        for opinion in traced.basis.opinions:
            carried.setdefault(opinion, []).append(traced)
    if not carried:
        said = Para(cell("Nothing rests on expert opinion."))
        return Section("opinions", "Expert opinions and items to verify", (said,), True)
    leads: dict[str, list[str]] = {}
    for opinion in carried:
        leads.setdefault(_lead(opinion, carried), []).append(opinion)
    intro = (
        "Each opinion needs the judgement of a person: no source stands behind these lines. Tick "
        "what was verified. Opinions that begin with the same words stand together."
    )
    blocks: list[Block] = [Para(cell(intro))]
    for lead, opinions in sorted(leads.items(), key=lambda item: (not item[0], item[0])):
        blocks.append(Head(f"{lead or 'Others'} ({len(opinions)})"))
        rows = tuple(
            (cell("□"), cell(text.removeprefix(f"{lead}: ")), _users(carried[text]))
            for text in opinions
        )
        blocks.append(Table(("Verified", "Opinion", "Carries"), rows, (2, 11, 6)))
    return Section("opinions", "Expert opinions and items to verify", tuple(blocks), True)


def _lead(opinion: str, every: dict[str, list[Traced]]) -> str:
    lead = opinion.partition(": ")[0] if ": " in opinion else ""
    alike = sum(other.startswith(f"{lead}: ") for other in every) if lead else 0
    return lead if alike >= _LEAST_GROUP else ""
