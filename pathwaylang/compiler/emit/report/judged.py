"""The chapters of a record about findings, safety rules, outcomes and examples.

A `Recorded` goes in, sections come out: what is open and what was waived, each safety rule with its
verdict, how many cases reach each outcome, how each example went.

INVARIANT: a rule is called proved only where the check ran to its end and found no breach of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathwaylang.compiler.emit.report.inputs import Recorded, Tried
from pathwaylang.compiler.emit.report.nodes import (
    Block,
    Cell,
    Head,
    Line,
    Look,
    Para,
    Run,
    Section,
    Table,
    cell,
    joined,
    line,
)
from pathwaylang.compiler.emit.words import Words
from pathwaylang.diagnostics import Diagnostic, Span
from pathwaylang.diagnostics.codes import CODES
from pathwaylang.diagnostics.counts import say_number, say_share, share_of
from pathwaylang.ir.graph import DecisionGraph, Rule

BROKEN, VACUOUS = "PW0801", "PW0804"
_NONE = "None."


def finding_section(recorded: Recorded) -> Section:
    """Return open findings, and those that the authors waived."""
    waived = [d for d in recorded.diagnostics if d.waived is not None]
    open_ = [d for d in recorded.diagnostics if d.waived is None]
    blocks: list[Block] = [Head("Open")]
    if open_:
        rows = tuple((_code(d), _where(recorded, d), _message(d)) for d in open_)
        blocks.append(Table(("Finding", "Where", "What"), rows, (4, 4, 10)))
    else:
        blocks.append(Para(cell(_NONE)))
    blocks.append(Head("Waived by the authors"))
    if waived:
        heads = ("Finding", "Reason given", "Waived where")
        blocks.append(Table(heads, tuple(_waiver_rows(recorded, waived)), (4, 6, 10)))
    else:
        blocks.append(Para(cell(_NONE)))
    return Section("findings", "Findings and waivers", tuple(blocks))


def _waiver_rows(recorded: Recorded, waived: list[Diagnostic]) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each kind of finding and reason, with all places that share it."""
    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    for diagnostic in waived:
        groups.setdefault((diagnostic.code, diagnostic.waived or ""), []).append(diagnostic)
    for (_, reason), members in groups.items():
        told = tuple(
            Line((Run(recorded.place(d.span), "code"), Run(f" {d.message}"))) for d in members
        )
        yield _code(members[0]), cell(reason), told


def _code(diagnostic: Diagnostic) -> Cell:
    look: Look = "bad" if diagnostic.is_failure and diagnostic.waived is None else "strong"
    code = CODES[diagnostic.code]
    return (
        line(f"{diagnostic.severity} {diagnostic.code}", look),
        line(code.name, "quiet"),
    )


def _where(recorded: Recorded, diagnostic: Diagnostic) -> Cell:
    places = dict.fromkeys(recorded.place(label.span) for label in diagnostic.labels)
    return tuple(line(place, "code") for place in places if place)


def _message(diagnostic: Diagnostic) -> Cell:
    lines = [line(diagnostic.message, "strong"), *cell(*diagnostic.notes)]
    patient = diagnostic.evidence.patient if diagnostic.evidence else None
    if patient is not None and patient.facts:
        told = "; ".join(f"{name} = {_value(value)}" for name, value in patient.facts)
        lines.append(line(f"For instance the patient with {told}"))
    return tuple(lines)


def _value(value: object) -> str:
    return str(value) if not isinstance(value, bool) else "yes" if value else "no"


# ------------------------------------------------------------ safety rules


def rule_section(recorded: Recorded) -> Section:
    """Return the safety rules one by one."""
    graph = recorded.graph
    if graph is None or not graph.rules:
        return Section("rules", "Safety rules", (Para(cell("The pathway has no safety rule.")),))
    words = Words(graph)
    rows = tuple(
        (
            (line(str(number), anchor=f"rule-{number}"),),
            _rule(recorded, rule, words),
            _basis(rule),
            _verdict(recorded, rule),
        )
        for number, rule in enumerate(graph.rules, 1)
    )
    intro = (
        "A rule with never is broken also where its condition is unknown, unless it says that it "
        "is known; a rule with always binds where its condition surely holds. Each was put to all "
        "cases of its stages, not to a sample."
    )
    heads = ("No.", "Rule", "Rests on", "Verdict")
    return Section("rules", "Safety rules", (Para(cell(intro)), Table(heads, rows, (2, 18, 9, 6))))


def _rule(recorded: Recorded, rule: Rule, words: Words) -> Cell:
    """Return a rule as written, its place, and its condition in words."""
    lines = [line(rule.text, "strong"), line(recorded.place(rule.span), "quiet")]
    if rule.guard is not None:
        lines.append(line("where:"))
        lines += [
            Line((Run(part.text),), level=part.level + 1) for part in words.condition(rule.guard)
        ]
    return tuple(lines)


