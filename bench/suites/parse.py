"""How many lines a second the parser reads, and how that changes with the length of a file."""

from __future__ import annotations

from bench.measure import run_child, spread
from bench.record import Figure, Row, Suite
from bench.suites.plan import Effort

GROUP = "Lines read, the parser's tables built before"


def measure(effort: Effort) -> Suite:
    """Parse the liver files, and generated texts of 1, 10 and 100 times their length."""
    rows = []
    notes = []
    times: dict[str, float] = {}
    jobs = [("liver", "the 22 files of the liver pathway"), ("1", "generated, of the same length")]
    jobs += [("10", "generated, 10 times as long")]
    jobs += effort.pick([("100", "generated, 100 times as long")], [])
    for name, words in jobs:
        rounds = effort.pick(1 if name == "100" else 5, 1)
        found = [run_child("parse", name, cpu_limit=120) for _ in range(rounds)]
        good = [child.data for child in found if not child.problem]
        if not good:
            rows.append(Row(GROUP, words, {"lines a second": found[0].problem}))
            continue
        lines = int(str(good[0]["lines"]))
        seconds = [float(str(data["cpu"])) for data in good]
        times[name] = spread(seconds).median / lines
        figures: dict[str, Figure] = {
            "lines": float(lines),
            "CPU s": spread(seconds),
            "lines a second": spread([lines / second for second in seconds]),
            "µs a line": spread([second / lines * 1e6 for second in seconds]),
        }
        if "1" in times and name != "1":
            figures["µs a line, against 1x"] = times[name] / times["1"]
        rows.append(Row(GROUP, words, figures))
        notes += sorted({str(data["problem"]) for data in good if data["problem"]})
    about = (
        "A generated text is parsed in parts of at most 4 million characters, since one file may "
        "not be longer than 5 million. The growth is linear where the time a line stays the same."
    )
    return Suite("parse", "Parser", about, tuple(rows), tuple(notes))
