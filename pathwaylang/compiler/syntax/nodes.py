"""The syntax tree: what the author wrote, nothing resolved, nothing lost.

One class per construct of language.md, in the order of its sections. Every node has a `span` that
is outside equality, so that two trees are equal when they say the same. Attribute lines keep their
order in `attrs`. Comments are kept beside the tree, by place; the printer puts them back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from pathwaylang.diagnostics import Span

NOWHERE = Span("", 0, 0)
"""The place of a node that no text wrote."""


def _span() -> Span:
    return field(default=NOWHERE, compare=False)


# ------------------------------------------------------------------ words


@dataclass(frozen=True, slots=True)
class Name:
    """A name, or a word such as a status."""

    text: str
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Text:
    """A string, unescaped; `block` for the triple-quoted form."""

    value: str
    block: bool = field(default=False, compare=False)
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as written; `unit` is None where none stands."""

    value: Fraction
    digits: str
    unit: Name | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Range:
    """`4..8` or `60..<90`, with a unit behind it or none."""

    low: Quantity
    high: Quantity
    high_open: bool
    unit: Name | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Truth:
    """`yes` or `no`."""

    value: bool
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Unknown:
    """The word `unknown` as a value."""

    span: Span = _span()


Literal_ = Name | Quantity | Truth | Unknown
"""A value as written; `none` is a Name."""


# ------------------------------------------------------------------ conditions