def _basis(rule: Rule) -> Cell:
    basis = rule.basis
    cites = tuple(Run(cite, "code", f"says-{cite}") for cite in basis.cites)
    lines = [joined(cites)] if cites else []
    lines += cell(*(f"opinion: {text}" for text in basis.opinions), *basis.because, *basis.notes)
    return tuple(lines) or cell("nothing is given", look="quiet")


def _verdict(recorded: Recorded, rule: Rule) -> Cell:
    found = [d for d in recorded.diagnostics if _concerns(d, rule.span)]
    broken = [d for d in found if d.code == BROKEN]
    if broken:
        return (line("▲ BROKEN", "bad"), *_message(broken[0]))
    if recorded.proof is None:
        return (line("not decided", "bad"),)
    engines = {track.engine for stage in recorded.proof.stages for track in stage.tracks}
    proved = line("✓ proved", "good"), line(f"by {', '.join(sorted(engines))}", "quiet")
    if any(d.code == VACUOUS for d in found):
        return (*proved, line("no patient meets its condition"))
    return proved


def _concerns(diagnostic: Diagnostic, span: Span | None) -> bool:
    return span is not None and any(
        label.span.source == span.source and span.start <= label.span.start < max(span.end, 1)
        for label in diagnostic.labels
    )


# ------------------------------------------------------------ outcomes and examples


def outcome_section(recorded: Recorded) -> Section:
    """Return for each stage and track how many cases reach each outcome."""
    blocks: list[Block] = []
    graph, proof = recorded.graph, recorded.proof
    if graph is not None and proof is not None:
        labels = {decision.name: decision.label for decision in graph.decisions}
        for stage in proof.stages:
            for track in stage.tracks:
                title = labels.get(track.track) or track.track
                blocks.append(Head(f"{title} ({stage.stage}, {track.track})"))
                counts = [(name, int(count)) for name, count in track.outcomes]
                if counts:
                    rows = tuple(_outcome_rows(counts, int(stage.cases), graph))
                    heads = ("Outcome", "In words", "Cases", "Share")
                    blocks.append(Table(heads, rows, (6, 8, 3, 3)))
                else:
                    blocks.append(Para(cell("A solver decided: outcomes were not counted.")))
    if not blocks:
        blocks.append(Para(cell("Nothing was counted.")))
    return Section("outcomes", "Outcomes and their numbers of cases", tuple(blocks))


def _outcome_rows(
    counts: Iterable[tuple[str, int]], cases: int, graph: DecisionGraph
) -> Iterator[tuple[Cell, ...]]:
    words = {
        branch.outcome.text: branch.outcome
        for decision in graph.decisions
        for branch in decision.branches
    }
    labels = {item.name: item.label for item in graph.recommendations}
    labels |= {stage.name: stage.label for stage in graph.stages}
    for name, count in sorted(counts, key=lambda item: (-item[1], item[0])):
        outcome = words.get(name)
        told = [labels.get(each) or each for each in outcome.names] if outcome else []
        yield (
            cell(name, look="code"),
            cell("; ".join(told)),
            cell(say_number(count).removeprefix("about ")),
            cell(say_share(share_of(count, cases))),
        )


def example_section(recorded: Recorded) -> Section:
    """Return examples and cases of files, and how each went."""
    every = (*recorded.examples, *recorded.cases)
    if not every:
        graph = recorded.graph
        said = "The pathway has no example."
        if graph is not None and graph.examples:
            said = "No example was run: the pathway must be in order first."
        return Section("examples", "Examples and cases", (Para(cell(said)),))
    rows = tuple(
        row
        for number, tried in enumerate(every, 1)
        for row in _example_rows(recorded, number, tried)
    )
    heads = ("No.", "Example", "Expected", "Given by the pathway", "Result")
    return Section("examples", "Examples and cases", (Table(heads, rows, (2, 14, 10, 10, 4)),))


def _example_rows(recorded: Recorded, number: int, tried: Tried) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each expectation; title and patient stand in the first."""
    title = (line(tried.title, "strong"), line(tried.file or recorded.place(tried.span), "quiet"))
    for index, part in enumerate(tried.parts):
        told = f"{part.expected} in {part.track}" if part.track else part.expected
        yield (
            cell(str(number)) if index == 0 else (),
            title if index == 0 else (),
            cell(told),
            cell(part.got, f"at {part.branch}" if part.branch else ""),
            (line("✓ passed", "good") if part.passed else line("▲ FAILED", "bad"),),
        )
