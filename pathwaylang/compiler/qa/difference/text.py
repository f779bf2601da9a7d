"""A difference as text for a terminal or a mail: the moves first, the evidence under each.

In: a `Report` and a width. Out: lines, broken at the width, safe to print.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.qa.difference.record import Change, TrackTable
from pathwaylang.compiler.qa.difference.words import (
    Report,
    box_words,
    change_sentence,
    common_words,
    decider_sentences,
    edit_sentence,
    fact_sentence,
    loss_sentence,
    patient_words,
    table_sentence,
)
from pathwaylang.diagnostics import Severity
from pathwaylang.diagnostics.counts import say_count
from pathwaylang.diagnostics.paint import Paint
from pathwaylang.diagnostics.visible import visible, wrapped

SHOWN_BOXES = 3


def difference_text(report: Report, width: int = 100, colour: bool = False) -> str:
    """Return the difference of two versions as text."""
    paint = Paint(colour)
    difference = report.difference
    lines = [
        paint.bold(f"{visible(report.pathway)}: {visible(report.old)} → {visible(report.new)}")
    ]
    if difference.is_empty and not difference.facts and not difference.edits:
        return "\n".join([*lines, paint.good("  Both versions mean the same.")])
    lines += _losses(report, width, paint)
    sections = (
        ("Facts", [fact_sentence(report, change) for change in difference.facts]),
        ("Edited", [edit_sentence(edit) for edit in difference.edits]),
    )
    for head, told in sections:
        lines += ["", paint.bold(head)] if told else []
        for sentence in told:
            lines += wrapped(sentence, width, "    ", "  ")
    for table in difference.tables:
        if table.changes:
            lines += _table(report, table, width, paint)
    return "\n".join([*lines, "", *_closing(report, width)])


def _losses(report: Report, width: int, paint: Paint) -> Iterator[str]:
    if report.difference.losses:
        yield ""
        yield paint.severity(Severity.WARNING, "Safety: rules that keep less than before")
    for loss in report.difference.losses:
        yield from wrapped(loss_sentence(report, loss), width, "    ", "  ")
        if loss.patient is not None:
            told = patient_words(report, loss.patient)
            yield from wrapped(told, width, "      ", "    for instance: ")


def _table(report: Report, table: TrackTable, width: int, paint: Paint) -> Iterator[str]:
    unit = report.difference.unit
    yield ""
    yield paint.bold(f"Stage {visible(table.stage)}, track {visible(table.track)}")
    yield from wrapped(f"{table_sentence(table, unit)}.", width, "  ", "  ")
    for change in table.changes:
        yield from _change(report, change, width, paint)


def _change(report: Report, change: Change, width: int, paint: Paint) -> Iterator[str]:
    unit = report.difference.unit
    yield from map(paint.bold, wrapped(change_sentence(change, unit), width, "    ", "  "))
    told = common_words(report, change)
    if told:
        yield from wrapped(f"patients with {told}", width, "      ", "    ")
    groups = len(change.boxes) + change.more_boxes
    if 1 < groups <= SHOWN_BOXES:
        for box in change.boxes:
            line = f"{box_words(report, box, change)} ({say_count(box.count, unit)})"
            yield from wrapped(line, width, "        ", "      of them ")
    elif groups > 1:
        yield f"    in {groups:,} groups; --format html tells of the largest"
    if change.patient is not None:
        told = patient_words(report, change.patient)
        yield from wrapped(told, width, "      ", "    for instance: ")
    for sentence in decider_sentences(report, change):
        yield from wrapped(sentence, width, "      ", "    ")


def _closing(report: Report, width: int) -> Iterator[str]:
    difference = report.difference
    same = [f"{visible(t.stage)}/{visible(t.track)}" for t in difference.tables if not t.changes]
    moves = len(difference.changes)
    if same and moves:
        yield from wrapped(", ".join(same), width, "  ", "Nothing changes in the tracks ")
    match moves:
        case 0:
            yield "No case has another outcome."
        case 1:
            yield "1 kind of move in all."
        case _:
            yield f"{moves} kinds of moves in all."
    yield "Counts are exact; each patient was replayed in both versions."
