"""The first page of a record: the verdict, what it is about, what was proved, what was assumed.

A `Recorded` goes in, sections come out. The assumptions stand here, since a proof is worth no more
than they are: each with what it rests on, and whether the proof rests on it.

INVARIANT: nothing is called proved unless the pathway is in order and the proof says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.emit.report.inputs import Recorded
from pathwaylang.compiler.emit.report.nodes import (
    Block,
    Bullets,
    Cell,
    Head,
    Line,
    Para,
    Run,
    Section,
    Table,
    cell,
    line,
)
from pathwaylang.compiler.emit.summary import LIMITS, USELESS_CONSTRAINT, basis_counts
from pathwaylang.compiler.emit.text import counted, listed
from pathwaylang.compiler.emit.words import Words
from pathwaylang.diagnostics import Severity
from pathwaylang.diagnostics.counts import say_count
from pathwaylang.ir.about import Base
from pathwaylang.ir.graph import Constraint, DecisionGraph

LIMIT = " ".join(LIMITS)
_STATUS = {
    "draft": "DRAFT, not approved for use with patients",
    "in_review": "IN REVIEW, not approved for use with patients",
    "approved": "APPROVED",
    "retired": "RETIRED, no longer to be used",
}


def front_sections(recorded: Recorded) -> tuple[Section, ...]:
    """Return what stands on the first page."""
    blocks = (_verdict(recorded), Para(cell(LIMIT), "warn"), _about(recorded))
    proved = (*_proved(recorded), *_figures(recorded))
    title = "What was proved" if recorded.is_in_order else "What was looked at"
    return (
        Section("verdict", "", blocks),
        Section("assumptions", "What is assumed", tuple(_assumptions(recorded))),
        Section("proved", title, proved),
    )


def status_words(recorded: Recorded) -> str:
    """Return status and approval in one short line, for the head of each page."""
    about = recorded.about
    word = about.status.replace("_", " ").upper()
    if about.status != "approved":
        return word
    if about.approved is None:
        return "APPROVED, BUT SIGNED BY NOBODY"
    return word if _is_bound(recorded) else "APPROVAL NO LONGER HOLDS"


def _is_bound(recorded: Recorded) -> bool:
    approved = recorded.about.approved
    return approved is not None and approved[2] == recorded.source_hash


# ------------------------------------------------------------ verdict and identity


def _verdict(recorded: Recorded) -> Para:
    counts = _tally(recorded)
    if not recorded.is_in_order:
        told = listed(tuple(counts), "and") or "that it is no pathway of its own"
        first = line("▲ NOT IN ORDER", "strong")
        rest = f"The check found {told}. Nothing in this record is a proof to rely on."
        return Para((first, line(rest)), "bad")
    if recorded.failed:
        first = line("▲ PROVED, BUT TESTS FAIL", "strong")
        told = counted(recorded.failed, "test")
        rest = f"Each case reaches exactly one outcome in each track, but {told} expected another."
        return Para((first, line(rest)), "bad")
    open_ = f"Still open: {listed(tuple(counts), 'and')}." if counts else "No finding is open."
    first = line("✓ PROVED: each case reaches exactly one outcome in each track", "strong")
    return Para((first, line(open_)), "good")


def _tally(recorded: Recorded) -> list[str]:
    """Return how many findings of each severity are open, in words."""
    open_ = [d for d in recorded.diagnostics if d.waived is None]
    words = {
        Severity.ERROR: "error",
        Severity.UNDECIDED: "undecided question",
        Severity.WARNING: "warning",
        Severity.NOTE: "note",
    }
    found = ((sum(d.severity is level for d in open_), word) for level, word in words.items())
    return [counted(count, word) for count, word in found if count]


def _changes(base: Base | None) -> Cell:
    """Return what an overlay changes, and why, one change a line."""
    return tuple(
        line(f"{change.what} {change.name}: {' '.join(change.because)}")
        for change in (base.changes if base is not None else ())
    )


def _about(recorded: Recorded) -> Table:
    about = recorded.about
    status = _STATUS.get(about.status, about.status)
    rows: list[tuple[str, Cell]] = [
        ("Pathway", cell(f"{about.title} ({about.name})")),
        ("Version", cell(about.version)),
        ("Status", (line(status, "strong"),)),
        ("Approval", _approval(recorded)),
        ("Hash of the source", (line(recorded.source_hash, "code"),)),
        ("Overlay of", cell(about.base.text if about.base else "")),
        ("Hash of the base", (line(about.base.source_hash, "code"),) if about.base else ()),
        ("Changes to the base", _changes(about.base)),
        ("Authors", cell("; ".join(about.authors))),
        ("Grading", cell(about.grading)),
        ("Review by", cell(about.review_by)),
        ("Made with", cell(recorded.tool)),
        *(("Note", cell(note)) for note in about.notes),
    ]
    told = tuple((cell(word, look="strong"), said) for word, said in rows if said)
    return Table((), told, (1, 4))


def _approval(recorded: Recorded) -> Cell:
    approved = recorded.about.approved
    if approved is None:
        return cell("nobody has signed it")
    name, day, digest = approved
    if _is_bound(recorded):
        return cell(f"by {name} on {day}, bound to the hash below")
    return (
        line(f"by {name} on {day}, of another source:", "bad"),
        line(digest, "code"),
        line("The files were changed since. The approval does not hold.", "bad"),
    )


# ------------------------------------------------------------ assumptions


def _assumptions(recorded: Recorded) -> Iterator[Block]:
    graph = recorded.graph
    if graph is None:
        yield Para(cell("The pathway could not be read; see the findings."))
        return
    yield from _constraints(recorded, graph)
    said = [
        "Values outside the range of a fact are refused as input; the ranges are listed under "
        "“The checked world”.",
        "“Unknown” is a value like the others where a fact may be unknown: it is in every count.",
    ]
    items: list[Cell] = [cell(text) for text in said]
    if graph.applies is not None:
        told = tuple(
            Line((Run(part.text),), level=part.level + 1)
            for part in Words(graph).condition(graph.applies)
        )
        items.insert(0, (line("Outside the proof is everybody who does not meet:"), *told))
    yield Bullets(tuple(items))


def _constraints(recorded: Recorded, graph: DecisionGraph) -> Iterator[Block]:
    if not graph.constraints:
        yield Para(cell("No case is declared impossible: the proof leaves none out."))
        return
    useless = {d.span for d in recorded.diagnostics if d.code == USELESS_CONSTRAINT}
    yield Para(
        cell(
            "These cases are declared impossible and so left out of the proof. If one of them "
            "occurs, nothing here speaks about it. Marked ▲: the proof would fail without it."
        )
    )
    rows = tuple(
        _constraint(recorded, number, constraint, constraint.span in useless)
        for number, constraint in enumerate(graph.constraints, 1)
    )
    yield Table(("No.", "Never happens", "Because", "Weight"), rows, (2, 14, 14, 6))


def _constraint(
    recorded: Recorded, number: int, constraint: Constraint, is_useless: bool
) -> tuple[Cell, ...]:
    basis = constraint.basis
    reasons = (*basis.because, *basis.opinions, *basis.cites)
    if recorded.is_in_order:
        weight = (
            line("nothing rests on it") if is_useless else line("▲ the proof rests on it", "bad")
        )
    else:
        weight = line("not judged", "quiet")
    place = recorded.place(constraint.span)
    written = (line(constraint.text, anchor=f"impossible-{number}"), line(place, "quiet"))
    return cell(str(number)), written, cell(*(reasons or ("no reason given",))), (weight,)


# ------------------------------------------------------------ what was proved


def _proved(recorded: Recorded) -> Iterator[Block]:
    if recorded.proof is None or recorded.graph is None:
        yield Para(cell("Nothing was proved."))
        return
    proof, graph = recorded.proof, recorded.graph
    stages = {stage.name: stage.label or stage.name for stage in graph.stages}
    tracks = {decision.name: decision.label or decision.name for decision in graph.decisions}
    rows = tuple(
        (
            cell(stages.get(stage.stage, stage.stage)) if index == 0 else (),
            (line(tracks.get(track.track, track.track)), line(track.track, "code")),
            cell(say_count(int(stage.cases), proof.unit)),
            cell(str(len(track.outcomes)) if track.outcomes else "not counted"),
            cell(track.engine),
        )
        for stage in proof.stages
        for index, track in enumerate(stage.tracks)
    )
    heads = ("Stage", "Track", "Cases, each reaches exactly one outcome", "Outcomes", "Engine")
    if not recorded.is_in_order:
        heads = ("Stage", "Track", "Cases looked at", "Outcomes", "Engine")
    yield Table(heads, rows, (8, 12, 8, 5, 4))
    if proof.unit == "classes":
        yield Para(
            cell("A number without steps has endless values; alike ones are counted as one class."),
            "quiet",
        )


def _figures(recorded: Recorded) -> Iterator[Block]:
    """Return the numbers of this record in one list."""
    graph = recorded.graph
    if graph is None:
        return
    cited, opinions = basis_counts(graph)
    waived = sum(d.waived is not None for d in recorded.diagnostics)
    passed = sum(tried.passed for tried in recorded.examples)
    items = [
        f"{counted(len(graph.rules), 'safety rule')}: each is told below, with its verdict",
        f"{passed} of {counted(len(recorded.examples), 'example')} passed",
        f"{counted(cited, 'line')} rest on cited sources, {opinions} on expert opinion",
        f"{counted(waived, 'finding')} waived by the authors, each with a reason",
    ]
    if recorded.cases:
        met = sum(tried.passed for tried in recorded.cases)
        items.append(f"{met} of {counted(len(recorded.cases), 'case')} of case files passed")
    if recorded.coverage is not None:
        told = (f"{m.percent_text} % of {m.name}" for m in recorded.coverage.measures)
        items.append(f"tests cover {listed(tuple(told), 'and')}")
    if recorded.nodes:
        items.append(f"the decision diagram has {recorded.nodes:,} nodes")
    yield Head("In numbers")
    yield Bullets(tuple(cell(item) for item in items))
