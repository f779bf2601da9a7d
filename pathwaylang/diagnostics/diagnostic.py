"""Findings as plain data: what is wrong, where, for which patient, what to write.

Everything that a pass has to say to an author is a `Diagnostic`. It knows nothing of how it will
be shown: `render_text`, `render_json` and `render_github` turn it into lines.

Invariants: the first label is the primary one; every value here is text or a number, so that a
diagnostic can be kept, compared and sent anywhere. User mistakes are diagnostics; exceptions are
for our own bugs (`InternalError`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pathwaylang.diagnostics.source import Span


class Severity(StrEnum):
    """How much a finding matters; `undecided` fails a check as an error does."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Label:
    """A place with an optional remark printed beside it."""

    span: Span
    text: str = ""


FactValue = str | int | bool
"""A value as people and JSON see it: true/false, a whole number, a choice, `"3.5 cm"`,
`"unknown"`."""


@dataclass(frozen=True, slots=True)
class Patient:
    """One concrete case that shows a finding, replayed through the evaluator before it is told.

    `facts` are the facts that make this patient unusual, in reading order; `complete` is the whole
    case. `way` names the branches passed, for safety rules.
    """

    facts: tuple[tuple[str, FactValue], ...]
    complete: tuple[tuple[str, FactValue], ...] = ()
    way: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangular region of cases: each fact with the values it may have, and its size."""

    facts: tuple[tuple[str, str], ...]
    count: int


@dataclass(frozen=True, slots=True)
class Blame:
    """A branch that has a part in a finding."""

    span: Span
    branch: str
    same_outcome: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a verifier finding rests on: a patient, the region, the branches, the engine."""

    patient: Patient | None = None
    count: int | None = None
    unit: str = "cases"
    share: float | None = None
    boxes: tuple[Box, ...] = ()
    blame: tuple[Blame, ...] = ()
    engine: str = ""
    conditions: tuple[str, ...] = ()
    """The whole region as conditions to paste; empty where it takes too many."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of a span."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Repair:
    """Edits that were tried: with them the pathway checks cleaner.

    `…` in a text stands for what only the author can decide.
    """

    title: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `message` is one line, lower case, without a full stop, with what the author wrote in backticks;
    `notes` are plain sentences below it; `help` is only an edit that works. `waived` carries the
    reason where an `accept` line waives the finding.
    """

    code: str
    severity: Severity
    message: str
    labels: tuple[Label, ...]
    notes: tuple[str, ...] = ()
    help: str = ""
    evidence: Evidence | None = None
    waived: str | None = None
    repair: Repair | None = None

    @property
    def span(self) -> Span:
        """The place of the primary label."""
        return self.labels[0].span

    @property
    def is_failure(self) -> bool:
        """True if this finding alone makes a check fail."""
        return self.severity in (Severity.ERROR, Severity.UNDECIDED)


def sorted_diagnostics(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics in reading order: by source, offset, code, message."""
    return tuple(
        sorted(diagnostics, key=lambda d: (d.span.source, d.span.start, d.code, d.message))
    )


class InternalError(Exception):
    """A bug of ours (PW99xx), never a mistake of the author."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
