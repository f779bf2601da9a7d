"""Floor 0: sources, spans, findings, codes and their renderers. Standard library only."""

from pathwaylang.diagnostics.codes import CODES, Code, finding
from pathwaylang.diagnostics.diagnostic import (
    Blame,
    Box,
    Diagnostic,
    Edit,
    Evidence,
    FactValue,
    InternalError,
    Label,
    Patient,
    Repair,
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
    "Edit",
    "Evidence",
    "FactValue",
    "InternalError",
    "Label",
    "Patient",
    "Position",
    "Repair",
    "Severity",
    "Source",
    "Sources",
    "Span",
    "finding",
    "sorted_diagnostics",
]
