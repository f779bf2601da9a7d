"""Chunks of rows for the engine, from objects one by one, or from a table in Arrow's memory.

In: records, or anything that gives Arrow data (pyarrow, polars, pandas, DuckDB). Out: chunks with a
code a row and fact. Rows that are no plain objects stay for the way of one by one.

Invariant: a row means what it means to `Pathway.case`: null is not recorded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, cast

import numpy as np

from pathwaylang.runtime.bulk.adapters.masks import MISSING
from pathwaylang.runtime.bulk.adapters.reading import Chunk, Coded, Column
from pathwaylang.runtime.case import Case, CaseError, CaseProblem
from pathwaylang.runtime.read import quoted

CHUNK = 1 << 17
"""Rows that are answered together."""

CLOSE = 1_000
"""Whole numbers no further apart than that are looked up, not sorted out."""
LARGE = 1 << 60


def record_chunks(
    records: Iterable[object], columns: Mapping[str, Column], unknown: bool
) -> Iterator[Chunk]:
    """Yield objects in chunks; with `unknown`, what is not recorded is unknown where it may be."""
    names = columns.keys()
    source = iter(records)
    while batch := list(islice(source, CHUNK)):
        plain = [_plain(record, unknown) for record in batch]
        alone = np.array([row is None or not row.keys() <= names for row in plain], np.bool_)
        rows = [{} if row is None else row for row in plain]
        coded = {
            name: column.coded([row.get(name) for row in rows]) for name, column in columns.items()
        }
        yield Chunk(len(batch), _filled(coded, unknown), batch.__getitem__, alone)


def _plain(record: object, unknown: bool) -> dict[str, object] | None:
    """Return a record's values by name where it is a plain object, or a case of such."""
    if record.__class__ is dict:
        return cast(dict[str, object], record)
    if isinstance(record, Case) and not record.expired and not unknown:
        return dict(record.values)
    return None


def _filled(coded: dict[str, Coded], unknown: bool) -> dict[str, Coded]:
    return {name: rows.filled() for name, rows in coded.items()} if unknown else coded


# ------------------------------------------------------------ tables


def table_chunks(data: Any, columns: Mapping[str, Column], unknown: bool) -> Iterator[Chunk]:
    """Yield the rows of an Arrow table in chunks; its columns are named like the facts.

    Raises `CaseError` where a column is no fact, or stands there twice.
    """
    _check_names(data.column_names, columns)
    for batch in data.to_batches(max_chunksize=CHUNK):
        yield _table_chunk(batch, columns, unknown)


def _table_chunk(batch: Any, columns: Mapping[str, Column], unknown: bool) -> Chunk:
    arrays = dict(zip(batch.schema.names, batch.columns, strict=True))
    nothing, gap = np.zeros(batch.num_rows, np.int8), np.array([MISSING], np.int32)
    coded = {
        name: _coded(arrays[name], column) if name in arrays else Coded(column, nothing, gap)
        for name, column in columns.items()
    }

    def record(row: int) -> object:
        return {name: array[row].as_py() for name, array in arrays.items()}

    alone = np.zeros(batch.num_rows, np.bool_)
    return Chunk(batch.num_rows, _filled(coded, unknown), record, alone)


def _coded(array: Any, column: Column) -> Coded:
    """Return the rows of one column: each different value is read once."""
    import pyarrow as pa

    kind = array.type
    if pa.types.is_nested(kind) or pa.types.is_null(kind):
        return column.coded(array.to_pylist())
    if pa.types.is_boolean(kind):
        return _looked_up(array.cast(pa.uint8()), column, [False, True], 0)
    if pa.types.is_integer(kind) and (whole := _whole_numbers(array, column)) is not None:
        return whole
    if not pa.types.is_dictionary(kind):
        array = array.dictionary_encode()
    return _looked_up(array.indices, column, array.dictionary.to_pylist(), 0)


def _whole_numbers(array: Any, column: Column) -> Coded | None:
    """Return the rows of whole numbers that lie close together; None where they do not."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ends = pc.min_max(array)
    low, high = ends["min"].as_py(), ends["max"].as_py()
    if low is None or high - low > CLOSE or max(abs(low), abs(high)) > LARGE:
        return None
    return _looked_up(array.cast(pa.int64()), column, range(low, high + 1), low)


def _looked_up(places: Any, column: Column, values: Sequence[object], first: int) -> Coded:
    """Return rows whose values stand at places, counted from `first`; null is not recorded."""
    read = [column.learn(value) for value in values]
    if places.null_count:
        import pyarrow as pa

        places = places.cast(pa.int64()).fill_null(len(read) + first)
    found = places.to_numpy(zero_copy_only=False)
    return Coded(column, found - first if first else found, np.array([*read, MISSING], np.int32))


def _check_names(names: list[str], columns: Mapping[str, Column]) -> None:
    problems = [
        CaseProblem(name[:60], None, f"the pathway has no fact {quoted(name)}; drop the column")
        for name in names
        if name not in columns
    ]
    problems += [
        CaseProblem(name, None, "the table has several columns of this name")
        for name, count in Counter(names).items()
        if count > 1
    ]
    if problems:
        raise CaseError(tuple(problems))
