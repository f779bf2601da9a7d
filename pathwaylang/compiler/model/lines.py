"""The order of lines in decisions, classifications and piecewise numbers.

`otherwise` is the last line and stands once; `when unknown` stands once. Findings: PW0202 (a line
after `otherwise`), PW0212 (a line that may stand once stands twice).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pathwaylang.compiler.model.report import Report
from pathwaylang.diagnostics import Label, Span

Word = Literal["when", "unknown", "otherwise"]
_SHOWN = {"when": "when", "unknown": "when unknown", "otherwise": "otherwise"}


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
