"""Slips with names and texts: reserved words, spaces in names, labels that are missing."""

from __future__ import annotations

from pathwaylang.compiler.syntax.keywords import HEAD_WORDS, ITEM_WORDS
from pathwaylang.compiler.syntax.slip import LAYOUT, Slip, label_from, name_from, shown, words
from pathwaylang.diagnostics import Diagnostic

_DECLARING = frozenset(word.upper() for word in (*HEAD_WORDS, *ITEM_WORDS))
_AFTER_LABEL = frozenset(("COLON", "AS", "FINDS", "STARTS", "STRING"))
_NEVER_MEANT = frozenset(("AND", "OR", "NOT", "IS", "IN", "OF", "THEN", "WHEN", "RECOMMENDS"))


def explain_reserved(slip: Slip) -> Diagnostic | None:
    """PW0203: a word of the language stands where a name must."""
    token = slip.token
    if not slip.is_keyword or "NAME" not in slip.accepts or slip.is_first:
        return None
    is_declared = slip.before.type in (*_DECLARING, "ORDER")
    if token.type in _NEVER_MEANT and not is_declared:
        return None
    if slip.before.type == "COMMA" and token.type in ("FROM", "AND", "OR", "THEN", "AS"):
        return slip.told(
            "PW0209",
            "a name is missing behind the comma",
            "remove the comma, or add a name.",
            at=slip.before,
        )
    label = slip.next()
    if label.type == "STRING" and is_declared:
        better = name_from(label.text)
    else:
        better = f"{token.text}_value"
    if token.type in ("YES", "NO", "UNKNOWN") and slip.opener == "FACT":
        return slip.told(
            "PW0203",
            f"`{token.text}` is a word of the language and not a value of a choice",
            "use the type `yes/no`, and `may be unknown` below the fact."
            if token.type != "UNKNOWN"
            else "leave it out and write `may be unknown` below the fact.",
        )
    return slip.told(
        "PW0203",
        f"`{token.text}` is a word of the language, not a name",
        f"choose another name, for instance `{better}`.",
    )


def explain_space(slip: Slip) -> Diagnostic | None:
    """PW0204: a name of two words."""
    token, before = slip.token, slip.before
    is_word = token.type == "NAME" or slip.is_keyword
    if before.type != "NAME" or not is_word or slip.is_first:
        return None
    run = [before, token]
    for lexeme in slip.rest[1:]:
        if lexeme.type != "NAME":
            break
        run.append(lexeme)
    joined = "_".join(lexeme.text for lexeme in run)
    place = run[0].span.to(run[-1].span)
    spaced = " ".join(lexeme.text for lexeme in run)
    if "COMMA" in slip.accepts and token.type == "NAME":
        return slip.told(
            "PW0209",
            f"a comma is missing between `{before.text}` and `{token.text}`",
            f"write `{before.text}, {token.text}`, or `{joined}` if it is one name.",
        )
    is_heading = "STRING" in slip.accepts and any(part.type == "STRING" for part in slip.rest)
    if not is_heading and (token.type != "NAME" or "STRING" in slip.accepts):
        return None
    return slip.told(
        "PW0204", f"`{spaced}` is not one word", f"names are one word: write `{joined}`.", at=place
    )


def explain_label(slip: Slip) -> Diagnostic | None:
    """PW0211: an item without its name or its label."""
    token, line = slip.token, slip.line
    if token.type in ("STRING", "BLOCK") and "NAME" in slip.accepts and not slip.is_first:
        return _text_for_name(slip)
    texts = slip.accepts & {"STRING", "BLOCK"}
    if not texts or slip.accepts - texts - {"NL"}:
        return None
    if slip.before.type == "NAME" and line and line[0].type in _DECLARING:
        bare = _bare_label(slip)
        if bare:
            return bare
        name = slip.before.text
        rest = f" {words(slip.rest)}" if slip.rest and token.type != "COLON" else words(slip.rest)
        shown_line = f'{words(line)} "{label_from(name)}"{rest}'
        return slip.told(
            "PW0211",
            f"`{name}` has no label",
            f"write `{shown_line}`.",
            note="Charts, questions and reports show the label, never the name.",
            at=slip.before,
        )
    if slip.is_end_of_line:
        return slip.told(
            "PW0211",
            f"the text of `{slip.before.text}` is missing",
            "write it in quotation marks.",
            at=slip.before,
        )
    return slip.told(
        "PW0209",
        f"a text stands in quotation marks, but here stands {shown(token)}",
        f'write `{words(line)} "{words(slip.rest)}"`.',
    )


def _bare_label(slip: Slip) -> Diagnostic | None:
    """PW0211: a label without its quotation marks."""
    run = []
    for lexeme in slip.rest:
        if lexeme.type in _AFTER_LABEL:
            break
        run.append(lexeme)
    if not run:
        return None
    label, rest = words(run), words(slip.rest[len(run) :])
    gap = "" if rest.startswith(":") or not rest else " "
    return slip.told(
        "PW0211",
        f"the label of `{slip.before.text}` has no quotation marks",
        f'write `{words(slip.line)} "{label}"{gap}{rest}`.',
        at=run[0].span.to(run[-1].span),
    )


def _text_for_name(slip: Slip) -> Diagnostic:
    token, before = slip.token, slip.before
    better = name_from(token.text)
    if before.type in (*_DECLARING, "ORDER", "SAYS"):
        return slip.told(
            "PW0211",
            f"`{before.text}` has no name before its text",
            f"write `{words(slip.line)} {better} {words((token,))}`.",
        )
    if before.type in ("IS", "OF", "COMMA", "NOT") and slip.opener not in ("CITE", "USE"):
        return slip.told(
            "PW0209", "a value is a name, without quotation marks", f"write `{better}`."
        )
    return slip.told(
        "PW0209",
        f"behind `{before.text}` stands a name, not a text",
        f"write the name that was declared, for instance `{better}`.",
    )


def explain_line_end(slip: Slip) -> Diagnostic | None:
    """PW0209: something stands behind a line that is complete."""
    if "NL" not in slip.accepts or slip.token.type in LAYOUT or slip.is_first:
        return None
    more = slip.accepts - {"NL", "INDENT", "STRING", "UNIT", "COMMA", "DOT"}
    if more:
        return None
    return slip.told(
        "PW0209",
        f"the line is complete before {shown(slip.token)}",
        "remove the rest of the line, or write it on a line of its own.",
    )
