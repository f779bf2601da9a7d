"""How generated code grows with the leaves of a tree: time of a case, size, time to make it."""

from __future__ import annotations

from bench.measure import run_child, spread
from bench.record import Figure, Row, Suite
from bench.suites.plan import Effort
from bench.suites.single import merged_times, ratio

SIZES = (40, 400, 1_000, 2_000, 4_000)

ABOUT = """\
The same trees from 40 to 4,000 leaves. `made` is the CPU time from the loaded artifact to the
function that notices missing values, `source` its text; a case costs what its questions cost, so
time should grow like the depth of the tree."""


def measure(effort: Effort) -> Suite:
    """Measure each size in some processes."""
    rows: list[Row] = []
    notes: list[str] = []
    for leaves in effort.pick(SIZES, SIZES[:2]):
        children = [
            run_child("single", str(leaves), str(effort.pick(5, 2)))
            for _ in range(effort.pick(3, 1))
        ]
        notes += sorted({f"{leaves:,} leaves: {c.problem}" for c in children if c.problem})
        good = [child.data for child in children if not child.problem]
        if good:
            merged = merged_times(good)
            figures: dict[str, Figure] = {
                "by hand ns": spread(merged["by hand"]),
                "bare ns": spread(merged["bare: a leaf"]),
                "bare, times by hand": ratio(merged, "bare: a leaf"),
                "checked, times by hand": ratio(merged, "missing values noticed"),
                "made s": spread([float(str(data["made"])) for data in good]),
                "source kB": float(str(good[0]["source"])) / 1000,
            }
            rows.append(Row("Leaves", f"{leaves:,}", figures))
    title = "Generated Python and the number of leaves"
    return Suite("leaves", title, ABOUT, tuple(rows), tuple(notes))
