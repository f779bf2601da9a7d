"""The syntax tree of conditions and formulas, as written: brackets and bullets are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pathwaylang.compiler.syntax.nodes_words import Literal_, Name, Quantity, Range, empty_span
from pathwaylang.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Reference:
    """A name in a condition or formula: `a`, or `a.b`."""

    parts: tuple[Name, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Paren:
    """An expression in round brackets, kept for printing."""

    item: Expr
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two operands joined by + - * /."""

    operator: Literal["+", "-", "*", "/"]
    left: Expr
    right: Expr
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class CallExpr:
    """A function of formulas: min max abs sqrt log10 round."""

    function: Name
    arguments: tuple[Expr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Compare:
    """`left <= right`; the symbols `≤ ≥` are read as `<= >=`."""

    operator: Literal["<=", ">=", "<", ">"]
    left: Expr
    right: Expr
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class InRange:
    """`x in 2..4`."""

    left: Expr
    range: Range
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Is:
    """`x is a`, `x is not a`, `x is one of a, b` (never `is unknown`)."""

    left: Expr
    values: tuple[Literal_, ...]
    negated: bool
    one_of: bool
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class IsKnown:
    """`x is known` or `x is unknown`."""

    left: Expr
    known: bool
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class TrackRecommends:
    """`local recommends CL14, ablation`."""

    track: Name
    names: tuple[Name, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class NotExpr:
    """`not x`."""

    item: Expr
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class AndExpr:
    """`a and b and c`."""

    items: tuple[Expr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class OrExpr:
    """`a or b or c`."""

    items: tuple[Expr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Bullets:
    """`all of` / `any of` / `none of` / `at least n of` with its bullets."""

    quantifier: Literal["all", "any", "none", "at least"]
    count: int
    items: tuple[Expr, ...]
    span: Span = empty_span()


Expr = (
    Reference
    | Quantity
    | Paren
    | Arithmetic
    | CallExpr
    | Compare
    | InRange
    | Is
    | IsKnown
    | TrackRecommends
    | NotExpr
    | AndExpr
    | OrExpr
    | Bullets
)
