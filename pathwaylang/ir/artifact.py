"""The artifact: a compiled pathway as JSON, all that the runtime needs and nothing of the compiler.

It carries the decision graph, the cells of every fact, and the decision diagram of every track as
one table of nodes. Without a diagram (`diagram` is None) partial cases are decided more cautiously.

Invariants: `schema_version` is refused if its major number is newer; a node refers only to nodes
before it, all deeper than itself; a node has one child per cell of its variable. `read_artifact`
checks all of that: a damaged or hostile file gives `ArtifactError`, never anything else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from pathwaylang.ir.cells import Cells, Cut
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.guards import Term
from pathwaylang.ir.proof import ProofRecord

SCHEMA_MAJOR = 1
SCHEMA_VERSION = f"{SCHEMA_MAJOR}.0"
LANGUAGE_VERSION = "0.1"

MOST_BYTES = 64 * 1024 * 1024
MOST_DEPTH = 200
_LONGEST_MAJOR = 6


class ArtifactError(Exception):
    """An artifact that cannot be used; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class LeafEnd:
    """The branch that decides a track."""

    decision: str
    branch: int
    leaf: Literal["end"] = "end"


@dataclass(frozen=True, slots=True)
class LeafWord:
    """A case outside the pathway, or one that an `impossible` excludes."""

    leaf: Literal["outside", "impossible"]


Leaf = LeafEnd | LeafWord


@dataclass(frozen=True, slots=True)
class FormulaVariable:
    """A variable of the diagram that stands for a formula over facts without a grid."""

    name: str
    facts: tuple[str, ...]
    term: Term
    cuts: tuple[Cut, ...]


@dataclass(frozen=True, slots=True)
class DiagramTable:
    """All tracks' diagrams: variables from the root down, leaves, nodes, a root per track.

    A node is (level, child, …); a child below zero is the leaf `-1 - child`, else the index of an
    earlier node. `reading` are a track's facts in reading order.
    """

    variables: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    nodes: tuple[tuple[int, ...], ...]
    roots: tuple[tuple[str, int], ...]
    reading: tuple[tuple[str, tuple[str, ...]], ...]
    formulas: tuple[FormulaVariable, ...] = ()
    order: str = ""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A compiled pathway."""

    schema_version: str
    language_version: str
    tool: str
    source_hash: str
    graph: DecisionGraph
    cells: tuple[Cells, ...]
    constants: tuple[tuple[str, tuple[Cut, ...]], ...]
    diagram: DiagramTable | None
    proof: ProofRecord | None = None
    lines: tuple[tuple[str, int], ...] = ()
    """The line of each branch in its file, by branch id."""
    __pydantic_config__ = ConfigDict(extra="forbid")


_ADAPTER = TypeAdapter(Artifact)


def dump_artifact(artifact: Artifact) -> str:
    """Return the artifact as JSON text, stable from run to run."""
    data = _ADAPTER.dump_python(artifact, mode="json", exclude_defaults=False)
    return json.dumps(_without_spans(data), ensure_ascii=False, separators=(",", ":")) + "\n"


def _without_spans(data: object) -> object:
    """Drop places in the source, and fields that hold nothing."""
    if isinstance(data, dict):
        return {
            key: _without_spans(value)
            for key, value in data.items()
            if not (key.endswith("span") or (value in ("", [], None, False) and key in _OPTIONAL))
        }
    if isinstance(data, list):
        return [_without_spans(item) for item in data]
    return data


_OPTIONAL = frozenset(
    (
        *("note", "notes", "opinions", "cites", "because", "basis", "labels", "codes", "text"),
        *("strength", "evidence", "asked_when", "valid_days", "bridges", "url", "read_on", "file"),
        *("quote", "background", "does", "columns", "obtains", "avoid", "do", "reassess", "group"),
        *("ask", "unit", "range", "step", "whole", "in_order", "unknown_means_no"),
        *("may_be_unknown", "choices", "review_by", "approved", "grading", "applies"),
        *("applies_text", "target", "groups", "cuts"),
    )
)


def read_artifact(data: bytes | str) -> Artifact:
    """Return the artifact that a JSON text holds; raise `ArtifactError` if it is no good one."""
    if len(data) > MOST_BYTES:
        raise ArtifactError(f"the artifact is larger than {MOST_BYTES // 2**20} MB")
    _check_depth(data)
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ArtifactError(f"the artifact is not JSON: {error}") from None
    _check_version(plain)
    try:
        artifact = _ADAPTER.validate_python(plain)
    except (ValidationError, RecursionError) as error:
        raise ArtifactError(f"the artifact is damaged: {_first_problem(error)}") from None
    check_table(artifact)
    return artifact


def _check_depth(data: bytes | str) -> None:
    """Refuse nesting so deep that reading it could exhaust the stack."""
    text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    depth = 0
    in_string = escaped = False
    for character in text:
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "[{":
            depth += 1
            if depth > MOST_DEPTH:
                raise ArtifactError(f"the artifact is nested more than {MOST_DEPTH} levels deep")
        elif character in "]}":
            depth -= 1


def _check_version(plain: object) -> None:
    version = plain.get("schema_version") if isinstance(plain, dict) else None
    major = version.split(".")[0] if isinstance(version, str) else ""
    if not major.isascii() or not major.isdigit() or len(major) > _LONGEST_MAJOR:
        raise ArtifactError("this is not a pathway artifact: it names no schema version")
    if int(major) > SCHEMA_MAJOR:
        raise ArtifactError(
            f"the artifact has schema {version}, this program reads up to {SCHEMA_MAJOR}.x: "
            "update pathwaylang"
        )


def _first_problem(error: ValidationError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"][:6])
    return f"{where}: {first['msg'].lower()}"


def check_table(artifact: Artifact) -> None:
    """Check that names, cells and nodes fit together; raise `ArtifactError` where they do not."""
    facts = {fact.name for fact in artifact.graph.facts}
    cells = {c.fact: len(c.counts) for c in artifact.cells}
    _require(cells.keys() == facts, "its cells do not match its facts")
    _require(all(c.has_unknown or len(c.counts) > 0 for c in artifact.cells), "a fact has no cells")
    table = artifact.diagram
    if table is None:
        return
    sizes = [
        cells.get(name) or next((len(f.cuts) + 1 for f in table.formulas if f.name == name), 0)
        for name in table.variables
    ]
    level: list[int] = []
    for index, node in enumerate(table.nodes):
        _require(len(node) > 1 and 0 <= node[0] < len(sizes), f"node {index} has no variable")
        _require(len(node) - 1 == sizes[node[0]], f"node {index} has a wrong number of ways")
        for child in node[1:]:
            _require(-len(table.leaves) <= child < index, f"node {index} leads nowhere")
            _require(child < 0 or level[child] > node[0], f"node {index} is out of order")
        level.append(node[0])
    for track, root in table.roots:
        _require(-len(table.leaves) <= root < len(table.nodes), f"track {track} has no root")
    decisions = {decision.name: len(decision.branches) for decision in artifact.graph.decisions}
    for leaf in table.leaves:
        if isinstance(leaf, LeafEnd):
            _require(0 <= leaf.branch < decisions.get(leaf.decision, 0), "a leaf has no branch")


def _require(holds: bool, problem: str) -> None:
    if not holds:
        raise ArtifactError(f"the artifact is damaged: {problem}")
