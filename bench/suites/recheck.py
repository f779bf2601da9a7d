"""What an edit of one decision of the liver pathway costs, beside a proof from scratch."""

from __future__ import annotations

from bench.measure import run_child, spread
from bench.record import Figure, Row, Suite, Target
from bench.suites.plan import Effort

EDITED = ("gate", "colorectal_surgery", "colorectal_systemic", "backbone")
TARGET = 0.05


def measure(effort: Effort) -> Suite:
    """Let fresh processes prove the pathway and edited versions of it."""
    found = [run_child("recheck") for _ in range(effort.pick(7, 2))]
    good = [child.data for child in found if not child.problem]
    notes = sorted({f"A run failed: {child.problem}." for child in found if child.problem})
    group = "Two branches of a decision change places"
    rows = []
    for name in EDITED if good else ():
        again, scratch = (
            [float(str(data[f"{name} {way}"])) for data in good] for way in ("again", "scratch")
        )
        figures: dict[str, Figure] = {
            "CPU s": spread(again),
            "from scratch, CPU s": spread(scratch),
            "times as fast": spread([s / a for s, a in zip(scratch, again, strict=True)]),
        }
        rows.append(Row(group, f"`{name}`", figures, Target("CPU s", TARGET)))
    about = (
        "The proof alone, from graph to findings, in a process that proved the version before; "
        "text and model are not in it. The findings of both ways are compared: they are the same."
    )
    return Suite("recheck", "Proof after an edit", about, tuple(rows), tuple(notes))
