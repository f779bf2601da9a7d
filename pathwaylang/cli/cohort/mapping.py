"""The mapping file: which column of a cohort is which fact, in which unit, with which codes.

In: what YAML or JSON gave, the facts of the pathway and the columns of the cohort. Out: a
`CohortMap`, or every problem at once, each naming the fact and what is allowed.

Without a mapping file, a column that has the name of a fact is that fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pathwaylang.ir.facts import UNKNOWN, Fact
from pathwaylang.ir.names import nearest
from pathwaylang.ir.units import UnitProblem, parse_unit
from pathwaylang.runtime.read import allowed, read_value

Rows = Literal["one", "latest", "any"]
Raw = bool | str | int | float | None

_TOP = ("id", "date", "absent", "facts")
_OF_A_FACT = ("column", "unit", "unit_column", "units", "values", "else", "where", "rows")
_MISSING = object()


class MappingProblems(Exception):  # noqa: N818 - a list of what the user may mend
    """A mapping that cannot be used; `problems` has one line for each thing wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class FactMap:
    """Where the value of one fact stands, and how it is read.

    `values` gives for each text of the column what it means (None: not recorded); `other` is for
    all texts that it does not name, if `has_other`. `where` picks rows, as in a table with one row
    for each finding.
    """

    fact: Fact
    column: str
    unit: str = ""
    unit_column: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Raw] = field(default_factory=dict)
    has_other: bool = False
    other: Raw = None
    where: tuple[tuple[str, frozenset[str]], ...] = ()
    rows: Rows = "one"


@dataclass(frozen=True, slots=True)
class CohortMap:
    """The whole mapping; without `id` each row is a patient."""

    facts: tuple[FactMap, ...]
    id: str = ""
    date: str = ""
    absent: Literal["not recorded", "unknown"] = "not recorded"

    @property
    def columns(self) -> frozenset[str]:
        """The columns that are read."""
        found = {self.id, self.date}
        for one in self.facts:
            found |= {one.column, one.unit_column, *(name for name, _ in one.where)}
        return frozenset(found - {""})


def plain_map(facts: Iterable[Fact], columns: Sequence[str]) -> CohortMap:
    """Return the mapping of a cohort whose columns have the names of facts."""
    found = tuple(FactMap(fact, fact.name) for fact in facts if fact.name in columns)
    if not found:
        raise MappingProblems(
            ["no column has the name of a fact of the pathway; say with --map which is which"]
        )
    return CohortMap(found, id="id" if "id" in columns else "")


def read_map(data: object, facts: Iterable[Fact], columns: Sequence[str]) -> CohortMap:
    """Return the mapping; raise `MappingProblems` with all that is wrong."""
    return _Reader(tuple(facts), tuple(columns)).read(data)


