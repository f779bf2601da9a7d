"""The query answers row by row as the runtime: generated graphs and the liver pathway."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings

from pathwaylang.compiler.emit.sql import SqlPlan, emit_sql, sql_plan
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime import Pathway
from tests.page.support import pathway_of
from tests.page.test_evaluator import some_values
from tests.sql.engines import Duck, Engine, postgres, spark
from tests.sql.support import columns_of, liver, row_of, some_cases, told
from tests.verify.strategies import graphs

GRAPHS = 12
LIVER_TRACKS = ("gate", "palliative", "backbone")
Question = tuple[Pathway, SqlPlan, list[dict[str, Value]]]


@cache
def sound_pathways(count: int) -> tuple[Pathway, ...]:
    """Return so many sound generated pathways; one graph in six is sound."""
    found: list[Pathway] = []

    @seed(7)
    @settings(
        max_examples=count * 15,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(graphs())
    def collect(graph: DecisionGraph) -> None:
        if len(found) < count:
            pathway = pathway_of(graph)
            if pathway is not None and any(pathway.artifact.diagram.nodes):
                found.append(pathway)

    collect()
    return tuple(found)


def generated(count: int, rows: int) -> Iterator[Question]:
    for number, pathway in enumerate(sound_pathways(count)):
        chance = random.Random(number)
        cases = [some_values(pathway.facts, (n % 6) / 5, chance) for n in range(rows // count)]
        yield pathway, sql_plan(pathway.artifact), cases


def liver_question(rows: int, tracks: tuple[str, ...] = LIVER_TRACKS) -> Question:
    pathway, plan = liver()
    wanted = tuple(one for one in plan.tracks if not tracks or one.track in tracks)
    return pathway, SqlPlan(wanted, plan.breaches), some_cases(pathway, rows)


def differences(
    engine: Engine, dialect: str, question: Question
) -> tuple[list[object], Counter[str]]:
    """Return the rows that the engine answers otherwise than the runtime, and all statuses."""
    pathway, plan, cases = question
    query = emit_sql(pathway.artifact, dialect, plan=plan)
    rows = [row_of(pathway.facts, case) for case in cases]
    answers = engine.ask(query, columns_of(pathway.facts), rows)
    tracks = tuple(one.track for one in plan.tracks)
    found: list[object] = []
    statuses: Counter[str] = Counter()
    for number, case in enumerate(cases):
        invalid, *said = answers[number]
        expected = told(pathway, case, tracks)
        statuses.update(status for status in expected[::3] if status)
        if invalid is not None or said != expected:
            found.append((number, case, said, expected))
    return found, statuses


def compare(engine: Engine, dialect: str, questions: Iterator[Question]) -> Counter[str]:
    seen: Counter[str] = Counter()
    for question in questions:
        found, statuses = differences(engine, dialect, question)
        assert found[:1] == []
        seen += statuses
    return seen


ALL = {"recommendation", "request", "outside", "contradiction"}


def test_duckdb_answers_generated_graphs_as_the_runtime() -> None:
    assert set(compare(Duck(), "duckdb", generated(GRAPHS, 5_000))) == ALL


def test_duckdb_answers_the_liver_pathway_as_the_runtime() -> None:
    """All tracks; the tracks of workup take the runtime least, so most rows are of those."""
    compare(Duck(), "duckdb", iter([liver_question(150, ())]))
    assert set(compare(Duck(), "duckdb", iter([liver_question(5_000)])))


@pytest.mark.postgres
def test_postgres_answers_as_the_runtime() -> None:
    with postgres() as engine:
        assert set(compare(engine, "postgres", generated(GRAPHS, 5_000))) == ALL
        compare(engine, "postgres", iter([liver_question(1_000), liver_question(100, ())]))


@pytest.mark.java
@pytest.mark.filterwarnings("ignore")
def test_spark_answers_as_the_runtime(tmp_path: Path) -> None:
    with spark(tmp_path) as engine:
        assert set(compare(engine, "spark", generated(GRAPHS // 2, 5_000))) == ALL
        compare(engine, "spark", iter([liver_question(1_000)]))
