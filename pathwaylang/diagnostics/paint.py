"""Colours for a terminal, or none.

A text goes in, the same text with or without colour codes comes out. Colour never carries a meaning
alone: the words are the same in both forms.
"""

from __future__ import annotations

from dataclasses import dataclass

from pathwaylang.diagnostics.diagnostic import Severity

_BY_SEVERITY = {
    Severity.ERROR: "1;31",
    Severity.WARNING: "1;33",
    Severity.NOTE: "1;36",
    Severity.UNDECIDED: "1;35",
}


@dataclass(frozen=True, slots=True)
class Paint:
    """Paints text if `on`, else returns it as it is."""

    on: bool

    def bold(self, text: str) -> str:
        """Stress a text."""
        return self._with("1", text)

    def quiet(self, text: str) -> str:
        """Step back: line numbers, bars, places."""
        return self._with("2", text)

    def primary(self, text: str) -> str:
        """The carets that matter most."""
        return self._with("1;31", text)

    def secondary(self, text: str) -> str:
        """Carets of further places."""
        return self._with("36", text)

    def good(self, text: str) -> str:
        """What is proved or in order."""
        return self._with("32", text)

    def keyword(self, text: str) -> str:
        """The words before the parts of a finding: `patient:`, `help:`."""
        return self._with("1;34", text)

    def severity(self, severity: Severity, text: str) -> str:
        """A text in the colour of a severity."""
        return self._with(_BY_SEVERITY[severity], text)

    def _with(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.on and text else text
