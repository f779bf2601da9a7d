"""Slips in conditions and outcomes: chains, foreign words, a missing `then`, lists of values."""

from __future__ import annotations

import re

from pathwaylang.compiler.syntax.keywords import KEYWORDS
from pathwaylang.compiler.syntax.lexemes import Lexeme
from pathwaylang.compiler.syntax.slip import Slip, shown, words
from pathwaylang.diagnostics import Diagnostic
from pathwaylang.ir.names import nearest

_JOINTS = frozenset(
    ("AND", "OR", "NOT", "WHEN", "THEN", "AS", "LPAR", "MINUS_BULLET", "IMPOSSIBLE")
)
_OUTCOMES = frozenset(("RECOMMEND", "OFFER", "GO"))
_OPERATORS = frozenset(("IS", "CMP", "IN"))

_FOREIGN_WORDS = {
    "less": "<",
    "lower": "<",
    "below": "<",
    "under": "<",
    "smaller": "<",
    "younger": "<",
    "fewer": "<",
    "greater": ">",
    "more": ">",
    "higher": ">",
    "above": ">",
    "over": ">",
    "exceeds": ">",
    "older": ">",
    "larger": ">",
    "equals": "is",
    "equal": "is",
    "eq": "is",
    "isnt": "is not",
    "contains": "is one of",
    "between": "in LOW..HIGH",
    "but": "and",
    "plus": "+",
    "minus": "-",
    "times": "*",
    "xor": "or",
}
"""Words that people put between two values, and what the language has for them."""


def explain_chain(slip: Slip) -> Diagnostic | None:
    """PW0207: `0 <= x <= 2`, `x is a is b`."""
    token = slip.token
    if token.type not in _OPERATORS or slip.accepts & _OPERATORS:
        return None
    start = _start_of_comparison(slip)
    part = slip.lexemes[start : slip.at]
    signs = [index for index, lexeme in enumerate(part) if lexeme.type in _OPERATORS]
    if not signs:
        return None
    left, middle = part[: signs[0]], part[signs[0] + 1 :]
    if not left or not middle:
        return None
    right = _operand(slip.lexemes, slip.at + 1)
    first, second = part[signs[0]].text, token.text
    return slip.told(
        "PW0207",
        "two comparisons stand in one condition",
        f"write `{_unchained(left, first, middle, second, right)}`.",
        note="`and` joins two conditions; a stretch of numbers is written with `in`.",
    )


def _unchained(
    left: tuple[Lexeme, ...],
    first: str,
    middle: tuple[Lexeme, ...],
    second: str,
    right: tuple[Lexeme, ...],
) -> str:
    is_numeric = left[0].type == "DIGITS" and right and right[0].type == "DIGITS"
    if is_numeric and first == "<=" and second in ("<=", "<"):
        sign = ".." if second == "<=" else "..<"
        unit = right[1:] or left[1:]
        tail = f" {words(unit)}" if unit else ""
        return f"{words(middle)} in {left[0].text}{sign}{right[0].text}{tail}"
    return f"{words(left)} {first} {words(middle)} and {words(middle)} {second} {words(right)}"


def _start_of_comparison(slip: Slip) -> int:
    index = slip.at
    while index > slip.line_start and slip.lexemes[index - 1].type not in _JOINTS:
        index -= 1
    if index < slip.at and index == slip.line_start and slip.lexemes[index].type == "MINUS":
        index += 1
    return index


def _operand(lexemes: tuple[Lexeme, ...], start: int) -> tuple[Lexeme, ...]:
    end = start
    while end < len(lexemes) and lexemes[end].type in ("DIGITS", "UNIT", "NAME"):
        end += 1
    return lexemes[start:end]


