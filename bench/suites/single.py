"""One case: generated Python beside a nested `if` written by hand, and beside other engines."""

from __future__ import annotations

from bench.measure import run_child, spread
from bench.record import Figure, Row, Suite, Target
from bench.suites.plan import Effort

LIMITS = {"bare: a leaf": 1.1, "missing values noticed": 1.6, "every field validated": 5.0}
BASE = "by hand"
RATIO = "times by hand"

ABOUT = """\
A decision tree made by a seeded generator, proved and compiled as a pathway. `by hand` is the tree
as a nested `if` over a dict, written by a program: it checks nothing and explains nothing. CPU time
of one case; all ways take turns in each round of each process, a ratio compares neighbours of one
round, and every way's answers are compared before it is timed. `bare` and `missing values noticed`
take cases that were prepared (numbers as whole steps, not timed, as the encoding of the peers is
not); `every field validated` takes the plain dict, refuses unknown fields, wrong words, values out
of range and between steps, and decides."""


def measure(effort: Effort) -> Suite:
    """Measure 40 and 400 leaves; at least 30 pairs in at least 5 processes on a full run."""
    rows: list[Row] = []
    notes: list[str] = []
    for leaves in (40, 400):
        rounds = effort.pick(6, 2)
        children = [
            run_child("single", str(leaves), str(rounds), "--peers")
            for _ in range(effort.pick(5, 1))
        ]
        notes += sorted({f"{leaves} leaves: {c.problem}" for c in children if c.problem})
        good = [child.data for child in children if not child.problem]
        if good:
            inputs = 40 if leaves >= 400 else 12
            rows += _rows(f"{leaves} leaves, {inputs} inputs", good)
            problems = good[0]["problems"]
            assert isinstance(problems, dict)
            notes += [f"{leaves} leaves: {name}: {why}." for name, why in problems.items()]
    return Suite("single", "One case, generated Python", ABOUT, tuple(rows), tuple(notes))


def _rows(group: str, found: list[dict[str, object]]) -> list[Row]:
    merged = merged_times(found)
    rows = []
    for name, values in merged.items():
        figures: dict[str, Figure] = {"ns a case": spread(values)}
        figures[RATIO] = ratio(merged, name)
        target = Target(RATIO, LIMITS[name]) if name in LIMITS else None
        rows.append(Row(group, name, figures, target))
    return rows


def merged_times(found: list[dict[str, object]]) -> dict[str, list[float]]:
    """Return the times of all processes by way."""
    merged: dict[str, list[float]] = {}
    for data in found:
        times = data["times"]
        assert isinstance(times, dict)
        for name, values in times.items():
            merged.setdefault(name, []).extend(values)
    return merged


def ratio(merged: dict[str, list[float]], name: str) -> Figure:
    """Return a way's times against those of the nested `if` in the same round."""
    return spread([value / base for value, base in zip(merged[name], merged[BASE], strict=True)])
