"""Evaluate a case: one of four endings for each track, by completions.

In: a pathway's tables and a case. Out: a `TrackAnswer` for each track of a stage. A fact that is
not recorded may turn out any way that its range and the `impossible` rules allow: if all
completions agree the outcome is certain already, otherwise the answer is a request for what can
still change it.

Invariant: adding facts never changes an outcome that was certain (property test).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pathwaylang.ir.artifact import Artifact, LeafEnd
from pathwaylang.ir.cells import Cells
from pathwaylang.ir.facts import Fact, Value
from pathwaylang.ir.graph import Stage, Test
from pathwaylang.ir.guards import Guard
from pathwaylang.ir.kleene import Truth, evaluate_term
from pathwaylang.runtime.advice import Advisor, derived_reads
from pathwaylang.runtime.answer import Breach, RequestItem, TrackAnswer, Visit
from pathwaylang.runtime.breach import Breaches, why
from pathwaylang.runtime.case import Case
from pathwaylang.runtime.reach import Reach
from pathwaylang.runtime.table import OUTSIDE, Table
from pathwaylang.runtime.walk import Walker
from pathwaylang.runtime.ways import Completions, Ways


@dataclass(frozen=True, slots=True)
class Begun:
    """A case about to be answered: its cells and its breach, worked out once for all tracks."""

    case: Case
    fixed: Mapping[int, int]
    breach: Breach | None
    completions: Completions


def along(
    stages: Mapping[str, Stage], start: str, answer: Callable[[str, str], TrackAnswer]
) -> tuple[TrackAnswer, ...]:
    """Return the answers of a stage's tracks, and of each stage that one of them goes to."""
    found: list[TrackAnswer] = []
    queue = [start]
    for name in queue:
        for track in stages[name].tracks:
            entry = answer(name, track)
            found.append(entry)
            if entry.goes_to and entry.goes_to not in queue:
                queue.append(entry.goes_to)
    return tuple(found)


