"""Which way a bulk run takes: by columns where the libraries are there and it pays.

In: what a bulk run was given. Out: an answer by columns, or None: then rows go one by one. Nothing
is imported before it is needed; where a table meets no library, the error says what to install.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard, cast

from pathwaylang.ir.compiled import Artifact
from pathwaylang.ir.graph import Stage
from pathwaylang.runtime.answer import PathwayInfo, TrackAnswer
from pathwaylang.runtime.bulk.answer import BulkAnswer, RowProblem, TrackColumn
from pathwaylang.runtime.bulk.rows import Progress
from pathwaylang.runtime.evaluate import Evaluator
from pathwaylang.runtime.table import Table

if TYPE_CHECKING:
    from pathwaylang.runtime.bulk.adapters.masks import Plan
    from pathwaylang.runtime.bulk.adapters.reading import Chunk

WORTH = 2_000
"""Objects from which on columns pay; fewer go one by one."""

Alone = Callable[[object], tuple[TrackAnswer, ...]]


@dataclass(frozen=True, slots=True)
class Run:
    """A bulk run: the pathway's parts, the stages that rows can pass, how one row is answered.

    `plans` has the plans of tracks by name, kept from one run to the next.
    """

    info: PathwayInfo
    artifact: Artifact
    table: Table
    evaluator: Evaluator
    stages: tuple[Stage, ...]
    alone: Alone
    unknown: bool
    progress: Progress | None
    plans: dict[str, Plan]


class ArrowTable(Protocol):
    """A table that gives its data in Arrow's memory: pyarrow, polars, pandas, DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the data as a capsule of Arrow's C interface."""


def is_table(records: object) -> TypeGuard[ArrowTable]:
    """Whether records are a table: something that gives Arrow data or is a dataframe."""
    return hasattr(records, "__arrow_c_stream__") or hasattr(records, "__dataframe__")


def answer_table(run: Run, records: object) -> BulkAnswer:
    """Answer a table; ImportError, with what to install, where the libraries are missing."""
    if not (find_spec("numpy") and find_spec("pyarrow")):
        raise ImportError("tables need numpy and pyarrow: pip install 'pathwaylang[bulk]'")
    from pathwaylang.runtime.bulk.adapters.chunks import table_chunks

    data = _arrow(records)
    columns = _columns(run.artifact)
    chunks = table_chunks(data, columns, run.unknown)
    return _answer(run, chunks, data.num_rows)


def answer_records(
    run: Run, records: Iterable[object]
) -> tuple[BulkAnswer | None, Iterable[object]]:
    """Answer many objects; None and the objects where they are few, or numpy is missing."""
    source = iter(records)
    total = len(records) if isinstance(records, Sized) else None
    first = list(islice(source, WORTH))
    if len(first) < WORTH or not find_spec("numpy"):
        return None, chain(first, source) if len(first) == WORTH else first
    from pathwaylang.runtime.bulk.adapters.chunks import record_chunks

    columns = _columns(run.artifact)
    chunks = record_chunks(chain(first, source), columns, run.unknown)
    return _answer(run, chunks, total), ()


def _arrow(records: object) -> Any:
    """Return a table in Arrow's memory, without copying where that can be."""
    import pyarrow as pa

    try:
        if hasattr(records, "__arrow_c_stream__"):
            return pa.table(records)
        return pa.interchange.from_dataframe(records)
    except pa.ArrowInvalid as error:
        raise ValueError(f"the table cannot be read: {str(error)[:200]}") from None


def _columns(artifact: Artifact) -> Mapping[str, Any]:
    from pathwaylang.runtime.bulk.adapters.reading import Column

    cells = {item.fact: item for item in artifact.cells}
    constants = dict(artifact.constants)
    return {
        fact.name: Column(fact, cells[fact.name], constants.get(fact.name, ()))
        for fact in artifact.graph.facts
    }


def _answer(run: Run, chunks: Iterator[Chunk], total: int | None) -> BulkAnswer:
    import numpy as np

    from pathwaylang.runtime.bulk.adapters.columns import Engine

    engine = Engine(run.table, run.evaluator, run.stages, run.alone, run.plans)
    parts: dict[tuple[str, str], list[Any]] = {key: [] for key in engine.endings}
    refused: list[RowProblem] = []
    rows = 0
    for chunk in chunks:
        codes, problems = engine.answer(chunk, rows)
        for key, part in codes.items():
            parts[key].append(part)
        refused += problems
        rows += chunk.rows
        if run.progress is not None:
            run.progress(rows, total)
    found = tuple(
        TrackColumn(
            *key,
            engine.endings[key].entries,
            cast(Sequence[int], np.concatenate(part) if part else np.zeros(0, np.int32)),
        )
        for key, part in parts.items()
    )
    return BulkAnswer(run.info, run.stages[0].name, rows, found, tuple(refused))
