"""How the time grows with the number of rules, facts and table rows: from text to the last finding.

Every point is a fresh process with a limit of 60 s of CPU time; a point that needs more is shown as
stopped, and the larger ones of its series are not tried.
"""

from __future__ import annotations

from bench.measure import run_child
from bench.record import Figure, Row, Suite
from bench.suites.plan import Effort

LIMIT = 60
SERIES = (
    (
        "Rules in modules, 30 facts, in order",
        "modular {} ordered",
        (50, 200, 500, 1000, 2000, 5000),
    ),
    (
        "Rules in modules, 30 facts, exactly one",
        "modular {} unordered",
        (50, 200, 500, 1000, 2000, 5000),
    ),
    ("Facts, in modules of five", "facts {}", (10, 30, 100, 300)),
    ("Rows of a table over five inputs of 300 codes", "table {}", (100, 1000, 4200, 10_000)),
)


def measure(effort: Effort) -> Suite:
    """Measure each series, its points in ascending order."""
    rows: list[Row] = []
    for group, pattern, sizes in SERIES:
        for size in sizes[: effort.pick(len(sizes), 2)]:
            child = run_child("growth", pattern.format(size), cpu_limit=LIMIT)
            if child.problem:
                rows.append(Row(group, f"{size:,}", {"parse s": child.problem}))
                break
            figures: dict[str, Figure] = {
                name: value if isinstance(value, str) else float(str(value))
                for name, value in child.data.items()
            }
            figures["memory MB"] = child.megabytes
            rows.append(Row(group, f"{size:,}", figures))
    about = (
        "CPU seconds of one run each: parse and model from generated text, then `diagrams` (what "
        "answers the questions) and `checks` (all findings with their patients) from the same "
        "rules as a graph, so that a text that is refused does not hide the verifier."
    )
    return Suite("growth", "Growth", about, tuple(rows))
