"""Applies `accept` lines to findings (PW0908).

In: all findings of a pathway and its waivers. Out: the findings, those that are waived with the
reason, and one more for each `accept` that waives nothing.

INVARIANT: only warnings and notes are waived, and only within the item the `accept` stands under.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pathwaylang.diagnostics import Diagnostic, Label, Severity, finding
from pathwaylang.diagnostics.codes import CODES
from pathwaylang.ir.graph import Waiver

_STOPS_CHECKS = ("PW0599", "PW0802")


def apply_waivers(
    found: Iterable[Diagnostic], waivers: tuple[Waiver, ...], was_verified: bool
) -> tuple[Diagnostic, ...]:
    """Return the findings with waivers applied.

    An `accept` of a warning is called useless only where the checks that give it did run.
    """
    used = [False] * len(waivers)
    result = []
    for diagnostic in found:
        covering = [i for i, waiver in enumerate(waivers) if _covers(waiver, diagnostic)]
        for index in covering:
            used[index] = True
        because = waivers[covering[-1]].because if covering else diagnostic.waived
        result.append(replace(diagnostic, waived=because))
    is_checked = was_verified and not any(d.code in _STOPS_CHECKS for d in result)
    useless = [
        _useless(waiver)
        for waiver, is_used in zip(waivers, used, strict=True)
        if not is_used and (is_checked or _names_error(waiver))
    ]
    return (*result, *useless)


def _covers(waiver: Waiver, diagnostic: Diagnostic) -> bool:
    """Whether an `accept` stands over a finding that it may waive."""
    return (
        not diagnostic.is_failure
        and waiver.code == diagnostic.code
        and waiver.span.source == diagnostic.span.source
        and waiver.span.start <= diagnostic.span.start < max(waiver.span.end, 1)
    )


def _names_error(waiver: Waiver) -> bool:
    """Whether an `accept` names an error, or no finding at all."""
    code = CODES.get(waiver.code)
    return code is None or code.severity is Severity.ERROR


def _useless(waiver: Waiver) -> Diagnostic:
    return finding(
        "PW0908",
        f"`accept {waiver.code}` waives nothing here",
        Label(waiver.at),
        notes=("There is no such warning at this place; errors cannot be waived.",),
        help="delete the line",
    )
