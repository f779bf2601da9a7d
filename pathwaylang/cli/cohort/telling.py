"""What the command says of a cohort: as lines for a terminal, and as JSON for a script.

In: a `Population`. Out: lines, every text of the cohort made safe to print, and plain data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from pathwaylang.cli.cohort.answers import Population
from pathwaylang.diagnostics.paint import Paint
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible, wrapped

MOST_LINES = 12
_NUMBER = 9


def population_lines(found: Population, style: TextStyle) -> Iterator[str]:
    """Yield the counts, what was missing, what the mapping does not know, who was refused."""
    paint = Paint(style.colour)
    yield paint.bold(f"{found.patients:,} patients in {found.rows:,} rows")
    for status, count in found.statuses.items():
        yield _counted(count, status)
    for (stage, track), group in groupby(found.bars, key=lambda bar: (bar.stage, bar.track)):
        yield ""
        yield paint.bold(f"{visible(track)} ({visible(stage)})")
        named = [
            (bar.patients, visible(bar.label if bar.status == "recommendation" else bar.status))
            for bar in group
        ]
        yield from _table(named, "outcomes")
    if found.missing:
        yield ""
        yield paint.bold("missing: what would have to be asked or obtained, in how many patients")
        yield from _table(
            [
                (m.patients, f"{m.action} {visible(m.name)}: {visible(m.label)}")
                for m in found.missing
            ],
            "facts and tests",
        )
    yield from _unknown(found, paint, style)


def _unknown(found: Population, paint: Paint, style: TextStyle) -> Iterator[str]:
    if found.unmapped:
        yield ""
        yield paint.bold("not in the mapping, in how many rows")
        yield from _table(
            [
                (one.rows, f"{one.kind} `{visible(one.text)}` in column `{visible(one.column)}`"
                 f" for {visible(one.fact)}")
                for one in found.unmapped
            ],
            "values and units",
        )  # fmt: skip
    if found.unread:
        yield ""
        text = "no column for: " + ", ".join(map(visible, found.unread))
        yield from wrapped(text, style.width, "  ", "")
    if found.unused:
        yield ""
        text = "columns not used: " + ", ".join(map(visible, found.unused))
        yield from wrapped(text, style.width, "  ", "")
    if found.refused:
        yield ""
        yield paint.bold(f"refused: {len(found.refused):,} of {found.patients:,} patients")
        for one in found.refused[:MOST_LINES]:
            name = f"{visible(one.id)} (row {one.row})" if one.id else f"row {one.row}"
            text = f"{name}: {visible('; '.join(one.reasons))}"
            yield from wrapped(text, style.width, "      ", "  ")
        if len(found.refused) > MOST_LINES:
            yield f"  and {len(found.refused) - MOST_LINES:,} more; the result names them all"


def _table(named: list[tuple[int, str]], what: str) -> Iterator[str]:
    for count, text in named[:MOST_LINES]:
        yield _counted(count, text)
    if len(named) > MOST_LINES:
        yield f"  and {len(named) - MOST_LINES:,} more {what}; --format json lists all"


def _counted(count: int, text: str) -> str:
    return f"  {count:>{_NUMBER},}  {text}"


def population_data(found: Population) -> dict[str, object]:
    """Return the counts as plain data; the table of patients is in the result file."""
    return {
        "schema": 1,
        "rows": found.rows,
        "patients": found.patients,
        "statuses": found.statuses,
        "outcomes": [_plain(bar, _BAR) for bar in found.bars],
        "missing": [_plain(one, ("action", "name", "label", "patients")) for one in found.missing],
        "unmapped": [
            _plain(one, ("fact", "column", "kind", "text", "rows")) for one in found.unmapped
        ],
        "unread_facts": list(found.unread),
        "unused_columns": list(found.unused),
        "refused": [
            {"id": one.id, "row": one.row, "reasons": list(one.reasons)} for one in found.refused
        ],
    }


_BAR = ("stage", "track", "question", "status", "outcome", "label", "patients")


def _plain(item: object, names: Iterable[str]) -> dict[str, object]:
    return {name: getattr(item, name) for name in names}
