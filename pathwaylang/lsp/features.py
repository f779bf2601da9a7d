"""What the server answers: one method for each kind of question, on top of the service.

In: parameters of the protocol. Out: its results. A document that is not known gives nothing.
"""

from __future__ import annotations

from typing import Protocol

from lsprotocol import types

from pathwaylang import service
from pathwaylang.diagnostics import Diagnostic, Edit, Source, Span
from pathwaylang.lsp import convert
from pathwaylang.lsp.desk import Desk
from pathwaylang.service import View


class _Placed(Protocol):
    """Parameters that name a document and a position in it."""

    text_document: types.TextDocumentIdentifier
    position: types.Position


class Features:
    """The answers, from what lies on the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._offered: tuple[object, dict[Diagnostic, tuple[service.Action, ...]]] = (None, {})

    def _at(self, params: _Placed) -> tuple[View, int] | None:
        view = self._desk.view(params.text_document.uri)
        if view is None:
            return None
        return view, self._desk.positions(view.path).offset(params.position)

    def _of(self, view: View, found: Diagnostic) -> tuple[service.Action, ...]:
        """Return the actions of a finding; an editor asks again whenever the cursor moves."""
        if self._offered[0] is not view.compilation:
            self._offered = (view.compilation, {})
        known = self._offered[1]
        if found not in known:
            known[found] = service.actions_of(view, found)
        return known[found]

    def _location(self, span: Span) -> types.Location:
        return convert.location(span, self._desk.positions, self._desk.documents.uri_of)

    # ------------------------------------------------------------ at a position

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        """Tell what the name at a position means."""
        at = self._at(params)
        told = service.hover(*at) if at is not None else None
        return convert.hover(told, self._desk.positions(at[0].path)) if at and told else None

    def completion(self, params: types.CompletionParams) -> types.CompletionList:
        """Tell what may stand at a position."""
        at = self._at(params)
        if at is None:
            return types.CompletionList(False, [])
        positions = self._desk.positions(at[0].path)
        found = service.complete(*at)
        items = [convert.completion(item, i, positions) for i, item in enumerate(found)]
        return types.CompletionList(False, items)

    def definition(self, params: types.DefinitionParams) -> list[types.Location]:
        """Tell where a name is declared."""
        at = self._at(params)
        return [] if at is None else [self._location(s) for s in service.definition(*at)]

    def references(self, params: types.ReferenceParams) -> list[types.Location]:
        """Tell where a name is used, in all files."""
        at = self._at(params)
        if at is None:
            return []
        is_wanted = params.context.include_declaration
        found = service.references(*at, with_declaration=is_wanted)
        return [self._location(span) for span in found]

    def highlight(self, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
        """Tell where a name is used in this file."""
        at = self._at(params)
        if at is None:
            return []
        view, positions = at[0], self._desk.positions(at[0].path)
        spans = (s for s in service.references(*at) if s.source == view.source.name)
        return [types.DocumentHighlight(positions.range(span)) for span in spans]

    def signature(self, params: types.SignatureHelpParams) -> types.SignatureHelp | None:
        """Tell which column of a table a row is at."""
        at = self._at(params)
        row = service.row_signature(*at) if at is not None else None
        return convert.signature(row) if row is not None else None

    def prepare_rename(self, params: types.PrepareRenameParams) -> types.Range | None:
        """Tell which name would be changed."""
        at = self._at(params)
        span = service.renamed_at(*at) if at is not None else None
        return self._desk.positions(span.source).range(span) if span is not None else None

    def rename(self, params: types.RenameParams) -> service.Rename:
        """Work out the edits of a rename, or why there are none."""
        at = self._at(params)
        if at is None:
            return service.Rename(problem="this file is not known")
        return service.rename(*at, params.new_name)

    # ------------------------------------------------------------ of a document

    def symbols(self, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        """Return the outline of a document."""
        view = self._desk.view(params.text_document.uri)
        if view is None:
            return []
        positions = self._desk.positions(view.path)
        return [convert.symbol(entry, positions) for entry in service.outline(view)]

    def tokens(self, params: types.SemanticTokensParams) -> types.SemanticTokens:
        """Return the coloured words of a document."""
        view = self._desk.view(params.text_document.uri)
        if view is None:
            return types.SemanticTokens([])
        positions = self._desk.positions(view.path)
        return types.SemanticTokens(convert.token_data(service.tokens(view), positions))

    def formatting(self, params: types.DocumentFormattingParams) -> list[types.TextEdit]:
        """Return the edits that bring a document into the standard layout."""
        view = self._desk.view(params.text_document.uri)
        if view is None:
            return []
        text = service.format_text(self._desk.workspace.parsed(view.source), view.source)
        return convert.text_edits(_differences(view.source, text), self._desk.positions)

    def hints(self, params: types.InlayHintParams) -> list[types.InlayHint]:
        """Return how many cases take each branch in a range."""
        view = self._desk.view(params.text_document.uri)
        if view is None:
            return []
        positions = self._desk.positions(view.path)
        found = []
        for hint in service.hints(view, self._desk.checked(view).counts):
            at = positions.position(hint.span.end)
            if params.range.start.line <= at.line <= params.range.end.line:
                found.append(types.InlayHint(at, hint.text, tooltip=hint.detail, padding_left=True))
        return found

    def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Return what can be done about the findings in a range."""
        view = self._desk.view(params.text_document.uri)
        if view is None:
            return []
        desk, positions = self._desk, self._desk.positions(view.path)
        start, end = positions.offset(params.range.start), positions.offset(params.range.end)
        span = view.source.span(start, end)
        found = [
            a for d in desk.shown(view.path) if service.is_at(d, span) for a in self._of(view, d)
        ]
        address = desk.documents.uri_of
        return [
            types.CodeAction(
                title=action.title,
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[convert.diagnostic(action.finding, desk.positions, address)],
                is_preferred=action.is_safe,
                edit=convert.workspace_edit(action.edits, desk.positions, address),
            )
            for action in found
        ]


def _differences(source: Source, text: str) -> list[Edit]:
    """Return one edit over the lines that differ; none where nothing does."""
    if text == source.text:
        return []
    old, new = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    start = sum(map(len, old[:first]))
    end = len(source.text) - sum(map(len, old[len(old) - last :]))
    return [Edit(source.span(start, end), "".join(new[first : len(new) - last]))]
