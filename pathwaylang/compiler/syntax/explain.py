"""A syntax error -> one finding that says what to write.

In: where Lark stopped, and the chunk. Out: the finding of the first rule that knows the slip; the
last rule knows every slip. The rules are ordered from the particular to the general.
"""

from __future__ import annotations

from collections.abc import Callable

from lark import UnexpectedToken

from pathwaylang.compiler.syntax import (
    explain_conditions,
    explain_layout,
    explain_names,
    explain_overlays,
    explain_parts,
)
from pathwaylang.compiler.syntax.lexemes import Chunk
from pathwaylang.compiler.syntax.slip import KEYWORD_TYPES, Slip, shown
from pathwaylang.diagnostics import Diagnostic

_RULES: tuple[Callable[[Slip], Diagnostic | None], ...] = (
    explain_overlays.explain_dropped_rule,
    explain_overlays.explain_replaced,
    explain_layout.explain_item_word,
    explain_layout.explain_brackets,
    explain_layout.explain_indent,
    explain_parts.explain_shapes,
    explain_parts.explain_table,
    explain_layout.explain_bullet,
    explain_layout.explain_joint,
    explain_layout.explain_joined_bullets,
    explain_conditions.explain_chain,
    explain_conditions.explain_is,
    explain_conditions.explain_missing_operand,
    explain_conditions.explain_foreign_word,
    explain_names.explain_space,
    explain_names.explain_label,
    explain_parts.explain_type,
    explain_parts.explain_unit,
    explain_parts.explain_number_type,
    explain_conditions.explain_outcome,
    explain_layout.explain_step,
    explain_conditions.explain_then,
    explain_layout.explain_line_word,
    explain_parts.explain_missing_rows,
    explain_names.explain_reserved,
    explain_parts.explain_one_word,
    explain_names.explain_line_end,
)

_WORDS = {
    "NAME": "a name",
    "STRING": "a text in quotation marks",
    "BLOCK": "a text in quotation marks",
    "DIGITS": "a number",
    "UNIT": "a unit",
    "CMP": "a comparison such as `<=`",
    "NL": "the end of the line",
    "DEDENT": "the end of the item",
    "$END": "the end of the item",
    "INDENT": "an indented line",
    "RELEASE": "a version",
    "DATE": "a day",
    "CODE_TEXT": "a code",
    "HASH": "a hash",
    "COMMA": "a comma",
    "COLON": "`:`",
    "DOT": "`.`",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "VBAR": "`|`",
    "EQUAL": "`=`",
    "RANGE": "`..`",
    "RANGE_OPEN": "`..<`",
    "PLUS": "`+`",
    "MINUS": "`-`",
    "STAR": "`*`",
    "SLASH": "`/`",
}
_CONDITION = frozenset(("NAME", "DIGITS", "LPAR", "NOT"))
_ARITHMETIC = frozenset(("PLUS", "MINUS", "STAR", "SLASH", "DOT", "LPAR", "UNIT"))
_COMPARISON = frozenset(("CMP", "IN", "IS", "RECOMMENDS"))
_MOST = 6


def explain(error: UnexpectedToken, chunk: Chunk) -> Diagnostic:
    """Return the finding for the place where the grammar did not go on."""
    lexemes = tuple(chunk.lexemes)
    at = next((i for i, lexeme in enumerate(lexemes) if lexeme is error.token), len(lexemes))
    slip = Slip(lexemes, at, frozenset(error.accepts or error.expected))
    for rule in _RULES:
        told = rule(slip)
        if told is not None:
            return told
    return _in_general(slip)


def _in_general(slip: Slip) -> Diagnostic:
    accepts = set(slip.accepts)
    expected: list[str] = []
    if accepts >= _CONDITION:
        accepts -= _CONDITION | {"MINUS", "ALL", "ANY", "NONE", "AT"}
        expected.append("a condition")
    elif "CMP" in accepts:
        accepts -= _ARITHMETIC | _COMPARISON
        expected.append("a comparison")
    known = sorted(_WORDS[kind] for kind in accepts if kind in _WORDS)
    keywords = sorted(f"`{kind.lower()}`" for kind in accepts if kind in KEYWORD_TYPES)
    expected += [*dict.fromkeys((*keywords, *known))]
    if len(expected) > _MOST:
        expected = [*expected[:_MOST], "another word"]
    wanted = ", ".join(expected[:-1]) + " or " + expected[-1] if len(expected) > 1 else expected[0]
    place = slip.before if slip.is_end_of_line else slip.token
    behind = f" behind {shown(slip.before)}" if slip.line else ""
    return slip.told(
        "PW0209", f"I expected {wanted}{behind}, but found {shown(slip.token)}", at=place
    )
