"""One box of a page as an HTML-like label.

In comes a `Box`, out comes its label. A coloured strip names the kind with sign and word; below it
stand the text and, for questions, the rows. A row has a port its arrow starts at; in a list the
outcome stands in the row, with its own strip, and the source beside it.

Invariants: every row spans all columns; rounded frames are questions, square ones everything else.
"""

from __future__ import annotations

from pathwaylang.compiler.emit.dot.markup import (
    BREAK,
    bold,
    font,
    identifier,
    lines,
    node_name,
    table,
    td,
    text,
    tr,
)
from pathwaylang.compiler.emit.dot.palette import (
    BADGES,
    BLACK,
    HEAD,
    LIT_ROW,
    LOOKS,
    WHITE,
    ink,
    line,
    strip,
)
from pathwaylang.compiler.emit.pages.nodes import Badge, Box, Page, Row
from pathwaylang.compiler.emit.pages.signs import PATIENT, SIGNS
from pathwaylang.compiler.emit.words import Line

CARD, QUESTION, LIST_IF, LIST_THEN, CELL, SOURCE = 26, 34, 54, 46, 22, 12
_LIST_TITLE = 100
SMALL = 11
_INDENT = "&#160;&#160;&#160;"
_ROUNDED = ("question", "track")
_BOLD = ("question", "step", "stage", "track")


def box_label(box: Box, page: Page) -> str:
    """Return the label of a box on a page."""
    wide = _columns(box)
    rows = [_strip(box, wide), *_body(box, page, wide)]
    if box.is_list:
        rows += ["<hr/>", _heads(box)]
    for row in box.rows:
        rows.append("<hr/>")
        rows.append(_row(box, row, page))
        rows += [_badge(badge, _width(box), wide) for badge in row.badges]
    is_rounded = box.kind in _ROUNDED
    fill, _ = strip(box.kind, box.state)
    link = {} if box.rows else _link(box, page)
    return table(
        rows,
        border="3" if box.state == "lit" else "1",
        cellborder="0",
        cellspacing="0",
        cellpadding="5",
        color=line(box.state),
        bgcolor=fill if is_rounded else WHITE,
        style="rounded" if is_rounded else "dashed" if box.kind == "reassess" else "",
        **link,
    )


def _columns(box: Box) -> int:
    if not box.rows:
        return 1
    inside = 2 + _has_sources(box) if box.is_list else 0
    return _has_labels(box) + len(box.rows[0].cells) + inside


def _has_labels(box: Box) -> bool:
    return any(row.label for row in box.rows)


def _has_sources(box: Box) -> bool:
    return any(row.source for row in box.rows)


def _width(box: Box) -> int:
    if box.is_list:
        return _LIST_TITLE
    return QUESTION if box.rows else CARD


def _strip(box: Box, wide: int) -> str:
    look = LOOKS[box.kind]
    fill, color = strip(box.kind, box.state)
    words = f"{look.sign} {look.word}" + (f" · {box.detail}" if box.detail else "")
    told = font(bold(lines(words, _width(box) + 4)), size=SMALL, color=color)
    ground = "" if box.kind in _ROUNDED else fill
    return tr([td(told, align="left", colspan=_span(wide), bgcolor=ground)])


def _link(box: Box, page: Page) -> dict[str, str]:
    """Return id, target and tooltip of a box: on its frame, or on its question if it has rows."""
    return {
        "id_": identifier(page.name, box.key, "head") if box.tooltip or box.page else "",
        "href": f"{box.page}.svg" if box.page else "",
        "tooltip": box.tooltip or (f"opens page {page.number(box.page)}" if box.page else ""),
    }


def _body(box: Box, page: Page, wide: int) -> list[str]:
    color, width = ink(box.state), _width(box)
    is_bold = box.kind in _BOLD or box.state == "lit"
    told = "".join(lines(part, width) for part in box.lines)
    told = font(bold(told) if is_bold else told, color=color)
    small = [*box.small, *([box.ends_lead] if box.ends_lead else [])]
    small += [f"{SIGNS[each.kind]} {each.text}" for each in box.endings]
    small += [f"→ page {page.number(box.page)}"] if box.page else []
    small += [box.hint] if box.hint and len(box.rows) > 1 else []
    below = "".join(_small(part, width) for part in small)
    link = _link(box, page) if box.rows else {}
    rows = [tr([td(told, align="left", colspan=_span(wide), bgcolor=WHITE, **link)])]
    rows += [_badge(badge, _width(box), wide) for badge in box.badges]
    if below:
        under = font(below, size=SMALL, color=color)
        rows.append(tr([td(under, align="left", colspan=_span(wide), bgcolor=WHITE)]))
    return rows


