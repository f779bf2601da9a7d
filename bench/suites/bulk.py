"""A million cases in columns: our masks, our whole answer, polars and DuckDB, in the same run."""

from __future__ import annotations

from bench.measure import run_child, spread
from bench.record import Figure, Row, Suite, Target
from bench.suites.plan import Effort
from bench.suites.single import BASE, merged_times

MASKS = "masks: cells in, leaves out"
POLARS = "polars, nested"
LEAST = {40: 10.0, 400: 7.0}

ABOUT = """\
The trees of the last section over columns that are in memory already. `by hand` is the nested `if`
in a loop over dicts. `masks` starts from columns of cells (small whole numbers, as `evaluate_many`
makes them while it checks values) and ends with the number of each row's leaf;
`evaluate_many` starts from an Arrow table, checks every value and gives the whole `BulkAnswer`.
polars and DuckDB get the tree as one nested expression over whole numbers, truths and floats, and
give leaf numbers too (DuckDB with the row's number, for its threads may mix rows). CPU time of all
threads; all ways take turns in each round; every way's leaves are compared first. `faster` is
against the loop in the same round."""


def measure(effort: Effort) -> Suite:
    """Measure 40 and 400 leaves."""
    rows: list[Row] = []
    notes: list[str] = []
    count = effort.pick(1_000_000, 100_000)
    for leaves in (40, 400):
        children = [
            run_child("bulk", str(leaves), str(count), str(effort.pick(3, 1)))
            for _ in range(effort.pick(5, 1))
        ]
        notes += sorted({f"{leaves} leaves: {c.problem}" for c in children if c.problem})
        good = [child.data for child in children if not child.problem]
        if good:
            rows += _rows(leaves, count, good)
            problems = good[0]["problems"]
            assert isinstance(problems, dict)
            notes += [f"{leaves} leaves: {name}: {why}." for name, why in problems.items()]
    return Suite("bulk", "Many cases", ABOUT, tuple(rows), tuple(notes))


def _rows(leaves: int, count: int, found: list[dict[str, object]]) -> list[Row]:
    group = f"{leaves} leaves, {count:,} cases"
    merged = merged_times(found)
    rows = []
    for name, values in merged.items():
        figures: dict[str, Figure] = {"ns a case": spread(values)}
        figures["times faster than by hand"] = _faster(merged, BASE, name)
        if POLARS in merged:
            figures["times faster than polars"] = _faster(merged, POLARS, name)
        target = Target("times faster than by hand", LEAST[leaves], True) if name == MASKS else None
        rows.append(Row(group, name, figures, target))
        if name == MASKS and POLARS in merged:
            beside = {"times faster than polars": _faster(merged, POLARS, name)}
            what = "masks, never slower than polars nested"
            rows.append(Row(group, what, beside, Target("times faster than polars", 1.0, True)))
    return rows


def _faster(merged: dict[str, list[float]], base: str, name: str) -> Figure:
    return spread([one / other for one, other in zip(merged[base], merged[name], strict=True)])
