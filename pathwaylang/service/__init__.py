"""Floor 9: what editors and shells ask, as pure functions that give plain data."""

from pathwaylang.compiler.syntax import format_text
from pathwaylang.service.actions import Action, actions, actions_of, is_at
from pathwaylang.service.checking import BranchCount, Checked, carried, check, reading
from pathwaylang.service.complete import Completion, complete
from pathwaylang.service.hints import Hint, hints
from pathwaylang.service.hover import Hover, hover
from pathwaylang.service.navigate import definition, references
from pathwaylang.service.outline import Entry, NextCode, next_codes, outline
from pathwaylang.service.rename import Rename, rename, renamed_at
from pathwaylang.service.signature import Column, RowSignature, row_signature
from pathwaylang.service.tokens import TOKEN_KINDS, Token, TokenKind, tokens
from pathwaylang.service.view import View
from pathwaylang.service.workspace import Workspace

__all__ = [
    "TOKEN_KINDS",
    "Action",
    "BranchCount",
    "Checked",
    "Column",
    "Completion",
    "Entry",
    "Hint",
    "Hover",
    "NextCode",
    "Rename",
    "RowSignature",
    "Token",
    "TokenKind",
    "View",
    "Workspace",
    "actions",
    "actions_of",
    "carried",
    "check",
    "complete",
    "definition",
    "format_text",
    "hints",
    "hover",
    "is_at",
    "next_codes",
    "outline",
    "reading",
    "references",
    "rename",
    "renamed_at",
    "row_signature",
    "tokens",
]
