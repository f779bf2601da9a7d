"""A verification record as PDF, by reportlab; charts are laid into it by pypdf.

In come a record and its charts as PDF pages, out come the bytes of one PDF for A4. Nothing is drawn
by a browser. Letters are those of the wheel `pymupdf-fonts`, so that every machine sets the record
alike.

Invariants: the same record gives the same bytes; the libraries are imported only when a PDF is
made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pathwaylang.compiler.emit.report import Record
from pathwaylang.render.adapters.fonts import wheel_fonts
from pathwaylang.render.problems import RenderError

REPORT_EXTRA = 'pip install "pathwaylang[report]"'


@dataclass(frozen=True, slots=True)
class Sheet:
    """A chart as a PDF of one page."""

    name: str
    pdf: bytes


def write_pdf(record: Record, sheets: Sequence[Sheet]) -> bytes:
    """Return the record as PDF; RenderError where a library or the fonts are missing."""
    try:
        from pathwaylang.render.adapters.record_charts import lay_charts
        from pathwaylang.render.adapters.record_pages import set_pages
    except ImportError as error:
        raise RenderError(
            f"a record as PDF needs the library {error.name}: {REPORT_EXTRA}; or write .html"
        ) from error
    fonts = wheel_fonts()
    if not fonts:
        raise RenderError(
            f"a record as PDF needs the fonts of pymupdf-fonts: {REPORT_EXTRA}; or write .html"
        )
    pages = set_pages(record, fonts, {sheet.name: sheet.pdf for sheet in sheets})
    return lay_charts(pages, {sheet.name: sheet.pdf for sheet in sheets})
