"""Findings as workflow commands of GitHub Actions, which shows them beside the changed lines.

Diagnostics and sources go in, one line per finding comes out. Line ends, percent signs, colons and
commas are escaped as the format asks; other control characters are made visible, so that no text of
a pathway can start a command of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from pathwaylang.diagnostics.codes import CODES
from pathwaylang.diagnostics.diagnostic import Diagnostic, Severity
from pathwaylang.diagnostics.render_text import say_fact
from pathwaylang.diagnostics.source import Sources
from pathwaylang.diagnostics.visible import visible

_COMMAND = {
    Severity.ERROR: "error",
    Severity.UNDECIDED: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


def render_github(diagnostics: Iterable[Diagnostic], sources: Sources) -> str:
    """Return one workflow command per finding that is not waived, each on its line."""
    return "\n".join(_command(d, sources) for d in diagnostics if d.waived is None)


def _command(diagnostic: Diagnostic, sources: Sources) -> str:
    span = diagnostic.span
    properties = {"file": span.source}
    source = sources.get(span.source)
    if source is not None:
        size = len(source.text)
        start, end = (source.position(min(offset, size)) for offset in (span.start, span.end))
        properties |= {"line": str(start.line), "endLine": str(end.line), "col": str(start.column)}
        if end.line == start.line:
            properties["endColumn"] = str(end.column)
    properties["title"] = f"{diagnostic.code} {CODES[diagnostic.code].name}"
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMAND[diagnostic.severity]} {told}::{_data(_message(diagnostic))}"


def _message(diagnostic: Diagnostic) -> str:
    lines = [diagnostic.message]
    patient = diagnostic.evidence.patient if diagnostic.evidence else None
    if patient is not None:
        lines.append("patient: " + ", ".join(say_fact(*fact) for fact in patient.facts))
    lines += [f"note: {note}" for note in diagnostic.notes]
    if diagnostic.help:
        lines.append(f"help: {diagnostic.help}")
    return "\n".join(lines)


def _data(text: str) -> str:
    return "%0A".join(visible(line).replace("%", "%25") for line in text.split("\n"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
