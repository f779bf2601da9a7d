"""The lines under an item: which may stand there, how often, and what they say.

The grammar is generous with lines; here each kind of item has its list. Findings: PW0202 (a line
that does not belong there), PW0211 (`unknown means no` without a reason), PW0212 (a line that may
stand once stands twice).
"""

from __future__ import annotations

from collections.abc import Iterable

from pathwaylang.compiler.model.report import Report
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label, Span
from pathwaylang.ir.facts import FactCode

Attrs = tuple[syntax.Attr, ...]

_COMMON = frozenset({"cite", "opinion", "because", "note", "label", "accept"})
ALLOWED: dict[str, frozenset[str]] = {
    "pathway": _COMMON
    | {"version", "status", "language", "author", "grading", "review by", "approved"}
    | {"applies when"},
    "module": _COMMON
    | {"version", "status", "language", "author", "grading", "review by", "approved"},
    "overlay": _COMMON
    | {"version", "status", "language", "author", "grading", "review by", "approved", "of"},
    "restricted fact": _COMMON | {"ask", "group", "usually", "may be unknown"},
    "replaced branch": _COMMON | {"id", "strength"},
    "source": frozenset({"url", "file", "read", "note", "label", "accept"}),
    "statement": frozenset({"quote", "background", "note", "accept"}),
    "fact": _COMMON
    | {"ask", "code", "group", "usually", "asked when", "valid for", "may be unknown", "converts"},
    "definition": _COMMON | {"unknown means no"},
    "line": _COMMON,
    "classification": _COMMON | {"unknown means no"},
    "score": _COMMON | {"unknown means no"},
    "table": _COMMON | {"unknown means no", "obtain"},
    "test": _COMMON | {"code"},
    "recommendation": _COMMON | {"do", "avoid", "strength", "evidence", "reassess", "code"},
    "stage": _COMMON,
    "decision": _COMMON | {"unknown means no", "obtain"},
    "branch": _COMMON | {"id", "strength"},
    "step": _COMMON | {"do", "obtain", "id", "strength"},
    "rule": _COMMON,
    "example": frozenset({"note", "accept", "label"}),
}
"""Kind of item -> the lines that may stand under it, by their first words."""

_ONCE = frozenset(
    {"version", "status", "language", "grading", "review by", "approved", "applies when", "of"}
    | {"url", "file", "read", "quote", "background", "ask", "group", "usually", "asked when"}
    | {"valid for", "may be unknown", "unknown means no", "strength", "evidence", "id"}
)


def word_of(attr: syntax.Attr) -> str:
    """Return the words that a line starts with."""
    match attr:
        case syntax.Prose() | syntax.Word():
            return attr.word
        case syntax.Cite():
            return "cite"
        case syntax.LabelIn():
            return "label"
        case syntax.CodeLine():
            return "code"
        case syntax.Accept():
            return "accept"
        case syntax.UnknownMeansNo():
            return "unknown means no"
        case syntax.Usually():
            return "usually"
        case syntax.Converts():
            return "converts"
        case _:
            return _longer_word(attr)


def _longer_word(attr: syntax.Attr) -> str:
    match attr:
        case syntax.AskedWhen():
            return "asked when"
        case syntax.ValidFor():
            return "valid for"
        case syntax.MayBeUnknown():
            return "may be unknown"
        case syntax.ReassessLine():
            return "reassess"
        case syntax.Obtain():
            return "obtain"
        case syntax.AppliesWhen():
            return "applies when"
        case syntax.ReviewBy():
            return "review by"
        case syntax.Approved():
            return "approved"
        case _:
            return "of"


def check_lines(report: Report, attrs: Attrs, kind: str) -> None:
    """Report lines that do not belong under a kind of item, and lines that stand twice."""
    seen: dict[str, Span] = {}
    for attr in attrs:
        word = word_of(attr)
        if word not in ALLOWED[kind]:
            article = "an" if kind[0] in "aeiou" else "a"
            report.add(
                "PW0202",
                f"`{word}` does not belong under {article} {kind}",
                Label(attr.span),
                help="here may stand: " + ", ".join(sorted(ALLOWED[kind])) + ".",
            )
        elif word in _ONCE and word in seen:
            report.add(
                "PW0212",
                f"`{word}` stands twice",
                Label(attr.span),
                Label(seen[word], "the first"),
                help="keep one of them.",
            )
        seen.setdefault(word, attr.span)


def prose(attrs: Iterable[syntax.Attr], word: str) -> tuple[str, ...]:
    """Return the texts of all lines of one word, in order."""
    return tuple(
        attr.text.value for attr in attrs if isinstance(attr, syntax.Prose) and attr.word == word
    )


def one_prose(attrs: Iterable[syntax.Attr], word: str) -> str:
    """Return the text of the first line of one word, or an empty text."""
    return next(iter(prose(attrs, word)), "")


def words(attrs: Iterable[syntax.Attr], word: str) -> tuple[syntax.Name, ...]:
    """Return the words of the first line of one kind, such as `strength strong for`."""
    for attr in attrs:
        if isinstance(attr, syntax.Word) and attr.word == word:
            return attr.values
    return ()


def labels(attrs: Iterable[syntax.Attr]) -> tuple[tuple[str, str], ...]:
    """Return the labels in other languages, as (language, text)."""
    return tuple(
        (attr.language.text, attr.text.value) for attr in attrs if isinstance(attr, syntax.LabelIn)
    )


def codes(attrs: Iterable[syntax.Attr]) -> tuple[FactCode, ...]:
    """Return the `code` lines."""
    return tuple(
        FactCode(attr.system.text, attr.code.text, attr.display.value if attr.display else "")
        for attr in attrs
        if isinstance(attr, syntax.CodeLine)
    )


def unknown_means_no(report: Report, attrs: Attrs) -> bool:
    """Tell whether the line stands there; it needs a reason, its own or its item's (PW0211)."""
    for attr in attrs:
        if isinstance(attr, syntax.UnknownMeansNo):
            if not prose(attr.attrs, "because") and not prose(attrs, "because"):
                report.add(
                    "PW0211",
                    "`unknown means no` gives no reason",
                    Label(attr.span),
                    notes=("Missing is never normal; say why it may count as no here.",),
                    help='add the line `because "…"` below it.',
                )
            return True
    return False
