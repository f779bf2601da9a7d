"""Answers at full speed: a leaf from generated Python, its ending from a look-up.

In: inputs or cases. Out: for a track the number of the leaf that decides, or the endings of all
tracks, equal to those of `Pathway.evaluate` without its trace. What generated code leaves open (a
missing value on the way, a contradiction) the evaluator answers.

Invariant: a leaf is only given where the recorded facts lead there whatever else may be recorded,
and break no `impossible`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from pathwaylang.ir.compiled import Artifact, DiagramTable, Leaf, LeafWord
from pathwaylang.ir.graph import Stage
from pathwaylang.runtime.answer import TrackAnswer
from pathwaylang.runtime.case import Case
from pathwaylang.runtime.compiled.code import Code, Decide, Prepared, reached
from pathwaylang.runtime.compiled.writer import OPEN
from pathwaylang.runtime.evaluate import Begun, Evaluator, along

Given = Mapping[str, object]
MakeCase = Callable[[Given], Case]


@dataclass(slots=True)
class _Running:
    """A case on its way: what is prepared, and what the evaluator needs once it is asked."""

    prepared: Prepared
    case: Case | None
    begun: Begun | None = None


class Compiled:
    """A pathway's generated Python; made by `Pathway.compiled`, and shared between threads.

    `leaves` are all leaves by number: the branch that decides, or outside, or impossible.
    """

    def __init__(
        self,
        artifact: Artifact,
        table: DiagramTable,
        evaluator: Evaluator,
        make_case: MakeCase,
    ) -> None:
        self.evaluator = evaluator
        self._make_case = make_case
        self._stages: dict[str, Stage] = {stage.name: stage for stage in artifact.graph.stages}
        self._code = Code(artifact, table)
        self.leaves: tuple[Leaf, ...] = table.leaves
        self._endings: dict[tuple[str, str, int], TrackAnswer] = {}
        self._validated: dict[str, Decide] = {}
        self._apart = {
            track: constraints_apart(evaluator, table, root) for track, root in table.roots
        }

    # ------------------------------------------------------------ functions

    def bare(self, track: str) -> Decide:
        """Return a track's function for prepared cases without gaps; KeyError if there is none."""
        return self._code.decide(track, checked=False)

    def checked(self, track: str) -> Decide:
        """Return a track's function for prepared cases; it gives -1 where a value is missing."""
        return self._code.decide(track)

    def validated(self, track: str) -> Decide:
        """Return a track's function for inputs: every field is checked; see `decide`."""
        found = self._validated.get(track)
        if found is None:
            slow: Decide = partial(self.decide, track)
            found = slow if self._apart[track] else self._code.whole(track, slow)
            self._validated[track] = found
        return found

    def source(self, track: str) -> str:
        """Return the text of a track's function, to be read."""
        return self._code.source(track)

    def prepare(self, case: Case | Given) -> Prepared:
        """Return a case as the functions take it: numbers in whole steps; None is not recorded.

        Raises `CaseError` with every problem of an input.
        """
        return self._begin(case, self._make_case).prepared

    # ------------------------------------------------------------ answers

    def decide(self, track: str, case: Case | Given) -> int:
        """Return the number of the leaf that decides a track, or -1 where that needs `evaluate`.

        Every field is checked; raises `CaseError` with every problem of an input.
        """
        prepared = self._begin(case, self._make_case).prepared
        if self._is_apart(track, prepared):
            return OPEN
        return self._code.decide(track)(prepared)

    def ending(self, stage: str, track: str, leaf: int) -> TrackAnswer:
        """Return the answer of a case that ends at a leaf; ValueError if that is impossible."""
        found = self._endings.get((stage, track, leaf))
        if found is None:
            end = self.leaves[leaf]
            if isinstance(end, LeafWord) and end.leaf == "impossible":
                raise ValueError("an impossible case has no ending of its own: evaluate it")
            found = self._endings[stage, track, leaf] = self.evaluator.at_leaf(stage, track, leaf)
        return found

    def endings(
        self,
        case: Case | Given,
        stage: str | None = None,
        make_case: MakeCase | None = None,
    ) -> tuple[TrackAnswer, ...]:
        """Return what `Pathway.evaluate` answers for all tracks, without the trace.

        `make_case` reads inputs that are not plain, in place of `Pathway.case`.
        """
        make = make_case or self._make_case
        start = self._stages[stage].name if stage is not None else next(iter(self._stages))
        running = self._begin(case, make)

        def answer(here: str, track: str) -> TrackAnswer:
            leaf = OPEN
            if not self._is_apart(track, running.prepared):
                leaf = self._code.decide(track)(running.prepared)
            if leaf == OPEN or self.leaves[leaf] == _IMPOSSIBLE:
                return self.evaluator.ending(here, track, self._begun(running, case, make))[0]
            return self.ending(here, track, leaf)

        return along(self._stages, start, answer)

    # ------------------------------------------------------------ the way there

    def _begin(self, case: Case | Given, make: MakeCase) -> _Running:
        if not isinstance(case, Case):
            read = self._code.read
            if read is not None and case.__class__ is dict:
                try:
                    prepared = read(case)
                except TypeError:  # a value that no look-up takes, such as a list
                    prepared = None
                if prepared is not None:
                    return _Running(prepared, None)
            case = make(case)
        cells = self.evaluator.formula_cells(case)
        return _Running(self._code.prepare(case.values, cells), case)

    def _begun(self, running: _Running, given: Case | Given, make: MakeCase) -> Begun:
        if running.begun is None:
            case = running.case
            if case is None:
                assert not isinstance(given, Case)
                case = make(given)
            running.begun = self.evaluator.begin(case)
        return running.begun

    def _is_apart(self, track: str, prepared: Prepared) -> bool:
        """Whether a constraint that the track's diagram does not know can be judged."""
        return any(
            all(prepared[name] is not None for name in reads) for reads in self._apart[track]
        )


_IMPOSSIBLE = LeafWord("impossible")


def constraints_apart(
    evaluator: Evaluator, table: DiagramTable, root: int
) -> tuple[frozenset[str], ...]:
    """Return the facts of each constraint that has nothing to do with a track's diagram.

    A diagram knows the constraints that share a fact with what it asks; the others are broken, if
    at all, whatever the track says.
    """
    levels = {table.nodes[at][0] for at in reached(table, root)}
    asked = {table.variables[level] for level in levels}
    for formula in table.formulas:
        if formula.name in asked:
            asked |= set(formula.facts)
    return tuple(reads for reads in evaluator.constraint_reads if reads.isdisjoint(asked))
