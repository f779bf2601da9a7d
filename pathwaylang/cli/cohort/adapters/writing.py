"""The result of a population as CSV or Parquet.

In: a table as columns and the path's ending. Out: the bytes of the file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from pathwaylang.cli.files import FileProblem
from pathwaylang.diagnostics.visible import visible

Table = Mapping[str, Sequence[object]]
ENDINGS = (".csv", ".parquet")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def check_ending(path: str) -> None:
    """Refuse an ending that stands for no kind of result, before any work is done."""
    if Path(path).suffix.lower() not in ENDINGS:
        raise FileProblem(f"{visible(path)}: a result is a .csv or a .parquet file")
    if Path(path).suffix.lower() == ".parquet":
        _arrow()


def table_bytes(path: str, table: Table) -> bytes:
    """Return the table as a file of the kind that the ending of the path says."""
    return _csv(table) if Path(path).suffix.lower() == ".csv" else _parquet(table)


def _csv(table: Table) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table)
    for cells in zip(*table.values(), strict=True):
        writer.writerow([_cell(cell) for cell in cells])
    return stream.getvalue().encode("utf-8")


def _cell(value: object) -> object:
    """Return a cell; one that a spreadsheet would take for a formula is marked as text."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _arrow() -> object:
    try:
        import pyarrow
    except ImportError:
        raise FileProblem(
            'a Parquet file needs an extra: pip install "pathwaylang[bulk]"'
        ) from None
    return pyarrow


def _parquet(table: Table) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"row": pa.int64()}
    columns = {
        name: pa.array(list(cells), kinds.get(name, pa.string())) for name, cells in table.items()
    }
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()
