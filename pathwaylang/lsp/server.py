"""The language server: methods of the protocol, each bound to its answer.

It speaks over standard input and output. Texts come whole with each change, so that columns can
never drift; how columns are counted is agreed with the editor (UTF-16 unless it asks otherwise).
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from pathwaylang import __version__
from pathwaylang.diagnostics import Diagnostic
from pathwaylang.lsp import convert
from pathwaylang.lsp.desk import Desk
from pathwaylang.lsp.features import Features

TRIGGERS = [" ", ".", ",", "|"]


def serve() -> int:
    """Answer an editor on standard input and output; return 0 where it said goodbye first.

    The library closes its output at the end, and logs a refused rename as an error of its own.
    """
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    server = LanguageServer(
        "pathwaylang", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
    )
    session = _Session(server)
    for method, handler, options in session.handlers():
        # The library notes what it registered on the function; a bound method takes no notes.
        server.feature(method, options)(partial(handler))
    server.start_io(stdout=os.fdopen(os.dup(sys.stdout.fileno()), "wb"))
    session.close()
    return 0 if session.is_over else 1


Handler = tuple[str, Callable[..., Any], object]
"""A method of the protocol, what answers it, and how it is announced."""


class _Session:
    """One editor: its desk, and the notifications that go back to it."""

    def __init__(self, server: LanguageServer) -> None:
        self.is_over = False
        self._server = server
        self._desk = Desk(self._publish, self._refresh, self._say)
        self._features = Features(self._desk)

    def close(self) -> None:
        """End what is under way."""
        self._desk.close()

    def handlers(self) -> list[Handler]:
        """Return what is answered."""
        return [*self._life(), *self._questions()]

    def _life(self) -> list[Handler]:
        return [
            (types.INITIALIZE, self._initialize, None),
            (types.INITIALIZED, self._initialized, None),
            (types.SHUTDOWN, self._shutdown, None),
            (types.TEXT_DOCUMENT_DID_OPEN, self._opened, None),
            (types.TEXT_DOCUMENT_DID_CHANGE, self._changed, None),
            (types.TEXT_DOCUMENT_DID_CLOSE, self._closed, None),
            (types.TEXT_DOCUMENT_DID_SAVE, self._saved, None),
            (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, self._saved, None),
        ]

    def _questions(self) -> list[Handler]:
        answers = self._features
        legend = types.SemanticTokensLegend(
            list(convert.TOKEN_TYPES), list(convert.TOKEN_MODIFIERS)
        )
        quick = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
        return [
            (types.TEXT_DOCUMENT_HOVER, answers.hover, None),
            (
                types.TEXT_DOCUMENT_COMPLETION,
                answers.completion,
                types.CompletionOptions(trigger_characters=TRIGGERS),
            ),
            (types.TEXT_DOCUMENT_DEFINITION, answers.definition, None),
            (types.TEXT_DOCUMENT_REFERENCES, answers.references, None),
            (types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, answers.highlight, None),
            (
                types.TEXT_DOCUMENT_SIGNATURE_HELP,
                answers.signature,
                types.SignatureHelpOptions(trigger_characters=["|"]),
            ),
            (types.TEXT_DOCUMENT_PREPARE_RENAME, answers.prepare_rename, None),
            (
                types.TEXT_DOCUMENT_RENAME,
                self._rename,
                types.RenameOptions(prepare_provider=True),
            ),
            (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, answers.symbols, None),
            (types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, answers.tokens, legend),
            (types.TEXT_DOCUMENT_FORMATTING, answers.formatting, None),
            (types.TEXT_DOCUMENT_INLAY_HINT, answers.hints, None),
            (types.TEXT_DOCUMENT_CODE_ACTION, answers.actions, quick),
        ]

    # ------------------------------------------------------------ the life of documents

    def _initialize(self, params: types.InitializeParams) -> None:
        folders = params.workspace_folders or []
        uri = folders[0].uri if folders else params.root_uri
        encoding = str(self._server.workspace.position_encoding or "utf-16")
        self._desk.open_folder(to_fs_path(uri) if uri else None, encoding)

    def _initialized(self, _params: object) -> None:
        """Ask to be told of files that change on disk, where the editor can do that."""
        workspace = self._server.client_capabilities.workspace
        watched = workspace.did_change_watched_files if workspace is not None else None
        if watched is None or not watched.dynamic_registration:
            return
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        options = types.DidChangeWatchedFilesRegistrationOptions(
            [types.FileSystemWatcher("**/*.pw")]
        )
        registration = types.Registration("files", method, options)
        self._server.client_register_capability(types.RegistrationParams([registration]))

    def _shutdown(self, _params: object) -> None:
        self.is_over = True
        self.close()

    def _opened(self, params: types.DidOpenTextDocumentParams) -> None:
        self._desk.put(params.text_document.uri, params.text_document.text)

    def _changed(self, params: types.DidChangeTextDocumentParams) -> None:
        # With full synchronisation each change holds the whole text; the last one counts.
        if params.content_changes:
            self._desk.put(params.text_document.uri, params.content_changes[-1].text)

    def _closed(self, params: types.DidCloseTextDocumentParams) -> None:
        self._desk.put_away(params.text_document.uri)

    def _saved(self, _params: object) -> None:
        self._desk.files_changed()

    def _rename(self, params: types.RenameParams) -> types.WorkspaceEdit:
        found = self._features.rename(params)
        if found.problem:
            raise JsonRpcInvalidParams(found.problem)
        desk = self._desk
        return convert.workspace_edit(found.edits, desk.positions, desk.documents.uri_of)

    # ------------------------------------------------------------ back to the editor

    def _publish(self, name: str, found: list[Diagnostic]) -> None:
        desk = self._desk
        address = desk.documents.uri_of
        sent = [convert.diagnostic(each, desk.positions, address) for each in found]
        self._server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(address(name), sent)
        )

    def _refresh(self) -> None:
        workspace = self._server.client_capabilities.workspace
        hints = workspace.inlay_hint if workspace is not None else None
        if hints is not None and hints.refresh_support:
            self._server.workspace_inlay_hint_refresh(None)

    def _say(self, text: str) -> None:
        self._server.window_log_message(types.LogMessageParams(types.MessageType.Warning, text))
