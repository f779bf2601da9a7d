"""What frames the drawing: the heading with its legend above, the sources below.

In comes a page, out come two labels. The heading leads back to the pages above, names the page,
tells version, status and dates, and explains every kind of box that occurs on the page.

Invariants: the legend lists what the page shows and nothing else, in a fixed order.
"""

from __future__ import annotations

from pathwaylang.compiler.emit.dot.markup import (
    BREAK,
    bold,
    font,
    identifier,
    lines,
    table,
    td,
    text,
    tr,
)
from pathwaylang.compiler.emit.dot.palette import BADGES, LOOKS, WHITE, YELLOW
from pathwaylang.compiler.emit.pages.nodes import Badge, Kind, Link, Page

_TITLE, _WIDTH = 64, 104
_LINKS = 5
_ONE_COLUMN, _SOURCE = 8, 84
_HANG, _GAP = "&#160;" * 6, "&#160;" * 5
_LIT = (
    ("<b>► bold, thick frame</b>: the way of this patient", 46),
    (font("█", color=YELLOW) + " <b>●</b> yellow: what this patient has, and gets", 46),
    ("grey: not on the way of this patient", 38),
)


def heading(page: Page) -> str:
    """Return the label above the drawing."""
    rows = [_links("◄ ", page, (link,)) for link in page.trail]
    rows.append(_row(font(bold(lines(page.title, _TITLE)), size=18)))
    rows += [_row(font(lines(part, _WIDTH), size=11)) for part in page.about]
    rows += [_row(lines(part, _WIDTH)) for part in page.remarks]
    rows += [_badge(badge) for badge in page.badges]
    if page.links:
        rows += [
            _links("► ", page, page.links[start : start + _LINKS])
            for start in range(0, len(page.links), _LINKS)
        ]
    rows += [_row(font(line + BREAK, size=11)) for line in _legend(page)]
    return table(rows, border="0", cellborder="0", cellspacing="0", cellpadding="3")


def footer(page: Page) -> str:
    """Return the label below the drawing; nothing for a page without sources."""
    if not page.sources:
        return ""
    columns = 2 if len(page.sources) > _ONE_COLUMN else 1
    length = -(-len(page.sources) // columns)
    cells = []
    for start in range(0, len(page.sources), length):
        told = (lines(part, _SOURCE, hang=_HANG) for part in page.sources[start : start + length])
        cells.append(td(font("".join(told), size=11), align="left", valign="top"))
    title = td(bold(text("Sources on this page")), align="left")
    rows = [tr([title]), tr(cells)]
    return table(rows, border="0", cellborder="0", cellspacing="0", cellpadding="3")


def _row(markup: str) -> str:
    return tr([td(markup, align="left")])


def _badge(badge: Badge) -> str:
    sign, fill = BADGES[badge.level]
    return tr([td(bold(lines(f"{sign} {badge.text}", _WIDTH)), align="left", bgcolor=fill)])


def _links(lead: str, page: Page, links: tuple[Link, ...]) -> str:
    cells = [
        td(
            f"<u>{text(lead + link.text)}</u>",
            align="left",
            id_=identifier(page.name, "to", link.page),
            href=f"{link.page}.svg",
            tooltip=f"opens page {link.page}",
        )
        for link in links
    ]
    return _row(table([tr(cells)], border="0", cellborder="0", cellspacing="0", cellpadding="4"))


def _legend(page: Page) -> list[str]:
    """Return the lines of the legend: cells would be stretched to the width of the page."""
    kinds = _kinds(page)
    entries = [_entry(kind) for kind in LOOKS if kind in kinds]
    if page.has_way:
        entries += _LIT
    told, length = [""], 0
    for markup, size in entries:
        if told[-1] and length + size > _WIDTH:
            told.append("")
            length = 0
        told[-1] += (_GAP if told[-1] else "") + markup
        length += size
    return told


def _entry(kind: Kind) -> tuple[str, int]:
    """Return an entry of the legend with its length in letters."""
    look = LOOKS[kind]
    swatch = font("█", color=look.fill) if look.fill != WHITE else "□"
    word, meaning = f"{look.sign} {look.word}", f": {look.meaning}"
    return f"{swatch} {bold(text(word))}{text(meaning)}", len(word) + len(meaning) + 7


def _kinds(page: Page) -> set[Kind]:
    inside = {row.then.kind for box in page.boxes for row in box.rows if row.then}
    return inside | {box.kind for box in page.boxes}