class Evaluator:
    """Answers cases for one pathway; immutable, so it may be shared between threads."""

    def __init__(self, artifact: Artifact, table: Table, walker: Walker) -> None:
        graph = artifact.graph
        self._graph = graph
        self._facts: dict[str, Fact] = {fact.name: fact for fact in graph.facts}
        self._cells: dict[str, Cells] = {cells.fact: cells for cells in artifact.cells}
        self._table = table
        self._walker = walker
        self._advisor = Advisor(graph, derived_reads(graph))
        self._breaches = Breaches(graph, walker, self._advisor)
        self._ways = Ways(artifact, table, walker, self._advisor)
        self._tests: dict[str, Test] = {}
        for test in graph.tests:
            for fact in test.finds:
                self._tests.setdefault(fact, test)

    # ------------------------------------------------------------ one track

    def fixed(self, case: Case) -> dict[int, int]:
        """Return the cells of the recorded facts, and of formulas whose facts are all recorded."""
        level_of = self._table.level_of
        found = {
            level_of[name]: self._cells[name].cell_of(value)
            for name, value in case.values.items()
            if name in level_of
        }
        return found | {level_of[name]: cell for name, cell in self.formula_cells(case).items()}

    def formula_cells(self, case: Case) -> dict[str, int]:
        """Return the cells of the formulas whose facts are all recorded."""
        found: dict[str, int] = {}
        for formula in self._table.formulas:
            numbers = {n: v for n in formula.facts if isinstance(v := case.values.get(n), Fraction)}
            if len(numbers) == len(formula.facts):
                value = evaluate_term(formula.term, numbers.__getitem__)
                if value is not None:
                    found[formula.name] = bisect_right(formula.cuts, (value, 0))
                elif formula.may_fail:
                    found[formula.name] = len(formula.cuts) + 1
        return found

    def begin(self, case: Case) -> Begun:
        """Return what all tracks of a case share."""
        return Begun(case, self.fixed(case), self._breaches.first(case), Completions(case))

    def track(self, stage: str, track: str, begun: Begun) -> tuple[TrackAnswer, tuple[Visit, ...]]:
        """Return the answer of a track and its way."""
        answer, reach = self.ending(stage, track, begun)
        if answer.status not in ("recommendation", "request"):
            return answer, ()
        return answer, self._ways.common(stage, track, reach, begun.completions)

    def ending(self, stage: str, track: str, begun: Begun) -> tuple[TrackAnswer, Reach]:
        """Return the answer of a track without its way, and what can still come out."""
        table, case = self._table, begun.case
        reach = Reach(table, table.roots[track], begun.fixed)
        if not reach.leaves or begun.breach is not None:
            found = begun.breach or self._breaches.joint(case)
            return TrackAnswer(
                track, stage, "contradiction", breach=found, reason=why(found)
            ), reach
        texts = {table.outcomes[leaf] for leaf in reach.leaves}
        if len(texts) == 1:
            return self._settled(stage, track, reach.leaves), reach
        requests = self._requests(track, case, reach)
        possible = tuple(sorted(texts))
        answer = TrackAnswer(track, stage, "request", requests=requests, possible=possible)
        return answer, reach

    def at_leaf(self, stage: str, track: str, leaf: int) -> TrackAnswer:
        """Return the answer of a case that ends at a leaf, unless that is impossible."""
        return self._settled(stage, track, [leaf])

    def _settled(self, stage: str, track: str, leaves: list[int]) -> TrackAnswer:
        """Return the answer where all open leaves have one outcome."""
        if self._table.outcomes[leaves[0]] == OUTSIDE:
            reason = f"the pathway applies when {self._graph.applies_text}"
            return TrackAnswer(track, stage, "outside", reason=reason)
        ends = [leaf for i in leaves if isinstance(leaf := self._table.leaves[i], LeafEnd)]
        branches = [self._walker.branch((end.decision, end.branch)) for end in ends]
        first = branches[0]
        outcome = first.outcome
        strengths = [branch.strength for branch in branches]
        named = self._advisor.named(outcome, strengths)
        return TrackAnswer(
            track,
            stage,
            "recommendation",
            outcome.text,
            first.id,
            tuple(sorted({branch.id for branch in branches})),
            named if outcome.outcome_kind == "recommend" else (),
            named if outcome.outcome_kind == "offer" else (),
            first.strength if len(set(strengths)) == 1 else "",
            outcome.names[0] if outcome.target == "stage" else "",
        )

    # ------------------------------------------------------------ conditions

    @property
    def tests(self) -> tuple[Test, ...]:
        """The tests and the facts they find."""
        return self._graph.tests

    def breaks(self, constraint: int, values: Mapping[str, Value]) -> Truth:
        """Return whether values break an `impossible`, by its number; None where that is open."""
        return self.certainty(self._graph.constraints[constraint].guard, Case(values))

    @property
    def constraint_reads(self) -> tuple[frozenset[str], ...]:
        """The facts that each `impossible` reads."""
        return tuple(reads for _, reads in self._breaches.constraints)

    def open_facts(self, guard: Guard, case: Case) -> list[str]:
        """Return the facts that a condition reads and that are not recorded, as written."""
        return self._breaches.open_facts(guard, case)

    def certainty(self, guard: Guard, case: Case) -> Truth:
        """Return whether a condition holds; None where that takes facts that are not recorded."""
        return self._breaches.certainty(guard, case)

    # ------------------------------------------------------------ requests

    def _requests(self, track: str, case: Case, reach: Reach) -> tuple[RequestItem, ...]:
        table = self._table
        changing = {table.variables[level] for level in reach.changing()}
        for formula in table.formulas:
            if formula.name in changing:
                changing |= {name for name in formula.facts if name not in case.values}
        wanted = [name for name in table.reading[track] if name in changing]
        found: dict[tuple[str, str], RequestItem] = {}
        for name in wanted:
            item = self.request(name, case, wanted, self._separates(reach, name))
            found.setdefault((item.action, item.name), item)
        return tuple(found.values())

    def request(
        self,
        name: str,
        case: Case,
        wanted: Sequence[str],
        separates: tuple[str, ...],
        reason: str = "",
    ) -> RequestItem:
        """Return the request for a fact: its test while no fact of it is recorded, else itself.

        Of a test's facts, those that are `wanted` are named.
        """
        taken = dict(case.expired).get(name)
        if taken is not None:
            reason = "; ".join(filter(None, (f"the value of {taken} is too old", reason)))
        test = self._tests.get(name)
        if test is not None and not any(found in case.values for found in test.finds):
            facts = tuple(found for found in test.finds if found in wanted)
            return RequestItem(
                "obtain", test.name, test.label, test.label, facts, separates, reason
            )
        fact = self._facts[name]
        question = fact.ask or fact.label
        return RequestItem("ask", name, fact.label, question, (name,), separates, reason)

    def _separates(self, reach: Reach, name: str) -> tuple[str, ...]:
        """Return the outcomes that a fact's value decides between; all, where only together."""
        level = self._table.level_of.get(name)
        sets = reach.outcomes_by_cell(level) if level is not None else []
        every = frozenset(self._table.outcomes[leaf] for leaf in reach.leaves)
        return tuple(sorted(every.difference(every.intersection(*sets)) or every))
