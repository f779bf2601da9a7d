"""What frames the drawing: the heading with its legend above, the sources below.

In comes a page, out come two labels. The heading leads back to the pages above, names the page,
tells its number, version, status and dates, and explains every kind of box that occurs on it. The
footer says what the words of its conditions mean, and what it cites.

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
from pathwaylang.compiler.emit.pages.nodes import Badge, Kind, Level, Link, Page, State, Term
from pathwaylang.compiler.emit.pages.signs import FINDINGS, PATIENT

_TITLE, _WIDTH = 64, 104
_LINKS = 5
_ONE_COLUMN, _COLUMN, _LONGEST_MEANING = 8, 84, 4000
_HANG, _GAP, _STEP = "&#160;" * 6, "&#160;" * 5, "&#160;" * 3
_LIT: dict[State, tuple[str, int]] = {
    "lit": (
        font("█", color=YELLOW)
        + f" <b>{PATIENT}</b> yellow, bold, thick frame: what this patient has and gets",
        62,
    ),
    "dim": ("grey: not on the way of this patient", 38),
}
_FOUND: dict[Level, tuple[str, int]] = {
    level: (f"{font('█', color=BADGES[level][1])} {bold(text(word))}{text(f': {meaning}')}", 58)
    for level, (sign, meaning) in FINDINGS.items()
    for word in (f"{sign} {level.upper()}",)
}


def heading(page: Page) -> str:
    """Return the label above the drawing."""
    rows = [_links("◄ ", page, (link,)) for link in page.trail]
    rows.append(_row(font(bold(lines(page.title, _TITLE)), size=18)))
    rows += [_row(font(lines(part, _WIDTH), size=11)) for part in (*_place(page), *page.about)]
    rows += [_row(lines(part, _WIDTH)) for part in page.remarks]
    rows += [_badge(badge) for badge in page.badges]
    if page.links:
        rows += [
            _links("→ ", page, page.links[start : start + _LINKS])
            for start in range(0, len(page.links), _LINKS)
        ]
    rows += [_legend_row(page, number, told) for number, told in enumerate(_legend(page), 1)]
    return table(rows, border="0", cellborder="0", cellspacing="0", cellpadding="3")


def footer(page: Page) -> str:
    """Return the label below the drawing: words explained, then sources; nothing without both."""
    rows: list[str] = []
    if page.terms:
        whose = (
            " (in brackets: this patient's value, where the words do not say it)"
            if page.has_way
            else ""
        )
        title = f"What the words on this page mean{whose}"
        rows += _section(title, [_term(term) for term in page.terms])
    if page.sources:
        rows += _section(
            "Sources on this page",
            [lines(p, _COLUMN, hang=_HANG, longest=_LONGEST_MEANING) for p in page.sources],
        )
    if not rows:
        return ""
    return table(rows, border="0", cellborder="0", cellspacing="0", cellpadding="3")


def _section(title: str, parts: list[str]) -> list[str]:
    """Return a title and the parts below it, in two columns of like length where they are many."""
    total = sum(part.count(BREAK) for part in parts)
    halves = ["".join(parts)]
    if total > _ONE_COLUMN:
        cut, length = 0, 0
        while length < (total + 1) // 2:
            length += parts[cut].count(BREAK)
            cut += 1
        halves = ["".join(parts[:cut]), "".join(parts[cut:])]
    cells = [td(font(half, size=11), align="left", valign="top") for half in halves if half]
    return [tr([td(bold(text(title)), align="left")]), tr(cells)]


def _term(term: Term) -> str:
    """Return a term in bold and below it what it means."""
    label = f"{term.label} [{term.value}]" if term.value else term.label
    told = lines("; ".join(term.lines), _COLUMN, lead=_STEP, longest=_LONGEST_MEANING)
    return bold(lines(label, _COLUMN)) + told


def _place(page: Page) -> tuple[str, ...]:
    """Return which page of the pathway this is; nothing for a page that stands alone."""
    number = page.numbers.get(page.name)
    return (f"Page {number} of {len(page.numbers)}",) if number else ()


def _row(markup: str) -> str:
    return tr([td(markup, align="left")])


def _legend_row(page: Page, number: int, told: str) -> str:
    """Return a line of the legend, with an id: a page with a legend of its own hides it."""
    name = identifier(page.name, "", f"legend{number}")
    markup = font(told + BREAK, size=11)
    return tr([td(markup, align="left", id_=name, tooltip="what the boxes mean")])


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
            tooltip=f"opens page {page.number(link.page)}",
        )
        for link in links
    ]
    return _row(table([tr(cells)], border="0", cellborder="0", cellspacing="0", cellpadding="4"))


def _legend(page: Page) -> list[str]:
    """Return the lines of the legend: cells would be stretched to the width of the page."""
    entries = [_entry(kind) for kind in LOOKS if kind in page.kinds]
    entries += [_FOUND[level] for level in _FOUND if level in page.levels]
    if page.has_way:
        entries += [_LIT[state] for state in _LIT if state in page.states]
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
    swatch = font("█", color=look.fill) + " " if look.fill != WHITE else ""
    word, meaning = f"{look.sign} {look.word}", f": {look.meaning}"
    return f"{swatch}{bold(text(word))}{text(meaning)}", len(word) + len(meaning) + 7
