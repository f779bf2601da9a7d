"""The pages of a record as PDF, by reportlab, with room left for the charts.

In come a record, fonts, and the charts' PDFs for their sizes; out come the pages and, for each
chart, the places where it belongs. Tables break between rows and inside long ones, and repeat their
heads; each page has pathway, version, status and hash on top, and its number below.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    KeepTogether,
    ListFlowable,
    PageBreak,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as Grid

from pathwaylang.compiler.emit.report.nodes import (
    Block,
    Bullets,
    Cell,
    Figure,
    Head,
    Line,
    Para,
    Record,
    Section,
    Signatures,
    Table,
    Tone,
)
from pathwaylang.render.adapters.record_charts import Place, Room, rooms_of
from pathwaylang.render.adapters.record_frame import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    Contents,
    Heading,
    set_document,
)
from pathwaylang.render.adapters.record_letters import BOLD, REGULAR, Letters

WIDTH = A4[0] - LEFT - RIGHT
HEIGHT = A4[1] - TOP - BOTTOM
_LEAST_ROOM = 60
_CAPTION = 28
_FRONT = 3
"""Sections on the first page; the contents stand after them."""

_GREY, _PALE = HexColor("#767676"), HexColor("#eeeeee")
_TEXT = ParagraphStyle("text", fontName=REGULAR, fontSize=8.5, leading=11, spaceAfter=4)
_CELL = ParagraphStyle("cell", _TEXT, fontSize=7.8, leading=9.8, spaceAfter=0)
_HEAD = ParagraphStyle("head", _TEXT, fontName=BOLD, fontSize=9.5, spaceBefore=8)
_FRAMES: dict[Tone, tuple[str, str]] = {
    "bad": ("#d55e00", "#fdf0e8"),
    "good": ("#009e73", "#ffffff"),
    "warn": ("#767676", "#ffffff"),
}
_GRID = (
    ("GRID", (0, 0), (-1, -1), 0.4, _GREY),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ("TOPPADDING", (0, 0), (-1, -1), 1.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
)
_SHADED = (*_GRID, ("BACKGROUND", (0, 0), (-1, 0), _PALE))
_SIGN = ("Name", "Date", "Signature")


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages as PDF, and where charts belong."""

    pdf: bytes
    places: tuple[Place, ...]


def set_pages(record: Record, fonts: Mapping[str, bytes], charts: Mapping[str, bytes]) -> Pages:
    """Return the pages of a record."""
    setter = _Setter(record, fonts, charts)
    whole = io.BytesIO()
    set_document(whole, record, setter.letters, setter.story())
    return Pages(whole.getvalue(), tuple(setter.places))


