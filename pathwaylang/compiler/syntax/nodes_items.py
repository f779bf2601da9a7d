"""The syntax tree of types, head, sources, facts, derived facts, tests, recommendations, stages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pathwaylang.compiler.syntax.nodes_conditions import Expr
from pathwaylang.compiler.syntax.nodes_lines import Attr
from pathwaylang.compiler.syntax.nodes_words import Name, Quantity, Range, Text, empty_span
from pathwaylang.diagnostics import Span


@dataclass(frozen=True, slots=True)
class YesNoType:
    """`yes/no`."""

    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class ChoiceItem:
    """One value of a choice, with its label if it has one."""

    name: Name
    label: Text | None
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class ChoiceType:
    """`choice of a, b "Label"`."""

    items: tuple[ChoiceItem, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class NumberType:
    """`whole number [in UNIT] 0..4` or `number [in UNIT] 0..30 [step 0.1]`."""

    whole: bool
    unit: Name | None
    range: Range
    step: Quantity | None
    span: Span = empty_span()


TypeNode = YesNoType | ChoiceType | NumberType


# ------------------------------------------------------------------ items


@dataclass(frozen=True, slots=True)
class Head:
    """`pathway`, `module` or `overlay` with its head lines."""

    word: Literal["pathway", "module", "overlay"]
    name: Name
    title: Text
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Use:
    """`use a, b from "file.pw"`."""

    names: tuple[Name, ...]
    path: Text
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Says:
    """`says s38 at "LOCATOR" "PARAPHRASE"` with quote, background, note, accept lines."""

    id: Name
    at: Text
    text: Text
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class SourceItem:
    """`source name "…"` with url, file, read, note lines and its statements."""

    name: Name
    label: Text
    attrs: tuple[Attr, ...]
    says: tuple[Says, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class FactItem:
    """`fact name "…": TYPE` with its lines."""

    name: Name
    label: Text
    type: TypeNode
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class PieceLine:
    """`20 % when …`, or `otherwise 40 %` where `condition` is None."""

    value: Expr
    condition: Expr | None
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Define:
    """`define name "…" [: TYPE] as …`: a condition or formula, or pieces."""

    name: Name
    label: Text
    type: TypeNode | None
    body: Expr | tuple[PieceLine, ...]
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class ClassifyLine:
    """`A "Label" when …` or `A "Label" otherwise` (condition None)."""

    name: Name
    label: Text | None
    condition: Expr | None
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Classify:
    """`classify [in order] name "…"` with its lines."""

    name: Name
    label: Text
    in_order: bool
    lines: tuple[ClassifyLine, ...]
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class AddLine:
    """`add 2 when …`."""

    points: Quantity
    condition: Expr
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """`score name "…"` with its lines."""

    name: Name
    label: Text
    lines: tuple[AddLine, ...]
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class TestItem:
    """`test name "…" finds a, b`."""

    name: Name
    label: Text
    finds: tuple[Name, ...]
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class RecommendationItem:
    """`recommendation name "…"` with do, avoid, strength, evidence, reassess, code lines."""

    name: Name
    label: Text
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class StageItem:
    """`stage name "…" starts at a, b`."""

    name: Name
    label: Text
    starts: tuple[Name, ...]
    attrs: tuple[Attr, ...]
    span: Span = empty_span()
