"""Three databases that run the query: DuckDB in process, PostgreSQL and Spark started here.

In: a query that reads the table `cases`, and the rows of that table. Out: the rows of the answer by
their id. Nothing outside a temporary folder is touched, and nothing listens on a port.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.sql.support import Row

Columns = Sequence[tuple[str, str]]
Answers = dict[int, list[str | None]]
PLACES = 6


class Engine(Protocol):
    def ask(self, query: str, columns: Columns, rows: Sequence[Row]) -> Answers: ...


def arrow_table(columns: Columns, rows: Sequence[Row]) -> pa.Table:
    kinds = {"number": pa.decimal128(38, PLACES), "yes/no": pa.bool_(), "choice": pa.string()}
    made: dict[str, Any] = {"id": pa.array(range(len(rows)), pa.int64())}
    for name, kind in columns:
        made[name] = pa.array([row[name] for row in rows], kinds[kind])
    return pa.table(made)


class Duck:
    def ask(self, query: str, columns: Columns, rows: Sequence[Row]) -> Answers:
        with duckdb.connect() as connection:
            connection.register("given", arrow_table(columns, rows))
            connection.execute("CREATE TABLE cases AS SELECT * FROM given")
            found = connection.execute(query).fetchall()
        return {row[0]: list(row[1:]) for row in found}


class Postgres:
    """A cluster of its own in a temporary folder, reached through a socket there."""

    def __init__(self, folder: Path, user: str | None) -> None:
        self._folder = folder
        self._user = user

    def ask(self, query: str, columns: Columns, rows: Sequence[Row]) -> Answers:
        kinds = {"number": f"NUMERIC(38, {PLACES})", "yes/no": "BOOLEAN", "choice": "TEXT"}
        listed = ", ".join(f'"{name}" {kinds[kind]}' for name, kind in columns)
        data = io.StringIO()
        writer = csv.writer(data, lineterminator="\n")
        for number, row in enumerate(rows):
            writer.writerow([number, *(_shown(row[name]) for name, _ in columns)])
        script = (
            f"DROP TABLE IF EXISTS cases;\nCREATE TABLE cases (id BIGINT, {listed});\n"
            f"COPY cases FROM STDIN (FORMAT csv);\n{data.getvalue()}\\.\n"
            f"COPY (\n{query}\n) TO STDOUT (FORMAT csv);\n"
        )
        said = self.run("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", str(self._folder),
                        "-U", "tester", "-d", "postgres", text=script)  # fmt: skip
        answers: Answers = {}
        for line in csv.reader(io.StringIO(said)):
            answers[int(line[0])] = [cell or None for cell in line[1:]]
        return answers

    def run(self, program: str, *arguments: str, text: str = "") -> str:
        done = subprocess.run(
            [_program(program), *arguments],
            input=text,
            capture_output=True,
            text=True,
            user=self._user,
            cwd=self._folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout


def _shown(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _program(name: str) -> str:
    if found := shutil.which(name):
        return found
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    assert places, f"PostgreSQL's {name} is not here"
    return str(places[-1])


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Start a cluster, as a user without rights where the tests run as root, and stop it."""
    user = "nobody" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pathway-pg-"))
    if user is not None:
        shutil.chown(folder, user)
    found = Postgres(folder, user)
    data = str(folder / "data")
    try:
        found.run("initdb", "-D", data, "-A", "trust", "-U", "tester", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        log = str(folder / "log")
        found.run("pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start")
        try:
            yield found
        finally:
            found.run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Spark:
    def __init__(self, session: Any, folder: Path) -> None:
        self._session = session
        self._folder = folder
        self._number = 0

    def ask(self, query: str, columns: Columns, rows: Sequence[Row]) -> Answers:
        self._number += 1
        path = self._folder / f"cases{self._number}.parquet"
        pq.write_table(arrow_table(columns, rows), path)
        self._session.read.parquet(str(path)).createOrReplaceTempView("cases")
        found = self._session.sql(query).collect()
        return {row[0]: list(row[1:]) for row in found}


@contextmanager
def spark(folder: Path) -> Iterator[Spark]:
    """Start Spark on this machine alone, without its web pages."""
    SparkSession = pytest.importorskip("pyspark.sql").SparkSession  # noqa: N806
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "3g",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }
    builder = SparkSession.builder.master("local[1]").appName("pathway")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield Spark(session, folder)
    finally:
        session.stop()
