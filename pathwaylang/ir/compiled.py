"""The records of an artifact: a compiled pathway, all that the runtime needs.

It carries the decision graph, the cells of every fact, and the decision diagram of every track as
one table of nodes. `ir.artifact` writes and reads it as JSON; `ir.integrity` says what must fit.

Invariants: a node refers only to nodes before it, all deeper than itself; a node has one child per
cell of its variable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pathwaylang.ir.cells import Cells, Cut
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.guards import Term
from pathwaylang.ir.proof import ProofRecord

SCHEMA_MAJOR = 1
SCHEMA_MINOR = 0
SCHEMA_VERSION = f"{SCHEMA_MAJOR}.{SCHEMA_MINOR}"
LANGUAGE_VERSION = "0.1"


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
    """A variable of the diagram that stands for a formula over facts without a grid.

    Where the formula may have no value (`may_fail`), that is one more class, the last.
    """

    name: str
    facts: tuple[str, ...]
    term: Term
    cuts: tuple[Cut, ...]
    may_fail: bool = False


@dataclass(frozen=True, slots=True)
class DiagramTable:
    """All tracks' diagrams: variables from the root down, leaves, nodes, a root per track.

    A node is (level, child, …); a child below zero is the leaf `-1 - child`, else the index of an
    earlier node. `reading` are all facts, those of the track first, in reading order.
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
    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - read by pydantic, never changed
