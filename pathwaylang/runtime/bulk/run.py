"""A bulk run: which stages rows can pass, how rows are read, which way answers them.

In: a pathway's parts and records. Out: a `BulkAnswer`; every way gives the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from pathwaylang.ir.compiled import Artifact, LeafEnd
from pathwaylang.ir.graph import Stage
from pathwaylang.runtime.answer import PathwayInfo, TrackAnswer
from pathwaylang.runtime.bulk.answer import BulkAnswer
from pathwaylang.runtime.bulk.rows import Progress, answer_rows
from pathwaylang.runtime.case import Absent, Case
from pathwaylang.runtime.evaluate import Evaluator, along


@dataclass(frozen=True, slots=True)
class Reading:
    """How rows are read: what an absent value means, and the day of the question."""

    absent: Absent = "not recorded"
    on: str | None = None


MakeCase = Callable[[Mapping[str, object], Absent, str | None], Case]


class Bulk:
    """Answers many cases of one pathway; immutable."""

    def __init__(
        self, artifact: Artifact, evaluator: Evaluator, info: PathwayInfo, make_case: MakeCase
    ) -> None:
        self._artifact = artifact
        self._evaluator = evaluator
        self._info = info
        self._make_case = make_case
        self._stages = {stage.name: stage for stage in artifact.graph.stages}

    def answer(
        self,
        records: Iterable[object],
        start: str,
        reading: Reading,
        progress: Progress | None = None,
    ) -> BulkAnswer:
        """Answer all records from a stage on."""
        stages = self.stages_from(start)

        def answer(record: object) -> tuple[TrackAnswer, ...]:
            return self._one(record, start, reading)

        return answer_rows(self._info, stages, records, answer, progress)

    def _one(self, record: object, start: str, reading: Reading) -> tuple[TrackAnswer, ...]:
        """Return the endings of one record; raise `CaseError` if it is no case."""
        if isinstance(record, Case):
            case = record
        else:
            given = cast(Mapping[str, object], record)  # what is none is refused there
            case = self._make_case(given, reading.absent, reading.on)
        begun = self._evaluator.begin(case)
        return along(self._stages, start, lambda s, t: self._evaluator.ending(s, t, begun)[0])

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
