"""A patient: recorded facts, checked against the pathway.

In: a mapping as JSON gives it. Out: a `Case`, or `CaseError` with every problem at once, each
naming fact, value and what is allowed. `null` and absent facts are not yet recorded; a value may
carry the day it was taken (`{"value": …, "unit": …, "taken": "2026-11-01"}`), and is not yet
recorded once it is older than the fact's `valid for` on the day of the question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pathwaylang.ir.cells import Cut
from pathwaylang.ir.facts import UNKNOWN, Fact, Value
from pathwaylang.ir.names import nearest
from pathwaylang.runtime.read import Reading, quoted, read_value


@dataclass(frozen=True, slots=True)
class CaseProblem:
    """One thing wrong with an input: the fact, the value given, and one line of why."""

    fact: str
    value: object
    message: str

    def __str__(self) -> str:
        return f"{self.fact}: {self.message}"


class CaseError(ValueError):
    """An input that is no case of the pathway; `problems` has all that is wrong."""

    def __init__(self, problems: tuple[CaseProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Case:
    """Recorded facts of one patient.

    `notes` say how values were converted; `expired` names facts whose value is too old, with the
    day it was taken.
    """

    values: Mapping[str, Value]
    notes: tuple[str, ...] = ()
    expired: tuple[tuple[str, str], ...] = ()


Absent = Literal["not recorded", "unknown"]


def build_case(
    facts: Mapping[str, Fact],
    constants: Mapping[str, tuple[Cut, ...]],
    given: Mapping[str, object],
    absent: Absent = "not recorded",
    on: str | None = None,
) -> Case:
    """Return the case; raise `CaseError` with every problem.

    With `absent="unknown"` a fact that is missing or null counts as unknown where it may be.
    `on` is the day of the question, as `2026-11-24`.
    """
    if not isinstance(given, Mapping):
        raise CaseError((CaseProblem("(case)", given, "a case is an object of facts"),))
    problems: list[CaseProblem] = []
    today = _day(on, "on", problems) if on is not None else None
    for name in given:
        if name not in facts:
            problems.append(_unknown_fact(facts, name, given[name]))
    notes: list[str] = []
    expired: list[tuple[str, str]] = []
    values: dict[str, Value] = {}
    for fact in facts.values():
        raw = given.get(fact.name)
        if raw is None:
            if absent == UNKNOWN and fact.may_be_unknown:
                values[fact.name] = UNKNOWN
            continue
        raw, taken = _taken(fact, raw, problems)
        if _is_too_old(fact, taken, today):
            expired.append((fact.name, str(taken)))
            continue
        reading = _read(fact, raw, constants.get(fact.name, ()), problems)
        if reading is not None:
            values[fact.name] = reading.value
            notes.extend([f"{fact.name}: {reading.note}"] if reading.note else [])
    if problems:
        raise CaseError(tuple(problems))
    return Case(values, tuple(notes), tuple(expired))


def _read(
    fact: Fact, raw: object, constants: tuple[Cut, ...], problems: list[CaseProblem]
) -> Reading | None:
    try:
        return read_value(fact, raw, constants)
    except ValueError as error:
        problems.append(CaseProblem(fact.name, raw, str(error)))
        return None


def _is_too_old(fact: Fact, taken: date | None, today: date | None) -> bool:
    if taken is None or today is None or fact.valid_days is None:
        return False
    return (today - taken).days > fact.valid_days


def _unknown_fact(facts: Mapping[str, Fact], name: object, value: object) -> CaseProblem:
    text = str(name)
    near = nearest(text, tuple(facts))
    hint = f"; did you mean `{near[0]}`?" if near else ""
    return CaseProblem(text[:60], value, f"the pathway has no fact {quoted(text)}{hint}")


def _taken(fact: Fact, raw: object, problems: list[CaseProblem]) -> tuple[object, date | None]:
    """Split off the day a value was taken."""
    if not isinstance(raw, dict) or "taken" not in raw:
        return raw, None
    rest = {key: value for key, value in raw.items() if key != "taken"}
    day = _day(raw["taken"], fact.name, problems)
    return (rest["value"] if set(rest) == {"value"} else rest), day


def _day(text: object, name: str, problems: list[CaseProblem]) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else _no_day(text)
    except ValueError:
        problems.append(CaseProblem(name, text, f"{quoted(text)} is no day such as 2026-11-24"))
        return None


def _no_day(value: object) -> date:
    raise ValueError(value)
