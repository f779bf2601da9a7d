"""What a suite found, and its JSON in `bench/results/`.

A `Suite` has rows; a row has figures by the name of their column, and where the design names a
figure to reach, the column it is about and the limit. The JSON carries a description of the machine
and the load while it ran, and no path, name or day.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.measure import Spread
from pathwaylang import __version__

RESULTS = Path(__file__).resolve().parent / "results"
LIBRARIES = (
    *("lark", "pydantic", "click", "python-sat", "z3-solver", "oxidd", "dd", "numpy", "pyarrow"),
    *("zen-engine", "common-expression-language", "cedarpy", "polars", "duckdb"),
)

Figure = Spread | float | str


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to reach in a column: at most the limit, or at least."""

    column: str
    limit: float
    is_least: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured; `group` is the table it stands in."""

    group: str
    what: str
    figures: dict[str, Figure]
    target: Target | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Suite:
    """The result of one suite."""

    name: str
    title: str
    about: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    machine: dict[str, object] = field(default_factory=dict)


def machine(load_before: float, quick: bool) -> dict[str, object]:
    """Return what the figures depend on."""
    return {
        "cores": os.cpu_count() or 0,
        "processor": _processor(),
        "system": platform.system(),
        "python": platform.python_version(),
        "implementation": sys.implementation.name,
        "pathwaylang": __version__,
        "libraries": {name: _version(name) for name in LIBRARIES},
        "load_before": round(load_before, 1),
        "load_after": round(os.getloadavg()[0], 1),
        "quick": quick,
    }


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in text.splitlines() if "model name" in line]
    return names[0] if names else platform.machine()


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def save(suite: Suite) -> None:
    """Write a suite's result."""
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(asdict(suite), indent=1, ensure_ascii=False)
    (RESULTS / f"{suite.name}.json").write_text(text + "\n", encoding="utf-8")


def load(name: str) -> Suite | None:
    """Read a suite's result; None if it was never run."""
    path = RESULTS / f"{name}.json"
    if not path.exists():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    rows = tuple(
        Row(
            row["group"],
            row["what"],
            {
                column: Spread(**value) if isinstance(value, dict) else value
                for column, value in row["figures"].items()
            },
            Target(**row["target"]) if row["target"] else None,
            row["note"],
        )
        for row in data["rows"]
    )
    return Suite(
        data["name"], data["title"], data["about"], rows, tuple(data["notes"]), data["machine"]
    )
