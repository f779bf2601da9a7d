"""Every row id that a track can give, in the order of the tables.

Out: `ROWS`, track -> ids (for `m_category` its labels); every one of them is reached by some
case. `RESECTABILITY` lists the rows of that class, each with its value.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.liver_mets.oracle import gate, local, overlays, staging, systemic, workup


def _ids(*tables: Iterable[tuple[str, object]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row for table in tables for row, _ in table))


ROWS: dict[str, tuple[str, ...]] = {
    "diagnosis": _ids(workup.ROWS),
    "m_category": (
        "M_NOT_THIS_PATHWAY", "M_UNDETERMINED", "M1_UNDETERMINED", "M1", "M1a", "M1b", "M1c",
        "M1c(0)", "M1c(1)", "M1d", "M1d(0)", "M1d(1)",
    ),
    "gate": _ids(gate.ROWS),
    "local": (
        *_ids(local.COLORECTAL, local.NON_COLORECTAL, local.UVEAL, local.NEUROENDOCRINE),
        "NONE",
    ),
    "systemic": (
        *_ids(systemic.COLORECTAL, systemic.PREFIX, *systemic.TABLES.values()),
        "NONE",
    ),
    **{track: _ids(table) for track, table in overlays.TABLES.items()},
}  # fmt: skip

RESECTABILITY = _ids(staging.RESECTABILITY)
