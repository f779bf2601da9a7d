"""A difference as one HTML file: no server, no network, readable on paper.

In: reports. Out: the text of a page. All that an author wrote is escaped; the page holds no script.

INVARIANT: colour never carries a meaning alone, and nothing is fetched from anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

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
    outcome_words,
    patient_words,
    table_sentence,
)
from pathwaylang.diagnostics.counts import say_count, say_share
from pathwaylang.diagnostics.visible import visible

STYLE = """
body { font: 16px/1.45 Helvetica, Arial, sans-serif; color: #111; background: #fff;
  max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
th, td { border: 1px solid #767676; padding: .3rem .5rem; text-align: left; vertical-align: top; }
td.count, th.count { text-align: right; white-space: nowrap; }
section.change { border-left: 4px solid #0072b2; padding-left: 1rem; margin: 1.2rem 0; }
div.safety { border: 3px solid #d55e00; padding: .5rem 1rem; }
@media print { body { font-size: 10pt; margin: 0; max-width: none; }
  section.change, tr { break-inside: avoid; } h2, h3 { break-after: avoid; } }
"""


def difference_page(reports: tuple[Report, ...]) -> str:
    """Return the page of one or several pathways' differences."""
    title = " and ".join(f"{_text(r.pathway)}: {_text(r.old)} to {_text(r.new)}" for r in reports)
    body = "\n".join(line for report in reports for line in _report(report))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>What changes: {title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"{body}\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    return escape(visible(text))


def _upper(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _report(report: Report) -> Iterator[str]:
    difference = report.difference
    yield f"<h1>What changes: {_text(report.title or report.pathway)}</h1>"
    yield f"<p>Before: {_text(report.old)}. Now: {_text(report.new)}.</p>"
    if difference.losses:
        yield '<div class="safety"><h2>Safety: ⚠ rules that keep less than before</h2><ul>'
        for loss in difference.losses:
            shown = f"<li>{escape(_upper(loss_sentence(report, loss)))}"
            if loss.patient is not None:
                shown += f"<br>For instance: {escape(patient_words(report, loss.patient))}"
            yield shown + "</li>"
        yield "</ul></div>"
    yield from _list("Facts", [fact_sentence(report, change) for change in difference.facts])
    yield from _list("Edited", [edit_sentence(edit) for edit in difference.edits])
    for table in difference.tables:
        yield from _table(report, table)
    yield (
        "<p>Counts are exact, over all cases that the pathway can tell apart; each patient was "
        "replayed in both versions. That a change is right, no program can say.</p>"
    )


def _list(head: str, sentences: list[str]) -> Iterator[str]:
    if sentences:
        items = "".join(f"<li>{escape(_upper(sentence))}</li>" for sentence in sentences)
        yield f"<h2>{head}</h2><ul>{items}</ul>"


def _table(report: Report, table: TrackTable) -> Iterator[str]:
    unit = report.difference.unit
    yield f"<h2>Stage {_text(table.stage)}, track {_text(table.track)}</h2>"
    yield f"<p>{escape(_upper(table_sentence(table, unit)))}.</p>"
    if not table.changes:
        return
    yield (
        '<table><thead><tr><th scope="col">Before</th><th scope="col">Now</th>'
        '<th scope="col" class="count">Cases</th><th scope="col" class="count">Share</th></tr>'
        "</thead><tbody>"
    )
    for change in table.changes:
        yield (
            f"<tr><td>{escape(outcome_words(change.old))}</td>"
            f"<td>{escape(outcome_words(change.new))}</td>"
            f'<td class="count">{say_count(change.count, unit)}</td>'
            f'<td class="count">{say_share(change.share)}</td></tr>'
        )
    yield "</tbody></table>"
    for change in table.changes:
        yield from _change(report, change)


def _change(report: Report, change: Change) -> Iterator[str]:
    unit = report.difference.unit
    yield f'<section class="change"><h3>{escape(change_sentence(change, unit))}</h3>'
    common = common_words(report, change)
    if common:
        yield f"<p>All of them have {escape(common)}.</p>"
    yield (
        '<table><thead><tr><th scope="col">Groups of them, the largest first</th>'
        '<th scope="col" class="count">Cases</th></tr></thead><tbody>'
    )
    for box in change.boxes:
        yield (
            f"<tr><td>{escape(box_words(report, box, change))}</td>"
            f'<td class="count">{say_count(box.count, unit)}</td></tr>'
        )
    yield "</tbody></table>"
    if change.more_boxes:
        yield f"<p>And {change.more_boxes:,} smaller groups.</p>"
    if change.patient is not None:
        yield f"<p>For instance: {escape(patient_words(report, change.patient))}.</p>"
    told = "".join(f"<li>{escape(_upper(s))}</li>" for s in decider_sentences(report, change))
    yield f"<ul>{told}</ul></section>" if told else "</section>"
