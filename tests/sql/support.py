"""Cases as rows of a table, and what the runtime says of each: the other side of the comparison."""

from __future__ import annotations

import random
from collections.abc import Container, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache

from pathwaylang.compiler.emit.sql.codes import unknown_column
from pathwaylang.compiler.emit.sql.emit import SqlPlan, sql_plan
from pathwaylang.ir.cells import Cells, nearest_value
from pathwaylang.ir.facts import UNKNOWN, Fact, Value
from pathwaylang.runtime import Case, Pathway
from pathwaylang.runtime.answer import TrackAnswer
from tests.page.support import liver_artifact

Row = dict[str, object]
SHARES = (0.0, 0.02, 0.1, 0.3, 0.6, 0.9)
"""How much of a case is missing: from nothing to nearly all."""


def columns_of(facts: Iterable[Fact]) -> list[tuple[str, str]]:
    """Return the columns of a table of cases with the kind of each."""
    found: list[tuple[str, str]] = []
    for fact in facts:
        found.append((fact.name, fact.fact_kind))
        name = unknown_column(fact)
        if name is not None:
            found.append((name, "yes/no"))
    return found


def row_of(facts: Iterable[Fact], values: Mapping[str, Value]) -> Row:
    """Return a case as a row of such a table."""
    row: Row = {}
    for fact in facts:
        value = values.get(fact.name)
        name = unknown_column(fact)
        if name is None:
            row[fact.name] = plain(value)
        else:
            row[fact.name] = None if value == UNKNOWN else plain(value)
            row[name] = value == UNKNOWN
    return row


def plain(value: Value | None) -> object:
    if not isinstance(value, Fraction):
        return value
    return Decimal(value.numerator) / Decimal(value.denominator)


def told(pathway: Pathway, values: Mapping[str, Value], wanted: Container[str]) -> list[str | None]:
    """Return what the runtime says: for each track wanted status, outcome and branch.

    It is what `evaluate` says without the way (a test holds the two equal): ten times as quick.
    """
    evaluator = pathway._evaluator
    begun = evaluator.begin(Case(values))
    found: list[str | None] = []
    for stage in pathway.stages:
        for track in pathway.tracks(stage):
            if track in wanted:
                found += entry_of(evaluator.ending(stage, track, begun)[0])
    return found


def entry_of(one: TrackAnswer) -> list[str | None]:
    certain = one.status == "recommendation"
    return [one.status, *((one.outcome, one.branch) if certain else (None, None))]


def some_cases(pathway: Pathway, count: int, seed: int = 1) -> list[dict[str, Value]]:
    """Return cases with more and more missing; values on both sides of every limit."""
    chance = random.Random(seed)
    cells = {one.fact: one for one in pathway.artifact.cells}
    examples = [dict(one.given) for one in pathway.artifact.graph.examples]
    found: list[dict[str, Value]] = []
    for number in range(count):
        share = SHARES[number % len(SHARES)]
        base = chance.choice(examples) if examples and number % 3 else {}
        case: dict[str, Value] = dict(base)
        for fact in pathway.facts:
            if fact.name not in base or chance.random() < 0.1:
                case[fact.name] = value_in(fact, cells[fact.name], chance)
        found.append({name: value for name, value in case.items() if chance.random() >= share})
    return found


def value_in(fact: Fact, cells: Cells, chance: random.Random) -> Value:
    """Return a value of a cell by chance; `unknown` less often than the others."""
    known = len(cells.counts) - (1 if cells.has_unknown else 0)
    if cells.has_unknown and chance.random() < 0.08:
        return UNKNOWN
    typical = fact.usually if chance.random() < 0.5 else None
    return nearest_value(fact, cells, chance.randrange(known), typical)


@cache
def liver() -> tuple[Pathway, SqlPlan]:
    """Return the liver pathway and its plan for SQL, made once a run."""
    pathway = Pathway(liver_artifact())
    return pathway, sql_plan(pathway.artifact)
