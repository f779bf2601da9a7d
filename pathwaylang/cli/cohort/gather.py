"""From the rows of a cohort to one case a patient, with a count of what the mapping does not know.

In: a mapping, and rows as they come. Out: patients in the order of their first row, each with what
`Pathway.case` takes, or with the reasons why there is no case.

Invariants: a value that the mapping does not know is never taken for a missing one: it refuses the
patient and is counted. Of several rows with different values, the rule of the mapping decides;
where it has none, that too refuses the patient.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from pathwaylang.cli.cohort.mapping import CohortMap, FactMap, text_of
from pathwaylang.ir.facts import Fact
from pathwaylang.ir.units import UnitProblem, parse_unit
from pathwaylang.runtime.read import read_value

Row = Mapping[str, object]


@dataclass(slots=True)
class Patient:
    """One patient: the id, the first row (from 1), what is given, and what is wrong."""

    id: str
    row: int
    given: dict[str, object] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    days: dict[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A value or a unit that the mapping does not know, in how many rows."""

    fact: str
    column: str
    kind: str
    text: str
    rows: int


class Gatherer:
    """Takes rows one by one; `patients` and `unmapped` are there after the last."""

    def __init__(self, mapping: CohortMap) -> None:
        self._mapping = mapping
        self._patients: dict[str, Patient] = {}
        self._unmapped: Counter[tuple[str, str, str, str]] = Counter()
        self.rows = 0

    @property
    def patients(self) -> list[Patient]:
        """All patients, in the order of their first row."""
        return list(self._patients.values())

    @property
    def unmapped(self) -> list[Unmapped]:
        """What the mapping does not know, most frequent first."""
        ordered = sorted(self._unmapped.items(), key=lambda item: (-item[1], item[0]))
        return [Unmapped(*key, rows) for key, rows in ordered]

    def add(self, row: Row) -> None:
        """Take the next row."""
        self.rows += 1
        name = str(self.rows)
        if self._mapping.id:
            raw = row.get(self._mapping.id)
            if is_empty(raw):
                name = f"(row {self.rows})"
                self._patients[name] = Patient(
                    "", self.rows, problems=[f"row {self.rows}: `{self._mapping.id}` is empty"]
                )
                return
            name = text_of(raw)
        patient = self._patients.get(name)
        if patient is None:
            patient = self._patients[name] = Patient(name, self.rows)
        day = self._day(row, patient)
        for one in self._mapping.facts:
            self._take(one, row, patient, day)

    def _day(self, row: Row, patient: Patient) -> date | None:
        if not self._mapping.date:
            return None
        raw = row.get(self._mapping.date)
        day = day_of(raw)
        if day is None and not is_empty(raw):
            patient.problems.append(f"row {self.rows}: `{raw}` is no day such as 2026-11-24")
        return day

    def _take(self, one: FactMap, row: Row, patient: Patient, day: date | None) -> None:
        if any(text_of(row.get(name, "")) not in wanted for name, wanted in one.where):
            return
        value = self._value(one, row, patient)
        if value is None:
            return
        name = one.fact.name
        if name not in patient.given:
            self._keep(one, patient, value, day)
        elif one.rows == "latest":
            before = patient.days.get(name)
            if day is not None and (before is None or day > before):
                self._keep(one, patient, value, day)
            elif day == before:
                self._agree(one, patient, value)
        elif one.rows == "any":
            if _is_yes(value):
                self._keep(one, patient, value, day)
        else:
            self._agree(one, patient, value)

    def _agree(self, one: FactMap, patient: Patient, value: object) -> None:
        name = one.fact.name
        if _meaning(one.fact, patient.given[name]) != _meaning(one.fact, value):
            patient.problems.append(
                f"row {self.rows}: {name}: `{_told(value)}` after `{_told(patient.given[name])}`; "
                "say in the mapping which counts (`rows: latest` or `any`)"
            )

    def _keep(self, one: FactMap, patient: Patient, value: object, day: date | None) -> None:
        name = one.fact.name
        if day is not None:
            patient.days[name] = day
            if one.fact.valid_days is not None:
                inner = value if isinstance(value, dict) else {"value": value}
                value = {**inner, "taken": day.isoformat()}
        patient.given[name] = value

    # ------------------------------------------------------------ one value

    def _value(self, one: FactMap, row: Row, patient: Patient) -> object:
        """Return what a row says of a fact as the runtime takes it; None where it says nothing."""
        raw = row.get(one.column)
        if is_empty(raw) and "" not in one.values:
            return None
        if one.values or one.has_other:
            text = "" if is_empty(raw) else text_of(raw)
            if text in one.values:
                raw = one.values[text]
            elif one.has_other:
                raw = one.other
            else:
                self._refuse(one, patient, (one.column, "value", text))
                return None
        if raw is None or one.fact.fact_kind != "number":
            return _plain(raw)
        unit = self._unit(one, row, patient)
        return {"value": _plain(raw), "unit": unit} if unit and raw != "unknown" else _plain(raw)

    def _unit(self, one: FactMap, row: Row, patient: Patient) -> str:
        if not one.unit_column or is_empty(row.get(one.unit_column)):
            return one.unit
        text = text_of(row.get(one.unit_column))
        unit = one.units.get(text, text)
        if isinstance(parse_unit(unit), UnitProblem):
            self._refuse(one, patient, (one.unit_column, "unit", text))
            return one.unit
        return unit

    def _refuse(self, one: FactMap, patient: Patient, what: tuple[str, str, str]) -> None:
        column, kind, text = what
        self._unmapped[one.fact.name, column, kind, text[:60]] += 1
        patient.problems.append(
            f"row {self.rows}: {one.fact.name}: the mapping does not know the {kind} `{text[:60]}`"
        )


def is_empty(raw: object) -> bool:
    """Whether a cell of a table holds nothing."""
    if isinstance(raw, float):
        return math.isnan(raw)
    return raw is None or (isinstance(raw, str) and not raw.strip())


def day_of(raw: object) -> date | None:
    """Return the day of a cell, or None where it is none."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw).strip()[:10])
    except ValueError:
        return None


def _plain(raw: object) -> object:
    return raw.strip() if isinstance(raw, str) else raw


def _bare(value: object) -> object:
    """Return a value without the day it was taken."""
    if isinstance(value, dict):
        return {key: inner for key, inner in value.items() if key != "taken"}
    return value


def _meaning(fact: Fact, value: object) -> object:
    """Return what a value means, so that 20, 20.0 and 2 cm agree; itself where it means nothing."""
    bare = _bare(value)
    if isinstance(bare, dict) and bare.keys() == {"value"}:
        bare = bare["value"]
    try:
        return read_value(fact, bare).value
    except ValueError:
        return bare


def _is_yes(value: object) -> bool:
    bare = value.get("value") if isinstance(value, dict) else value
    return bare is True or (isinstance(bare, str) and bare.lower() in ("yes", "true"))


def _told(value: object) -> str:
    bare = _bare(value)
    return " ".join(str(part) for part in bare.values()) if isinstance(bare, dict) else str(bare)
