"""What stands on every page of a record as PDF: its head, its foot, its number; and the contents.

In come a record and its letters, out comes a document of reportlab that numbers its pages as
`page 3 of 41`, keeps an outline of the sections, and lists them with their pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from pathwaylang.compiler.emit.report.nodes import Record
from pathwaylang.render.adapters.record_letters import BOLD, REGULAR, Letters

LEFT, RIGHT, TOP, BOTTOM = 18 * mm, 15 * mm, 20 * mm, 20 * mm
_SMALL = ParagraphStyle("small", fontName=REGULAR, fontSize=7.5, leading=9, textColor="#333333")
_FOOT = ParagraphStyle("foot", _SMALL, fontSize=6.3, leading=7.6)
_TITLE = ParagraphStyle(
    "section",
    fontName=BOLD,
    fontSize=12.5,
    leading=16,
    spaceBefore=12,
    spaceAfter=4,
)
_WIDE, _ENTRY = A4[0] - LEFT - RIGHT, 13.0
_NUMBER = 7.5
_TOTAL, _CONTENTS = "pages-in-all", "contents"


class Heading(Paragraph):  # type: ignore[misc]
    """The title of a section: in the outline and in the contents."""

    def __init__(self, text: str, letters: Letters) -> None:
        self.told = text
        super().__init__(letters.text(text, BOLD), _TITLE)

    def draw(self) -> None:
        """Set the title, and note it for the contents."""
        canvas = self.canv
        key = f"section-{len(canvas.sections)}"
        canvas.sections.append((self.told, key, canvas.getPageNumber()))
        canvas.bookmarkPage(key)
        canvas.addOutlineEntry(self.told, key, 0)
        super().draw()


class Contents(Flowable):  # type: ignore[misc]
    """Room for the sections with their pages, which `Counted` fills in at the end."""

    def __init__(self, sections: int) -> None:
        super().__init__()
        self.sections = sections
        self.width, self.height = _WIDE, (sections + 1) * _ENTRY

    def draw(self) -> None:
        """Lay the links; what they say is a form that comes later."""
        canvas = self.canv
        canvas.doForm(_CONTENTS)
        for at in range(self.sections):
            low = self.height - (at + 2) * _ENTRY
            rect = (0, low, _WIDE, low + _ENTRY)
            canvas.linkRect("", f"section-{at}", rect, relative=1, Border="[0 0 0]")
        canvas.contents_height = self.height


class Counted(Canvas):  # type: ignore[misc]
    """A canvas that tells the contents and the number of pages when all of them are there."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.sections: list[tuple[str, str, int]] = []
        self.contents_height = 0.0

    def write_number(self) -> None:
        """Write the number of the page, and leave room for the number of all pages."""
        self.setFont(REGULAR, _NUMBER)
        self.drawRightString(A4[0] - RIGHT - 14, 11 * mm, f"page {self.getPageNumber()} of")
        self.saveState()
        self.translate(A4[0] - RIGHT, 11 * mm)
        self.doForm(_TOTAL)
        self.restoreState()

    def save(self) -> None:
        """Write the forms that were left open, then everything."""
        pages = self.getPageNumber() - 1
        self.beginForm(_TOTAL, -60, -5, 5, 15)
        self.setFont(REGULAR, _NUMBER)
        self.drawRightString(0, 0, str(pages))
        self.endForm()
        if self.contents_height:
            self._write_contents()
        super().save()

    def _write_contents(self) -> None:
        self.beginForm(_CONTENTS, 0, 0, _WIDE, self.contents_height)
        high = self.contents_height - _ENTRY + 4
        self.setFont(BOLD, 9.5)
        self.drawString(0, high, "Contents")
        self.setFont(REGULAR, 8.5)
        for at, (title, _, number) in enumerate(self.sections, 1):
            self.drawString(0, high - at * _ENTRY, title)
            self.drawRightString(_WIDE, high - at * _ENTRY, str(number))
        self.endForm()


def set_document(
    out: BinaryIO, record: Record, letters: Letters, story: Iterable[Flowable]
) -> None:
    """Set a story on pages of A4 with head and foot on each."""
    looks = (_SMALL, ParagraphStyle("right", _SMALL, alignment=TA_RIGHT))
    head = [
        Paragraph(letters.text(text), look)
        for text, look in zip(record.running, looks, strict=True)
    ]
    foot = Paragraph(letters.text(record.foot), _FOOT)

    def frame_page(canvas: Counted, document: BaseDocTemplate) -> None:
        for text, part, x in ((head[0], 0.75, 0.0), (head[1], 0.25, 0.75)):
            _, high = text.wrap(_WIDE * part, 12 * mm)
            text.drawOn(canvas, LEFT + _WIDE * x, A4[1] - 9 * mm - high)
        canvas.setStrokeColor(HexColor("#767676"))
        canvas.line(LEFT, A4[1] - 16 * mm, A4[0] - RIGHT, A4[1] - 16 * mm)
        foot.wrap(_WIDE * 0.85, 12 * mm)
        foot.drawOn(canvas, LEFT, 9 * mm)
        canvas.write_number()

    document = BaseDocTemplate(
        out,
        pagesize=A4,
        title=record.title,
        author="",
        creator="pathwaylang",
        invariant=1,
        lang="en",
    )
    frame = Frame(LEFT, BOTTOM, _WIDE, A4[1] - TOP - BOTTOM, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("page", [frame], onPage=frame_page, pagesize=A4)])
    document.build(list(story), canvasmaker=Counted)
