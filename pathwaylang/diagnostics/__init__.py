"""Floor 0: sources, spans, findings, codes and their renderers. Standard library only."""

from pathwaylang.diagnostics.codes import CODES, Code, finding
from pathwaylang.diagnostics.diagnostic import (
    Blame,
    Box,
    Diagnostic,
    Evidence,
    FactValue,
    InternalError,
    Label,
    Patient,
    Severity,
    sorted_diagnostics,
)
from pathwaylang.diagnostics.source import Position, Source, Sources, Span

__all__ = [
    "CODES",
    "Blame",
    "Box",
    "Code",
    "Diagnostic",
    "Evidence",
    "FactValue",
    "InternalError",
    "Label",
    "Patient",
    "Position",
    "Severity",
    "Source",
    "Sources",
    "Span",
    "finding",
    "sorted_diagnostics",
]
