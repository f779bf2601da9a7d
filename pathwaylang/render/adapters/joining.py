"""Pages of PDF joined into one file with bookmarks and working links, by pypdf.

In come the pages with their names, titles and link areas; out come the bytes of one PDF. The day of
making is left out, so that the same pathway gives the same pages.

Invariants: pypdf is imported only when pages are joined; areas are in points from the top left.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from pathwaylang.render.problems import missing_library


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle that leads to another page: left, top, right, bottom."""

    box: tuple[float, float, float, float]
    page: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: its name, the title for the bookmark, its PDF, its links."""

    name: str
    title: str
    pdf: bytes
    areas: tuple[Area, ...] = ()


def join_pages(title: str, leaves: tuple[Leaf, ...]) -> bytes:
    """Return one PDF of all pages; RenderError where pypdf is missing."""
    try:
        from pypdf import PdfReader, PdfWriter
        from pypdf.annotations import Link
        from pypdf.generic import Fit
    except ImportError as error:
        raise missing_library("pypdf") from error
    writer = PdfWriter()
    numbers = {leaf.name: number for number, leaf in enumerate(leaves)}
    for leaf in leaves:
        writer.add_page(PdfReader(io.BytesIO(leaf.pdf)).pages[0])
        writer.add_outline_item(title=leaf.title, page_number=numbers[leaf.name])
    for number, leaf in enumerate(leaves):
        height = float(writer.pages[number].mediabox.height)
        for area in leaf.areas:
            if area.page in numbers:
                left, top, right, bottom = area.box
                rect = (left, height - bottom, right, height - top)
                link = Link(rect=rect, target_page_index=numbers[area.page], fit=Fit.fit())
                writer.add_annotation(number, link)
    writer.metadata = {"/Title": title, "/Producer": "pathwaylang"}
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()
