"""The blocks of docs/sql.md: the pathway is built, and its queries answer as the page shows."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from tests.cli.conftest import program  # noqa: F401 - a fixture
from tests.cli.support import Program

PAGE = Path(__file__).parents[2] / "docs" / "sql.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> dict[tuple[str, str], str]:
    return {(kind, name): text for kind, name, text in BLOCK.findall(PAGE.read_text("utf-8"))}


def built(program: Program) -> dict[tuple[str, str], str]:  # noqa: F811
    found = blocks()
    program.write("lesion.pw", found["pw", "lesion.pw"])
    line, _, shown = found["console", ""].removeprefix("$ pathwaylang ").partition("\n")
    assert program(*line.split()).out == shown
    return found


def printed(text: str) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(text, "docs/sql.md", "exec"), {})
    return said.getvalue()


def test_duckdb_answers_as_shown(program: Program) -> None:  # noqa: F811
    found = built(program)
    assert printed(found["python", "duckdb"]) == found["text", "duckdb"]


@pytest.mark.java
@pytest.mark.filterwarnings("ignore")
def test_spark_answers_as_shown(program: Program) -> None:  # noqa: F811
    session_type = pytest.importorskip("pyspark.sql").SparkSession
    found = built(program)
    try:
        assert printed(found["python", "spark"]) == found["text", "spark"]
    finally:
        session = session_type.getActiveSession()
        if session is not None:
            session.stop()
