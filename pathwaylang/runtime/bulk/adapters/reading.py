"""Columns of raw values become codes: each different value is read once, as the runtime reads it.

In: the raw values of one fact. Out: a code a row. `values[code]` is the exact value; a code below
zero is not recorded, or not plain: then the row is answered alone, which also tells what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

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

    def codes(self, raws: Iterable[object]) -> Codes:
        """Return the codes of raw values."""
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
        return np.array(found, np.int32)

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
        """Return the cell of each code."""
        # From behind: what is to be answered alone, and what is not recorded.
        table = small(np.array([*self._cell_of, MISSING, MISSING]), len(self._cells.counts))
        return table[codes]

    def fill(self, codes: Codes) -> Codes:
        """Return codes in which what is not recorded is unknown, where it may be."""
        if not self.fact.may_be_unknown:
            return codes
        return np.where(codes == MISSING, np.int32(self.place(UNKNOWN)), codes).astype(np.int32)
