"""Slips of layout: indentation, bullets, brackets, and words that cannot start a line."""

from __future__ import annotations

from pathwaylang.compiler.syntax.keywords import HEAD_WORDS, ITEM_WORDS, LINE_WORDS, STARTERS
from pathwaylang.compiler.syntax.lexemes import Lexeme
from pathwaylang.compiler.syntax.slip import KEYWORD_TYPES, LAYOUT, Slip, shown, words
from pathwaylang.diagnostics import Diagnostic
from pathwaylang.ir.names import nearest

_STARTS_OF_CONDITIONS = frozenset(("NAME", "NOT", "LPAR", "DIGITS"))
_LINE_TYPES = frozenset(word.upper() for word in (*LINE_WORDS, *ITEM_WORDS)) | {"VBAR"}
_BULLET_SIGNS = frozenset(("STAR", "PLUS"))

_MEANT = {
    "else": "otherwise",
    "elif": "when",
    "elseif": "when",
    "default": "otherwise",
    "if": "when",
    "case": "when",
    "unless": "when not",
    "return": "then recommend",
    "comment": "note",
    "description": "note",
    "text": "note",
    "question": "ask",
    "reason": "because",
    "why": "because",
    "reference": "cite",
    "ref": "cite",
    "link": "url",
    "title": "label",
    "import": "use",
    "include": "use",
    "variable": "fact",
    "input": "fact",
    "rule": "never",
    "decision": "decide",
    "class": "classify",
    "definition": "define",
    "let": "define",
    "treatment": "recommendation",
    "action": "recommendation",
    "constraint": "impossible",
}
"""What people write at the start of a line, and the word of the language for it."""


def explain_brackets(slip: Slip) -> Diagnostic | None:
    """PW0209: a bracket without its partner."""
    opened: list[Lexeme] = []
    for lexeme in slip.line:
        if lexeme.type == "LPAR":
            opened.append(lexeme)
        elif lexeme.type == "RPAR" and opened:
            opened.pop()
    token = slip.token
    if token.type == "RPAR" and not opened:
        return slip.told(
            "PW0209", "no round bracket is open here", "remove it, or open one before."
        )
    ends_it = slip.is_end_of_line or token.type in _LINE_TYPES
    if opened and ends_it and slip.before.type not in ("AND", "OR", "NOT", "LPAR"):
        return slip.told(
            "PW0209",
            "this round bracket is never closed",
            f"write `)` before {shown(token)}.",
            at=opened[-1],
        )
    return None


def explain_indent(slip: Slip) -> Diagnostic | None:
    """PW0102: a line that is indented more than it may be."""
    if slip.token.type != "INDENT" or ("THEN" in slip.accepts and slip.next().type != "THEN"):
        return None
    first, width = slip.next(), slip.token.span.end - slip.token.span.start
    if first.type == "THEN":
        allowed = _width_above(slip)
        return slip.told(
            "PW0102",
            f"this line is indented by {width}, but the open levels end with {allowed}",
            f"`then` stands in the same column as its `when` ({allowed} spaces).",
            at=first,
        )
    return slip.told(
        "PW0102",
        "this line is indented, but the line above it takes no lines of its own",
        f"indent it by {_width_above(slip)}, like the line above.",
        at=first,
        label=f"indented by {width}",
    )


def _width_above(slip: Slip) -> int:
    """Return the indentation of the line above the slip."""
    depth: list[int] = []
    for lexeme in slip.lexemes[: slip.at]:
        if lexeme.type == "INDENT":
            depth.append(lexeme.span.end - lexeme.span.start)
        elif lexeme.type == "DEDENT" and depth:
            depth.pop()
    return depth[-1] if depth else 0


def explain_bullet(slip: Slip) -> Diagnostic | None:
    """PW0206: a criterion without its dash; PW0211: no criteria at all."""
    token = slip.token
    is_list = "MINUS" in slip.accepts and "DIGITS" not in slip.accepts
    if slip.is_first and is_list and token.type in _STARTS_OF_CONDITIONS:
        return slip.told(
            "PW0206",
            'each criterion starts with "- "',
            f"write `- {words(slip.rest)}`.",
        )
    if slip.is_first and token.type in _BULLET_SIGNS and is_list:
        return slip.told(
            "PW0206", f"a criterion starts with `-`, not with `{token.text}`", "write `- `."
        )
    above = _line_above(slip)
    if above and above[-1].type == "OF" and "INDENT" in slip.accepts:
        heading = words(above[-2:] if above[-2].type != "DIGITS" else above[-4:])
        return slip.told(
            "PW0211",
            f"`{heading}` has no criteria",
            'write each criterion below it, indented by two more spaces, starting with "- ".',
            at=above[-1] if slip.is_end_of_line else token,
        )
    if slip.before.type == "OF" and slip.accepts == {"NL"}:
        return slip.told(
            "PW0209",
            f"the criteria of `{words(slip.line[-2:])}` stand below it, one on each line",
            'write each on a line of its own, indented by two more spaces, starting with "- ".',
        )
    return None


