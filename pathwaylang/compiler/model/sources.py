"""`source` items -> citable sources; quotes are looked for in the file that the source names.

White space counts as one space on both sides of the comparison. Findings: PW0302 (a statement id
twice), PW0702 (a quote that is not in the file), PW0905 (the file cannot be read).
"""

from __future__ import annotations

from difflib import SequenceMatcher

from pathwaylang.compiler.model import attributes
from pathwaylang.compiler.model.modules import join_path
from pathwaylang.compiler.model.scope import Scope
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label, Source
from pathwaylang.ir.graph import Citable, Statement

_LONGEST = 200_000
_CLOSE = 0.6


def build_source(scope: Scope, item: syntax.SourceItem) -> Citable:
    """Return a source with its statements."""
    attributes.check_lines(scope.report, item.attrs, "source")
    text = _text_of(scope, item)
    seen: dict[str, syntax.Says] = {}
    statements: list[Statement] = []
    for says in item.says:
        first = seen.setdefault(says.id.text, says)
        if first is not says:
            scope.report.add(
                "PW0302",
                f"the statement `{item.name.text}.{says.id.text}` is declared twice",
                Label(says.id.span),
                Label(first.id.span, "the first"),
                help="give one of them another id.",
            )
            continue
        statements.append(_statement(scope, says, text))
    return Citable(
        item.name.text,
        item.label.value,
        tuple(statements),
        attributes.one_prose(item.attrs, "url"),
        " ".join(word.text for word in attributes.words(item.attrs, "read")),
        attributes.one_prose(item.attrs, "file"),
        attributes.prose(item.attrs, "note"),
        item.span,
    )


def _statement(scope: Scope, says: syntax.Says, text: Source | None) -> Statement:
    attributes.check_lines(scope.report, says.attrs, "statement")
    quote = attributes.one_prose(says.attrs, "quote")
    if quote and text is not None and _flat(quote) not in _flat(text.text):
        _report_quote(scope, says, quote, text)
    background = attributes.one_prose(says.attrs, "background")
    return Statement(says.id.text, says.at.value, says.text.value, quote, background, says.span)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _text_of(scope: Scope, item: syntax.SourceItem) -> Source | None:
    line = next((a for a in item.attrs if isinstance(a, syntax.Prose) and a.word == "file"), None)
    if line is None:
        return None
    path = join_path(scope.path, line.text.value)
    text = dict(scope.build.modules.texts).get(path)
    if text is None:
        scope.report.add(
            "PW0905",
            f"the file `{line.text.value}` of this source cannot be read",
            Label(line.text.span, f"looked for {path}"),
            help="check the path; it is relative to the file that says it.",
        )
    return text


def _report_quote(scope: Scope, says: syntax.Says, quote: str, text: Source) -> None:
    place = next(
        a.text.span for a in says.attrs if isinstance(a, syntax.Prose) and a.word == "quote"
    )
    close = _closest_line(_flat(quote), text)
    scope.report.add(
        "PW0702",
        "these words are not in the source",
        Label(place),
        notes=(f'{text.name}, line {close[0]}, has: "{close[1]}".',) if close else (),
        help="copy the exact words.",
    )


def _closest_line(quote: str, text: Source) -> tuple[int, str] | None:
    """Return number and excerpt of the line that is most like a quote, if one is like it."""
    if len(text.text) > _LONGEST:
        return None
    best: tuple[float, int, str] = (0.0, 0, "")
    wanted = set(quote.casefold().split())
    for number, raw in enumerate(text.text.split("\n"), start=1):
        line = _flat(raw)
        if not wanted & set(line.casefold().split()):
            continue
        excerpt = _excerpt(quote, line)
        ratio = SequenceMatcher(None, quote.casefold(), excerpt.casefold(), False).ratio()
        best = max(best, (ratio, -number, excerpt))
    return (-best[1], best[2]) if best[0] >= _CLOSE else None


def _excerpt(quote: str, line: str) -> str:
    """Return the stretch of a line, about as long as the quote, that shares most with it."""
    if len(line) <= len(quote) + 20:
        return line
    match = SequenceMatcher(None, line, quote, False).find_longest_match()
    start = max(match.a - match.b, 0)
    start = line.rfind(" ", 0, start) + 1 if start else 0
    end = line.find(" ", min(start + len(quote) + 4, len(line)))
    return line[start : end if end >= 0 else len(line)]
