"""The syntax tree: what the author wrote, nothing resolved, nothing lost.

One class per construct of the language, in the order of its reference; they live in nodes_*.py and
are all to be had here. Every node has a `span` that is outside equality, so that two trees are
equal when they say the same. Attribute lines keep their order in `attrs`. Comments are kept beside
the tree, by place; the printer puts them back.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pathwaylang.compiler.syntax.nodes_conditions import (
    AndExpr,
    Arithmetic,
    Bullets,
    CallExpr,
    Compare,
    Expr,
    InRange,
    Is,
    IsKnown,
    NotExpr,
    OrExpr,
    Paren,
    Reference,
    TrackRecommends,
)
from pathwaylang.compiler.syntax.nodes_decisions import (
    AnyCell,
    BranchLine,
    Cell,
    CompareCell,
    Decide,
    GoTo,
    OfferOutcome,
    OutcomeCell,
    OutcomeNode,
    RangeCell,
    RecommendOutcome,
    RefsCell,
    Row,
    StepItem,
    TableItem,
    TextCell,
    ValuesCell,
)
from pathwaylang.compiler.syntax.nodes_items import (
    AddLine,
    ChoiceItem,
    ChoiceType,
    Classify,
    ClassifyLine,
    Define,
    FactItem,
    Head,
    NumberType,
    PieceLine,
    RecommendationItem,
    Says,
    ScoreItem,
    SourceItem,
    StageItem,
    TestItem,
    TypeNode,
    Use,
    YesNoType,
)
from pathwaylang.compiler.syntax.nodes_lines import (
    Accept,
    AppliesWhen,
    Approved,
    AskedWhen,
    Attr,
    Cite,
    CodeLine,
    Converts,
    LabelIn,
    MayBeUnknown,
    Obtain,
    OverlayOf,
    Prose,
    ReassessLine,
    ReviewBy,
    UnknownMeansNo,
    Usually,
    ValidFor,
    Word,
)
from pathwaylang.compiler.syntax.nodes_rules import (
    BeforeRule,
    ExampleItem,
    Expect,
    Given,
    GivenFact,
    GivenLike,
    ImpossibleItem,
    NeverChangesRule,
    RecommendRule,
    ReplaceBranch,
    ReplaceRecommendation,
    RestrictFact,
)
from pathwaylang.compiler.syntax.nodes_words import (
    NOWHERE,
    Comment,
    Literal_,
    Name,
    Quantity,
    Range,
    Text,
    Truth,
    Unknown,
    empty_span,
)
from pathwaylang.diagnostics import Span

__all__ = [
    "NOWHERE",
    "Accept",
    "AddLine",
    "AndExpr",
    "AnyCell",
    "AppliesWhen",
    "Approved",
    "Arithmetic",
    "AskedWhen",
    "Attr",
    "BeforeRule",
    "BranchLine",
    "Bullets",
    "CallExpr",
    "Cell",
    "ChoiceItem",
    "ChoiceType",
    "Cite",
    "Classify",
    "ClassifyLine",
    "CodeLine",
    "Comment",
    "Compare",
    "CompareCell",
    "Converts",
    "Decide",
    "Define",
    "ExampleItem",
    "Expect",
    "Expr",
    "FactItem",
    "File",
    "Given",
    "GivenFact",
    "GivenLike",
    "GoTo",
    "Head",
    "ImpossibleItem",
    "InRange",
    "Is",
    "IsKnown",
    "Item",
    "LabelIn",
    "Literal_",
    "MayBeUnknown",
    "Name",
    "NeverChangesRule",
    "NotExpr",
    "NumberType",
    "Obtain",
    "OfferOutcome",
    "OrExpr",
    "OutcomeCell",
    "OutcomeNode",
    "OverlayOf",
    "Paren",
    "PieceLine",
    "Prose",
    "Quantity",
    "Range",
    "RangeCell",
    "ReassessLine",
    "RecommendOutcome",
    "RecommendRule",
    "RecommendationItem",
    "Reference",
    "RefsCell",
    "ReplaceBranch",
    "ReplaceRecommendation",
    "RestrictFact",
    "ReviewBy",
    "Row",
    "Says",
    "ScoreItem",
    "SourceItem",
    "StageItem",
    "StepItem",
    "TableItem",
    "TestItem",
    "Text",
    "TextCell",
    "TrackRecommends",
    "Truth",
    "TypeNode",
    "Unknown",
    "UnknownMeansNo",
    "Use",
    "Usually",
    "ValidFor",
    "ValuesCell",
    "Word",
    "YesNoType",
]

Item = (
    Head
    | Use
    | SourceItem
    | FactItem
    | Define
    | Classify
    | ScoreItem
    | TestItem
    | RecommendationItem
    | StageItem
    | Decide
    | StepItem
    | TableItem
    | ImpossibleItem
    | RecommendRule
    | BeforeRule
    | NeverChangesRule
    | ExampleItem
    | ReplaceRecommendation
    | ReplaceBranch
    | RestrictFact
)


@dataclass(frozen=True, slots=True)
class File:
    """A parsed file: its head, its items in order, and its comments by place.

    `broken` holds the stretches of items that could not be read; the formatter copies them.
    """

    head: Head | None
    items: tuple[Item, ...]
    comments: tuple[Comment, ...] = ()
    broken: tuple[Span, ...] = field(default=(), compare=False)
    span: Span = empty_span()
