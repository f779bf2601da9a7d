"""Answer rows by columns: walk each track with all rows at once, then tell the few left open apart.

In: chunks of coded columns. Out: a `BulkAnswer`, equal to that of row by row. Rows that end at a
leaf have its ending. Rows that stay open, or that no leaf is left for, are grouped by what can
still matter to them; one row of each group is answered by the evaluator, for all of them.

Invariant: two rows of a group differ in nothing that the evaluator's ending depends on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pathwaylang.ir.compiled import LeafWord
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import Stage
from pathwaylang.runtime.answer import TrackAnswer
from pathwaylang.runtime.bulk.adapters.masks import (
    MISSING,
    Cells,
    Masks,
    Numbers,
    Plan,
    plan,
    small,
)
from pathwaylang.runtime.bulk.adapters.reading import Chunk
from pathwaylang.runtime.bulk.answer import NOWHERE, RowProblem
from pathwaylang.runtime.bulk.rows import Endings
from pathwaylang.runtime.case import Case, CaseError
from pathwaylang.runtime.compiled.code import reached
from pathwaylang.runtime.evaluate import Begun, Evaluator
from pathwaylang.runtime.table import Table

Rows = npt.NDArray[np.bool_]
MOST_CELLS = 65_535
_IMPOSSIBLE = LeafWord("impossible")


@dataclass(slots=True)
class _Work:
    """A chunk while it is answered."""

    chunk: Chunk
    masks: Masks
    cells: Mapping[int, Cells]
    broken: Numbers
    begun: dict[int, Begun] = field(default_factory=dict)
    involved: list[Rows] | None = None


class Engine:
    """Answers chunks of one pathway, from one stage on; it remembers what it met."""

    def __init__(
        self,
        table: Table,
        evaluator: Evaluator,
        stages: tuple[Stage, ...],
        alone: Callable[[object], tuple[TrackAnswer, ...]],
        plans: dict[str, Plan],
    ) -> None:
        self._table = table
        self._evaluator = evaluator
        self._stages = {stage.name: stage for stage in stages}
        self._alone = alone
        self.endings = {
            (stage.name, track): Endings() for stage in stages for track in stage.tracks
        }
        self._plans = plans
        self._below: dict[tuple[str, int], frozenset[int]] = {}
        self._known: dict[object, dict[bytes, int]] = {}

    # ------------------------------------------------------------ a chunk

    def answer(
        self, chunk: Chunk, first_row: int
    ) -> tuple[dict[tuple[str, str], Numbers], list[RowProblem]]:
        """Return the codes of every track for a chunk, and the rows that are refused."""
        found = {key: np.full(chunk.rows, NOWHERE, np.int32) for key in self.endings}
        alone = chunk.alone.copy()
        for coded in chunk.coded.values():
            if (wrong := coded.is_alone()) is not None:
                alone |= wrong
        work = self._begin(chunk)
        start = next(iter(self._stages))
        todo: dict[str, Rows] = {start: ~alone}
        done: dict[str, Rows] = {}
        while todo:
            name, rows = todo.popitem()
            rows = rows & ~done.get(name, np.zeros(chunk.rows, np.bool_))
            if not rows.any():
                continue
            done[name] = rows | done.get(name, rows)
            for track in self._stages[name].tracks:
                codes = self._track(name, track, work, rows)
                found[name, track] = np.where(rows, codes, found[name, track])
                for stage, there in self._goes_to(name, track, codes, rows):
                    todo[stage] = todo.get(stage, there) | there
        return found, list(self._each_alone(chunk, np.flatnonzero(alone), first_row, found))

    def _each_alone(
        self,
        chunk: Chunk,
        rows: npt.NDArray[np.intp],
        first_row: int,
        found: dict[tuple[str, str], Numbers],
    ) -> Iterable[RowProblem]:
        for row in rows.tolist():
            try:
                for entry in self._alone(chunk.record(row)):
                    key = (entry.stage, entry.track)
                    found[key][row] = self.endings[key].code_of(entry)
            except CaseError as error:
                yield RowProblem(first_row + row, error.problems)

    def _begin(self, chunk: Chunk) -> _Work:
        level_of = self._table.level_of
        cells = {
            level_of[name]: coded.cells() for name, coded in chunk.coded.items() if name in level_of
        }
        for formula in self._table.formulas:
            cells[level_of[formula.name]] = self._formula(formula.name, formula.facts, chunk)
        broken = np.zeros(chunk.rows, np.int32)
        for index, reads in reversed(list(enumerate(self._evaluator.constraint_reads))):
            broken[self._truths(index, reads, chunk) == 1] = index + 1
        return _Work(chunk, Masks(cells, chunk.rows), cells, broken)

    # ------------------------------------------------------------ a track

    def _track(self, stage: str, track: str, work: _Work, rows: Rows) -> Numbers:
        """Return the codes of the endings of some rows of a track."""
        if track not in self._plans:
            root = self._table.roots[track]
            nodes = {at: self._table.nodes[at] for at in reached(self._table, root)}
            self._plans[track] = plan(nodes, root)
        whole = rows & (work.broken == 0)
        places, ends = work.masks.walk(self._plans[track], work.masks.packed(whole))
        known = [self._leaf_code(stage, track, end) for end in ends] or [NOWHERE]
        codes = np.array(known, np.int32)[places]
        for place, end in enumerate(ends):
            if known[place] == NOWHERE:
                these = np.flatnonzero((places == place) & whole)
                codes[these] = self._grouped(stage, track, end, work, these)
        for index in np.unique(work.broken[rows]).tolist():
            if index:
                these = np.flatnonzero((work.broken == index) & rows)
                begun = self._case_of(work, int(these[0]))
                entry, _ = self._evaluator.ending(stage, track, begun)
                codes[these] = self.endings[stage, track].code_of(entry)
        return codes

    def _leaf_code(self, stage: str, track: str, end: int) -> int:
        """Return the code of the ending of a leaf; `NOWHERE` where rows must be told apart."""
        if end >= 0 or self._table.leaves[-1 - end] == _IMPOSSIBLE:
            return NOWHERE
        return self.endings[stage, track].code_of(self._evaluator.at_leaf(stage, track, -1 - end))

    def _goes_to(
        self, stage: str, track: str, codes: Numbers, rows: Rows
    ) -> Iterable[tuple[str, Rows]]:
        """Yield the stages that rows go to from a track."""
        for code, entry in enumerate(self.endings[stage, track].entries):
            if entry.goes_to:
                there = rows & (codes == code)
                if there.any():
                    yield entry.goes_to, there

    # ------------------------------------------------------------ rows told apart

    def _grouped(
        self, stage: str, track: str, end: int, work: _Work, rows: npt.NDArray[np.intp]
    ) -> Numbers:
        """Return the codes of rows that are open at a node, or have no leaf left."""
        if work.involved is None:
            work.involved = self._involved(work.chunk)
        parts: list[npt.NDArray[np.generic]] = [each[rows] for each in work.involved]
        if end >= 0:
            levels = sorted(self._levels_below(track, end))
            parts += [work.cells[level][rows] for level in levels]
            recorded = self._asked_with({self._table.variables[level] for level in levels})
            coded = work.chunk.coded
            parts += [coded[name].codes[rows] >= 0 for name in recorded if name in coded]
        endings = self.endings[stage, track]

        def make(row: int) -> int:
            entry, _ = self._evaluator.ending(stage, track, self._case_of(work, row))
            return endings.code_of(entry)

        return np.array(self._each(("open", stage, track, end), parts, rows, make), np.int32)

    def _levels_below(self, track: str, at: int) -> frozenset[int]:
        """Return the levels that a node and those below it ask."""
        key = (track, at)
        if key not in self._below:
            self._below[key] = self._plans[track].levels_below(at)
        return self._below[key]

    def _asked_with(self, names: set[str]) -> list[str]:
        """Return the facts whose being recorded changes how these are asked for."""
        wanted = set(names)
        for formula in self._table.formulas:
            if formula.name in names:
                wanted |= set(formula.facts)
        for test in self._evaluator.tests:
            if not wanted.isdisjoint(test.finds):
                wanted |= set(test.finds)
        return sorted(wanted)

    def _case_of(self, work: _Work, row: int) -> Begun:
        found = work.begun.get(row)
        if found is None:
            coded = work.chunk.coded.items()
            values = {n: c.column.values[c.code(row)] for n, c in coded if c.code(row) >= 0}
            found = work.begun[row] = self._evaluator.begin(Case(values))
        return found

    # ------------------------------------------------------------ combinations of values

    def _involved(self, chunk: Chunk) -> list[Rows]:
        """Return for each constraint the rows that it may have a part in contradicting."""
        found: list[Rows] = []
        for index, reads in enumerate(self._evaluator.constraint_reads):
            recorded = np.zeros(chunk.rows, np.bool_)
            for name in reads:
                recorded |= chunk.coded[name].codes >= 0
            found.append(recorded & (self._truths(index, reads, chunk) != 0))
        return found

    def _truths(self, index: int, reads: frozenset[str], chunk: Chunk) -> Numbers:
        """Return for each row whether a constraint is broken: 1, 0, or -1 where that is open."""

        def make(row: int) -> int:
            truth = self._evaluator.breaks(index, self._values(sorted(reads), chunk, row))
            return -1 if truth is None else int(truth)

        return self._combined(("truth", index), sorted(reads), chunk, make, -1)

    def _formula(self, name: str, facts: tuple[str, ...], chunk: Chunk) -> Cells:
        def make(row: int) -> int:
            case = Case(self._values(facts, chunk, row))
            return self._evaluator.formula_cells(case).get(name, MISSING)

        return small(self._combined(("formula", name), facts, chunk, make, MISSING), MOST_CELLS)

    def _values(self, names: Iterable[str], chunk: Chunk, row: int) -> dict[str, Value]:
        coded = chunk.coded
        return {n: coded[n].column.values[coded[n].code(row)] for n in names}

    def _combined(
        self,
        key: object,
        names: Iterable[str],
        chunk: Chunk,
        make: Callable[[int], int],
        otherwise: int,
    ) -> Numbers:
        """Return a number for each row, made once for each combination of recorded values."""
        columns = [chunk.coded[name].codes for name in names]
        recorded = np.ones(chunk.rows, np.bool_)
        for column in columns:
            recorded &= column >= 0
        rows = np.flatnonzero(recorded)
        found = np.full(chunk.rows, otherwise, np.int32)
        found[rows] = self._each(key, [column[rows] for column in columns], rows, make)
        return found

    def _each(
        self,
        key: object,
        parts: list[npt.NDArray[np.generic]],
        rows: npt.NDArray[np.intp],
        make: Callable[[int], int],
    ) -> list[int]:
        """Return a number for each row, made once for each combination of the parts."""
        known = self._known.setdefault(key, {})
        width = 4 * len(parts)
        data = (
            np.stack([part.astype(np.int32) for part in parts], axis=1).tobytes() if parts else b""
        )
        found: list[int] = []
        for number, row in enumerate(rows.tolist()):
            combination = data[number * width : number * width + width]
            value = known.get(combination)
            if value is None:
                value = known[combination] = make(row)
            found.append(value)
        return found