def explain_is(slip: Slip) -> Diagnostic | None:
    """PW0208: other ways to say `is`, `is one of` and `in`."""
    token, before, line = slip.token, slip.before, slip.line
    if before.type == "IS" and token.type == "AT" and slip.next().text in ("least", "most"):
        sign = ">=" if slip.next().text == "least" else "<="
        asked = f"{words(line[-2:-1])} {sign} {words(_until_joint(slip.rest[2:]))}"
        return slip.told(
            "PW0208", f"`is at {slip.next().text}` is written `{sign}`", f"write `{asked}`.",
            at=before.span.to(slip.next().span),
        )  # fmt: skip
    last = [lexeme.type for lexeme in line[-3:]]
    if before.type == "IS" and token.type == "CMP":
        return slip.told(
            "PW0208", f"`is` and `{token.text}` say the same", "leave out `is`.", at=before
        )
    if before.type == "IS" and token.type == "IN":
        return slip.told("PW0208", "`is in` is written `in` or `is one of`", "leave out `is`.")
    if last[-2:] == ["IS", "NOT"] and token.type in ("KNOWN", "UNKNOWN"):
        other = "unknown" if token.type == "KNOWN" else "known"
        return slip.told(
            "PW0208", f"`is not {token.text}` is written `is {other}`", f"write `is {other}`."
        )
    if token.type in ("RANGE", "RANGE_OPEN") and "IS" in last:
        return slip.told(
            "PW0208", "a range stands behind `in`", "write `in` instead of `is`.", at=line[-2]
        )
    if before.type == "IN" and token.type in ("NAME", "NONE", "YES", "NO"):
        return slip.told(
            "PW0208",
            "`in` takes a range of numbers",
            f"write `is one of {words(_until_joint(slip.rest))}`.",
            at=before,
        )
    if token.type == "COMMA" and "IS" in last and "ONE" not in (lexeme.type for lexeme in line):
        word = "is not one of" if last[-2:-1] == ["NOT"] else "is one of"
        values = words((before, *_until_joint(slip.rest)))
        return slip.told(
            "PW0208", f"several values stand behind `{word}`", f"write `{word} {values}`."
        )
    if token.type == "NOT" and "IS" in slip.accepts:
        rest = words(_until_joint(slip.rest[1:]))
        return slip.told(
            "PW0208",
            "`not` stands before the condition, or behind `is`",
            f"write `not {before.text} {rest}`.",
        )
    return None


def _until_joint(lexemes: tuple[Lexeme, ...]) -> tuple[Lexeme, ...]:
    """Return the lexemes up to the next word that joins or ends a condition."""
    ends = (i for i, lexeme in enumerate(lexemes) if lexeme.type in ("AND", "OR", "THEN", "RPAR"))
    return lexemes[: next(ends, len(lexemes))]


def explain_foreign_word(slip: Slip) -> Diagnostic | None:
    """PW0208: a word for which the language has another one."""
    token = slip.token
    if token.type != "NAME":
        return None
    lower = token.text.lower()
    if lower == "than" and _FOREIGN_WORDS.get(slip.before.text.lower()) in ("<", ">"):
        return _told_comparative(slip, slip.at - 1)
    if lower in KEYWORDS and lower.upper() in slip.accepts:
        return slip.told("PW0208", f"`{token.text}` is written `{lower}`", f"write `{lower}`.")
    meant = _FOREIGN_WORDS.get(lower)
    if meant is None or (not slip.accepts & {"IS", "CMP", "AND"} and slip.before.type != "IS"):
        return None
    if meant in ("<", ">"):
        return _told_comparative(slip, slip.at)
    between = words(slip.rest[1:4])
    if lower == "between" and re.fullmatch(r"\S+ (and|to) \S+", between):
        low, _, high = between.split(" ")
        meant = f"in {low}..{high}"
    start = slip.before if slip.before.type == "IS" else token
    return slip.told(
        "PW0208", f"`{words((start, token) if start is not token else (token,))}` is written "
        f"`{meant}`", f"write `{meant}`.", at=start.span.to(token.span),
    )  # fmt: skip


def _told_comparative(slip: Slip, at: int) -> Diagnostic:
    """PW0208: `is less than or equal to 3 cm`, told as one phrase; the adjective stands at `at`."""
    lexemes = slip.lexemes[at : slip.at + len(slip.rest)]
    rest = [lexeme.text.lower() for lexeme in lexemes]
    sign, end = _FOREIGN_WORDS[rest[0]], 1 + (rest[1:2] == ["than"])
    for phrase in (["or", "equal", "to"], ["or", "equal"], ["or", "equals"]):
        if rest[end : end + len(phrase)] == phrase:
            sign, end = f"{sign}=", end + len(phrase)
            break
    first = at - 1 if slip.lexemes[at - 1].type == "IS" else at
    told = slip.lexemes[first : at + end]
    value = words(_until_joint(lexemes[end:])) or "…"
    return slip.told(
        "PW0208",
        f"`{words(told)}` is written `{sign}`",
        f"write `{slip.lexemes[first - 1].text} {sign} {value}`.",
        at=told[0].span.to(told[-1].span),
    )