class _Reader:
    def __init__(self, facts: tuple[Fact, ...], columns: tuple[str, ...]) -> None:
        self._facts = {fact.name: fact for fact in facts}
        self._columns = columns
        self._problems: list[str] = []

    def read(self, data: object) -> CohortMap:
        if not isinstance(data, Mapping) or not isinstance(data.get("facts"), Mapping):
            raise MappingProblems(["a mapping needs `facts:`, and under it the facts"])
        self._only(data, _TOP, "the mapping")
        date = self._column(data, "date", "the mapping")
        found = [self._fact(str(n), entry, bool(date)) for n, entry in data["facts"].items()]
        absent = data.get("absent", "not recorded")
        if absent not in ("not recorded", UNKNOWN):
            self._problems.append(f"absent: `{absent}` is neither `not recorded` nor `unknown`")
        row_id = self._column(data, "id", "the mapping")
        if self._problems:
            raise MappingProblems(self._problems)
        kept = tuple(one for one in found if one is not None)
        return CohortMap(kept, row_id, date, UNKNOWN if absent == UNKNOWN else "not recorded")

    def _fact(self, name: str, entry: object, has_date: bool) -> FactMap | None:
        fact = self._facts.get(name)
        if fact is None:
            near = nearest(name, tuple(self._facts))
            hint = f"; did you mean `{near[0]}`?" if near else ""
            self._problems.append(f"{name}: the pathway has no such fact{hint}")
            return None
        if isinstance(entry, str):
            entry = {"column": entry}
        if not isinstance(entry, Mapping):
            self._problems.append(f"{name}: write `column: NAME`")
            return None
        self._only(entry, _OF_A_FACT, name)
        if "column" not in entry:
            self._problems.append(f"{name}: it needs `column`")
        return FactMap(
            fact,
            self._column(entry, "column", name),
            self._unit(entry.get("unit"), name),
            self._column(entry, "unit_column", name),
            {str(k): self._unit(v, name) for k, v in self._table(entry, "units", name).items()},
            self._values(entry, fact),
            "else" in entry,
            self._value(entry["else"], fact, "else") if "else" in entry else None,
            self._where(entry, name),
            self._rows(entry, fact, has_date),
        )

    def _values(self, entry: Mapping[object, object], fact: Fact) -> dict[str, Raw]:
        table = self._table(entry, "values", fact.name)
        return {
            text: self._value(value, fact, text)
            for raw, value in table.items()
            for text in spellings(raw)
        }

    def _value(self, value: object, fact: Fact, key: str) -> Raw:
        if value is None:
            return None
        if isinstance(value, bool | str | int | float):
            raw: Raw = value
            if isinstance(value, bool) and fact.fact_kind == "choice":
                raw = "yes" if value else "no"  # YAML reads the words yes and no as truth
            try:
                read_value(fact, raw)
            except ValueError as error:
                self._problems.append(f"{fact.name}: `{key}` becomes {error}")
            return raw
        self._problems.append(f"{fact.name}: `{key}` becomes no single value; {allowed(fact)}")
        return None

    def _where(
        self, entry: Mapping[object, object], name: str
    ) -> tuple[tuple[str, frozenset[str]], ...]:
        found = []
        for column, wanted in self._table(entry, "where", name).items():
            self._known(str(column), name)
            texts = wanted if isinstance(wanted, list) else [wanted]
            found.append((str(column), frozenset(text for one in texts for text in spellings(one))))
        return tuple(found)

    def _rows(self, entry: Mapping[object, object], fact: Fact, has_date: bool) -> Rows:
        match entry.get("rows", "latest" if has_date else "one"):
            case "one":
                return "one"
            case "latest":
                if not has_date:
                    self._problems.append(f"{fact.name}: `rows: latest` needs the column `date`")
                return "latest"
            case "any":
                if fact.fact_kind != "yes/no":
                    self._problems.append(f"{fact.name}: `rows: any` is for yes/no facts")
                return "any"
            case other:
                self._problems.append(f"{fact.name}: `rows` is one, latest or any, not `{other}`")
                return "one"

    # ------------------------------------------------------------ small parts

    def _only(self, entry: Mapping[object, object], names: Sequence[str], where: str) -> None:
        for key in entry:
            if key not in names:
                self._problems.append(f"{where}: `{key}` is none of {', '.join(names)}")

    def _column(self, entry: Mapping[object, object], key: str, where: str) -> str:
        name = entry.get(key)
        if name is None:
            return ""
        return self._known(str(name), where)

    def _known(self, name: str, where: str) -> str:
        if name not in self._columns:
            near = nearest(name, self._columns)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            self._problems.append(f"{where}: the cohort has no column `{name}`{hint}")
        return name

    def _table(
        self, entry: Mapping[object, object], key: str, where: str
    ) -> Mapping[object, object]:
        table = entry.get(key)
        if table is not None and not isinstance(table, Mapping):
            self._problems.append(f"{where}: `{key}` needs lines such as `TEXT: MEANING`")
        return table if isinstance(table, Mapping) else {}

    def _unit(self, unit: object, name: str) -> str:
        if unit is None:
            return ""
        found = parse_unit(str(unit))
        if isinstance(found, UnitProblem):
            self._problems.append(f"{name}: {found.message}")
        return str(unit)


def text_of(raw: object) -> str:
    """Return a raw value as the mapping's keys write it: 1 for 1.0, true for True."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw).strip()


def spellings(key: object) -> tuple[str, ...]:
    """Return the texts that a key of the mapping stands for: YAML reads `yes` as a truth.

    >>> spellings(True), spellings(7)
    (('true', 'yes'), ('7',))
    """
    if isinstance(key, bool):
        return ("true", "yes") if key else ("false", "no")
    return (text_of(key),)
