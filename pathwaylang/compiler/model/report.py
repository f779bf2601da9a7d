"""Collect findings so that one slip gives one message.

A name that is missing is usually read in several places; the first place carries the finding, and
the others become further labels of it. Names that an unreadable item may have declared are
poisoned: whatever refers to them is silent.
"""

from __future__ import annotations

from dataclasses import replace

from pathwaylang.diagnostics import Diagnostic, Label, Severity, finding, sorted_diagnostics

_MAX_PLACES = 4


class Report:
    """The findings of one build, in the order found."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []
        self._first: dict[tuple[str, ...], int] = {}

    def add(
        self,
        code: str,
        message: str,
        *labels: Label,
        notes: tuple[str, ...] = (),
        help: str = "",
    ) -> None:
        """Add a finding with the code's own severity."""
        self._found.append(finding(code, message, *labels, notes=notes, help=help))

    def add_once(
        self, key: tuple[str, ...], diagnostic: Diagnostic, most: int = _MAX_PLACES
    ) -> None:
        """Add a finding, or, if this slip is known already, one more place to it."""
        at = self._first.get(key)
        if at is None:
            self._first[key] = len(self._found)
            self._found.append(diagnostic)
            return
        known = self._found[at]
        is_new = all(label.span != diagnostic.span for label in known.labels)
        if is_new and len(known.labels) < most:
            place = Label(diagnostic.span, "and here")
            self._found[at] = replace(known, labels=(*known.labels, place))

    @property
    def is_clean(self) -> bool:
        """True as long as no error was found."""
        return not any(found.severity is Severity.ERROR for found in self._found)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Return all findings in reading order."""
        return sorted_diagnostics(tuple(self._found))
