"""Answering one case, beside a program that was written by hand for the same pathway."""

from __future__ import annotations

from bench.measure import run_child, spread
from bench.record import Figure, Row, Suite
from bench.suites.plan import Effort

SUBJECTS = (
    (
        "small",
        "A small pathway: 10 facts, 4 decisions, one track; by hand: nested `if` over a dict",
    ),
    (
        "liver",
        "The liver pathway, stage management, 9 tracks; by hand: the tests' own transcription",
    ),
)


def measure(effort: Effort) -> Suite:
    """Measure in several processes, since a process has a speed of its own."""
    rows: list[Row] = []
    notes: list[str] = []
    for name, group in SUBJECTS:
        rounds = effort.pick(6, 3)
        found = [run_child("evaluate", name, str(rounds)) for _ in range(effort.pick(5, 1))]
        good = [child.data for child in found if not child.problem]
        notes += sorted({f"{name}: {child.problem}" for child in found if child.problem})
        if good:
            rows += _rows(group, good)
            data = good[0]
            notes.append(
                f"{name}: both say the same for {data['agreed']}; {data['requests']} of "
                f"{data['cases']} partial cases end in a request."
            )
    notes.append(
        "These rows are the interpreter, which also gives the trace and the words; what generated "
        "Python takes stands in the section on one case."
    )
    about = (
        "CPU time of one case; the ways take turns within a process, several processes; a ratio "
        "compares neighbours of one round. `by hand` neither checks its input nor explains itself."
    )
    return Suite("evaluate", "Answering one case", about, tuple(rows), tuple(notes))


def _rows(group: str, found: list[dict[str, object]]) -> list[Row]:
    merged: dict[str, list[float]] = {}
    for data in found:
        times = data["times"]
        assert isinstance(times, dict)
        for name, values in times.items():
            merged.setdefault(name, []).extend(values)
    rows = []
    base = merged["by hand"]
    for name, values in merged.items():
        figures: dict[str, Figure] = {"µs a case": spread([value / 1000 for value in values])}
        ratios = [value / ground for value, ground in zip(values, base, strict=True)]
        figures["times by hand"] = spread(ratios)
        rows.append(Row(group, name, figures))
    return rows
