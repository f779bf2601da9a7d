"""A bulk run: which stages rows can pass, how rows are read, which way answers them.

In: a pathway's parts and records. Out: a `BulkAnswer`; every way gives the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from pathwaylang.ir.compiled import Artifact, LeafEnd
from pathwaylang.ir.facts import UNKNOWN
from pathwaylang.ir.graph import Stage
from pathwaylang.runtime.answer import PathwayInfo, TrackAnswer
from pathwaylang.runtime.bulk.adapters.choose import (
    ArrowTable,
    Run,
    answer_records,
    answer_table,
    is_table,
)
from pathwaylang.runtime.bulk.answer import BulkAnswer
from pathwaylang.runtime.bulk.rows import Progress, answer_rows
from pathwaylang.runtime.case import Absent, Case
from pathwaylang.runtime.compiled.fast import Compiled
from pathwaylang.runtime.evaluate import along
from pathwaylang.runtime.table import Table

if TYPE_CHECKING:
    from pathwaylang.runtime.bulk.adapters.masks import Plan


@dataclass(frozen=True, slots=True)
class Reading:
    """How rows are read: what an absent value means, and the day of the question."""

    absent: Absent = "not recorded"
    on: str | None = None


MakeCase = Callable[[Mapping[str, object], Absent, str | None], Case]


FEW = 1_000
"""So many rows the evaluator answers alone; generated Python takes a moment to make."""


class Alone:
    """Answers one record at a time, by generated Python once there are many."""

    def __init__(
        self,
        compiled: Compiled,
        make_case: MakeCase,
        stages: Mapping[str, Stage],
        how: tuple[str, Reading],
    ) -> None:
        self._compiled = compiled
        self._evaluator = compiled.evaluator
        self._make_case = make_case
        self._stages = stages
        self._start, self._reading = how
        self._rows = 0

    def answer(self, record: object) -> tuple[TrackAnswer, ...]:
        """Return the endings of one record; raise `CaseError` if it is no case."""
        self._rows += 1
        if self._rows <= FEW:
            begun = self._evaluator.begin(self._case(record))
            return along(
                self._stages, self._start, lambda s, t: self._evaluator.ending(s, t, begun)[0]
            )
        if record.__class__ is dict and self._reading.absent != UNKNOWN:
            given = cast(dict[str, object], record)
            return self._compiled.endings(given, self._start, self._case)
        return self._compiled.endings(self._case(record), self._start)

    def _case(self, record: object) -> Case:
        if isinstance(record, Case):
            return record
        given = cast(Mapping[str, object], record)  # what is none is refused there
        return self._make_case(given, self._reading.absent, self._reading.on)


class Bulk:
    """Answers many cases of one pathway; immutable."""

    def __init__(
        self,
        artifact: Artifact,
        table: Table,
        compiled: Compiled,
        info: PathwayInfo,
        make_case: MakeCase,
    ) -> None:
        self._artifact = artifact
        self._table = table
        self._compiled = compiled
        self._info = info
        self._make_case = make_case
        self._plans: dict[str, Plan] = {}
        self._stages = {stage.name: stage for stage in artifact.graph.stages}

    def answer(
        self,
        records: Iterable[object] | ArrowTable,
        start: str,
        reading: Reading,
        progress: Progress | None = None,
    ) -> BulkAnswer:
        """Answer all records from a stage on: an iterable of cases, or a table."""
        stages = self.stages_from(start)
        alone = Alone(self._compiled, self._make_case, self._stages, (start, reading))
        run = Run(
            self._info,
            self._artifact,
            self._table,
            self._compiled.evaluator,
            stages,
            alone.answer,
            reading.absent == UNKNOWN,
            progress,
            self._plans,
        )
        if is_table(records):
            return answer_table(run, records)
        found, left = answer_records(run, cast(Iterable[object], records))
        if found is not None:
            return found
        return answer_rows(self._info, stages, left, alone.answer, progress)

    def stages_from(self, start: str) -> tuple[Stage, ...]:
        """Return the stages that cases can pass, the first one first."""
        found = [start]
        for name in found:
            for track in self._stages[name].tracks:
                found += [to for to in self._leads_to(track) if to not in found]
        return tuple(self._stages[name] for name in found)

    def _leads_to(self, track: str) -> list[str]:
        """Return the stages that a track can go to, in order."""
        table = self._artifact.diagram
        assert table is not None
        decisions = {decision.name: decision for decision in self._artifact.graph.decisions}
        stack, seen = [dict(table.roots)[track]], set[int]()
        found: set[str] = set()
        while stack:
            at = stack.pop()
            if at in seen:
                continue
            seen.add(at)
            if at >= 0:
                stack.extend(table.nodes[at][1:])
            elif isinstance(leaf := table.leaves[-1 - at], LeafEnd):
                outcome = decisions[leaf.decision].branches[leaf.branch].outcome
                found |= {outcome.names[0]} if outcome.target == "stage" else set()
        return [stage for stage in self._stages if stage in found]
