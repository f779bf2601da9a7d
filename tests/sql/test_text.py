"""The text of the query: parsed in every dialect, safe with hostile names, the same each time."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import duckdb
import pytest
import sqlglot
from sqlglot.errors import SqlglotError

from pathwaylang.compiler.emit.sql import DIALECTS, SqlOptions, SqlProblem, emit_sql, sql_plan
from pathwaylang.compiler.emit.sql.dialects import comment
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Source
from pathwaylang.ir.artifact import Artifact
from tests.sql.engines import Duck
from tests.sql.support import liver

PATHWAY = """\
pathway lesion "One lesion"

fact size "Size": number in mm 0..20 step 0.5
  may be unknown
fact fit "Fit": yes/no
  may be unknown
fact site "Site": choice of left "Left", right "Right"

decide aim "What is done?"
  opinion "Invented for a test."
  unknown means no
    because "Invented for a test."
  when all of
    - size < 10.5 mm
    - fit
  then recommend ablation
  when all of
    - size < 10.5 mm
    - not fit
    - site is left
  then recommend waiting
  otherwise recommend resection

recommendation ablation "Ablation"
recommendation waiting "Waiting"
recommendation resection "Resection"
"""
COLUMNS = [("size", "number"), ("size_unknown", "yes/no"), ("fit", "yes/no"),
           ("fit_unknown", "yes/no"), ("site", "choice")]  # fmt: skip


def artifact_of(text: str) -> Artifact:
    compilation = Compilation(Source("x.pw", text), lambda _: None)
    found = compilation.artifact
    assert found is not None, [d.message for d in compilation.diagnostics]
    return found


def row(*cells: object) -> dict[str, object]:
    return dict(zip((name for name, _ in COLUMNS), cells, strict=True))


def asked(*rows: dict[str, object]) -> list[list[str | None]]:
    query = emit_sql(artifact_of(PATHWAY), "duckdb")
    return list(Duck().ask(query, COLUMNS, rows).values())


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_every_dialect_parses(dialect: str) -> None:
    query = emit_sql(artifact_of(PATHWAY), dialect, SqlOptions("ehr.cohort", "patient id"))
    (parsed,) = sqlglot.parse(query, read=dialect)
    assert parsed is not None
    assert parsed.named_selects == [
        "patient id", "invalid", "aim_status", "aim_outcome", "aim_branch"
    ]  # fmt: skip
    tables = {table.sql(dialect=dialect) for table in parsed.find_all(sqlglot.exp.Table)}
    quoted = DIALECTS[dialect].table("ehr.cohort")
    assert quoted in tables


def test_the_same_input_gives_the_same_text() -> None:
    assert emit_sql(artifact_of(PATHWAY), "spark") == emit_sql(artifact_of(PATHWAY), "spark")


def test_unknown_and_missing_are_two_things() -> None:
    ten = Decimal(10)
    answers = asked(
        row(ten, None, True, None, None),
        row(ten, None, None, True, "left"),  # fit is unknown: neither branch holds
        row(ten, None, None, None, "left"),  # fit is not recorded: it may still matter
        row(None, True, None, None, None),  # size is unknown
        row(Decimal("10.5"), False, None, None, None),
    )
    assert [(one[1], one[2]) for one in answers] == [
        ("recommendation", "ablation"),
        ("recommendation", "resection"),
        ("request", None),
        ("recommendation", "resection"),
        ("recommendation", "resection"),
    ]


def test_what_is_no_value_is_marked_and_never_answered() -> None:
    answers = asked(
        row(Decimal("20.5"), None, True, None, None),
        row(Decimal("-0.5"), None, True, None, None),
        row(Decimal("9.7"), None, True, None, None),  # between two steps
        row(Decimal("9.500001"), None, True, None, None),
        row(Decimal("9.5"), True, True, None, None),  # a value, and unknown as well
        row(Decimal("9.5"), None, True, None, "middle"),
        row(Decimal("9.5"), None, True, True, "left"),
    )
    assert [one[0] for one in answers] == ["size"] * 5 + ["site", "fit"]
    assert {tuple(one[1:]) for one in answers} == {("invalid", None, None)}


def test_floats_are_compared_as_their_decimals_say() -> None:
    """0.1 + 0.2 is no tenth; 10.5 is one of the steps and lies at a limit."""
    query = emit_sql(artifact_of(PATHWAY), "duckdb")
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE cases AS SELECT * FROM (VALUES (1, 10.5::DOUBLE), (2, 10.0::DOUBLE),"
            " (3, 0.1::DOUBLE + 0.2::DOUBLE), (4, 'nan'::DOUBLE), (5, 'inf'::DOUBLE)) AS v"
            "(id, size),"
            " (VALUES (false, true, false, 'left')) AS w(size_unknown, fit, fit_unknown, site)"
        )
        found = {r[0]: r[1:4] for r in connection.execute(query).fetchall()}
    assert found[1] == (None, "recommendation", "resection")
    assert found[2] == (None, "recommendation", "ablation")
    assert {found[n] for n in (3, 4, 5)} == {("size", "invalid", None)}


HOSTILE = "x'; DROP TABLE cases; -- \"`]\\ */\n\u202e"


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_hostile_names_stay_names_and_labels_stay_comments(dialect: str) -> None:
    artifact = artifact_of(PATHWAY)
    graph = artifact.graph
    decision = graph.decisions[0]
    branches = (replace(decision.branches[0], id=HOSTILE), *decision.branches[1:])
    graph = replace(
        graph,
        about=replace(graph.about, title=HOSTILE),
        facts=tuple(replace(fact, label=HOSTILE) for fact in graph.facts),
        decisions=(replace(decision, branches=branches), *graph.decisions[1:]),
    )
    options = SqlOptions(HOSTILE.replace(".", ""), HOSTILE)
    query = emit_sql(replace(artifact, graph=graph), dialect, options)
    try:
        found = sqlglot.parse(query, read=dialect)
    except SqlglotError as error:
        raise AssertionError(str(error)) from None
    assert len(found) == 1
    literals = {node.this for node in found[0].find_all(sqlglot.exp.Literal) if node.is_string}
    assert HOSTILE in literals


def test_hostile_names_run_on_duckdb() -> None:
    options = SqlOptions(HOSTILE, HOSTILE)
    query = emit_sql(artifact_of(PATHWAY), "duckdb", options)
    quote = DIALECTS["duckdb"].quoted
    with duckdb.connect() as connection:
        connection.execute(
            f"CREATE TABLE {quote(HOSTILE)} AS SELECT 1 AS {quote(HOSTILE)}, 5 AS size,"
            " false AS size_unknown, true AS fit, false AS fit_unknown, 'left' AS site"
        )
        assert connection.execute(query).fetchall()[0][3] == "ablation"


def test_comments_are_one_line() -> None:
    assert comment(HOSTILE).count("\n") == 0
    assert "*/" not in comment(HOSTILE)
    assert "\u202e" not in comment(HOSTILE)


def test_a_formula_without_steps_is_refused_with_what_helps() -> None:
    text = PATHWAY.replace(" step 0.5", "").replace(
        "decide aim", "fact other \"Other\": number in mm 0..20\n\ndecide aim"
    ).replace("when all of", "when all of").replace(
        "- size < 10.5 mm", "- size < other"
    )  # fmt: skip
    with pytest.raises(SqlProblem, match="without steps \\(other, size\\)"):
        sql_plan(artifact_of(text))


def test_limits_that_are_no_decimals() -> None:
    """A third is compared as a fraction."""
    artifact = artifact_of(PATHWAY)
    (cells,) = (one for one in artifact.cells if one.fact == "size")
    third = replace(cells, cuts=((Fraction(1, 3), 0),))
    (fact,) = (one for one in artifact.graph.facts if one.name == "size")
    from pathwaylang.compiler.emit.sql.codes import code_of

    dense = replace(fact, step=None)
    assert '3 * "size" < 1' in code_of(dense, third, DIALECTS["duckdb"])


def test_a_fact_named_like_a_column_of_the_query_is_refused() -> None:
    text = PATHWAY.replace(
        "decide aim", 'fact fit_unknown "Other": yes/no\n\ndecide aim'
    ).replace("    - site is left\n", "    - site is left\n    - fit_unknown\n")  # fmt: skip
    with pytest.raises(SqlProblem, match="fact `fit_unknown` has the name"):
        sql_plan(artifact_of(text))


def test_no_case_stands_deep_within_others() -> None:
    """SQL Server allows ten; the widest tables of the liver pathway are the test."""
    pathway, plan = liver()
    query = emit_sql(pathway.artifact, "tsql", plan=plan)
    depth = deepest = 0
    for word in re.findall(r"\b(?:CASE|END)\b", re.sub(r"'[^']*'|--.*", "", query)):
        depth += 1 if word == "CASE" else -1
        deepest = max(deepest, depth)
    assert (depth, deepest <= 6) == (0, True)