def _small(part: str, width: int) -> str:
    return lines(part, width + 2, hang=_INDENT)


def _badge(badge: Badge, width: int, wide: int) -> str:
    sign, fill = BADGES[badge.level]
    told = font(lines(f"{sign} {badge.text}", width), color=BLACK)
    tip = f"finding {badge.code}" if badge.code else ""
    return tr([td(told, align="left", colspan=_span(wide), bgcolor=fill, tooltip=tip)])


def _heads(box: Box) -> str:
    first = ["row"] if _has_labels(box) else []
    cells = box.heads or ("if",)
    cells_told = [_head(word, CELL if box.heads else LIST_IF) for word in (*first, *cells)]
    then = td(bold("then"), align="left", colspan="2", bgcolor=HEAD)
    source = [_head("source", SOURCE)] if _has_sources(box) else []
    return _ruled([*cells_told, then, *source])


def _head(word: str, width: int) -> str:
    return td(bold(lines(word, width)), align="left", bgcolor=HEAD)


def _row(box: Box, row: Row, page: Page) -> str:
    ground = LIT_ROW if row.state == "lit" else WHITE
    name = identifier(page.name, row.port)
    cells = []
    if _has_labels(box):
        sign = f"{PATIENT} " if row.state == "lit" else ""
        label = font(bold(text(sign + row.label)), color=ink(row.state))
        cells.append(td(label, align="left", bgcolor=ground))
    last = len(row.cells) - 1
    width = CELL if box.heads else LIST_IF if box.is_list else QUESTION
    for index, cell in enumerate(row.cells):
        told = _condition(cell, row, width)
        is_port = index == last and not box.is_list
        cells.append(
            td(
                told,
                align="left",
                bgcolor=ground,
                port=node_name(row.port) if is_port else "",
                id_=f"{name}-if" if index == 0 else f"{name}-if-{index + 1}",
                tooltip=row.tooltip,
            )
        )
    if box.is_list:
        cells += _then(row, page, ground, is_last=not _has_sources(box))
        if _has_sources(box):
            told = font(lines(row.source, SOURCE), size=SMALL, color=ink(row.state))
            port = node_name(row.port)
            cells.append(td(told, align="left", bgcolor=ground, port=port))
    return _ruled(cells) if box.is_list else tr(cells)


def _ruled(cells: list[str]) -> str:
    """Return a row with a line between its cells."""
    return tr(["\n<vr/>".join(cells)])


def _condition(cell: tuple[Line, ...], row: Row, width: int) -> str:
    told = "".join(
        lines(
            part.text,
            width - 3 * part.level,
            _INDENT * part.level,
            "&#160;&#160;" if part.text.startswith("•") else "",
        )
        for part in cell
    )
    return font(bold(told) if row.state == "lit" else told, color=ink(row.state))


def _then(row: Row, page: Page, ground: str, *, is_last: bool) -> list[str]:
    """Return the two cells of an outcome inside a list: its strip and its text."""
    name = identifier(page.name, row.port)
    then, port = row.then, node_name(row.port) if is_last else ""
    if then is None:
        return [td(""), td("", port=port)]
    look = LOOKS[then.kind]
    fill, color = strip(then.kind, row.state)
    word = bold(text(f"{look.sign} {look.word}")) + BREAK
    word += lines(then.strength, 16) if then.strength else ""
    told = "".join(lines(part, LIST_THEN) for part in then.lines)
    told = font(bold(told) if row.state == "lit" else told, color=ink(row.state))
    notes = "".join(lines(part, LIST_THEN + 3, hang=_INDENT) for part in then.notes)
    told += font(notes, size=SMALL, color=ink(row.state))
    if then.page:
        see = lines(f"→ page {page.number(then.page)}", LIST_THEN)
        told += font(see, size=SMALL, color=ink(row.state))
    return [
        td(font(word, size=SMALL, color=color), align="left", bgcolor=fill),
        td(
            told,
            align="left",
            bgcolor=ground,
            port=port,
            id_=f"{name}-then",
            href=f"{then.page}.svg" if then.page else "",
            tooltip=row.tooltip,
        ),
    ]


def _span(wide: int) -> str:
    return str(wide) if wide > 1 else ""
