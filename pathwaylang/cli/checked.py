"""What `check` found and proved of one file, as plain data that can be kept and sent.

`Checked` is the result, `Reading` the result with the texts it was made from. Both hold nothing of
the compiler, so that a result from the cache, or from another process, is told without loading it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pathwaylang.cli.telling import findings_text, tally
from pathwaylang.diagnostics import Diagnostic, Severity, Source, Sources, Span, sorted_diagnostics
from pathwaylang.diagnostics.paint import Paint
from pathwaylang.diagnostics.render_json import CheckedFile
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of one file.

    `proof` tells in words what was proved, nothing where the file is not clean. `reviews` are the
    days by which parts are to be reviewed: with the findings they are all that depends on the day.
    """

    file: CheckedFile
    diagnostics: tuple[Diagnostic, ...]
    proof: tuple[str, ...]
    reviews: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A result with the texts it rests on, its own first, and the names that could not be read."""

    checked: Checked
    sources: tuple[Source, ...]
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AllChecked:
    """All files of one call: their results, and their findings without repeats."""

    files: tuple[Checked, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: Sources


def check_all(readings: Iterable[Reading]) -> AllChecked:
    """Gather results; what several files share is told once.

    What an overlay only notes of its base is left out where the base itself is among the files.
    """
    all_ = tuple(readings)
    every = dict.fromkeys(d for reading in all_ for d in reading.checked.diagnostics)
    graver = {_what(d) for d in every if d.severity is not Severity.NOTE}
    found = tuple(d for d in every if d.severity is not Severity.NOTE or _what(d) not in graver)
    sources = Sources(*(source for reading in all_ for source in reading.sources))
    return AllChecked(
        tuple(reading.checked for reading in all_), sorted_diagnostics(found), sources
    )


def _what(diagnostic: Diagnostic) -> tuple[str, Span, str]:
    return diagnostic.code, diagnostic.span, diagnostic.message


def is_failing(
    diagnostics: Iterable[Diagnostic], *, strict: bool, allow: Iterable[str] = ()
) -> bool:
    """True if an error or something undecided is open, or under `strict` a warning not allowed."""
    allowed = frozenset(allow)
    return any(
        diagnostic.is_failure
        or (strict and diagnostic.severity is Severity.WARNING and diagnostic.code not in allowed)
        for diagnostic in diagnostics
        if diagnostic.waived is None
    )


def check_text(checked: AllChecked, style: TextStyle) -> str:
    """Return findings, the proof of each clean pathway in words, and a closing line."""
    parts = [findings_text(checked.diagnostics, checked.sources, style)]
    parts += [_proof_text(file, style) for file in checked.files]
    if checked.files:
        parts.append(_closing(checked, style))
    return "\n\n".join(part for part in parts if part)


def _proof_text(checked: Checked, style: TextStyle) -> str:
    if not checked.proof:
        return ""
    first, *rest = checked.proof
    return "\n".join([Paint(style.colour).good(visible(first)), *map(visible, rest)])


def _closing(checked: AllChecked, style: TextStyle) -> str:
    """Return how many files there were and what was found; of several, how many are in order."""
    count = len(checked.files)
    files = "1 file"
    if count > 1:
        clean = sum(not is_failing(f.diagnostics, strict=False) for f in checked.files)
        told = {0: "none", count: "all"}.get(clean, str(clean))
        files = f"{count} files, {told} without errors"
    return Paint(style.colour).bold(f"{files}: {tally(checked.diagnostics)}")
