"""Slips in types, ranges, tables, versions and days."""

from __future__ import annotations

from pathwaylang.compiler.syntax.slip import KEYWORD_TYPES, LAYOUT, Slip, shown, words
from pathwaylang.diagnostics import Diagnostic
from pathwaylang.ir.names import nearest

_TYPES = {
    "bool": "`yes/no`",
    "boolean": "`yes/no`",
    "yesno": "`yes/no`",
    "int": "`whole number 0..4`",
    "integer": "`whole number 0..4`",
    "whole": "`whole number 0..4`",
    "float": "`number in cm 0..30`",
    "real": "`number in cm 0..30`",
    "decimal": "`number in cm 0..30`",
    "percent": "`number in % 0..100`",
    "percentage": "`number in % 0..100`",
    "enum": "`choice of a, b`",
    "list": "`choice of a, b`",
    "category": "`choice of a, b`",
    "text": "`choice of a, b`",
    "string": "`choice of a, b`",
    "date": "`whole number in days 0..365`",
}


def explain_type(slip: Slip) -> Diagnostic | None:
    """PW0211, PW0209: a fact without a type, or with one that there is not."""
    token = slip.token
    if slip.accepts == {"COLON"} or (slip.accepts == {"COLON", "AS"} and token.type != "NL"):
        if slip.is_end_of_line:
            named = slip.line[slip.opener == "RESTRICT" :]
            name = named[1].text if len(named) > 1 else slip.before.text
            return slip.told(
                "PW0211",
                f"`{name}` has no type",
                f"write `{words(slip.line)}: yes/no`, `choice of a, b` or `number in cm 0..30`.",
                at=slip.before,
            )
        mark = ":" if slip.accepts == {"COLON"} else "as"
        return slip.told(
            "PW0209",
            f"`{mark}` is missing before {shown(token)}",
            f"write `{words(slip.line)}{':' if mark == ':' else ' as'} {words(slip.rest)}`.",
        )
    if slip.accepts in ({"SLASH"}, {"NO"}):
        return slip.told(
            "PW0209", "this type is written `yes/no`", "write `yes/no`.", at=slip.before
        )
    if not slip.accepts >= {"CHOICE", "NUMBER", "WHOLE"}:
        return None
    known = "`yes/no`, `choice of a, b`, `whole number 0..4` and `number in cm 0..30`"
    meant = _TYPES.get(token.text.lower())
    if slip.is_end_of_line:
        return slip.told("PW0211", "the type is missing", f"types are {known}.", at=slip.before)
    return slip.told(
        "PW0209",
        f"there is no type {shown(token)}",
        f"write {meant}." if meant else f"types are {known}.",
    )


def explain_unit(slip: Slip) -> Diagnostic | None:
    """PW0211, PW0209: the unit of a number."""
    token, before = slip.token, slip.before
    if slip.accepts == {"UNIT"}:
        return slip.told(
            "PW0211",
            "the unit is missing behind `in`",
            f"write `in cm {words(slip.rest)}`, or leave out `in`.",
            at=before,
        )
    starts = [i for i, lexeme in enumerate(slip.line) if lexeme.type == "NUMBER"]
    if token.type == "UNIT" and starts and before.type == "DIGITS":
        start = starts[-1]
        numbers = [lexeme for lexeme in slip.line[start + 1 :] if lexeme.type != "UNIT"]
        rest = [lexeme for lexeme in slip.rest if lexeme.type != "UNIT"]
        return slip.told(
            "PW0209",
            "the unit of a fact stands before its range",
            f"write `number in {token.text} {words([*numbers, *rest])}`.",
        )
    if token.type in ("RANGE", "RANGE_OPEN") and before.type == "UNIT":
        return slip.told(
            "PW0209",
            "a range has its unit once, behind it",
            f"write `{slip.line[-2].text}{words((token, *slip.rest[1:]))}`.",
            at=before,
        )
    return None


