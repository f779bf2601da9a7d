"""Source texts and places in them.

A `Source` is a text with a name; a `Span` is a stretch of one source, as code-point offsets.
Lines and columns exist only for readers: they are computed here when something is rendered.

Invariants: `0 <= start <= end <= len(text)`; lines and columns count code points from 1; an end
is exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a source: `source` is the name of the source, offsets are code points."""

    source: str
    start: int
    end: int

    def to(self, other: Span) -> Span:
        """Return the span from the start of this one to the end of `other` (same source)."""
        return Span(self.source, min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True, slots=True)
class Position:
    """A place for readers: line and column, both from 1."""

    line: int
    column: int


def _line_starts(text: str) -> tuple[int, ...]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return tuple(starts)


@dataclass(frozen=True, slots=True)
class Source:
    """A text and the name that messages show for it (a path as the user wrote it)."""

    name: str
    text: str
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", _line_starts(self.text))

    def position(self, offset: int) -> Position:
        r"""Return line and column of an offset.

        >>> Source("a.pw", "one\ntwo").position(5)
        Position(line=2, column=2)
        """
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def line_text(self, line: int) -> str:
        """Return the text of a line (from 1) without its line end."""
        start = self._starts[line - 1]
        end = self._starts[line] - 1 if line < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r")

    def span(self, start: int, end: int) -> Span:
        """Return a span of this source."""
        return Span(self.name, start, end)

    @property
    def line_count(self) -> int:
        """Number of lines; a text that ends in a line end has one more, empty line."""
        return len(self._starts)


class Sources:
    """The sources of one compilation, by name; renderers look places up here."""

    def __init__(self, *sources: Source) -> None:
        self._by_name: dict[str, Source] = {source.name: source for source in sources}

    def add(self, source: Source) -> None:
        """Add or replace a source."""
        self._by_name[source.name] = source

    def get(self, name: str) -> Source | None:
        """Return the source of this name, or None."""
        return self._by_name.get(name)

    def __iter__(self) -> Iterator[Source]:
        return iter(self._by_name.values())

    def line_of(self, span: Span) -> int:
        """Return the line (from 1) where a span starts; 1 where the source is not known."""
        source = self._by_name.get(span.source)
        return source.position(span.start).line if source else 1