def explain_joined_bullets(slip: Slip) -> Diagnostic | None:
    """PW0209: `a and all of`."""
    pair = (slip.token.type, slip.next().type)
    is_heading = pair[1] == "OF" and pair[0] in ("ALL", "ANY", "NONE")
    if not (is_heading or pair == ("AT", "LEAST")) or slip.before.type not in (
        "AND",
        "OR",
        "NOT",
        "LPAR",
    ):
        return None
    return slip.told(
        "PW0209",
        f"`{slip.token.text} {slip.next().text}` cannot stand behind `{slip.before.text}`",
        "make both of them criteria under one heading, each behind a dash of its own.",
    )


def _line_above(slip: Slip) -> tuple[Lexeme, ...]:
    """Return the line that ended last before the slip."""
    end = slip.line_start
    while end > 0 and slip.lexemes[end - 1].type in LAYOUT:
        end -= 1
    start = end
    while start > 0 and slip.lexemes[start - 1].type not in LAYOUT:
        start -= 1
    return slip.lexemes[start:end]


def explain_item_word(slip: Slip) -> Diagnostic | None:
    """PW0202: an item starts with a word that starts none."""
    first = slip.lexemes[0]
    if slip.at == 0 and first.type not in LAYOUT:
        return slip.told(
            "PW0202",
            f"{shown(first)} cannot start an item",
            "indent the line under the one that it describes, or start it with "
            "`fact`, `decide` or another item.",
        )
    if slip.at != 1 or first.type != "NAME":
        return None
    if slip.token.type == "NAME" and nearest(slip.token.text, ("never",)):
        message = f"behind `{first.text}` I expected `never changes`"
        return slip.told("PW0209", message, "did you mean `never`?")
    near = _meant(first.text, STARTERS)
    help_text = f"did you mean `{near}`?" if near else "items start with " + _list(ITEM_WORDS) + "."
    return slip.told("PW0202", f"no item starts with `{first.text}`", help_text, at=first)


def explain_joint(slip: Slip) -> Diagnostic | None:
    """PW0202: a line that goes on with `and` or `or`."""
    if not slip.is_first or slip.token.type not in ("AND", "OR"):
        return None
    return slip.told(
        "PW0202",
        f"a line cannot start with `{slip.token.text}`",
        "put the whole condition into round brackets, or use bullets under `all of` or `any of`.",
    )


def explain_step(slip: Slip) -> Diagnostic | None:
    """PW0211: a step that leads nowhere."""
    first = slip.lexemes[0]
    if first.type != "STEP" or "THEN" not in slip.accepts or not slip.is_end_of_line:
        return None
    return slip.told(
        "PW0211",
        "the step does not say what comes next",
        "add the line `then go to NAME`.",
        at=first.span.to(slip.next(2 - slip.at).span),
    )


def _leads_on(slip: Slip) -> bool:
    """Whether `then` stands further on in the line, as in a branch that lacks its `when`."""
    rest = [lexeme.type for lexeme in slip.lexemes[slip.at :]]
    return "THEN" in rest[: rest.index("NL")] if "NL" in rest else "THEN" in rest


def explain_line_word(slip: Slip) -> Diagnostic | None:
    """PW0202: a line starts with a word that cannot stand there."""
    if not slip.is_first or "THEN" in slip.accepts:
        return None
    token = slip.token
    allowed = sorted(kind.lower() for kind in slip.accepts & _LINE_TYPES if kind != "VBAR")
    item = slip.lexemes[0].text
    if token.type == "NAME" and "NAME" not in slip.accepts:
        near = _meant(token.text, allowed)
        help_text = f"did you mean `{near}`?" if near else _may_stand(allowed)
        if "when" in allowed and not (near or "").startswith("when") and _leads_on(slip):
            help_text = f"a branch starts with `when`: write `when {token.text} …`."
        return slip.told("PW0202", f"no line of `{item}` starts with `{token.text}`", help_text)
    if token.text in (*HEAD_WORDS, *ITEM_WORDS):
        return slip.told(
            "PW0102",
            f"`{token.text}` starts an item, so it cannot be indented",
            "start the line in column 1, or write another word.",
        )
    if token.type in KEYWORD_TYPES:
        message = f"no line of `{item}` can start with `{token.text}` here"
        return slip.told("PW0202", message, _may_stand(allowed))
    if token.type in ("STAR", "PLUS", "MINUS"):
        return slip.told(
            "PW0202",
            f"no line of `{item}` starts with `{token.text}`",
            "criteria stand under `all of`, `any of`, `none of` or `at least 2 of`.",
        )
    if not allowed or "NAME" in slip.accepts:
        return None
    message = f"a line of `{item}` starts with a word, not with {shown(token)}"
    return slip.told("PW0202", message, _may_stand(allowed))


def _may_stand(allowed: list[str]) -> str:
    if not allowed:
        return ""
    structural = [word for word in allowed if word in ("when", "otherwise", "add", "says", "given")]
    return f"here may stand {_list(structural or allowed)}."


def _meant(word: str, allowed: frozenset[str] | list[str]) -> str:
    """Return the word of the language that someone meant, or nothing."""
    known = _MEANT.get(word.casefold(), "")
    if known.split(" ")[0] in allowed:
        return known
    return next(iter(nearest(word, allowed)), "")


def _list(allowed: list[str] | tuple[str, ...]) -> str:
    quoted = [f"`{word}`" for word in allowed]
    return ", ".join(quoted[:-1]) + " or " + quoted[-1] if len(quoted) > 1 else quoted[0]
