"""Slips in overlays: what cannot be replaced, and what stands under `replace branch`."""

from __future__ import annotations

from pathwaylang.compiler.syntax.slip import LAYOUT, Slip, words
from pathwaylang.diagnostics import Diagnostic

_DROPPING = frozenset(("remove", "delete", "drop", "omit", "without", "disable", "ignore"))
_RULES = frozenset(("NEVER", "ALWAYS"))
_ADVICE = {
    "FACT": "write `restrict fact {rest}`; a fact may only become narrower.",
    "DECIDE": "replace it branch by branch: `replace branch DECISION.BRANCH`.",
    "TABLE": "replace it row by row: `replace branch TABLE.ROW`.",
    "STAGE": "an overlay keeps the stages of its base.",
    "NAME": "write `replace recommendation {rest}`, or `replace branch DECISION.BRANCH`.",
    "DOTTED": "write `replace branch {rest}`.",
}
_OTHER = "replace a branch with `replace branch DECISION.BRANCH`."


def explain_dropped_rule(slip: Slip) -> Diagnostic | None:
    """PW0913: a safety rule of the base is to go, or to become another."""
    first, *rest = slip.lexemes
    is_dropping = first.type == "REPLACE" or first.text.lower() in _DROPPING
    if not is_dropping or not rest or not _is_rule([lexeme.type for lexeme in rest]):
        return None
    return slip.told(
        "PW0913",
        "an overlay cannot drop or replace a safety rule",
        "delete this; add a stricter rule of your own, or have the base changed.",
        at=first.span.to(rest[0].span),
        note="What the base forbids stays forbidden in every overlay of it.",
    )


def _is_rule(types: list[str]) -> bool:
    line = types[: next((i for i, kind in enumerate(types) if kind in LAYOUT), len(types))]
    return bool(line) and (line[0] in _RULES or line[1:3] == ["NEVER", "CHANGES"])


def explain_replaced(slip: Slip) -> Diagnostic | None:
    """PW0209, PW0211: what `replace` and `restrict` are followed by, and what stands below."""
    if slip.lexemes[0].type == "RESTRICT" and slip.at == 1:
        rest = words(slip.rest)
        return slip.told(
            "PW0209",
            "`restrict` stands before `fact`",
            f"write `restrict fact {rest}`." if rest else "write `restrict fact` and its name.",
        )
    if slip.lexemes[0].type != "REPLACE":
        return None
    if slip.at == 1:
        kind = "DOTTED" if slip.next().type == "DOT" else slip.token.type
        advice = _ADVICE.get(kind, _OTHER).format(rest=_after_word(slip))
        return slip.told("PW0209", "`replace` stands before `recommendation` or `branch`", advice)
    if slip.lexemes[1].type == "BRANCH":
        return _explain_branch(slip)
    return None


def _after_word(slip: Slip) -> str:
    rest = slip.rest if slip.token.type == "NAME" else slip.rest[1:]
    return words(rest) or "NAME"


def _explain_branch(slip: Slip) -> Diagnostic | None:
    if slip.token.type in ("WHEN", "OTHERWISE") and slip.is_first and "WHEN" not in slip.accepts:
        return slip.told(
            "PW0212",
            "a `replace branch` holds one branch",
            "write a `replace branch` for each branch that is replaced.",
        )
    if slip.token.type in LAYOUT and "OTHERWISE" in slip.accepts:
        return slip.told(
            "PW0211",
            "this `replace branch` holds no branch",
            "write the new one below it, such as `when … then recommend …`.",
            at=slip.lexemes[0].span.to(slip.lexemes[1].span),
        )
    if slip.at == 2:  # noqa: PLR2004 - behind `replace branch`
        return slip.told(
            "PW0209",
            "say which branch is replaced",
            "write `replace branch DECISION.BRANCH`, such as `replace branch local.CL7`.",
            at=slip.before,
        )
    return None
