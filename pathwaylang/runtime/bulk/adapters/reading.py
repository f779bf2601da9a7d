"""Columns of raw values become codes: each different value is read once, as the runtime reads it.

In: the raw values of one fact. Out: a code a row. `values[code]` is the exact value; a code below
zero is not recorded, or not plain: then the row is answered alone, which also tells what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from pathwaylang.ir.cells import Cells as FactCells
from pathwaylang.ir.cells import Cut
from pathwaylang.ir.facts import UNKNOWN, Fact, Value
from pathwaylang.runtime.bulk.adapters.masks import MISSING, Cells, small
from pathwaylang.runtime.read import read_value

ALONE = -2
"""The code of a value that is not plain, or none of the fact."""

Codes = npt.NDArray[np.int32]


class Column:
    """The values of one fact that have been met, and their cells; it only grows."""

    def __init__(self, fact: Fact, cells: FactCells, constants: Sequence[Cut]) -> None:
        self.fact = fact
        self._cells = cells
        self._constants = constants
        self._by_class: dict[type, dict[object, int]] = {}
        self._places: dict[Value, int] = {}
        self.values: list[Value] = []
        self._cell_of: list[int] = []

    def coded(self, raws: Iterable[object]) -> Coded:
        """Return the rows of raw values."""
        by_class = self._by_class
        found: list[int] = []
        for raw in raws:
            if raw is None:
                found.append(MISSING)
                continue
            try:
                found.append(by_class[raw.__class__][raw])
            except (KeyError, TypeError):
                found.append(self.learn(raw))
        # Codes are places of themselves; from behind: answered alone, and not recorded.
        every = [*range(len(self.values)), ALONE, MISSING]
        return Coded(self, np.array(found, np.int32), np.array(every, np.int32))

    def learn(self, raw: object) -> int:
        """Return the code of a raw value that may be new."""
        if raw is None:
            return MISSING
        try:
            value = read_value(self.fact, raw, self._constants).value
            code = self.place(value)
        except ValueError:
            code = ALONE
        with suppress(TypeError):  # what cannot be a key is read each time
            self._by_class.setdefault(raw.__class__, {})[raw] = code
        return code

    def place(self, value: Value) -> int:
        """Return the code of a value."""
        # True equals 1, so a truth needs a key of its own; a fact has either truths or numbers.
        code = self._places.get(value)
        if code is None:
            code = self._places[value] = len(self.values)
            self.values.append(value)
            self._cell_of.append(self._cells.cell_of(value))
        return code

    def cells(self, codes: Codes) -> Cells:
        """Return the cell of each code, in the smallest type that holds them."""
        # From behind: what is to be answered alone, and what is not recorded.
        table = np.array([*self._cell_of, MISSING, MISSING])
        return small(table[codes], len(self._cells.counts))


class Coded:
    """The rows of one fact in a chunk: `read[places[row]]` is the code of a row."""

    def __init__(self, column: Column, places: npt.NDArray[np.integer[Any]], read: Codes) -> None:
        self.column = column
        self._places = places
        self._read = read

    @cached_property
    def codes(self) -> Codes:
        """The code of each row."""
        found: Codes = self._read[self._places]
        return found

    def code(self, row: int) -> int:
        """Return the code of one row."""
        return int(self._read[self._places[row]])

    def cells(self) -> Cells:
        """Return the cell of each row."""
        found: Cells = self.column.cells(self._read)[self._places]
        return found

    def is_alone(self) -> npt.NDArray[np.bool_] | None:
        """Return the rows that are to be answered alone; None where there is none."""
        return self.codes == ALONE if (self._read == ALONE).any() else None

    def filled(self) -> Coded:
        """Return the rows with what is not recorded as unknown, where it may be."""
        if not self.column.fact.may_be_unknown:
            return self
        unknown = np.int32(self.column.place(UNKNOWN))
        read = np.where(self._read == MISSING, unknown, self._read).astype(np.int32)
        return Coded(self.column, self._places, read)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows: their codes by fact; `record` gives a row to be answered alone."""

    rows: int
    coded: Mapping[str, Coded]
    record: Callable[[int], object]
    alone: npt.NDArray[np.bool_]
