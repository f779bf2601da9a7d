"""A bulk run answers each row as `evaluate` does, refuses bad rows alone, and counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime import BulkAnswer, Case, Pathway, TrackAnswer
from tests.runtime.small import pathway as small
from tests.runtime.test_properties import compiled, draw_case, total_graphs

ROWS: list[dict[str, object]] = [
    {"adult": True, "bilirubin": 3, "awake": False, "age": 40},
    {"adult": True, "bilirubin": 3, "awake": False, "age": 70},
    {"adult": True, "bilirubin": 99, "colour": "red"},
    {"adult": False},
    {},
    {"adult": True, "awake": False, "pain": True},
    {"adult": True, "bilirubin": "51 umol/L", "fever": "unknown"},
]


def alone(pathway: Pathway, row: object) -> tuple[TrackAnswer, ...]:
    assert isinstance(row, dict | Case)
    return tuple(replace(entry, breach=None) for entry in pathway.evaluate(row).tracks)


def test_rows_are_answered_as_alone() -> None:
    answer = small().evaluate_many(ROWS)
    assert answer.rows == len(ROWS)
    for index, row in enumerate(ROWS):
        if index != 2:
            assert answer.row(index) == alone(small(), row)
            assert answer.statuses[index] == small().evaluate(row).status


def test_a_bad_row_is_refused_with_all_its_problems() -> None:
    answer = small().evaluate_many(ROWS)
    (refused,) = answer.refused
    assert refused.row == 2
    assert {problem.fact for problem in refused.problems} == {"bilirubin", "colour"}
    assert answer.row(2) == ()
    assert answer.statuses[2] == "refused"
    assert str(refused).startswith("row 2: ")


def test_rows_that_are_no_object_are_refused() -> None:
    answer = small().evaluate_many([7, None, {"adult": False}])
    assert [problem.row for problem in answer.refused] == [0, 1]
    assert answer.statuses == ("refused", "refused", "outside")


def test_later_stages_have_columns() -> None:
    answer = small().evaluate_many(ROWS)
    assert [(c.stage, c.track) for c in answer.columns] == [
        ("main", "start"),
        ("main", "support"),
        ("later", "later"),
    ]
    ending = answer["later"][0]
    assert ending is not None
    assert ending.outcome == "wait"
    assert answer["later"][1] is None
    with pytest.raises(KeyError, match="no track 'nowhere'"):
        answer["nowhere"]


def test_a_run_may_start_at_another_stage() -> None:
    answer = small().evaluate_many([{"adult": True}], "later")
    assert [column.track for column in answer.columns] == ["later"]
    with pytest.raises(KeyError):
        small().evaluate_many([], "nowhere")


def test_counts_add_up() -> None:
    answer = small().evaluate_many(ROWS)
    assert sum(answer.status_counts().values()) == len(ROWS)
    start = [count for count in answer.outcomes() if count.track == "start"]
    assert sum(count.rows for count in start) == len(ROWS) - 1
    missing = {(item.action, item.name): item.rows for item in answer.missing()}
    asking = [alone(small(), row) for i, row in enumerate(ROWS) if i != 2]
    for (action, name), rows in missing.items():
        assert rows == sum(
            any((r.action, r.name) == (action, name) for e in entries for r in e.requests)
            for entries in asking
        )
    assert ("ask", "adult") in missing


def test_table_has_an_entry_a_row() -> None:
    table = small().evaluate_many(ROWS).to_columns()
    assert {len(column) for column in table.values()} == {len(ROWS)}
    assert table["start_outcome"][0] == "wait"
    assert table["start_status"][2] is None
    assert "99" in str(table["problems"][2])
    assert table["later_branch"] == ["later.1", None, None, None, None, None, None]


def test_nothing_gives_an_empty_answer() -> None:
    answer = small().evaluate_many(iter([]))
    assert (answer.rows, answer.statuses, answer.missing()) == (0, (), ())


def test_progress_is_told() -> None:
    told: list[tuple[int, int | None]] = []
    rows: list[dict[str, object]] = [{"adult": False}] * 1500
    small().evaluate_many(rows, progress=lambda done, total: told.append((done, total)))
    assert told == [(1000, 1500), (1500, 1500)]
    small().evaluate_many(iter(rows), progress=lambda done, total: told.append((done, total)))
    assert told[2:] == [(1000, 1500), (1500, 1500)]


def test_absent_and_day_are_respected() -> None:
    taken = {"value": 3, "unit": "mg/dL", "taken": "2026-01-01"}
    row = {"adult": True, "bilirubin": taken, "scan": "spot", "size": 4}
    many = small().evaluate_many([row], absent="unknown", on="2026-11-24")
    case = small().case(row, "unknown", "2026-11-24")
    assert many.row(0) == alone(small(), case)
    assert any("too old" in item.reason for item in many.row(0)[0].requests)


def same_as_alone(pathway: Pathway, cases: list[dict[str, Value]], answer: BulkAnswer) -> None:
    for index, case in enumerate(cases):
        assert answer.row(index) == alone(pathway, Case(case))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(total_graphs(), st.data())
def test_generated_pathways(graph: DecisionGraph, data: st.DataObject) -> None:
    pathway = compiled(graph)
    cases = []
    for _ in range(5):
        hidden = data.draw(st.sets(st.sampled_from([fact.name for fact in graph.facts])))
        whole = draw_case(graph, data)
        cases.append({name: value for name, value in whole.items() if name not in hidden})
    same_as_alone(pathway, cases, pathway.evaluate_many([Case(case) for case in cases]))
