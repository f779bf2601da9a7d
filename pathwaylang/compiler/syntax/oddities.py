"""Tokens that are rare or wrong: texts with escapes, blocks, foreign quotes and symbols.

Each is read as what its author most likely meant, with a finding where that is a guess, so that
one slip hides nothing of the item it stands in.
"""

from __future__ import annotations

import re

from pathwaylang.compiler.syntax import faults
from pathwaylang.compiler.syntax.blocks import block_value
from pathwaylang.compiler.syntax.draft import Draft
from pathwaylang.compiler.syntax.foreign import BULLET_SIGNS, read_foreign
from pathwaylang.compiler.syntax.patterns import ESCAPE, SWALLOWED, UNIT


def read_string(draft: Draft, match: re.Match[str]) -> str:
    """Return the value of a one-line text; tells of escapes that mean nothing."""
    raw = match["STRING"][1:-1]
    if "\\" not in raw:
        return raw
    offset = match.start("STRING") + 1
    for escape in ESCAPE.finditer(raw):
        if escape[1] not in '"\\':
            place = draft.span(offset + escape.start(), offset + escape.end())
            draft.fault(faults.bad_escape(place, escape[0]))
    return ESCAPE.sub(lambda escape: escape[1] if escape[1] in '"\\' else escape[0], raw)


def read_odd(draft: Draft, kind: str, match: re.Match[str]) -> int:
    """Read a rare token; return the offset behind it."""
    start, end = match.span(kind)
    raw, place = match[kind], draft.span(start, end)
    match kind:
        case "BLOCK" | "OPEN_BLOCK":
            return _block(draft, kind, start, end)
        case "DECIMAL_COMMA":
            draft.fault(faults.decimal_comma(place, raw))
            draft.add("DIGITS", raw.replace(",", "." if "." not in raw else ""), start, end)
            return draft.read_as("UNIT", UNIT, end)
        case "FOREIGN":
            _foreign(draft, raw, start, end)
        case "CURLY" | "SINGLE":
            inner = raw.strip("“”„‟‘’«»'`")
            draft.fault(faults.quotes(place, raw, inner), is_altered=False)
            draft.add("STRING", inner, start, end)
        case "OPEN_STRING":
            column = draft.source.position(start).column
            draft.fault(faults.unclosed(draft.span(start, start + 1), column, False), is_guess=True)
            draft.add("STRING", raw[1:].rstrip(), start, end)
        case "SPACE":
            _space(draft, raw, start)
        case _:
            draft.fault(faults.stray(place, raw), is_guess=True)
    return end


def _space(draft: Draft, raw: str, start: int) -> None:
    for offset, char in enumerate(raw):
        place = draft.span(start + offset, start + offset + 1)
        if char == "\t":
            draft.fault(faults.tab(place, False), is_altered=False)
        elif char != "\r":
            draft.fault(faults.space(place, char), is_altered=False)


def _block(draft: Draft, kind: str, start: int, end: int) -> int:
    text = draft.text
    swallowed = SWALLOWED.search(text, start, end if kind == "BLOCK" else len(text))
    if kind == "BLOCK" and swallowed is None:
        draft.add("BLOCK", block_value(text[start:end]), start, end)
        return end
    column = draft.source.position(start).column
    draft.fault(faults.unclosed(draft.span(start, start + 3), column, True), is_guess=True)
    end = swallowed.start() if swallowed else len(text)
    draft.add("BLOCK", text[start + 3 : end].strip(), start, end)
    return end


def _foreign(draft: Draft, raw: str, start: int, end: int) -> None:
    line = draft.lexemes[draft.line_start :]
    if raw == "=" and line and line[0].type == "CONVERTS":
        draft.add("EQUAL", raw, start, end)
        return
    place = draft.span(start, end)
    if not line and raw in BULLET_SIGNS:
        draft.fault(faults.bullet(place, raw))
        draft.add("MINUS", "-", start, end)
        return
    before = line[-1] if line else None
    word = '"' if before and before.type in ("STRING", "BLOCK") else before.text if before else ""
    reading = read_foreign(raw, word, draft.text[end : end + 60])
    draft.fault(faults.symbol(place, raw, reading.help))
    for type_, text in reading.lexemes:
        draft.add(type_, text, start, end)
