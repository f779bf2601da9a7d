"""`pathwaylang build --target sql`: what is written, and what is said where there is no query."""

from __future__ import annotations

import duckdb

from tests.cli.conftest import program  # noqa: F401 - a fixture
from tests.cli.support import GAP, LESION, Program


def test_a_query_for_each_dialect(program: Program) -> None:  # noqa: F811
    program.write("lesion.pw", LESION)
    ended = program("build", "lesion.pw", "-o", "out", "--target", "sql", "--dialect", "duckdb",
                    "--dialect", "tsql", "--table", "ehr.cohort", "--row-id", "pid")  # fmt: skip
    assert (ended.code, ended.err) == (0, "")
    assert program.files() == ["lesion.pw", "out/lesion.duckdb.sql", "out/lesion.tsql.sql",
                               "out/summary.txt"]  # fmt: skip
    query = (program.folder / "out" / "lesion.duckdb.sql").read_text("utf-8")
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA ehr")
        connection.execute(
            "CREATE TABLE ehr.cohort AS SELECT 'x' AS pid, 20 AS largest, NULL::BOOL AS fit"
        )
        found = connection.execute(query)
        assert [column[0] for column in found.description] == [
            "pid", "invalid", "local_status", "local_outcome", "local_branch"
        ]  # fmt: skip
        assert found.fetchall() == [("x", None, "recommendation", "ablation", "local.1")]


def test_all_writes_no_query(program: Program) -> None:  # noqa: F811
    program.write("lesion.pw", LESION)
    assert program("build", "lesion.pw", "-o", "out", "--target", "json").code == 0
    assert not [name for name in program.files() if name.endswith(".sql")]


def test_target_and_dialect_go_together(program: Program) -> None:  # noqa: F811
    program.write("lesion.pw", LESION)
    for more in (["--target", "sql"], ["--dialect", "spark"]):
        ended = program("build", "lesion.pw", "-o", "out", *more)
        assert ended.code == 2
        assert "--target sql and --dialect go together" in ended.err


def test_a_stage_that_is_not_there(program: Program) -> None:  # noqa: F811
    program.write("lesion.pw", LESION)
    ended = program("build", "lesion.pw", "-o", "out", "--target", "sql", "--dialect", "spark",
                    "--stage", "nowhere")  # fmt: skip
    assert ended.code == 2
    assert "there is no stage `nowhere`; it has main" in ended.err
    ended = program("build", "lesion.pw", "-o", "out", "--target", "sql", "--dialect", "spark",
                    "--track", "lokal")  # fmt: skip
    assert (ended.code, "there is no track `lokal`; it has local" in ended.err) == (2, True)


def test_what_cannot_be_a_query_is_said_in_one_line(program: Program) -> None:  # noqa: F811
    text = LESION.replace("whole number in mm 1..200", "number in mm 1..200").replace(
        'fact fit "Fit', 'fact other "Other": number in mm 1..200\n  usually 30 mm\nfact fit "Fit'
    )
    for operator in ("<=", ">"):
        text = text.replace(f"when largest {operator} 30 mm", f"when largest {operator} other")
    text = text.replace("given largest is 20 mm", "given largest is 20 mm, other is 30 mm")
    program.write(
        "lesion.pw",
        text.replace("given largest is 50 mm", "given largest is 50 mm, other is 30 mm"),
    )
    ended = program("build", "lesion.pw", "-o", "out", "--target", "sql", "--dialect", "spark")
    assert ended.code == 1, ended.out
    assert ended.err == (
        "lesion: a formula over numbers without steps (largest, other) is not written as SQL: give "
        "these facts a step (such as `step 0.1`), or use `pathwaylang population`\n"
    )
    assert program.files() == ["lesion.pw"]


def test_a_pathway_with_errors_gives_no_query(program: Program) -> None:  # noqa: F811
    program.write("gap.pw", GAP)
    ended = program("build", "gap.pw", "-o", "out", "--target", "sql", "--dialect", "spark")
    assert ended.code == 1
    assert program.files() == ["gap.pw"]
