"""By columns or row by row: the same answer, from objects and from tables of three libraries."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaylang.ir.facts import UNKNOWN, Value
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime import BulkAnswer, Case, CaseError, Pathway
from pathwaylang.runtime.bulk.adapters import choose
from tests.runtime.small import pathway as small
from tests.runtime.test_properties import compiled, draw_case, total_graphs
from tests.runtime_bulk.test_rows import ROWS, alone, same_as_alone

pytest.importorskip("numpy")
pa = pytest.importorskip("pyarrow")


@pytest.fixture
def by_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "WORTH", 0)


def some_rows(count: int, seed: str) -> list[dict[str, object]]:
    """Rows of the small pathway: good ones, partial ones, wrong ones."""
    rng = random.Random(seed)
    values: dict[str, tuple[object, ...]] = {
        "adult": (True, True, True, "yes", False, None),
        "awake": (True, False, None),
        "pain": (True, False, None),
        "bilirubin": (0.3, 1, 2, 2.1, "34.2 umol/L", {"value": 1, "unit": "mg/dL"}, None, 0.05),
        "scan": ("clear", "spot", "many", None),
        "size": (1, 3, 3.5, Decimal("2.5"), None, 10),
        "fever": (True, False, "unknown", None),
        "age": (18, 64, 65, 119, None, 120),
    }
    rows = [
        {name: rng.choice(some) for name, some in values.items() if rng.random() < 0.9}
        for _ in range(count)
    ]
    rows[::50] = [{"colour": 1} for _ in rows[::50]]
    return rows


def equal(answer: BulkAnswer, pathway: Pathway, rows: list[dict[str, object]]) -> None:
    refused = {problem.row: problem for problem in answer.refused}
    assert answer.rows == len(rows)
    for index, row in enumerate(rows):
        try:
            expected = alone(pathway, row)
        except CaseError as error:
            assert str(refused[index].problems) == str(error.problems)  # NaN equals nothing
            assert answer.row(index) == ()
        else:
            assert index not in refused
            assert answer.row(index) == expected
            assert answer.statuses[index] == pathway.evaluate(row).status


@pytest.mark.usefixtures("by_columns")
def test_objects_by_columns() -> None:
    rows = some_rows(400, "objects")
    answer = small().evaluate_many(iter(rows))
    equal(answer, small(), rows)
    assert hasattr(answer["start"].codes, "dtype")
    assert len(answer.refused) > 20
    assert len(answer.status_counts()) == 5


@pytest.mark.usefixtures("by_columns")
def test_by_columns_is_by_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [*ROWS, *some_rows(300, "twice")]
    columns = small().evaluate_many(rows, absent="unknown", on="2026-11-24")
    monkeypatch.setattr(choose, "WORTH", 10**9)
    plain = small().evaluate_many(rows, absent="unknown", on="2026-11-24")
    assert columns.refused == plain.refused
    assert columns.statuses == plain.statuses
    assert columns.outcomes() == plain.outcomes()
    assert columns.missing() == plain.missing()
    assert columns.to_columns() == plain.to_columns()
    assert not hasattr(plain["start"].codes, "dtype")


@pytest.mark.usefixtures("by_columns")
def test_values_with_their_day() -> None:
    taken = {"value": 3, "unit": "mg/dL", "taken": "2026-01-01"}
    rows: list[dict[str, object]] = [
        {"adult": True, "bilirubin": taken, "scan": "spot", "size": 4},
        {"adult": True, "bilirubin": 3},
    ]
    answer = small().evaluate_many(rows, on="2026-11-24")
    assert answer.row(0) == alone(small(), small().case(rows[0], on="2026-11-24"))
    assert any("too old" in item.reason for item in answer.row(0)[0].requests)


COLUMNS: dict[str, list[object]] = {
    "adult": [True, True, False, None, True, True],
    "awake": [False, True, True, None, False, True],
    "pain": [None, None, None, None, True, False],
    "bilirubin": [0.3, 2.0, None, 99.0, 0.7, 0.30000000000000004],
    "scan": ["spot", "clear", None, "spot", "many", "many"],
    "size": [3.5, None, 2.0, 1.0, float("nan"), 2.25],
    "age": [64, 65, None, 18, 119, 70],
}


def rows_of(columns: dict[str, list[object]]) -> list[dict[str, object]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def test_arrow_tables() -> None:
    table = pa.table(COLUMNS)
    equal(small().evaluate_many(table), small(), rows_of(COLUMNS))
    coded = table.set_column(4, "scan", table["scan"].dictionary_encode())
    equal(small().evaluate_many(coded), small(), rows_of(COLUMNS))
    batches = pa.Table.from_batches(table.to_batches(max_chunksize=2) * 3)
    equal(small().evaluate_many(batches), small(), rows_of(COLUMNS) * 3)


def test_arrow_types() -> None:
    """Decimals, small numbers, structs with units, text."""
    decimals = pa.array([Decimal("0.3"), Decimal("2.1"), None], pa.decimal128(10, 4))
    structs = pa.array([{"value": 20.0, "unit": "mm"}, {"value": 4.0, "unit": "kg"}, None])
    table = pa.table(
        {
            "adult": pa.array(["yes", "no", "perhaps"], pa.large_string()),
            "bilirubin": decimals,
            "size": structs,
            "age": pa.array([20, 70, 200], pa.int16()),
            "fever": pa.array([None, None, None]),
        }
    )
    equal(small().evaluate_many(table), small(), table.to_pylist())


@pytest.mark.parametrize("kind", [pa.int8(), pa.uint8(), pa.int64(), pa.uint64(), pa.float32()])
def test_numbers_of_every_size(kind: object) -> None:
    table = pa.table({"age": pa.array([18, 127, None, 119, 64, 65], kind), "adult": [True] * 6})
    equal(small().evaluate_many(table), small(), table.to_pylist())
    huge = pa.table({"age": pa.array([2**63 - 1, -(2**63), 18, None], pa.int64())})
    equal(small().evaluate_many(huge), small(), huge.to_pylist())


def test_polars_and_pandas() -> None:
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    equal(small().evaluate_many(polars.DataFrame(COLUMNS, strict=False)), small(), rows_of(COLUMNS))
    # pandas has no other way than NaN to say that a number is not recorded.
    plain = [
        {**row, "size": row["size"] if row["size"] == row["size"] else None}
        for row in rows_of(COLUMNS)
    ]
    equal(small().evaluate_many(pandas.DataFrame(COLUMNS)), small(), plain)


def test_columns_that_are_no_facts_are_told() -> None:
    with pytest.raises(CaseError) as raised:
        small().evaluate_many(pa.table({"patient": [1], "adult": [True], "colour": ["red"]}))
    assert {problem.fact for problem in raised.value.problems} == {"patient", "colour"}


def test_tables_without_libraries_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "find_spec", lambda name: None)
    with pytest.raises(ImportError, match=r"pathwaylang\[bulk\]"):
        small().evaluate_many(pa.table(COLUMNS))
    rows = rows_of(COLUMNS) * 400
    answer = small().evaluate_many(rows)
    assert not hasattr(answer["start"].codes, "dtype")
    assert answer.row(1300) == answer.row(4)


def test_progress_is_told_by_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    from pathwaylang.runtime.bulk.adapters import chunks

    monkeypatch.setattr(chunks, "CHUNK", 4)
    told: list[tuple[int, int | None]] = []
    small().evaluate_many(pa.table(COLUMNS), progress=lambda done, all_: told.append((done, all_)))
    assert told == [(4, 6), (6, 6)]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(total_graphs(), st.data())
def test_generated_pathways(graph: DecisionGraph, data: st.DataObject) -> None:
    pathway = compiled(graph)
    cases: list[dict[str, Value]] = []
    for _ in range(12):
        hidden = data.draw(st.sets(st.sampled_from([fact.name for fact in graph.facts])))
        whole = draw_case(graph, data)
        cases.append({name: value for name, value in whole.items() if name not in hidden})
    before, choose.WORTH = choose.WORTH, 0
    try:
        same_as_alone(pathway, cases, pathway.evaluate_many([Case(case) for case in cases]))
    finally:
        choose.WORTH = before


def test_unknown_stands_for_what_is_absent() -> None:
    table = pa.table(COLUMNS)
    answer = small().evaluate_many(table, absent="unknown")
    for index, row in enumerate(rows_of(COLUMNS)):
        if index not in {problem.row for problem in answer.refused}:
            case = small().case(row, "unknown")
            assert case.values["fever"] == UNKNOWN
            entries = small().evaluate(case).tracks
            assert answer.row(index) == tuple(replace(entry, breach=None) for entry in entries)
