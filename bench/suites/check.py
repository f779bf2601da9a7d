"""`pathwaylang check` of the liver pathway: a fresh process each time, and where its time goes."""

from __future__ import annotations

from bench.measure import LIVER, Child, Spread, run_child, run_python, spread
from bench.record import Row, Suite, Target
from bench.suites.plan import Effort

PHASES = (
    ("interpreter", "the interpreter starts"),
    ("import", "modules are imported"),
    ("parse", "text to syntax, 22 files; the parser's tables are built"),
    ("model", "syntax to model"),
    ("lower", "model to decision graph"),
    ("prove", "the verifier, all checks"),
    ("artifact", "the compiled pathway is made"),
    ("examples", "the pathway's own examples are run"),
    ("text", "findings and the proof in words"),
)


def measure(effort: Effort) -> Suite:
    """Run the command and its split in turn."""
    command = ("-m", "pathwaylang", "check", LIVER)
    whole, kept, split = [], [], []
    run_python(*command, expect=(0, 1))
    for _ in range(effort.pick(10, 2)):
        whole.append(run_python(*command, "--no-cache", expect=(0, 1)))
        kept.append(run_python(*command, expect=(0, 1)))
        split.append(run_child("phases"))
    told = f"`pathwaylang check {LIVER}`"
    rows = [
        Row("The whole process", f"{told}, proved anew", _whole(whole), Target("CPU s", 1.5)),
        Row("The whole process", f"{told}, nothing changed since the last call", _whole(kept)),
    ]
    parts = [child.data for child in split if not child.problem]
    for name, words in PHASES:
        found = [value for data in parts if isinstance(value := data.get(name), float)]
        if found:
            rows.append(Row("Where the CPU time goes", words, {"CPU ms": _milliseconds(found)}))
    notes = sorted({f"The split failed: {child.problem}." for child in split if child.problem})
    notes += sorted({str(data["pathway"]) for data in parts})
    about = (
        "The first run warms the file cache and is not counted. The split measures the same steps "
        "inside one process."
    )
    return Suite("check", "Check of the liver pathway", about, tuple(rows), tuple(notes))


def _whole(runs: list[Child]) -> dict[str, Spread]:
    return {
        "CPU s": spread([run.cpu for run in runs]),
        "wall s": spread([run.wall for run in runs]),
        "memory MB": spread([run.megabytes for run in runs]),
    }


def _milliseconds(values: list[float]) -> Spread:
    return spread([value * 1000 for value in values])
