"""Facts: what may be known of a patient, with the values it may have.

A case is a mapping from fact names to values: `True`/`False` for yes/no facts, the name of a
choice, or a `Fraction` in the fact's declared unit. `UNKNOWN` stands for "cannot be known"; a fact
that is absent is not yet recorded. The range of a fact is the checked world and the input
validation.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from pathwaylang.diagnostics import FactValue, Span
from pathwaylang.ir.exact import Exact, write_exact
from pathwaylang.ir.guards import Guard, Interval
from pathwaylang.ir.units import written_quantity

UNKNOWN: Final = "unknown"
"""The value of a fact that cannot be known; no choice can have this name."""

Value = bool | str | Fraction
"""A value of a fact, or `UNKNOWN`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a choice fact or a classification; the label falls back to the name."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class FactCode:
    """A code of a terminology: LOINC, SNOMED, ICD-10, RxNorm."""

    system: str
    code: str
    display: str = ""


@dataclass(frozen=True, slots=True)
class Bridge:
    """A declared equality such as 1 mg/dL = 17.1 umol/L, used to read input in the other unit."""

    left: Exact
    left_unit: str
    right: Exact
    right_unit: str


FactKind = Literal["yes/no", "choice", "number"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with its domain and everything that forms and reports show of it.

    For numbers, `range` is the declared range in `unit` (UCUM; empty for a plain number) and `step`
    the grid; a number without a step is dense. `whole` is set for whole numbers.
    """

    name: str
    label: str
    fact_kind: FactKind
    choices: tuple[Choice, ...] = ()
    range: Interval | None = None
    step: Exact | None = None
    unit: str = ""
    whole: bool = False
    may_be_unknown: bool = False
    ask: str = ""
    group: str = ""
    codes: tuple[FactCode, ...] = ()
    usually: bool | str | Exact | None = None
    asked_when: Guard | None = None
    valid_days: int | None = None
    bridges: tuple[Bridge, ...] = ()
    notes: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    span: Span | None = None

    @property
    def is_dense(self) -> bool:
        """True for a number without a step: every interval is possible."""
        return self.fact_kind == "number" and self.step is None


def shown_value(fact: Fact, value: Value) -> FactValue:
    """Return a value as JSON and people see it: true/false, a whole number, or text with its unit.

    >>> shown_value(Fact("size", "Size", "number", unit="cm"), Fraction(7, 2))
    '3.5 cm'
    """
    if isinstance(value, bool | str):  # not Fraction, whose `isinstance` is slow for others
        return value
    if fact.unit in ("", "1"):
        return int(value) if value.denominator == 1 else write_exact(value)
    return written_quantity(write_exact(value), fact.unit)
