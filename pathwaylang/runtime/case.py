"""A patient: recorded facts, checked against the pathway.

In: a mapping as JSON gives it. Out: a `Case`, or `CaseError` with every problem at once, each
naming fact, value and what is allowed. `null` and absent facts are not yet recorded; a value may
carry the day it was taken (`{"value": …, "unit": …, "taken": "2026-11-01"}`), and is not yet
recorded once it is older than the fact's `valid for` on the day of the question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pathwaylang.ir.cells import Cut
from pathwaylang.ir.facts import UNKNOWN, Fact, Value
from pathwaylang.ir.names import nearest
from pathwaylang.runtime.read import quoted, read_value

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)


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


@dataclass(frozen=True, slots=True)
class Recorded:
    """One value as it was read: `note` says how it was converted, `taken` on which day."""

    value: Value
    note: str = ""
    taken: date | None = None


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
    `on` is the day of the question, as `2026-11-24`; a value too old for that day must be a value
    all the same.
    """
    if not isinstance(given, Mapping):
        raise CaseError((CaseProblem("(case)", given, "a case is an object of facts"),))
    problems: list[CaseProblem] = []
    today = _today(on, problems)
    for name in given:
        if name not in facts:
            problems.append(_unknown_fact(facts, name, given[name]))
    recorded: dict[str, Recorded] = {}
    for fact in facts.values():
        raw = given.get(fact.name)
        if raw is None:
            continue
        value, taken = _split_taken(fact, raw, problems)
        try:
            reading = read_value(fact, value, constants.get(fact.name, ()))
        except ValueError as error:
            problems.append(CaseProblem(fact.name, value, str(error)))
            continue
        recorded[fact.name] = Recorded(reading.value, reading.note, taken)
    if problems:
        raise CaseError(tuple(problems))
    return _made(facts, recorded, absent, today)


def case_of_recorded(
    facts: Mapping[str, Fact],
    recorded: Mapping[str, Recorded],
    absent: Absent = "not recorded",
    on: str | None = None,
) -> Case:
    """Return the case of values that are read already; `CaseError` where `on` is no day."""
    problems: list[CaseProblem] = []
    today = _today(on, problems)
    if problems:
        raise CaseError(tuple(problems))
    return _made(facts, recorded, absent, today)


def _made(
    facts: Mapping[str, Fact],
    recorded: Mapping[str, Recorded],
    absent: Absent,
    today: date | None,
) -> Case:
    """Return the case of what is recorded and not too old."""
    values: dict[str, Value] = {}
    notes: list[str] = []
    expired: list[tuple[str, str]] = []
    for name, fact in facts.items():
        item = recorded.get(name)
        if item is None:
            if absent == UNKNOWN and fact.may_be_unknown:
                values[name] = UNKNOWN
        elif _is_too_old(fact, item.taken, today):
            expired.append((name, str(item.taken)))
        else:
            values[name] = item.value
            notes.extend([f"{name}: {item.note}"] if item.note else [])
    return Case(values, tuple(notes), tuple(expired))


def read_recorded(fact: Fact, raw: object, constants: tuple[Cut, ...]) -> Recorded:
    """Return one value with its day; raise ValueError with all that is wrong with it."""
    problems: list[CaseProblem] = []
    raw, taken = _split_taken(fact, raw, problems)
    wrong = [problem.message for problem in problems]
    try:
        reading = read_value(fact, raw, constants)
    except ValueError as error:
        raise ValueError("; ".join([*wrong, str(error)])) from None
    if wrong:
        raise ValueError(wrong[0])
    return Recorded(reading.value, reading.note, taken)


def _is_too_old(fact: Fact, taken: date | None, today: date | None) -> bool:
    if taken is None or today is None or fact.valid_days is None:
        return False
    return (today - taken).days > fact.valid_days


def _unknown_fact(facts: Mapping[str, Fact], name: object, value: object) -> CaseProblem:
    text = str(name)
    near = nearest(text, tuple(facts))
    hint = f"; did you mean `{near[0]}`?" if near else ""
    return CaseProblem(text[:60], value, f"the pathway has no fact {quoted(text)}{hint}")


def _split_taken(
    fact: Fact, raw: object, problems: list[CaseProblem]
) -> tuple[object, date | None]:
    """Split off the day a value was taken."""
    if not isinstance(raw, Mapping) or "taken" not in raw:
        return raw, None
    rest = {key: value for key, value in raw.items() if key != "taken"}
    day = _day(raw["taken"], fact.name, problems)
    return (rest["value"] if set(rest) == {"value"} else rest), day


def _today(on: str | None, problems: list[CaseProblem]) -> date | None:
    return _day(on, "on", problems) if on is not None else None


def _day(text: object, name: str, problems: list[CaseProblem]) -> date | None:
    try:
        if isinstance(text, str) and _DAY.match(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # such as 2026-02-30
    problems.append(CaseProblem(name, text, f"{quoted(text)} is no day such as 2026-11-24"))
    return None
