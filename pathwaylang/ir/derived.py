"""Derived facts: definitions, classifications and scores, all pure functions of the facts.

Each has a name in the same space as the facts. A line of a derived fact keeps the id, the place and
the sources it was written with, so that every reason can be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pathwaylang.diagnostics import Span
from pathwaylang.ir.exact import Exact
from pathwaylang.ir.facts import Choice
from pathwaylang.ir.guards import Guard, Interval, Term
from pathwaylang.ir.tagged import Tagged


@dataclass(frozen=True, slots=True)
class Basis:
    """What a line rests on: cited statements as `source.statement`, and expert opinions."""

    cites: tuple[str, ...] = ()
    opinions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """`define x "…" as CONDITION`."""

    name: str
    label: str
    guard: Guard
    unknown_means_no: bool = False
    basis: Basis = Basis()
    text: str = ""
    span: Span | None = None
    kind: Literal["condition"] = "condition"


@dataclass(frozen=True, slots=True)
class Formula:
    """`define x "…": number in UNIT LOW..HIGH as FORMULA`; unknown as soon as an input is."""

    name: str
    label: str
    term: Term
    range: Interval
    unit: str = ""
    basis: Basis = Basis()
    text: str = ""
    span: Span | None = None
    kind: Literal["formula"] = "formula"


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a piecewise number; `guard` is None for `otherwise`."""

    term: Term
    guard: Guard | None
    basis: Basis = Basis()
    text: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Piecewise:
    """A number given line by line; exactly one line may hold."""

    name: str
    label: str
    pieces: tuple[Piece, ...]
    range: Interval
    unit: str = ""
    unknown_means_no: bool = False
    basis: Basis = Basis()
    span: Span | None = None
    kind: Literal["piecewise"] = "piecewise"


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One line of a classification; `guard` is None for `otherwise`."""

    value: str
    guard: Guard | None
    basis: Basis = Basis()
    text: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Classification:
    """`classify [in order]`: gives one of its values."""

    name: str
    label: str
    values: tuple[Choice, ...]
    lines: tuple[ClassLine, ...]
    in_order: bool = False
    unknown_means_no: bool = False
    basis: Basis = Basis()
    span: Span | None = None
    kind: Literal["classification"] = "classification"


@dataclass(frozen=True, slots=True)
class Add:
    """One line of a score."""

    points: Exact
    guard: Guard
    basis: Basis = Basis()
    text: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """`score`: the points of all lines that hold, added up."""

    name: str
    label: str
    lines: tuple[Add, ...]
    unknown_means_no: bool = False
    basis: Basis = Basis()
    span: Span | None = None
    kind: Literal["score"] = "score"


Derived = Annotated[Condition | Formula | Piecewise | Classification | Score, Tagged("kind")]
