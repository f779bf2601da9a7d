"""Conditions as text: what the author wrote, on one line.

Bullets become `all of: a; b`, nested ones in brackets, so that every condition fits into a chart,
a trace or a table of reasons.
"""

from __future__ import annotations

from pathwaylang.compiler.model.scope import Build
from pathwaylang.compiler.syntax import nodes as syntax


def condition_text(build: Build, expr: syntax.Expr) -> str:
    """Return a condition as written, white space normalised."""
    if not isinstance(expr, syntax.Bullets):
        return build.written(expr.span)
    parts = [_part(build, item) for item in expr.items]
    return f"{_heading(expr)}: {'; '.join(parts)}"


def _part(build: Build, expr: syntax.Expr) -> str:
    text = condition_text(build, expr)
    return f"({text})" if isinstance(expr, syntax.Bullets) else text


def _heading(expr: syntax.Bullets) -> str:
    return f"at least {expr.count} of" if expr.quantifier == "at least" else f"{expr.quantifier} of"
