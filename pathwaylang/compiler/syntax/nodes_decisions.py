"""The syntax tree of outcomes, decisions, steps and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pathwaylang.compiler.syntax.nodes_conditions import Expr, Reference
from pathwaylang.compiler.syntax.nodes_lines import Attr
from pathwaylang.compiler.syntax.nodes_words import (
    Literal_,
    Name,
    Quantity,
    Range,
    Text,
    empty_span,
)
from pathwaylang.diagnostics import Span


@dataclass(frozen=True, slots=True)
class RecommendOutcome:
    """`recommend a and b`."""

    names: tuple[Name, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class OfferOutcome:
    """`offer a or b`."""

    names: tuple[Name, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class GoTo:
    """`go to x` or `go to pathway.stage`."""

    target: Reference
    span: Span = empty_span()


OutcomeNode = RecommendOutcome | OfferOutcome | GoTo


@dataclass(frozen=True, slots=True)
class BranchLine:
    """`when … then …`, `when unknown then …` or `otherwise …`; condition only for `when`."""

    word: Literal["when", "unknown", "otherwise"]
    condition: Expr | None
    outcome: OutcomeNode
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Decide:
    """`decide [in order] name "…?"` with attribute and obtain lines, then branches."""

    name: Name
    label: Text
    in_order: bool
    attrs: tuple[Attr, ...]
    branches: tuple[BranchLine, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class StepItem:
    """`step name "…"`: do or obtain something, then continue."""

    name: Name
    label: Text
    attrs: tuple[Attr, ...]
    outcome: OutcomeNode
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class AnyCell:
    """`any`."""

    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class ValuesCell:
    """`a, b` or `not a, b`; a value may be `unknown`."""

    values: tuple[Literal_, ...]
    negated: bool
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class CompareCell:
    """`<= 3 cm`."""

    operator: Literal["<=", ">=", "<", ">"]
    value: Quantity
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class RangeCell:
    """`60..<90`."""

    range: Range
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class OutcomeCell:
    """The cell of the column `then`."""

    outcome: OutcomeNode
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class RefsCell:
    """The cell of a column `cite`."""

    refs: tuple[Reference, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class TextCell:
    """A quoted text, in a column `opinion` or `note`."""

    text: Text
    span: Span = empty_span()


Cell = AnyCell | ValuesCell | CompareCell | RangeCell | OutcomeCell | RefsCell | TextCell


@dataclass(frozen=True, slots=True)
class Row:
    """A table row."""

    cells: tuple[Cell, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class TableItem:
    """`table name "…"`: columns are fact names or the words then, gives, cite, id, opinion."""

    name: Name
    label: Text
    attrs: tuple[Attr, ...]
    columns: tuple[Name, ...]
    rows: tuple[Row, ...]
    span: Span = empty_span()
