"""Data of the service -> what the protocol sends.

Every function takes spans and texts and gives types of the protocol; nothing is decided here but
how a thing looks in an editor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lsprotocol import types

from pathwaylang.diagnostics import Diagnostic, Edit, Severity, Span
from pathwaylang.diagnostics.codes import CODES
from pathwaylang.diagnostics.render_text import finding_parts
from pathwaylang.lsp.positions import Positions
from pathwaylang.service import (
    TOKEN_KINDS,
    Completion,
    Entry,
    Hover,
    RowSignature,
    Token,
    TokenKind,
)

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.UNDECIDED: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
_UNUSED = frozenset(("PW0304", "PW0308", "PW0506", "PW0512"))
_TOKENS: dict[TokenKind, str] = {
    "keyword": "keyword",
    "string": "string",
    "number": "number",
    "unit": "type",
    "comment": "comment",
    "operator": "operator",
    "fact": "variable",
    "decision": "function",
    "recommendation": "class",
    "test": "method",
    "source": "namespace",
    "statement": "property",
    "value": "enumMember",
    "name": "variable",
}
TOKEN_TYPES = tuple(dict.fromkeys(_TOKENS[kind] for kind in TOKEN_KINDS))
TOKEN_MODIFIERS = ("declaration",)
_SYMBOLS = {
    "pathway": types.SymbolKind.Package,
    "module": types.SymbolKind.Module,
    "overlay": types.SymbolKind.Package,
    "fact": types.SymbolKind.Variable,
    "definition": types.SymbolKind.Constant,
    "classification": types.SymbolKind.Enum,
    "score": types.SymbolKind.Number,
    "decision": types.SymbolKind.Function,
    "table": types.SymbolKind.Array,
    "step": types.SymbolKind.Event,
    "stage": types.SymbolKind.Namespace,
    "recommendation": types.SymbolKind.Class,
    "branch": types.SymbolKind.EnumMember,
    "test": types.SymbolKind.Method,
    "source": types.SymbolKind.File,
    "statement": types.SymbolKind.String,
    "rule": types.SymbolKind.Interface,
    "example": types.SymbolKind.Object,
}
_COMPLETIONS = {
    "word": types.CompletionItemKind.Keyword,
    "unit": types.CompletionItemKind.Unit,
    "value": types.CompletionItemKind.EnumMember,
    "fact": types.CompletionItemKind.Variable,
    "definition": types.CompletionItemKind.Constant,
    "classification": types.CompletionItemKind.Enum,
    "score": types.CompletionItemKind.Constant,
    "recommendation": types.CompletionItemKind.Class,
    "branch": types.CompletionItemKind.EnumMember,
    "statement": types.CompletionItemKind.Reference,
    "source": types.CompletionItemKind.File,
    "test": types.CompletionItemKind.Method,
}
Place = Callable[[str], Positions]
Address = Callable[[str], str]


def location(span: Span, place: Place, address: Address) -> types.Location:
    """Return where a span is, in which document."""
    return types.Location(address(span.source), place(span.source).range(span))


def diagnostic(found: Diagnostic, place: Place, address: Address) -> types.Diagnostic:
    """Return a finding: the message with patient and help below it, and its other places."""
    told = [f"{word}: {text}" for word, text in finding_parts(found) if word != "see"]
    others = [(label.span, label.text or "also here") for label in found.labels[1:]]
    if found.evidence is not None:
        known = {span for span, _ in others} | {found.span}
        others += [(b.span, b.branch) for b in found.evidence.blame if b.span not in known]
    related = [
        types.DiagnosticRelatedInformation(location(span, place, address), text)
        for span, text in others
    ]
    return types.Diagnostic(
        range=place(found.span.source).range(found.span),
        message="\n".join((found.message, *told)),
        severity=_SEVERITIES[found.severity],
        code=found.code,
        source="pathwaylang",
        tags=[types.DiagnosticTag.Unnecessary] if found.code in _UNUSED else None,
        related_information=related or None,
        data={"name": CODES[found.code].name},
    )


def text_edits(edits: Iterable[Edit], place: Place) -> list[types.TextEdit]:
    """Return edits of one document."""
    return [types.TextEdit(place(e.span.source).range(e.span), e.text) for e in edits]


def workspace_edit(edits: Iterable[Edit], place: Place, address: Address) -> types.WorkspaceEdit:
    """Return edits of any number of documents."""
    changes: dict[str, list[types.TextEdit]] = {}
    for edit in edits:
        changes.setdefault(address(edit.span.source), []).extend(text_edits((edit,), place))
    return types.WorkspaceEdit(changes=changes)


def hover(told: Hover, positions: Positions) -> types.Hover:
    """Return what is told of a name, as Markdown; what the author wrote stays plain text."""
    lines = [f"**{plain(told.title)}** · {told.kind}", ""]
    lines += [f"- *{word}*: {plain(text)}" for word, text in told.rows]
    content = types.MarkupContent(types.MarkupKind.Markdown, "\n".join(lines))
    return types.Hover(content, positions.range(told.span))


def plain(text: str) -> str:
    """Return a text of an author so that Markdown shows it as it is, in one line.

    >>> plain("a  <c>")
    'a &lt;c&gt;'
    """
    shown = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{char}" if char in "\\`*_[]|#!" else char for char in shown)


def completion(found: Completion, number: int, positions: Positions) -> types.CompletionItem:
    """Return a completion; `number` keeps the order."""
    return types.CompletionItem(
        label=found.text,
        kind=_COMPLETIONS.get(found.kind, types.CompletionItemKind.Function),
        detail=found.detail or None,
        sort_text=f"{number:05d}",
        filter_text=found.text,
        text_edit=types.TextEdit(positions.range(found.span), found.text),
    )


def symbol(entry: Entry, positions: Positions) -> types.DocumentSymbol:
    """Return an entry of the outline with those below it."""
    return types.DocumentSymbol(
        name=entry.name or entry.kind,
        detail=entry.label,
        kind=_SYMBOLS[entry.kind],
        range=positions.range(entry.span),
        selection_range=positions.range(entry.name_span),
        children=[symbol(child, positions) for child in entry.children],
    )


def token_data(found: Iterable[Token], positions: Positions) -> list[int]:
    """Return tokens as the protocol packs them: five numbers each, relative to the one before."""
    data: list[int] = []
    line = column = 0
    for token in found:
        kind = TOKEN_TYPES.index(_TOKENS[token.kind])
        for part in positions.lines_of(token.span):
            start = part.start
            ahead = start.character - (column if start.line == line else 0)
            length = part.end.character - start.character
            data += [start.line - line, ahead, length, kind, int(token.is_declaration)]
            line, column = start.line, start.character
    return data


def signature(row: RowSignature) -> types.SignatureHelp:
    """Return the columns of a table as the parameters of a signature."""
    label, parameters = f"{row.table}: |", []
    for column in row.columns:
        about = types.MarkupContent(types.MarkupKind.PlainText, column.about)
        start = len(label.encode("utf-16-le")) // 2 + 1
        label += f" {column.name} |"
        end = start + len(column.name.encode("utf-16-le")) // 2
        parameters.append(types.ParameterInformation((start, end), about))
    told = types.SignatureInformation(label, parameters=parameters, active_parameter=row.active)
    return types.SignatureHelp([told], active_signature=0, active_parameter=row.active)
