"""What an application pays to embed the runtime: importing it, beside pydantic, and loading."""

from __future__ import annotations

from bench.measure import run_child, run_python, spread
from bench.record import Row, Suite, Target
from bench.suites.plan import Effort

IMPORTS = (
    ("nothing", "pass"),
    ("the name pydantic", "import pydantic"),
    ("pydantic, with a model and an adapter", "from pydantic import BaseModel, TypeAdapter"),
    ("`pathwaylang.runtime`", "import pathwaylang.runtime"),
    ("`pathwaylang.compiler.pipeline`", "import pathwaylang.compiler.pipeline"),
)


def measure(effort: Effort) -> Suite:
    """Import in turn; then load the liver artifact in fresh processes."""
    above: dict[str, list[float]] = {words: [] for words, _ in IMPORTS}
    for turn in range(effort.pick(15, 4) + 1):
        empty = 0.0
        for words, code in IMPORTS:
            taken = run_python("-c", code).cpu * 1000
            empty = taken if words == "nothing" else empty
            if turn:
                above[words].append(taken if words == "nothing" else taken - empty)
    pydantic = spread(above["pydantic, with a model and an adapter"]).median
    rows = [
        Row(
            "Import, CPU time above an interpreter that does nothing",
            words,
            {
                "CPU ms": spread(above[words]),
                "against pydantic": spread([value / pydantic for value in above[words]]),
            },
            Target("against pydantic", 1.3) if words == "`pathwaylang.runtime`" else None,
        )
        for words, _ in IMPORTS
        if words != "nothing"
    ]
    found = [run_child("load") for _ in range(effort.pick(5, 2))]
    good = [child.data for child in found if not child.problem]
    notes = sorted({f"Loading failed: {child.problem}." for child in found if child.problem})
    if good:
        rows += _loading(good)
    about = (
        "In the second table, the process has imported the runtime and nothing of the compiler: "
        "the first load builds pydantic's validators, later ones do not."
    )
    return Suite("imports", "Import and loading", about, tuple(rows), tuple(notes))


def _loading(found: list[dict[str, object]]) -> list[Row]:
    def row(words: str, name: str) -> Row:
        values = spread([float(str(data[name])) * 1000 for data in found])
        return Row("Loading the liver artifact", words, {"CPU ms": values})

    size = float(str(found[0]["bytes"])) / 1e6
    plain = spread([float(str(data["json"])) * 1000 for data in found])
    return [
        Row("Loading the liver artifact", "`json.loads` alone", {"CPU ms": plain, "size MB": size}),
        row("`loads`, first in the process", "first"),
        row("`loads`, again", "again"),
        row("first answer after that", "answer"),
        row("generated Python of the nine tracks of management", "generated"),
    ]
