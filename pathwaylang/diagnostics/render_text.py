"""Findings as people read them, on a terminal or in a log.

Diagnostics and their sources go in, text comes out. The order is fixed: place, severity, code and
name of the defect; the message; the excerpt with carets; `patient:` (what is unusual about this
patient, in the words of an `example`); `way:`; `note:`; `help:`; `see:`. A waived one is told in
short: its place, its message, and why it is waived.

INVARIANT: pure and deterministic; user text never reaches the output raw (`visible`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pathwaylang.diagnostics.codes import CODES
from pathwaylang.diagnostics.counts import say_count, say_number, say_share
from pathwaylang.diagnostics.diagnostic import Diagnostic, Evidence, FactValue, Patient
from pathwaylang.diagnostics.excerpt import excerpt
from pathwaylang.diagnostics.paint import Paint
from pathwaylang.diagnostics.source import Sources
from pathwaylang.diagnostics.visible import visible, wrapped

DEFAULT_WIDTH = 100
_SHOWN_BOXES = 3
_MOST_FACTS = 8
"""A group of patients that more facts describe is not spelled out."""

_SHOWN_USUAL = 6
_HANG = " " * 11


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text is laid out: with colours or without, and how wide."""

    colour: bool = False
    width: int = DEFAULT_WIDTH


def render_text(diagnostic: Diagnostic, sources: Sources, style: TextStyle = TextStyle()) -> str:
    """Return one finding as text without a closing line end."""
    paint = Paint(style.colour)
    lines = [_headline(diagnostic, sources, paint)]
    lines += wrapped(diagnostic.message, style.width, "  ", "  ")
    if diagnostic.waived is None:
        lines += excerpt(diagnostic.labels, sources, paint, style.width)
    for word, text in finding_parts(diagnostic):
        lead = f"{word + ':':>10} "
        body = wrapped(text, style.width, _HANG, lead)
        painted = f"{' ' * (9 - len(word))}{paint.keyword(word + ':')} "
        lines += [painted + body[0][len(lead) :], *body[1:]]
    return "\n".join(lines)


def render_texts(
    diagnostics: Iterable[Diagnostic], sources: Sources, style: TextStyle = TextStyle()
) -> str:
    """Return several findings, parted by an empty line."""
    return "\n\n".join(render_text(diagnostic, sources, style) for diagnostic in diagnostics)


def say_fact(name: str, value: FactValue) -> str:
    """Return a fact and its value as a line `given …` of an example would say it.

    >>> say_fact("fit", False), say_fact("largest", "3.5 cm")
    ('not fit', 'largest is 3.5 cm')
    """
    if isinstance(value, bool):
        return name if value else f"not {name}"
    return f"{name} is {value}"


def _headline(diagnostic: Diagnostic, sources: Sources, paint: Paint) -> str:
    span = diagnostic.span
    source = sources.get(span.source)
    at = source.position(min(span.start, len(source.text))) if source else None
    where = visible(span.source) + (f":{at.line}:{at.column}" if at else "")
    what = f"{diagnostic.severity} {diagnostic.code} {CODES[diagnostic.code].name}"
    waived = " (waived)" if diagnostic.waived is not None else ""
    return f"{paint.bold(where)} {paint.severity(diagnostic.severity, what)}{waived}"


def finding_parts(diagnostic: Diagnostic) -> list[tuple[str, str]]:
    """Return what is told below the message of a finding, as (word, text): patient, note, help."""
    if diagnostic.waived is not None:
        return [("waived", diagnostic.waived)]
    parts: list[tuple[str, str]] = []
    evidence = diagnostic.evidence
    if evidence is not None and evidence.patient is not None:
        parts.append(("patient", _patient(evidence.patient)))
        if evidence.patient.way:
            parts.append(("way", " → ".join(evidence.patient.way)))
    parts += [("note", note) for note in diagnostic.notes]
    if evidence is not None:
        parts += [("note", note) for note in _region(diagnostic, evidence)]
    if diagnostic.help:
        parts.append(("help", diagnostic.help))
    return [*parts, ("see", f"pathwaylang explain {diagnostic.code}")]


def _patient(patient: Patient) -> str:
    facts = patient.facts or patient.complete[:_SHOWN_USUAL]
    told = ", ".join(say_fact(name, value) for name, value in facts)
    rest = len(patient.complete) - len(facts)
    others = f"{rest} other fact{'s' if rest > 1 else ''} as usual" if rest > 0 else ""
    if not patient.facts:
        return (
            f"the usual patient: {told}{'; ' if others else ''}{others}" if told else "any patient"
        )
    return f"{told}; {others}" if others else told


def _region(diagnostic: Diagnostic, evidence: Evidence) -> list[str]:
    """Return how many cases a finding concerns, and which; not what its notes say already."""
    notes: list[str] = []
    if evidence.count:
        is_told = any(f"{say_number(evidence.count)} " in note for note in diagnostic.notes)
        count = "" if is_told else say_count(evidence.count, evidence.unit)
        share = "" if evidence.share is None else say_share(evidence.share)
        engine = f" (engine: {evidence.engine})" if evidence.engine else ""
        match count, share:
            case "", "":
                pass
            case "", _ if evidence.share == 1:
                pass
            case "", _:
                notes.append(f"That is {share} of them{engine}.")
            case _, "":
                notes.append(f"{count}{engine}")
            case _:
                notes.append(f"{count}, {share} of those that get here{engine}")
    return [*notes, *_groups(evidence)]


def _groups(evidence: Evidence) -> list[str]:
    """Return the groups of patients that a finding concerns, unless that takes half a page."""
    if len(evidence.boxes) < 2:  # noqa: PLR2004 - one group is told already
        return []
    told = [
        (box.count, [f"{name} {values}" for name, values in box.facts if values != "any"])
        for box in evidence.boxes
    ]
    shown = [(count, facts) for count, facts in told if len(facts) <= _MOST_FACTS][:_SHOWN_BOXES]
    lines = [
        f"{', '.join(facts) or 'any values'}: {say_count(count, evidence.unit)}"
        for count, facts in shown
    ]
    hidden = len(told) - len(shown)
    if not shown:
        lines.append("The groups take many facts to describe; `--format json` lists the largest.")
    elif hidden > 0:
        lines.append("and more such groups")
    return lines