def explain_then(slip: Slip) -> Diagnostic | None:
    """PW0201: a condition without its `then`."""
    token = slip.token
    is_branch = slip.is_first or slip.opener in ("WHEN", "INDENT", *_OUTCOMES)
    if "THEN" not in slip.accepts or not is_branch or slip.lexemes[0].type == "STEP":
        return None
    found = shown(token)
    if token.type in _OUTCOMES:
        help_text = f"write `then {words(slip.rest)}`."
    elif token.type == "COMMA" and slip.next().type in _OUTCOMES:
        help_text = f"write `then {words(slip.rest[1:])}`."
    elif token.type in ("COLON", "DO"):
        help_text = "write `then` in its place."
    else:
        help_text = "write `then` and what to do, for instance `then go to …`."
    at = _last_word(slip).span if slip.is_end_of_line else token.span
    return slip.told(
        "PW0201",
        f"after the condition I expected `and`, `or` or `then`, but found {found}",
        help_text,
        at=at,
    )


def _last_word(slip: Slip) -> Lexeme:
    index = min(slip.at, len(slip.lexemes)) - 1
    while index > 0 and not slip.lexemes[index].text.strip():
        index -= 1
    return slip.lexemes[index]


def explain_outcome(slip: Slip) -> Diagnostic | None:
    """PW0209, PW0211: outcomes that are joined wrongly, or are none."""
    token, line = slip.token, slip.line
    if slip.accepts >= _OUTCOMES:
        if slip.is_end_of_line:
            return slip.told(
                "PW0211",
                "the outcome is missing",
                "write `recommend NAME`, `offer NAME or NAME` or `go to NAME`.",
                at=_last_word(slip),
            )
        near = nearest(token.text, ("recommend", "offer", "go")) if token.type == "NAME" else ()
        named = f"write `recommend {words(slip.rest)}` or `go to {words(slip.rest)}`."
        return slip.told(
            "PW0209",
            f"an outcome starts with `recommend`, `offer` or `go to`, not with {shown(token)}",
            f"did you mean `{near[0]}`?" if near else named if token.type == "NAME" else "",
        )
    if "TO" in slip.accepts and slip.before.type == "GO":
        return slip.told("PW0209", "`go` is followed by `to`", f"write `go to {words(slip.rest)}`.")
    kinds = [lexeme.type for lexeme in line]
    verb = next((kind for kind in reversed(kinds) if kind in ("RECOMMEND", "OFFER")), "")
    if not verb or token.type not in ("COMMA", "OR", "AND", "NL", "UNIT"):
        return None
    if kinds[0] in ("NEVER", "ALWAYS"):
        if token.type in ("COMMA", "AND"):
            return slip.told("PW0209", "a rule joins recommendations with `or`", "write `or`.")
        return None
    if verb == "OFFER" and token.type == "NL":
        return slip.told(
            "PW0211",
            "an offer has at least two recommendations",
            "add another with `or`, or write `recommend`.",
            at=slip.before,
        )
    if verb == "OFFER":
        return slip.told("PW0209", "an offer joins recommendations with `or`", "write `or`.")
    return slip.told(
        "PW0209",
        "one answer joins recommendations with `and`",
        "write `and` if the patient gets all of them, or `offer … or …` to let the patient choose.",
    )


def explain_missing_operand(slip: Slip) -> Diagnostic | None:
    """PW0211: nothing stands where a condition or a value must."""
    before = slip.before.type
    joins = {"AND", "OR", "NOT", "WHEN", "CMP", "IS", "IN", "PLUS", "STAR", "SLASH", "AS", "ONE"}
    ends = {"THEN", "NL", "RPAR", "AND", "OR", "DEDENT", "INDENT", "$END", "VBAR", "OTHERWISE"}
    if before not in joins or slip.token.type not in ends or slip.accepts <= {"OF", "ORDER"}:
        return None
    what = "value" if before in ("CMP", "IS", "IN") else "condition"
    return slip.told(
        "PW0211",
        f"a {what} is missing behind `{slip.before.text}`",
        f"complete it, or remove `{slip.before.text}`.",
        at=slip.before,
    )
