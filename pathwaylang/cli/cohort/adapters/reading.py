"""Rows of a cohort from a CSV, Parquet or DuckDB file, a batch at a time.

In: a path (what a file is, its ending says) and for DuckDB the name of a table. Out: the columns,
and rows as they are read. What cannot be read is a `FileProblem`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pathwaylang.cli.files import FileProblem
from pathwaylang.diagnostics.visible import visible

BATCH = 5_000
_DELIMITERS = ",;\t"

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Cohort:
    """A cohort's columns and rows; `total` is None where nobody knows it before the end."""

    columns: tuple[str, ...]
    rows: Iterator[Row]
    total: int | None = None


def open_cohort(path: str, table: str | None) -> Cohort:
    """Return the cohort of a file."""
    ending = Path(path).suffix.lower()
    if not Path(path).is_file():
        raise FileProblem(f"{visible(path)}: there is no such file")
    if table is not None and ending not in (".duckdb", ".db", ".ddb"):
        raise FileProblem(f"{visible(path)}: --table is for DuckDB files")
    match ending:
        case ".csv" | ".tsv" | ".txt":
            return _csv(path)
        case ".parquet" | ".pq":
            return _parquet(path)
        case ".duckdb" | ".db" | ".ddb":
            return _duckdb(path, table)
    raise FileProblem(f"{visible(path)}: a cohort is a .csv, .parquet or .duckdb file")


def read_yaml(path: str, text: str) -> object:
    """Return what a YAML (or JSON) text holds."""
    try:
        import yaml
    except ImportError:
        raise FileProblem(_install("a mapping file", "bulk")) from None
    try:
        data: object = yaml.safe_load(text)
        return data
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark is not None else ""
        what = getattr(error, "problem", None) or "it cannot be read"
        raise FileProblem(f"{visible(path)}: {line}this is no YAML: {visible(what)}") from None


def _install(what: str, extra: str) -> str:
    return f'{what} needs an extra: pip install "pathwaylang[{extra}]"'


def _csv(path: str) -> Cohort:
    try:
        with open(path, encoding="utf-8-sig", newline="") as stream:
            first = stream.readline()
        delimiter = max(_DELIMITERS, key=first.count)
        columns = next(csv.reader([first], delimiter=delimiter), [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FileProblem(f"{visible(path)}: {_reason(error)}") from None
    names = tuple(name.strip() for name in columns)
    twice = sorted({name for name in names if names.count(name) > 1})
    if not any(names) or twice:
        what = f"two columns are called `{visible(twice[0])}`" if twice else "it has no columns"
        raise FileProblem(f"{visible(path)}: {what}")
    return Cohort(names, _csv_rows(path, names, delimiter))


def _csv_rows(path: str, names: tuple[str, ...], delimiter: str) -> Iterator[Row]:
    number = 1
    try:
        with open(path, encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, delimiter=delimiter)
            next(reader, None)
            for cells in reader:
                if not cells:
                    continue
                number = reader.line_num
                if len(cells) != len(names):
                    raise FileProblem(
                        f"{visible(path)}: line {number} has {len(cells)} cells instead of "
                        f"{len(names)}"
                    )
                yield dict(zip(names, cells, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FileProblem(f"{visible(path)}: after line {number}: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "this is not UTF-8 text; save it as UTF-8"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error)


def _parquet(path: str) -> Cohort:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise FileProblem(_install("a Parquet file", "bulk")) from None
    try:
        file = pq.ParquetFile(path)
    except (OSError, pa.ArrowException) as error:
        raise FileProblem(
            f"{visible(path)}: this is no Parquet file: {visible(str(error))}"
        ) from None

    def rows() -> Iterator[Row]:
        try:
            for batch in file.iter_batches(BATCH):
                yield from batch.to_pylist()
        except (OSError, ValueError, pa.ArrowException) as error:
            raise FileProblem(
                f"{visible(path)}: it cannot be read to its end: {visible(str(error))}"
            ) from None

    return Cohort(tuple(file.schema_arrow.names), rows(), file.metadata.num_rows)


def _duckdb(path: str, table: str | None) -> Cohort:
    try:
        import duckdb
    except ImportError:
        raise FileProblem(_install("a DuckDB file", "sql")) from None
    try:
        connection = duckdb.connect(path, read_only=True)
        listed = connection.execute(
            "SELECT table_name FROM information_schema.tables ORDER BY table_name"
        ).fetchall()
        known = [str(name) for (name,) in listed]
    except duckdb.Error as error:
        raise FileProblem(
            f"{visible(path)}: this is no DuckDB file: {visible(str(error))}"
        ) from None
    name = table or (known[0] if len(known) == 1 else "")
    if name not in known:
        told = ", ".join(map(visible, known)) or "none"
        asked = f"no table `{visible(name)}`; it has" if name else "say with --table which one:"
        raise FileProblem(f"{visible(path)}: {asked} {told}")
    quoted = '"' + name.replace('"', '""') + '"'
    try:
        found = connection.execute(f"SELECT * FROM {quoted}")
    except duckdb.Error as error:
        raise FileProblem(
            f"{visible(path)}: {visible(name)} cannot be read: {visible(str(error))}"
        ) from None
    columns = tuple(str(column[0]) for column in found.description)

    def rows() -> Iterator[Row]:
        try:
            with connection:
                while batch := found.fetchmany(BATCH):
                    for cells in batch:
                        yield dict(zip(columns, cells, strict=True))
        except duckdb.Error as error:
            raise FileProblem(
                f"{visible(path)}: it cannot be read to its end: {visible(str(error))}"
            ) from None

    total: int | None = None
    with suppress(duckdb.Error), connection.cursor() as cursor:
        counted = cursor.execute(f"SELECT count(*) FROM {quoted}").fetchone()
        total = int(counted[0]) if counted else None
    return Cohort(columns, rows(), total)
