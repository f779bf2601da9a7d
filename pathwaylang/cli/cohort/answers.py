"""The answers of a whole cohort: a table with one line a patient, and the counts that are told.

In: the patients, and for those who are cases what `evaluate_many` answered. Out: a `Population`.

Invariant: every patient of the cohort has one line, also one that was refused, with the reasons.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pathwaylang.cli.cohort.gather import Patient, Unmapped
from pathwaylang.runtime import Pathway
from pathwaylang.runtime.answer import TrackAnswer
from pathwaylang.runtime.bulk.answer import BulkAnswer
from pathwaylang.runtime.case import Absent

REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A patient who is no case: the id, the first row, and why."""

    id: str
    row: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """How many patients end so in a track; `question` and `label` are what a reader reads."""

    stage: str
    track: str
    question: str
    status: str
    outcome: str
    label: str
    patients: int


@dataclass(frozen=True, slots=True)
class Missing:
    """In how many patients a fact is to be asked, or a test to be obtained."""

    action: str
    name: str
    label: str
    patients: int


@dataclass(frozen=True, slots=True)
class Population:
    """What is known after the run."""

    rows: int
    patients: int
    statuses: dict[str, int]
    bars: tuple[Bar, ...]
    missing: tuple[Missing, ...]
    refused: tuple[Refusal, ...]
    unmapped: tuple[Unmapped, ...]
    unused: tuple[str, ...]
    unread: tuple[str, ...]
    table: dict[str, list[object]]


@dataclass(frozen=True, slots=True)
class Asked:
    """How the patients are asked: the stage to start at, the day, what absent values mean."""

    stage: str | None
    on: str
    absent: Absent


@dataclass(frozen=True, slots=True)
class Source:
    """What was read: rows, columns that nothing reads, facts that nothing fills, the unmapped."""

    rows: int
    unused: tuple[str, ...]
    unread: tuple[str, ...]
    unmapped: tuple[Unmapped, ...]


def answer_all(
    pathway: Pathway,
    patients: list[Patient],
    source: Source,
    asked: Asked,
    progress: Callable[[int, int | None], None],
) -> Population:
    """Answer all patients who are cases."""
    sound = [number for number, patient in enumerate(patients) if not patient.problems]
    records = [patients[number].given for number in sound]
    bulk = pathway.evaluate_many(
        records, asked.stage, absent=asked.absent, on=asked.on, progress=progress
    )
    reasons = {number: tuple(p.problems) for number, p in enumerate(patients) if p.problems}
    for one in bulk.refused:
        reasons[sound[one.row]] = tuple(map(str, one.problems))
    refused = tuple(Refusal(patients[n].id, patients[n].row, reasons[n]) for n in sorted(reasons))
    statuses: dict[str, int] = {str(k): v for k, v in bulk.status_counts().items()}
    statuses.pop(REFUSED, None)
    if refused:
        statuses[REFUSED] = len(refused)
    return Population(
        source.rows,
        len(patients),
        statuses,
        tuple(_bars(bulk, {one.name: one.label for one in pathway.artifact.graph.decisions})),
        tuple(Missing(m.action, m.name, m.label, m.rows) for m in bulk.missing()),
        refused,
        source.unmapped,
        source.unused,
        source.unread,
        _table(patients, sound, reasons, bulk),
    )


def _bars(bulk: BulkAnswer, questions: dict[str, str]) -> list[Bar]:
    labels: dict[tuple[str, str], str] = {}
    for column in bulk.columns:
        for ending in column.endings:
            labels[column.track, ending.outcome] = label_of(ending)
    return [
        Bar(
            count.stage,
            count.track,
            questions.get(count.track, ""),
            count.status,
            count.outcome,
            labels[count.track, count.outcome] or count.status,
            count.rows,
        )
        for count in bulk.outcomes()
    ]


def label_of(ending: TrackAnswer) -> str:
    """Return an outcome as its labels say it; its own words where it has none (`go to …`)."""
    if ending.offers:
        return "Offer: " + " or ".join(one.label for one in ending.offers)
    return " and ".join(one.label for one in ending.recommendations) or ending.outcome


def _table(
    patients: list[Patient],
    sound: list[int],
    reasons: dict[int, tuple[str, ...]],
    bulk: BulkAnswer,
) -> dict[str, list[object]]:
    answered = bulk.to_columns()
    table: dict[str, list[object]] = {
        "id": [patient.id for patient in patients],
        "row": [patient.row for patient in patients],
        "status": [REFUSED] * len(patients),
        "problems": ["; ".join(reasons[n]) if n in reasons else None for n in range(len(patients))],
    }
    for name, cells in answered.items():
        if name in ("row", "problems"):
            continue
        spread = table.setdefault(name, [None] * len(patients))
        for number, cell in zip(sound, cells, strict=True):
            spread[number] = cell
    return table
