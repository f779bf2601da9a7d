"""The order of lines in decisions, classifications and piecewise numbers.

`otherwise` is the last line and stands once; `when unknown` stands once. Findings: PW0202 (a line
after `otherwise`), PW0211 (no line at all),
PW0212 (a line that may stand once stands twice).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pathwaylang.compiler.model.report import Report
from pathwaylang.compiler.syntax.nodes import Name
from pathwaylang.diagnostics import Label, Span

Word = Literal["when", "unknown", "otherwise"]
_FORMS = {
    "branch": "add a line `when … then …`.",
    "class": "add a line `NAME when …`.",
    "points": "add a line `add 1 when …`.",
}
_SHOWN = {"when": "when", "unknown": "when unknown", "otherwise": "otherwise"}


def check_any(report: Report, name: Name, count: int, what: str) -> None:
    """Report an item without the lines that it consists of (PW0211)."""
    if count == 0:
        report.add(
            "PW0211",
            f"`{name.text}` has no {what}",
            Label(name.span),
            notes=("No patient gets a result from it.",),
            help=_FORMS[what],
        )


def check_order(report: Report, lines: Iterable[tuple[Word, Span]]) -> None:
    """Report lines that stand twice or too late; at most one finding per line."""
    seen: dict[Word, Span] = {}
    for word, span in lines:
        if word in seen and word != "when":
            report.add(
                "PW0212",
                f"`{_SHOWN[word]}` stands twice",
                Label(span),
                Label(seen[word], "the first"),
                help="keep one of them.",
            )
        elif "otherwise" in seen:
            report.add(
                "PW0202",
                f"`{_SHOWN[word]}` stands after `otherwise`",
                Label(span),
                Label(seen["otherwise"], "this takes all that is left"),
                help="move `otherwise` to the end.",
            )
        seen.setdefault(word, span)
