"""Findings as JSON, the stable form that scripts and other tools read.

`CheckedFile` says what was proved of a file; diagnostics say what was found. Out comes a plain
dictionary, or its text. Every field is always there: null, or an empty list, for nothing.

INVARIANT: counts are decimal strings (they pass 2^53); columns count code points from 1, ends are
exclusive; characters that could steer a terminal are written as escapes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pathwaylang import __version__
from pathwaylang.diagnostics.codes import CODES
from pathwaylang.diagnostics.diagnostic import Diagnostic, Label, Patient, Severity
from pathwaylang.diagnostics.source import Sources, Span
from pathwaylang.diagnostics.visible import is_hazard

SCHEMA = 1

Json = str | int | float | bool | None | Mapping[str, "Json"] | list["Json"]


@dataclass(frozen=True, slots=True)
class CheckedTrack:
    """The outcomes of one track with their numbers of cases, and the engine that counted."""

    engine: str
    outcomes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What was proved of one file; `pathway` is None where it could not be read so far."""

    path: str
    pathway: str | None = None
    cases: int | None = None
    unit: str | None = None
    stages: tuple[tuple[str, tuple[tuple[str, CheckedTrack], ...]], ...] = ()


def check_document(
    files: Iterable[CheckedFile], diagnostics: Iterable[Diagnostic], sources: Sources
) -> dict[str, Json]:
    """Return the whole result of `check` as a dictionary."""
    found = tuple(diagnostics)
    return {
        "schema": SCHEMA,
        "tool": f"pathwaylang {__version__}",
        "files": [_file(file) for file in files],
        "findings": [finding_document(diagnostic, sources) for diagnostic in found],
        "summary": {**summary_counts(found)},
    }


def summary_counts(diagnostics: Iterable[Diagnostic]) -> dict[str, int]:
    """Count findings by severity; waived ones are not counted."""
    open_ = [d.severity for d in diagnostics if d.waived is None]
    return {
        "errors": open_.count(Severity.ERROR),
        "warnings": open_.count(Severity.WARNING),
        "notes": open_.count(Severity.NOTE),
        "undecided": open_.count(Severity.UNDECIDED),
    }


def finding_document(diagnostic: Diagnostic, sources: Sources) -> dict[str, Json]:
    """Return one finding as a dictionary."""
    evidence = diagnostic.evidence
    return {
        "code": diagnostic.code,
        "name": CODES[diagnostic.code].name,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        **_place(diagnostic.span, sources),
        "labels": [_label(label, sources) for label in diagnostic.labels],
        "patient": _patient(evidence.patient) if evidence and evidence.patient else None,
        "count": _count(evidence.count) if evidence else None,
        "unit": evidence.unit if evidence else None,
        "share": evidence.share if evidence else None,
        "boxes": [
            {"facts": dict(box.facts), "count": str(box.count)}
            for box in (evidence.boxes if evidence else ())
        ],
        "waived": diagnostic.waived,
        "blame": [
            {
                "file": blame.span.source,
                "line": sources.line_of(blame.span),
                "branch": blame.branch,
                "same_outcome": blame.same_outcome,
            }
            for blame in (evidence.blame if evidence else ())
        ],
        "help": diagnostic.help or None,
        "engine": (evidence.engine or None) if evidence else None,
    }


def json_text(document: Mapping[str, Json]) -> str:
    """Return a document as indented JSON that is safe to print on a terminal."""
    return safe_json(json.dumps(document, indent=2, ensure_ascii=False))


def safe_json(text: str) -> str:
    """Return a JSON text with every character that could steer a terminal as an escape."""
    if text.isascii() and "\x7f" not in text:
        return text
    return "".join(_escaped(c) if c != "\n" and is_hazard(c) else c for c in text)


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def _file(file: CheckedFile) -> dict[str, Json]:
    stages: dict[str, Json] = {
        stage: {
            track: {
                "engine": checked.engine,
                "outcomes": {name: str(count) for name, count in checked.outcomes},
            }
            for track, checked in tracks
        }
        for stage, tracks in file.stages
    }
    return {
        "path": file.path,
        "pathway": file.pathway,
        "cases": _count(file.cases),
        "unit": file.unit,
        "stages": stages,
    }


def _count(count: int | None) -> str | None:
    return None if count is None else str(count)


def _place(span: Span, sources: Sources) -> dict[str, Json]:
    source = sources.get(span.source)
    if source is None:
        return {"file": span.source, "start": None, "end": None}
    size = len(source.text)
    start, end = (source.position(min(offset, size)) for offset in (span.start, span.end))
    return {
        "file": span.source,
        "start": {"line": start.line, "column": start.column},
        "end": {"line": end.line, "column": end.column},
    }


def _label(label: Label, sources: Sources) -> dict[str, Json]:
    return {**_place(label.span, sources), "text": label.text}


def _patient(patient: Patient) -> dict[str, Json]:
    return {"facts": dict(patient.facts), "complete": dict(patient.complete)}
