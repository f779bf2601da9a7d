"""The built liver pathway in the words of the oracle.

Out: the compiled pathway (once a process), and for a case the rows of its tracks, its classes and
its predicates under the names that the tables of the oracle use.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Source
from pathwaylang.ir.artifact import dump_artifact
from pathwaylang.ir.derive import Values
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import Branch, DecisionGraph
from pathwaylang.runtime import Pathway, loads
from pathwaylang.runtime.walk import Walk, Walker
from tests.liver_mets.oracle import TRACKS, Case
from tests.liver_mets.oracle.facts import UNKNOWN
from tests.liver_mets.oracle.staging import CONFLICTS
from tests.liver_mets.oracle.transplant import PREDICATES

FOLDER = Path(__file__).resolve().parent.parent.parent / "pathways"
MAIN = "liver_mets.pw"

STAGES = ("workup", "staging", "management")

CLASSES = ("lf", "ehd_class", "resectability", "onc_risk")
SCORES = ("crs", "crs_max", "child_pugh")
IN_TEXT_ONLY = ("alpps_variant",)
"""What the pathway says in the text of a recommendation, not in a definition."""

OPEN_CATEGORIES = ("m_not_this_pathway", "m_undetermined", "m1_undetermined")
"""Recommendations that the tables call by their name; the other categories are their labels."""

PERMITS = tuple(name for name in PREDICATES if name not in IN_TEXT_ONLY)


@cache
def texts() -> dict[str, str]:
    """Return the files of the pathway by their path."""
    files = sorted(FOLDER.rglob("*.pw"))
    return {path.relative_to(FOLDER).as_posix(): path.read_text("utf-8") for path in files}


def compiled(files: Mapping[str, str]) -> Compilation:
    """Return the compilation of the pathway from these files."""
    return Compilation(
        Source(MAIN, files[MAIN]), lambda path: Source(path, files[path]) if path in files else None
    )


@cache
def compilation() -> Compilation:
    """Return the compilation of the pathway as it stands."""
    return compiled(texts())


@cache
def graph() -> DecisionGraph:
    """Return its decision graph."""
    found = compilation().graph
    assert found is not None
    return found


@cache
def walker() -> Walker:
    """Return the reference evaluator."""
    return Walker(graph())


@cache
def pathway() -> Pathway:
    """Return the pathway as an app gets it: written as an artifact and read again."""
    artifact = compilation().artifact
    assert artifact is not None, "the pathway is not clean"
    return loads(dump_artifact(artifact))


@cache
def branches() -> dict[str, Branch]:
    """Return every branch by its id."""
    return {branch.id: branch for one in graph().decisions for branch in one.branches}


@cache
def labels() -> dict[str, str]:
    """Return the label of every recommendation by its name."""
    return {item.name: item.label for item in graph().recommendations}


def category(name: str) -> str:
    """Return a recommendation of the M category as the tables call it."""
    return name.upper() if name in OPEN_CATEGORIES else labels()[name]


def row_of(track: str, branch: Branch) -> str:
    """Return a branch by its row: its id, or for the M category what it records."""
    if track == "m_category":
        return category(branch.outcome.names[0])
    return "NONE" if branch.id in ("L_NONE", "S_NONE") else branch.id


def row_of_walk(track: str, walk: Walk) -> str:
    """Return the row where a walk ends."""
    return str(walk.halt) if walk.halt else row_of(track, walker().branch(walk.passed[-1]))


def rows(values: Values) -> dict[str, str]:
    """Return the row of every track by the reference evaluator."""
    return {track: row_of_walk(track, walker().walk(track, values)) for track in TRACKS}


def number(value: Value) -> int | str:
    """Return a score as the oracle does."""
    return int(value) if isinstance(value, Fraction) else str(value)


def classes(values: Values) -> dict[str, str | int]:
    """Return the classes and scores, `not_known` as the oracle says it."""
    named = {name: str(values(name)).replace("not_known", UNKNOWN) for name in CLASSES}
    return {**named, **{name: number(values(name)) for name in SCORES}}


def predicates(values: Values) -> dict[str, bool]:
    """Return whether each predicate of the tables holds for certain."""
    return {name: values(name.lower()) is True for name in PERMITS}


@cache
def _conflict_names() -> dict[str, str]:
    names = [derived.name for derived in graph().derived]
    return {
        x: next(name for name in names if name.startswith(f"{x.lower()}_")) for x, _ in CONFLICTS
    }


def conflicts(values: Values) -> tuple[str, ...]:
    """Return the contradictions that the case shows."""
    return tuple(x for x, name in _conflict_names().items() if values(name) is True)


def as_json(case: Case) -> dict[str, object]:
    """Return a case as JSON would bring it."""
    return {name: _plain(value) for name, value in case.items()}


def _plain(value: Value) -> object:
    if not isinstance(value, Fraction):
        return value
    return int(value) if value.denominator == 1 else float(value)
