"""What a bulk run answers: for each track a column of endings, the rows that were refused.

In: what the runs of `rows.py` or of the masks found. Out: a `BulkAnswer`, with tables of outcomes
and of what was missing. A column is coded: `codes[row]` is the place of the row's ending in
`endings`, so a million rows with forty endings take a million small numbers.

Invariants: `codes` has one number a row; it is -1 where the row was refused or does not come to
that track. An ending equals what `Pathway.evaluate` answers for that row and track, except that
`breach` is None: it would show a patient's values; its reason stands in `reason`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pathwaylang.runtime.answer import PathwayInfo, RequestItem, Status, TrackAnswer
from pathwaylang.runtime.case import CaseProblem

NOWHERE = -1
"""The code of a row that has no ending in a track."""

RowStatus = Literal["recommendation", "request", "outside", "contradiction", "refused"]
Pattern = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that is no case of the pathway (rows count from 0), with all that is wrong with it."""

    row: int
    problems: tuple[CaseProblem, ...]

    def __str__(self) -> str:
        return f"row {self.row}: " + "; ".join(map(str, self.problems))


@dataclass(frozen=True, slots=True)
class TrackColumn:
    """The endings of all rows in one track; `codes` are a numpy array if rows went by columns."""

    stage: str
    track: str
    endings: tuple[TrackAnswer, ...]
    codes: Sequence[int]

    def __getitem__(self, row: int) -> TrackAnswer | None:
        code = self.codes[row]
        return None if code == NOWHERE else self.endings[code]


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How many rows end so in a track; `outcome` is empty unless it is a recommendation."""

    stage: str
    track: str
    status: Status
    outcome: str
    rows: int


@dataclass(frozen=True, slots=True)
class MissingCount:
    """In how many rows something is still to be asked or obtained, in one track or more."""

    action: Literal["ask", "obtain"]
    name: str
    label: str
    rows: int


@dataclass(frozen=True)
class BulkAnswer:
    """The answers of `rows` cases from stage `start` on.

    `columns` has a column for each track of each stage that a row can come to, in reading order.
    """

    pathway: PathwayInfo
    start: str
    rows: int
    columns: tuple[TrackColumn, ...]
    refused: tuple[RowProblem, ...] = ()

    def __getitem__(self, track: str) -> TrackColumn:
        for column in self.columns:
            if column.track == track:
                return column
        known = ", ".join(column.track for column in self.columns)
        raise KeyError(f"no track {track!r} in this answer; it has {known}")

    # ------------------------------------------------------------ rows

    def row(self, index: int) -> tuple[TrackAnswer, ...]:
        """Return the endings of a row, in the order of `Answer.tracks`; empty if it was refused."""
        return self._entries(tuple(int(column.codes[index]) for column in self.columns))

    @cached_property
    def statuses(self) -> Sequence[RowStatus]:
        """For each row the status that `Answer` would have, or `refused`."""
        known = {pattern: self._status(pattern) for pattern in self._patterns}
        return tuple([known[pattern] for pattern in self._each_pattern()])

    # ------------------------------------------------------------ tables

    def status_counts(self) -> dict[RowStatus, int]:
        """Return how many rows have each status; those that none has are left out."""
        found: Counter[RowStatus] = Counter()
        for pattern, rows in self._patterns.items():
            found[self._status(pattern)] += rows
        return dict(sorted(found.items()))

    def outcomes(self) -> tuple[OutcomeCount, ...]:
        """Return how many rows end how in each track: the most frequent first, track by track."""
        found: list[OutcomeCount] = []
        for column in self.columns:
            rows: Counter[tuple[Status, str]] = Counter()
            for code, count in self._code_counts(column).items():
                ending = column.endings[code]
                rows[ending.status, ending.outcome] += count
            found += [
                OutcomeCount(column.stage, column.track, status, outcome, count)
                for (status, outcome), count in sorted(rows.items(), key=lambda i: (-i[1], i[0]))
            ]
        return tuple(found)

    def missing(self) -> tuple[MissingCount, ...]:
        """Return what is still to be asked or obtained, in how many rows; the most wanted first."""
        wanted: Counter[tuple[Literal["ask", "obtain"], str, str]] = Counter()
        for pattern, rows in self._patterns.items():
            for key in {(item.action, item.name, item.label) for item in self._items(pattern)}:
                wanted[key] += rows
        ordered = sorted(wanted.items(), key=lambda item: (-item[1], item[0]))
        return tuple(MissingCount(*key, rows) for key, rows in ordered)

    def to_columns(self) -> dict[str, list[object]]:
        """Return a table as columns, with one entry a row.

        Its columns: row, status, problems, and for each track TRACK_status, TRACK_outcome,
        TRACK_branch, TRACK_requests (names, with commas). A track that stands in two stages has
        its stage in front: STAGE_TRACK_status.
        """
        problems: list[object] = [None] * self.rows
        for refused in self.refused:
            problems[refused.row] = "; ".join(map(str, refused.problems))
        table: dict[str, list[object]] = {
            "row": list(range(self.rows)),
            "status": list(self.statuses),
            "problems": problems,
        }
        names = Counter(column.track for column in self.columns)
        for column in self.columns:
            name = column.track if names[column.track] == 1 else f"{column.stage}_{column.track}"
            for field, texts in coded_texts(column.endings).items():
                by_code = (*texts, None)  # the last, at NOWHERE
                table[f"{name}_{field}"] = [by_code[code] for code in _plain(column.codes)]
        return table

    # ------------------------------------------------------------ patterns

    def _each_pattern(self) -> Iterator[Pattern]:
        return zip(*(_plain(column.codes) for column in self.columns), strict=True)

    @cached_property
    def _patterns(self) -> Mapping[Pattern, int]:
        """The combinations of codes that occur, with the number of their rows."""
        return Counter(self._each_pattern())

    def _code_counts(self, column: TrackColumn) -> Mapping[int, int]:
        counts = Counter(_plain(column.codes))
        counts.pop(NOWHERE, None)
        return counts

    def _entries(self, pattern: Pattern) -> tuple[TrackAnswer, ...]:
        """Return the endings of a row in the order in which its stages are passed."""
        by_stage: dict[str, list[TrackAnswer]] = {}
        for column, code in zip(self.columns, pattern, strict=True):
            if code != NOWHERE:
                by_stage.setdefault(column.stage, []).append(column.endings[code])
        found: list[TrackAnswer] = []
        queue = [self.start]
        while queue:
            here = by_stage.pop(queue.pop(0), [])
            found += here
            queue += [entry.goes_to for entry in here if entry.goes_to]
        return tuple(found)

    def _status(self, pattern: Pattern) -> RowStatus:
        entries = self._entries(pattern)
        if not entries:
            return "refused"
        open_ = (entry.status for entry in entries if entry.status != "recommendation")
        return next(open_, "recommendation")

    def _items(self, pattern: Pattern) -> Iterator[RequestItem]:
        for entry in self._entries(pattern):
            yield from entry.requests


def coded_texts(endings: Sequence[TrackAnswer]) -> dict[str, tuple[str | None, ...]]:
    """Return the texts of a table for each ending: status, outcome, branch, requests."""
    return {
        "status": tuple(entry.status for entry in endings),
        "outcome": tuple(entry.outcome or None for entry in endings),
        "branch": tuple(entry.branch or None for entry in endings),
        "requests": tuple(
            ", ".join(item.name for item in entry.requests) or None for entry in endings
        ),
    }


def _plain(codes: Sequence[int]) -> Sequence[int]:
    """Return codes as plain numbers, whatever holds them."""
    to_list = getattr(codes, "tolist", None)
    return to_list() if callable(to_list) else codes