@dataclass(frozen=True, slots=True)
class Reference:
    """A name in a condition or formula: `a`, or `a.b`."""

    parts: tuple[Name, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Paren:
    """An expression in round brackets, kept for printing."""

    item: Expr
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two operands joined by + - * /."""

    operator: Literal["+", "-", "*", "/"]
    left: Expr
    right: Expr
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class CallExpr:
    """A function of formulas: min max abs sqrt log10 round."""

    function: Name
    arguments: tuple[Expr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Compare:
    """`left <= right`; the symbols `≤ ≥` are read as `<= >=`."""

    operator: Literal["<=", ">=", "<", ">"]
    left: Expr
    right: Expr
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class InRange:
    """`x in 2..4`."""

    left: Expr
    range: Range
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Is:
    """`x is a`, `x is not a`, `x is one of a, b` (never `is unknown`)."""

    left: Expr
    values: tuple[Literal_, ...]
    negated: bool
    one_of: bool
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class IsKnown:
    """`x is known` or `x is unknown`."""

    left: Expr
    known: bool
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class TrackRecommends:
    """`local recommends CL14, ablation`."""

    track: Name
    names: tuple[Name, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class NotExpr:
    """`not x`."""

    item: Expr
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class AndExpr:
    """`a and b and c`."""

    items: tuple[Expr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class OrExpr:
    """`a or b or c`."""

    items: tuple[Expr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Bullets:
    """`all of` / `any of` / `none of` / `at least n of` with its bullets."""

    quantifier: Literal["all", "any", "none", "at least"]
    count: int
    items: tuple[Expr, ...]
    span: Span = _span()


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


# ------------------------------------------------------------------ attribute lines


@dataclass(frozen=True, slots=True)
class Cite:
    """`cite source.statement, …`; each reference has one or two parts."""

    refs: tuple[Reference, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Prose:
    """A line with one text.

    Its words: opinion, because, note, ask, group, do, avoid, quote, background, url, file, author.
    """

    word: str
    text: Text
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Word:
    """A line with plain words.

    Its words: id, status, language, grading, strength, evidence, version, read.
    """

    word: str
    values: tuple[Name, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class LabelIn:
    """`label de "Leberresektion"`."""

    language: Name
    text: Text
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class CodeLine:
    """`code LOINC 89247-1 "display"`."""

    system: Name
    code: Name
    display: Text | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Accept:
    """`accept PW0509 because "…"`."""

    code: Name
    because: Text
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class UnknownMeansNo:
    """`unknown means no`, with its own indented lines if any."""

    attrs: tuple[Attr, ...] = ()
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Usually:
    """`usually 0.8 mg/dL`."""

    value: Literal_
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class AskedWhen:
    """`asked when CONDITION`."""

    condition: Expr
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ValidFor:
    """`valid for 28 days`."""

    length: Quantity
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class MayBeUnknown:
    """`may be unknown`."""

    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Converts:
    """`converts 1 mg/dL = 17.1 umol/L`."""

    left: Quantity
    right: Quantity
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ReassessLine:
    """`reassess "after 8 to 12 weeks" at local`."""

    when: Text
    at: Reference
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Obtain:
    """`obtain ct, mri` before a decision."""

    tests: tuple[Name, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class AppliesWhen:
    """`applies when CONDITION`."""

    condition: Expr
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ReviewBy:
    """`review by 2027-11-23`."""

    day: Name
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Approved:
    """`approved "name, role" 2026-12-01 of HASH`."""

    by: Text
    day: Name
    hash: Name
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class OverlayOf:
    """`of NAME version 1.2.0`."""

    base: Name
    version: Name
    span: Span = _span()


Attr = (
    Cite
    | Prose
    | Word
    | LabelIn
    | CodeLine
    | Accept
    | UnknownMeansNo
    | Usually
    | AskedWhen
    | ValidFor
    | MayBeUnknown
    | Converts
    | ReassessLine
    | Obtain
    | AppliesWhen
    | ReviewBy
    | Approved
    | OverlayOf
)


# ------------------------------------------------------------------ types


@dataclass(frozen=True, slots=True)
class YesNoType:
    """`yes/no`."""

    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ChoiceItem:
    """One value of a choice, with its label if it has one."""

    name: Name
    label: Text | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ChoiceType:
    """`choice of a, b "Label"`."""

    items: tuple[ChoiceItem, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class NumberType:
    """`whole number [in UNIT] 0..4` or `number [in UNIT] 0..30 [step 0.1]`."""

    whole: bool
    unit: Name | None
    range: Range
    step: Quantity | None
    span: Span = _span()


TypeNode = YesNoType | ChoiceType | NumberType


# ------------------------------------------------------------------ items


@dataclass(frozen=True, slots=True)
class Head:
    """`pathway`, `module` or `overlay` with its head lines."""

    word: Literal["pathway", "module", "overlay"]
    name: Name
    title: Text
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Use:
    """`use a, b from "file.pw"`."""

    names: tuple[Name, ...]
    path: Text
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Says:
    """`says s38 at "LOCATOR" "PARAPHRASE"` with quote, background, note, accept lines."""

    id: Name
    at: Text
    text: Text
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class SourceItem:
    """`source name "…"` with url, file, read, note lines and its statements."""

    name: Name
    label: Text
    attrs: tuple[Attr, ...]
    says: tuple[Says, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class FactItem:
    """`fact name "…": TYPE` with its lines."""

    name: Name
    label: Text
    type: TypeNode
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class PieceLine:
    """`20 % when …`, or `otherwise 40 %` where `condition` is None."""

    value: Expr
    condition: Expr | None
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Define:
    """`define name "…" [: TYPE] as …`: a condition or formula, or pieces."""

    name: Name
    label: Text
    type: TypeNode | None
    body: Expr | tuple[PieceLine, ...]
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ClassifyLine:
    """`A "Label" when …` or `A "Label" otherwise` (condition None)."""

    name: Name
    label: Text | None
    condition: Expr | None
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Classify:
    """`classify [in order] name "…"` with its lines."""

    name: Name
    label: Text
    in_order: bool
    lines: tuple[ClassifyLine, ...]
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class AddLine:
    """`add 2 when …`."""

    points: Quantity
    condition: Expr
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """`score name "…"` with its lines."""

    name: Name
    label: Text
    lines: tuple[AddLine, ...]
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class TestItem:
    """`test name "…" finds a, b`."""

    name: Name
    label: Text
    finds: tuple[Name, ...]
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class RecommendationItem:
    """`recommendation name "…"` with do, avoid, strength, evidence, reassess, code lines."""

    name: Name
    label: Text
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class StageItem:
    """`stage name "…" starts at a, b`."""

    name: Name
    label: Text
    starts: tuple[Name, ...]
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class RecommendOutcome:
    """`recommend a and b`."""

    names: tuple[Name, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class OfferOutcome:
    """`offer a or b`."""

    names: tuple[Name, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class GoTo:
    """`go to x` or `go to pathway.stage`."""

    target: Reference
    span: Span = _span()


OutcomeNode = RecommendOutcome | OfferOutcome | GoTo


@dataclass(frozen=True, slots=True)
class BranchLine:
    """`when … then …`, `when unknown then …` or `otherwise …`; condition only for `when`."""

    word: Literal["when", "unknown", "otherwise"]
    condition: Expr | None
    outcome: OutcomeNode
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Decide:
    """`decide [in order] name "…?"` with attribute and obtain lines, then branches."""

    name: Name
    label: Text
    in_order: bool
    attrs: tuple[Attr, ...]
    branches: tuple[BranchLine, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class StepItem:
    """`step name "…"`: do or obtain something, then continue."""

    name: Name
    label: Text
    attrs: tuple[Attr, ...]
    outcome: OutcomeNode
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class AnyCell:
    """`any`."""

    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ValuesCell:
    """`a, b` or `not a, b`; a value may be `unknown`."""

    values: tuple[Literal_, ...]
    negated: bool
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class CompareCell:
    """`<= 3 cm`."""

    operator: Literal["<=", ">=", "<", ">"]
    value: Quantity
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class RangeCell:
    """`60..<90`."""

    range: Range
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class OutcomeCell:
    """The cell of the column `then`."""

    outcome: OutcomeNode
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class RefsCell:
    """The cell of a column `cite`."""

    refs: tuple[Reference, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class TextCell:
    """A quoted text, in a column `opinion` or `note`."""

    text: Text
    span: Span = _span()


Cell = AnyCell | ValuesCell | CompareCell | RangeCell | OutcomeCell | RefsCell | TextCell


@dataclass(frozen=True, slots=True)
class Row:
    """A table row."""

    cells: tuple[Cell, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class TableItem:
    """`table name "…"`: columns are fact names or the words then, gives, cite, id, opinion."""

    name: Name
    label: Text
    attrs: tuple[Attr, ...]
    columns: tuple[Name, ...]
    rows: tuple[Row, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ImpossibleItem:
    """`impossible when …`."""

    condition: Expr
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class RecommendRule:
    """`never|always [in STAGE] recommend A or B when C`."""

    word: Literal["never", "always"]
    stage: Name | None
    names: tuple[Name, ...]
    condition: Expr
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class BeforeRule:
    """`always obtain T before A, B`."""

    test: Name
    names: tuple[Name, ...]
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class NeverChangesRule:
    """`FACT never changes TRACK, …`."""

    fact: Name
    tracks: tuple[Name, ...]
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class GivenFact:
    """`fact is value`, `fact` (yes) or `not fact` (no)."""

    name: Name
    value: Literal_
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Given:
    """`given a is 1, b, not c`."""

    facts: tuple[GivenFact, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class GivenLike:
    """`given like "other example"`."""

    example: Text
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Expect:
    """`expect OUTCOME|ask FACT|obtain TEST|outside [in TRACK]`."""

    what: OutcomeNode | Literal["ask", "obtain", "outside"]
    name: Name | None
    track: Name | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ExampleItem:
    """`example "…"` with its given and expect lines."""

    label: Text
    given: tuple[Given | GivenLike, ...]
    expect: tuple[Expect, ...]
    attrs: tuple[Attr, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ReplaceRecommendation:
    """Overlay: `replace recommendation …`."""

    item: RecommendationItem
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ReplaceBranch:
    """Overlay: `replace branch aim.supportive` with one branch."""

    target: Reference
    attrs: tuple[Attr, ...]
    branch: BranchLine
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class RestrictFact:
    """Overlay: `restrict fact …`."""

    item: FactItem
    span: Span = _span()


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
class Comment:
    """A comment with its `#`; `alone` if nothing else stands on its line."""

    text: str
    alone: bool
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class File:
    """A parsed file: its head, its items in order, and its comments by place.

    `broken` holds the stretches of items that could not be read; the formatter copies them.
    """

    head: Head | None
    items: tuple[Item, ...]
    comments: tuple[Comment, ...] = ()
    broken: tuple[Span, ...] = field(default=(), compare=False)
    span: Span = _span()