class _Setter:
    """Turns the parts of a record into what reportlab sets."""

    def __init__(
        self, record: Record, fonts: Mapping[str, bytes], charts: Mapping[str, bytes]
    ) -> None:
        self.places: list[Place] = []
        self.letters = Letters(fonts, _anchors(record))
        self._record, self._charts = record, charts

    def story(self) -> Iterator[Flowable]:
        title = ParagraphStyle("title", _TEXT, fontName=BOLD, fontSize=15, leading=19)
        yield Paragraph(self.letters.text(self._record.title, BOLD), title)
        for number, section in enumerate(self._record.sections):
            yield from self._section(section)
            if number == _FRONT - 1:
                yield Spacer(0, 6)
                yield Contents(sum(bool(part.title) for part in self._record.sections))

    def _section(self, section: Section) -> Iterator[Flowable]:
        if section.starts_page:
            yield PageBreak()
        if section.title:
            yield CondPageBreak(_LEAST_ROOM)
            yield Heading(section.title, self.letters)
        for block in section.blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Flowable]:
        match block:
            case Para(lines, tone):
                yield Paragraph(self._lines(lines), _toned(tone))
            case Head(text):
                yield CondPageBreak(_LEAST_ROOM)
                yield Paragraph(self.letters.text(text, BOLD), _HEAD)
            case Bullets(items):
                told = [Paragraph(self._lines(item), _TEXT) for item in items]
                yield ListFlowable(told, bulletType="bullet", start="•", leftIndent=12)
            case Table():
                yield from self._table(block)
            case Figure(chart, title):
                yield from self._figure(chart, title)
            case Signatures(rows):
                yield from (self._signature(row) for row in rows)
            case _:
                assert_never(block)

    def _lines(self, lines: Cell) -> str:
        return "<br/>".join(map(self.letters.line, lines))

    def _table(self, table: Table) -> Iterator[Flowable]:
        if not table.rows:
            return
        whole = sum(table.widths)
        widths = [WIDTH * part / whole for part in table.widths]
        bold = ParagraphStyle("bold", _CELL, fontName=BOLD)
        head = [[Paragraph(self.letters.text(text, BOLD), bold) for text in table.heads]]
        body = [[Paragraph(self._lines(cell), _CELL) for cell in row] for row in table.rows]
        yield Grid(
            (head if table.heads else []) + body,
            colWidths=widths,
            repeatRows=1 if table.heads else 0,
            splitInRow=1,
            style=_SHADED if table.heads else _GRID,
        )
        yield Spacer(0, 6)

    def _figure(self, chart: str, title: str) -> Iterator[Flowable]:
        if chart not in self._charts:
            return
        rooms = rooms_of(chart, self._charts[chart], WIDTH, HEIGHT - _CAPTION)
        for number, room in enumerate(rooms):
            told = f"{title}, continued" if number else title
            caption = Paragraph(self.letters.text(told, BOLD), _HEAD)
            yield CondPageBreak(room.height + _CAPTION)
            yield KeepTogether([caption, _Hole(room, self.places)])

    def _signature(self, row: str) -> Flowable:
        cells = [Paragraph(word, _CELL) for word in _SIGN]
        lined = Grid(
            [cells],
            colWidths=[WIDTH * 0.32] * 3,
            style=[("LINEABOVE", (at, 0), (at, 0), 0.6, _GREY) for at in range(3)],
        )
        told = Paragraph(self.letters.text(row, BOLD), _HEAD)
        return KeepTogether([told, Spacer(0, 16 * mm), lined, Spacer(0, 6 * mm)])


class _Hole(Flowable):  # type: ignore[misc]
    """Room for a chart, or for a strip of it; notes where it was put."""

    def __init__(self, room: Room, places: list[Place]) -> None:
        super().__init__()
        self.width, self.height = room.width, room.height
        self._room, self._places = room, places

    def draw(self) -> None:
        """Note the page and the place on it."""
        x, y = self.canv.absolutePosition(0, 0)
        place = Place(self._room, self.canv.getPageNumber() - 1, x, y)
        if place not in self._places:  # pages are set more than once
            self._places.append(place)


def _toned(tone: Tone) -> ParagraphStyle:
    if tone == "quiet":
        return ParagraphStyle("quiet", _TEXT, textColor=HexColor("#555555"))
    if tone not in _FRAMES:
        return _TEXT
    line, ground = _FRAMES[tone]
    return ParagraphStyle(
        tone,
        _TEXT,
        borderColor=HexColor(line),
        backColor=HexColor(ground),
        borderWidth=1.5,
        borderPadding=5,
        spaceBefore=9,
        spaceAfter=10,
        leftIndent=6,
        rightIndent=6,
    )


def _anchors(record: Record) -> Iterator[str]:
    """Yield where links of a record arrive."""
    for section in record.sections:
        for block in section.blocks:
            for line in _all_lines(block):
                if line.anchor:
                    yield line.anchor


def _all_lines(block: Block) -> Iterator[Line]:
    match block:
        case Para(lines, _):
            yield from lines
        case Bullets(items):
            yield from (line for item in items for line in item)
        case Table():
            yield from (line for row in block.rows for cell in row for line in cell)
        case _:
            return
