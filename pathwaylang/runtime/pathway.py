"""A pathway an app holds: make cases, evaluate them, ask what it consists of.

`loads` reads an artifact from bytes or text and is pure; `load` reads a file. Neither needs the
compiler. A `Pathway` is immutable and may be shared between threads.

    >>> pathway = load("liver_mets.json")  # doctest: +SKIP
    >>> answer = pathway.evaluate(pathway.case({"ecog": 1}))  # doctest: +SKIP
    >>> answer.status  # doctest: +SKIP
    'request'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, partial
from os import PathLike
from typing import TYPE_CHECKING, TypeAlias

from pathwaylang.ir.artifact import MOST_BYTES, Artifact, ArtifactError, read_artifact
from pathwaylang.ir.facts import Fact
from pathwaylang.ir.later import Later
from pathwaylang.runtime.answer import Answer, PathwayInfo, RequestItem, TrackAnswer, Visit
from pathwaylang.runtime.bulk.answer import BulkAnswer
from pathwaylang.runtime.case import Absent, Case, build_case, case_of_recorded
from pathwaylang.runtime.evaluate import Evaluator, along
from pathwaylang.runtime.interview import Interview
from pathwaylang.runtime.model import make_model, recorded_of
from pathwaylang.runtime.sensitivity import Domains, Signature, WhatIf
from pathwaylang.runtime.table import Table
from pathwaylang.runtime.walk import Walker

if TYPE_CHECKING:
    import pydantic

    from pathwaylang.runtime.bulk import run as bulk
    from pathwaylang.runtime.bulk.adapters.choose import ArrowTable
    from pathwaylang.runtime.bulk.rows import Progress
    from pathwaylang.runtime.compiled import fast
else:
    pydantic = Later("pydantic")
    bulk = Later("pathwaylang.runtime.bulk.run")
    fast = Later("pathwaylang.runtime.compiled.fast")

CaseLike: TypeAlias = "Case | Mapping[str, object] | pydantic.BaseModel"


class Pathway:
    """A compiled pathway, ready to answer."""

    def __init__(self, artifact: Artifact) -> None:
        """Take an artifact with a diagram; raise `ArtifactError` if it has none."""
        if artifact.diagram is None:
            raise ArtifactError("this artifact carries no decision diagram")
        self.artifact = artifact
        graph = artifact.graph
        self._facts = {fact.name: fact for fact in graph.facts}
        self._constants = dict(artifact.constants)
        self._stages = {stage.name: stage for stage in graph.stages}
        self.walker = Walker(graph)
        self._table = Table(artifact.diagram, graph)
        self._evaluator = Evaluator(artifact, self._table, self.walker)
        self._interview = Interview(self._facts, self._evaluator)

    @classmethod
    def from_artifact(cls, artifact: Artifact) -> Pathway:
        """Return the pathway of an artifact."""
        return cls(artifact)

    # ------------------------------------------------------------ what it consists of

    @cached_property
    def info(self) -> PathwayInfo:
        """Name, version, status and source hash: in every answer."""
        about = self.artifact.graph.about
        approved = f"{about.approved[0]}, {about.approved[1]}" if about.approved else ""
        return PathwayInfo(
            about.name,
            about.title,
            about.version,
            about.status,
            self.artifact.source_hash,
            approved,
        )

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts, in declared order: name, label, range, step, unit, choices, codes, usually."""
        return self.artifact.graph.facts

    @property
    def stages(self) -> tuple[str, ...]:
        """The names of the stages; the first is the entry."""
        return tuple(self._stages)

    def tracks(self, stage: str) -> tuple[str, ...]:
        """Return the tracks of a stage; KeyError if there is no such stage."""
        return self._stages[stage].tracks

    # ------------------------------------------------------------ cases and answers

    @cached_property
    def model(self) -> type[pydantic.BaseModel]:
        """The pydantic model of the input: one optional field per fact, others are refused."""
        return make_model(self.artifact.graph.about.name, self.facts, self._constants)

    def json_schema(self) -> dict[str, object]:
        """Return the JSON Schema of the input, from the same model.

        Ranges, units, steps, choices, labels and codes stand with each fact.
        """
        about = self.artifact.graph.about
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **self.model.model_json_schema(),
            "title": about.title,
            "description": f"A case of {about.name}, version {about.version}.",
            "x-source-hash": self.artifact.source_hash,
        }

    def case(
        self,
        given: Mapping[str, object] | pydantic.BaseModel,
        absent: Absent = "not recorded",
        on: str | None = None,
    ) -> Case:
        """Return a case; raise `CaseError` with every problem of the input.

        `given` is an object of facts as JSON gives it, or an instance of `model`. `on` is the day
        of the question: a value taken too long before it counts as not recorded. With
        `absent="unknown"` a fact that is missing counts as unknown where it may be.
        """
        if not isinstance(given, Mapping) and isinstance(given, pydantic.BaseModel):
            recorded = recorded_of(given, self.facts)
            return case_of_recorded(self._facts, recorded, absent, on)
        return build_case(self._facts, self._constants, given, absent, on)

    def evaluate(self, case: CaseLike, stage: str | None = None) -> Answer:
        """Answer a case, from the first stage or another one, along every `go to` another stage.

        KeyError if there is no such stage.
        """
        if not isinstance(case, Case):
            case = self.case(case)
        begun = self._evaluator.begin(case)
        trace: list[Visit] = []

        def answer(here: str, track: str) -> TrackAnswer:
            entry, way = self._evaluator.track(here, track, begun)
            trace.extend(way)
            return entry

        tracks = along(self._stages, self._start(stage), answer)
        what_if = WhatIf(self._domains, case, partial(self.evaluate, stage=stage))
        return Answer(self.info, tracks, tuple(trace), case.notes, what_if)

    def compiled(self) -> fast.Compiled:
        """Return the pathway's generated Python: leaves and endings of single cases, at full speed.

        It is made once; the functions of a track are made when they are first called.
        """
        return self._compiled

    @cached_property
    def _compiled(self) -> fast.Compiled:
        assert self.artifact.diagram is not None
        return fast.Compiled(self.artifact, self.artifact.diagram, self._evaluator, self.case)

    def endings(self, case: CaseLike, stage: str | None = None) -> tuple[TrackAnswer, ...]:
        """Return what `evaluate` answers for each track, without the trace: several times faster.

        KeyError if there is no such stage.
        """
        if not isinstance(case, Case):
            case = self.case(case)
        begun = self._evaluator.begin(case)
        return along(
            self._stages,
            self._start(stage),
            lambda here, track: self._evaluator.ending(here, track, begun)[0],
        )

    def _start(self, stage: str | None) -> str:
        return self._stages[stage].name if stage is not None else next(iter(self._stages))

    def evaluate_many(
        self,
        records: Iterable[object] | ArrowTable,
        stage: str | None = None,
        *,
        absent: Absent = "not recorded",
        on: str | None = None,
        progress: Progress | None = None,
    ) -> BulkAnswer:
        """Answer many cases: each row gets what `evaluate` answers, without the trace.

        `records` are cases, or objects as `case` takes them, or a table (Arrow, polars, pandas)
        with a column for each fact that is recorded; `absent` and `on` mean what they mean for
        `case`. A row that is no case is refused, with its number and all that is wrong, and the
        rest goes on. `progress(done, total)` is called now and then; total is None where nobody
        knows it. KeyError if there is no such stage, `CaseError` if a column of a table is no fact.
        """
        return self._bulk.answer(records, self._start(stage), bulk.Reading(absent, on), progress)

    @cached_property
    def _bulk(self) -> bulk.Bulk:
        return bulk.Bulk(self.artifact, self._table, self._compiled, self.info, self.case)

    @cached_property
    def _domains(self) -> Domains:
        """What `answer.sensitivity` must know of the facts."""
        cells = {cells.fact: cells for cells in self.artifact.cells}
        return Domains(self._facts, cells, self._formula_cells)

    def _formula_cells(self, case: Case, name: str) -> Signature:
        formulas = [formula for formula in self._table.formulas if name in formula.facts]
        fixed = self._evaluator.fixed(case) if formulas else {}
        return tuple(fixed.get(self._table.level_of[formula.name]) for formula in formulas)

    def next_question(self, case: CaseLike, stage: str | None = None) -> RequestItem | None:
        """Return what to ask or obtain next; None where nothing can still change an outcome.

        It follows the requests in reading order. A fact that is `asked when` something holds waits
        until that is certain; what decides it is asked before. Contradictory input is not asked
        on: it must be put right first.
        """
        if not isinstance(case, Case):
            case = self.case(case)
        return self._interview.next_item(self.evaluate(case, stage), case)


def loads(data: bytes | str) -> Pathway:
    """Return the pathway of an artifact's JSON; raise `ArtifactError` if it is no good one."""
    return Pathway(read_artifact(data))


def load(path: str | PathLike[str]) -> Pathway:
    """Return the pathway of an artifact file; raise `ArtifactError`, or OSError if unreadable."""
    with open(path, "rb") as file:
        data = file.read(MOST_BYTES + 1)
    return loads(data)  # what is too large is refused there
