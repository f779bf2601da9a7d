"""What stands in a verification record, before it is written as HTML or PDF.

In comes nothing; the chapters fill these records and the writers read them, so that both forms say
the same. Texts are as authors wrote them: each writer cleans and escapes.

Invariants: a row of a table has as many cells as the table has widths; a `to` names an `anchor` of
the same record or an id of a section; `Figure` names a chart that is handed to the writer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Look = Literal["plain", "strong", "code", "quiet", "bad", "good"]
Tone = Literal["plain", "quiet", "bad", "warn", "good"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look; with `to` it leads to an anchor of the record."""

    text: str
    look: Look = "plain"
    to: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell or paragraph; `anchor` is where links arrive, `level` sets it in."""

    runs: tuple[Run, ...]
    anchor: str = ""
    level: int = 0


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; tones other than plain are framed, and never told by colour alone."""

    lines: Cell
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Head:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `widths` are parts of the width of the page, `heads` may be empty."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, on a page of its own in print."""

    chart: str
    title: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to be signed by hand: who signs, for what."""

    rows: tuple[str, ...]


Block = Para | Head | Bullets | Table | Figure | Signatures


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the record; `starts_page` for those that begin a new page in print."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A whole record: `running` stands on top of each printed page, `foot` below."""

    title: str
    running: tuple[str, str]
    foot: str
    sections: tuple[Section, ...]


def line(
    text: str, look: Look = "plain", *, to: str = "", anchor: str = "", level: int = 0
) -> Line:
    """Return a line of one text."""
    return Line((Run(text, look, to),), anchor, level)


def cell(*texts: str, look: Look = "plain") -> Cell:
    """Return a cell with a line for each text that is not empty."""
    return tuple(line(text, look) for text in texts if text)


def joined(runs: tuple[Run, ...], gap: str = ", ") -> Line:
    """Return runs as one line with something between them."""
    parts: list[Run] = []
    for run in runs:
        parts += [Run(gap), run] if parts else [run]
    return Line(tuple(parts))
