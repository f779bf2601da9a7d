"""The query answers row by row as the runtime: generated graphs and the liver pathway."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings

from pathwaylang.compiler.emit.sql import SqlPlan, SqlProblem, emit_sql, pieces, sql_plan
from pathwaylang.compiler.emit.sql.completions import Diagram
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime import Case, Pathway
from tests.page.support import liver_artifact, pathway_of
from tests.page.test_evaluator import some_values
from tests.sql.engines import Duck, Engine, postgres, spark
from tests.sql.support import columns_of, entry_of, liver, row_of, some_cases, told
from tests.verify.strategies import graphs

GRAPHS = 8
LIVER_TRACKS = ("m_category", "next", "gate", "palliative", "radiotherapy", "backbone", "dpyd")
SMALL_TRACKS = ("m_category", "radiotherapy", "dpyd")
ALL = {"recommendation", "request", "outside", "contradiction"}
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


def expectations(question: Question) -> list[list[str | None]]:
    pathway, plan, cases = question
    tracks = tuple(one.track for one in plan.tracks)
    return [told(pathway, case, tracks) for case in cases]


def differences(
    engine: Engine, dialect: str, question: Question, expected: list[list[str | None]]
) -> tuple[list[object], Counter[str]]:
    """Return the rows that the engine answers otherwise than expected, and all statuses."""
    pathway, plan, cases = question
    query = emit_sql(pathway.artifact, dialect, plan=plan)
    rows = [row_of(pathway.facts, case) for case in cases]
    answers = engine.ask(query, columns_of(pathway.facts), rows)
    found: list[object] = []
    statuses: Counter[str] = Counter()
    for number, (case, wanted) in enumerate(zip(cases, expected, strict=True)):
        invalid, *said = answers[number]
        statuses.update(status for status in wanted[::3] if status)
        if invalid is not None or said != wanted:
            found.append((number, case, said, wanted))
    return found, statuses


def compare(engine: Engine, dialect: str, questions: Iterator[Question]) -> Counter[str]:
    seen: Counter[str] = Counter()
    for question in questions:
        found, statuses = differences(engine, dialect, question, expectations(question))
        assert found[:1] == []
        seen += statuses
    return seen


def test_what_is_compared_is_what_evaluate_says() -> None:
    pathway = Pathway(liver_artifact())
    wanted = [track for stage in pathway.stages for track in pathway.tracks(stage)]
    for case in some_cases(pathway, 6):
        expected: list[str | None] = []
        for stage in pathway.stages:
            answer = pathway.evaluate(Case(case), stage)
            for track in pathway.tracks(stage):
                expected += entry_of(answer[track])
        assert told(pathway, case, wanted) == expected


def test_duckdb_answers_as_the_runtime() -> None:
    assert set(compare(Duck(), "duckdb", generated(GRAPHS, 5_000))) == ALL
    compare(Duck(), "duckdb", iter([liver_question(4_000), liver_question(240, ())]))


def test_tracks_that_are_divided_answer_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every track were too large: by what it asks, else by its own leaves."""

    def divided(
        maker: pieces._Maker, track: str, plain: Diagram, outcomes: list[int]
    ) -> tuple[Diagram, ...]:
        return tuple(maker._split(track, plain, outcomes))

    monkeypatch.setattr(pieces._Maker, "_pieces", divided)
    questions = list(generated(GRAPHS, 1_600))
    parts = Counter(len(track.pieces) for _, plan, _ in questions for track in plan.tracks)
    assert max(parts) > 1
    assert set(compare(Duck(), "duckdb", iter(questions))) == ALL


def test_what_stays_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "MOST_NODES", 20)
    with pytest.raises(SqlProblem, match="track `diagnosis` is too large for SQL"):
        sql_plan(liver_artifact(), ["workup"])


@pytest.mark.postgres
def test_postgres_answers_as_the_runtime() -> None:
    with postgres() as engine:
        assert set(compare(engine, "postgres", generated(GRAPHS, 5_000))) == ALL
        compare(engine, "postgres", iter([liver_question(2_000), liver_question(120, ())]))


@pytest.mark.java
@pytest.mark.filterwarnings("ignore")
def test_spark_answers_as_the_runtime(tmp_path: Path) -> None:
    """Spark plans slowly: few graphs with many rows, and small tracks of the liver pathway."""
    with spark(tmp_path) as engine:
        assert set(compare(engine, "spark", generated(4, 4_800))) == ALL
        compare(engine, "spark", iter([liver_question(200, SMALL_TRACKS)]))


# ------------------------------------------------------------ a hundred thousand rows


@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.java
@pytest.mark.filterwarnings("ignore")
def test_three_databases_answer_a_hundred_thousand_rows(tmp_path: Path) -> None:
    """Generated graphs and tracks of the liver pathway; then all its tracks."""
    seen: Counter[str] = Counter()
    with postgres() as second, spark(tmp_path) as third:
        engines: dict[str, Engine] = {"duckdb": Duck(), "postgres": second, "spark": third}
        for question in (*generated(25, 80_000), liver_question(20_000), liver_question(600, ())):
            expected = expectations(question)
            for dialect, engine in engines.items():
                found, statuses = differences(engine, dialect, question, expected)
                assert (dialect, found[:1]) == (dialect, [])
                seen += statuses
    assert set(seen) == ALL
