"""The syntax tree of attribute lines: the lines that describe what stands above them."""

from __future__ import annotations

from dataclasses import dataclass

from pathwaylang.compiler.syntax.nodes_conditions import Expr, Reference
from pathwaylang.compiler.syntax.nodes_words import Literal_, Name, Quantity, Text, empty_span
from pathwaylang.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Cite:
    """`cite source.statement, …`; each reference has one or two parts."""

    refs: tuple[Reference, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Prose:
    """A line with one text.

    Its words: opinion, because, note, ask, group, do, avoid, quote, background, url, file, author.
    """

    word: str
    text: Text
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Word:
    """A line with plain words.

    Its words: id, status, language, grading, strength, evidence, version, read.
    """

    word: str
    values: tuple[Name, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class LabelIn:
    """`label de "Leberresektion"`."""

    language: Name
    text: Text
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class CodeLine:
    """`code LOINC 89247-1 "display"`."""

    system: Name
    code: Name
    display: Text | None
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Accept:
    """`accept PW0509 because "…"`."""

    code: Name
    because: Text
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class UnknownMeansNo:
    """`unknown means no`, with its own indented lines if any."""

    attrs: tuple[Attr, ...] = ()
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Usually:
    """`usually 0.8 mg/dL`."""

    value: Literal_
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class AskedWhen:
    """`asked when CONDITION`."""

    condition: Expr
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class ValidFor:
    """`valid for 28 days`."""

    length: Quantity
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class MayBeUnknown:
    """`may be unknown`."""

    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Converts:
    """`converts 1 mg/dL = 17.1 umol/L`."""

    left: Quantity
    right: Quantity
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class ReassessLine:
    """`reassess "after 8 to 12 weeks" at local`."""

    when: Text
    at: Reference
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Obtain:
    """`obtain ct, mri` before a decision."""

    tests: tuple[Name, ...]
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class AppliesWhen:
    """`applies when CONDITION`."""

    condition: Expr
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class ReviewBy:
    """`review by 2027-11-23`."""

    day: Name
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class Approved:
    """`approved "name, role" 2026-12-01 of HASH`."""

    by: Text
    day: Name
    hash: Name
    span: Span = empty_span()


@dataclass(frozen=True, slots=True)
class OverlayOf:
    """`of NAME version 1.2.0`, with `from "file"` where the base is not `NAME.pw` beside it."""

    base: Name
    version: Name
    path: Text | None = None
    span: Span = empty_span()


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
