"""How soon an editor is answered after a keystroke in the liver pathway."""

from __future__ import annotations

from typing import cast

from bench.measure import LIVER, Spread, run_child, spread
from bench.record import Row, Suite, Target
from bench.suites.plan import Effort

FILES = (
    LIVER,
    "pathways/liver_mets/staging.pw",
    "pathways/liver_mets/scores.pw",
    "pathways/liver_mets/local_colorectal.pw",
)
CHECKS = (
    ("first check", "when the pathway is opened"),
    ("check", "when a condition was turned into its opposite, or back"),
)
ASKED = (
    ("completion", "what may stand here"),
    ("hover", "what a name means"),
    ("colours", "the colours of the whole file"),
    ("outline", "the outline of the whole file"),
)
LIMIT = 100.0
"""Milliseconds: a keystroke is answered within this median."""


def measure(effort: Effort) -> Suite:
    """Type into several files, in a process each."""
    keystrokes = effort.pick(24, 8)
    every: dict[str, list[float]] = {}
    rows: list[Row] = []
    notes: list[str] = []
    for name in FILES:
        child = run_child("service", name, str(keystrokes), cpu_limit=240)
        if child.problem:
            notes.append(f"{name}: {child.problem}.")
            continue
        times = cast("dict[str, list[float]]", child.data["times"])
        for asked, values in times.items():
            every.setdefault(asked, []).extend(values)
        lines = int(cast("int", child.data["lines"]))
        rows.append(
            Row(
                "Findings after a keystroke, by the file that is typed in",
                name,
                {"lines": float(lines), "CPU ms": _milliseconds(times["findings"])},
            )
        )
    if every:
        whole = Row(
            "Findings after a keystroke",
            "grammar, names, types and units of all 22 files",
            {"CPU ms": _milliseconds(every["findings"])},
            Target("CPU ms", LIMIT),
        )
        others = [
            Row("Then, from the same view", words, {"CPU ms": _milliseconds(every[asked])})
            for asked, words in ASKED
        ]
        checks = [
            Row("The whole check, when typing pauses", words, {"CPU ms": _milliseconds(every[key])})
            for key, words in CHECKS
        ]
        rows = [whole, *rows, *others, *checks]
    about = (
        "Every second keystroke names something that nobody declared, the others change a name. "
        "Only the file that is typed in is parsed; names and types are settled anew for all files. "
        "The check of the whole pathway (proof, examples, counts of branches) runs in a process of "
        "its own when typing pauses; what did not change is not proved again."
    )
    return Suite("service", "Editing the liver pathway", about, tuple(rows), tuple(notes))


def _milliseconds(values: list[float]) -> Spread:
    return spread([value * 1000 for value in values])
