"""Charts laid into the pages of a record, by pypdf.

In come pages with room left, and charts as PDFs of one page; out comes one PDF. A chart keeps its
lines and letters: it is scaled, turned where it is much wider than high, and one that would become
too small is laid in strips that overlap a little.

INVARIANT: letters of a chart are never set smaller than a little under half their size, unless one
strip for each of six pages does not suffice.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import RectangleObject

if TYPE_CHECKING:
    from pathwaylang.render.adapters.record_pages import Pages

_LEAST_SCALE, _MOST_STRIPS, _OVERLAP = 0.55, 6, 18.0


@dataclass(frozen=True, slots=True)
class Room:
    """Room for a part of a chart: its size on the page, and which stretch of the chart it shows."""

    chart: str
    width: float
    height: float
    box: tuple[float, float, float, float]
    scale: float
    is_turned: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where the room was given: the page, counted from 0, and its lower left corner."""

    room: Room
    page: int
    x: float
    y: float


def rooms_of(name: str, chart: bytes, wide: float, high: float) -> tuple[Room, ...]:
    """Return the room that a chart takes on pages of a size."""
    page = PdfReader(io.BytesIO(chart)).pages[0]
    across, up = float(page.mediabox.width), float(page.mediabox.height)
    whole = min(wide / across, high / up, 1.0)
    turned = min(wide / up, high / across, 1.0)
    if turned > whole * 1.2 and turned >= _LEAST_SCALE * 0.8:
        return (Room(name, up * turned, across * turned, (0, 0, across, up), turned, True),)
    scale = min(wide / across, 1.0)
    if whole >= _LEAST_SCALE or whole > scale * 0.8:
        return (Room(name, across * whole, up * whole, (0, 0, across, up), whole),)
    count = min(-(-int(up * scale) // int(high - _OVERLAP)), _MOST_STRIPS)
    step = up / count
    rooms = []
    for number in range(count):
        top = min(up - number * step + _OVERLAP / 2, up)
        bottom = max(up - (number + 1) * step - _OVERLAP / 2, 0.0)
        fit = min(scale, high / (top - bottom))
        rooms.append(Room(name, across * fit, (top - bottom) * fit, (0, bottom, across, top), fit))
    return tuple(rooms)


def lay_charts(pages: Pages, charts: Mapping[str, bytes]) -> bytes:
    """Return the pages with their charts."""
    if not pages.places:
        return pages.pdf
    writer = PdfWriter(clone_from=io.BytesIO(pages.pdf))
    for place in pages.places:
        room = place.room
        chart = PdfReader(io.BytesIO(charts[room.chart])).pages[0]
        chart.cropbox = chart.trimbox = RectangleObject(room.box)
        left, bottom, _, top = room.box
        move = Transformation().translate(-left, -bottom)
        if room.is_turned:
            move = move.rotate(90).translate(top - bottom, 0)
        move = move.scale(room.scale).translate(place.x, place.y)
        writer.pages[place.page].merge_transformed_page(chart, move)
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()
