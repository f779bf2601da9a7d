"""The syntax tree of constraints, safety rules, examples and overlays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pathwaylang.compiler.syntax.nodes_conditions import Expr, Reference
from pathwaylang.compiler.syntax.nodes_decisions import BranchLine, OutcomeNode
from pathwaylang.compiler.syntax.nodes_items import FactItem, RecommendationItem
from pathwaylang.compiler.syntax.nodes_lines import Attr
from pathwaylang.compiler.syntax.nodes_words import Literal_, Name, Text, empty_span
from pathwaylang.diagnostics import Span


@dataclass(frozen=True, slots=True)
class ImpossibleItem:
    """`impossible when …`."""

    condition: Expr
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class RecommendRule:
    """`never|always [in STAGE] recommend A or B when C`."""

    word: Literal["never", "always"]
    stage: Name | None
    names: tuple[Name, ...]
    condition: Expr
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class BeforeRule:
    """`always obtain T before A, B`."""

    test: Name
    names: tuple[Name, ...]
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class NeverChangesRule:
    """`FACT never changes TRACK, …`."""

    fact: Name
    tracks: tuple[Name, ...]
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class GivenFact:
    """`fact is value`, `fact` (yes) or `not fact` (no)."""

    name: Name
    value: Literal_
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Given:
    """`given a is 1, b, not c`."""

    facts: tuple[GivenFact, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class GivenLike:
    """`given like "other example"`."""

    example: Text
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Expect:
    """`expect OUTCOME|ask FACT|obtain TEST|outside [in TRACK]`."""

    what: OutcomeNode | Literal["ask", "obtain", "outside"]
    name: Name | None
    track: Name | None
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class ExampleItem:
    """`example "…"` with its given and expect lines."""

    label: Text
    given: tuple[Given | GivenLike, ...]
    expect: tuple[Expect, ...]
    attrs: tuple[Attr, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class ReplaceRecommendation:
    """Overlay: `replace recommendation …`."""

    item: RecommendationItem
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class ReplaceBranch:
    """Overlay: `replace branch aim.supportive` with one branch."""

    target: Reference
    attrs: tuple[Attr, ...]
    branch: BranchLine
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class RestrictFact:
    """Overlay: `restrict fact …`."""

    item: FactItem
    span: Span = empty_span()
