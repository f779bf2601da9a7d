"""Row by row: the plain way of a bulk run, without any library.

In: cases as an iterable of objects, and what answers one. Out: a `BulkAnswer`. A row that is no
case is noted with all that is wrong with it, and the rest goes on.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sized
from dataclasses import replace

from pathwaylang.ir.graph import Stage
from pathwaylang.runtime.answer import PathwayInfo, TrackAnswer
from pathwaylang.runtime.bulk.answer import NOWHERE, BulkAnswer, RowProblem, TrackColumn
from pathwaylang.runtime.case import CaseError

Progress = Callable[[int, int | None], None]
"""Called now and then with the rows done, and the rows in all where that is known."""

EVERY = 1_000
"""Rows between two calls of `progress`."""


class Endings:
    """The endings of one track that were met, each once, by number."""

    def __init__(self) -> None:
        self._places: dict[TrackAnswer, int] = {}

    def code_of(self, entry: TrackAnswer) -> int:
        """Return the number of an ending; the values in its breach are left out."""
        if entry.breach is not None:
            entry = replace(entry, breach=None)
        return self._places.setdefault(entry, len(self._places))

    @property
    def entries(self) -> tuple[TrackAnswer, ...]:
        """The endings, by number."""
        return tuple(self._places)


class Codes:
    """The column of one track while it grows."""

    def __init__(self, stage: str, track: str) -> None:
        self.stage, self.track = stage, track
        self._endings = Endings()
        self._codes = array("i")

    def add(self, row: int, entry: TrackAnswer) -> None:
        """Note the ending of a row; rows come in order."""
        self._fill(row)
        self._codes.append(self._endings.code_of(entry))

    def column(self, rows: int) -> TrackColumn:
        """Return the column of so many rows."""
        self._fill(rows)
        return TrackColumn(self.stage, self.track, self._endings.entries, self._codes)

    def _fill(self, row: int) -> None:
        self._codes.extend([NOWHERE] * (row - len(self._codes)))


Answering = Callable[[object], tuple[TrackAnswer, ...]]
"""Gives the endings of one record, or raises `CaseError`."""


def answer_rows(
    info: PathwayInfo,
    stages: tuple[Stage, ...],
    records: Iterable[object],
    answer: Answering,
    progress: Progress | None = None,
) -> BulkAnswer:
    """Answer all rows; `stages` are those that can be passed, the first is where rows start."""
    columns = {
        (stage.name, track): Codes(stage.name, track) for stage in stages for track in stage.tracks
    }
    total = len(records) if isinstance(records, Sized) else None
    refused: list[RowProblem] = []
    rows = 0
    for record in records:
        try:
            for entry in answer(record):
                columns[entry.stage, entry.track].add(rows, entry)
        except CaseError as error:
            refused.append(RowProblem(rows, error.problems))
        rows += 1
        if progress is not None and rows % EVERY == 0:
            progress(rows, total)
    if progress is not None and rows % EVERY:
        progress(rows, rows)
    found = tuple(codes.column(rows) for codes in columns.values())
    return BulkAnswer(info, stages[0].name, rows, found, tuple(refused))