def explain_number_type(slip: Slip) -> Diagnostic | None:
    """PW0211, PW0209: the range of a number, or a number that is missing."""
    token, before = slip.token, slip.before
    if "RANGE" in slip.accepts and before.type == "DIGITS" and "CMP" not in slip.accepts:
        high = words(slip.rest[1:]) or "…"
        return slip.told(
            "PW0209",
            f"a range is written with two points, but here stands {shown(token)}",
            f"write `{before.text}..{high}`.",
        )
    is_bound = slip.accepts <= {"DIGITS", "MINUS", "IN"} and "DIGITS" in slip.accepts
    if not is_bound:
        return None
    if before.type in ("RANGE", "RANGE_OPEN"):
        return slip.told("PW0211", "the range has no upper end", "add it.", at=before)
    if slip.opener in ("FACT", "DEFINE", "RESTRICT"):
        return slip.told(
            "PW0211",
            "the range is missing",
            f"write for instance `{words(slip.line)} 0..30`.",
            note="The range is what is checked and what is accepted as input.",
            at=before if slip.is_end_of_line else token,
        )
    if token.type in LAYOUT or token.type in ("VBAR", "THEN", "AND", "OR"):
        return slip.told(
            "PW0211", f"a number is missing behind `{before.text}`", "add it.", at=before
        )
    help_text = "write for instance `at least 2 of`." if before.type == "LEAST" else ""
    return slip.told("PW0209", f"a number must stand here, not {shown(token)}", help_text)


def explain_table(slip: Slip) -> Diagnostic | None:
    """PW0209, PW0211: a row without its last bar, an empty cell."""
    token = slip.token
    if slip.opener != "VBAR" and not (slip.is_first and token.type == "VBAR"):
        return None
    if slip.is_end_of_line and "VBAR" in slip.accepts:
        return slip.told("PW0209", "a row ends with `|`", "write `|` at its end.", at=slip.before)
    if token.type == "VBAR" and slip.before.type in ("VBAR", "MINUS"):
        return slip.told(
            "PW0211",
            "this cell is empty",
            "write `any` if the fact does not matter here.",
            at=slip.before.span.to(token.span),
        )
    if token.type in ("AND", "OR") and "VBAR" in slip.accepts:
        return slip.told(
            "PW0209",
            f"a cell holds one condition, so `{token.text}` cannot stand in it",
            "write values with commas, or a range such as `3..5 cm`.",
        )
    if token.type == "VBAR" and slip.is_first:
        return slip.told(
            "PW0202",
            "a row of a table cannot stand here",
            'rows stand under `table NAME "…"`, one below the other.',
        )
    return None


def explain_missing_rows(slip: Slip) -> Diagnostic | None:
    """PW0211: a heading with nothing below it."""
    if not slip.is_end_of_line or not slip.accepts & {"INDENT", "VBAR"}:
        return None
    word = slip.lexemes[0].text
    if "INDENT" in slip.accepts and slip.at <= _heading_end(slip) + 1:
        return slip.told(
            "PW0211",
            f"nothing stands under this `{word}`",
            "write its lines below it, indented by two spaces.",
            at=slip.lexemes[0].span.to(slip.lexemes[_heading_end(slip) - 1].span),
        )
    if "VBAR" in slip.accepts and word == "table":
        return slip.told(
            "PW0211",
            "the table has no rows",
            "write a heading row and at least one row below it.",
            at=slip.lexemes[0].span.to(slip.lexemes[_heading_end(slip) - 1].span),
        )
    return None


def _heading_end(slip: Slip) -> int:
    return next(
        (index for index, lexeme in enumerate(slip.lexemes) if lexeme.type == "NL"),
        len(slip.lexemes) - 1,
    )


def explain_one_word(slip: Slip) -> Diagnostic | None:
    """PW0209: only one word of the language can stand here."""
    expected = slip.accepts & KEYWORD_TYPES
    if len(expected) != 1 or slip.accepts & {"NAME", "DIGITS", "INDENT"}:
        return None
    word = next(iter(expected)).lower()
    if slip.token.type == "NAME" and nearest(slip.token.text, (word,)):
        message = f"`{slip.token.text}` is no word of the language here"
        return slip.told("PW0209", message, f"did you mean `{word}`?")
    place = slip.before if slip.is_end_of_line else slip.token
    return slip.told(
        "PW0209",
        f"`{word}` is missing before {shown(slip.token)}",
        f"write `{words(slip.line)} {word} {words(slip.rest)}".rstrip() + "`.",
        at=place,
    )


def explain_shapes(slip: Slip) -> Diagnostic | None:
    """PW0209: versions, days, codes and hashes have a shape of their own."""
    shapes = {
        "RELEASE": ("a version has three numbers", "write for instance `version 1.2.0`."),
        "DATE": ("a day is written year-month-day", "write for instance `2027-11-23`."),
        "CODE_TEXT": ("the code is missing", "write for instance `code LOINC 89247-1`."),
        "HASH": ("the hash of the approved text is missing", "sign the file again."),
    }
    for kind, (message, help_text) in shapes.items():
        if slip.accepts == {kind}:
            place = slip.before if slip.is_end_of_line else slip.token
            return slip.told("PW0209", message, help_text, at=place)
    return None
