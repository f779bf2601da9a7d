"""Evaluate a case: one of four endings for each track, by completions.

In: a pathway's tables and a case. Out: a `TrackAnswer` for each track of a stage. A fact that is
not recorded may turn out any way that its range and the `impossible` rules allow: if all
completions agree the outcome is certain already, otherwise the answer is a request for what can
still change it.

Invariant: adding facts never changes an outcome that was certain (property test).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction

from pathwaylang.ir.artifact import Artifact, LeafEnd
from pathwaylang.ir.cells import Cells, nearest_value
from pathwaylang.ir.derive import Values
from pathwaylang.ir.facts import Fact, Value, shown_value
from pathwaylang.ir.graph import Branch, Constraint, Test
from pathwaylang.ir.guards import Guard, Recommends, guard_atoms
from pathwaylang.ir.kleene import Truth, evaluate_term
from pathwaylang.runtime.advice import Advisor, derived_reads
from pathwaylang.runtime.answer import Breach, RequestItem, TrackAnswer, Visit
from pathwaylang.runtime.case import Case
from pathwaylang.runtime.reach import Reach
from pathwaylang.runtime.table import OUTSIDE, Table
from pathwaylang.runtime.walk import Walk, Walker

MOST_WAYS = 6
"""Ways that are compared to find how far a request's way is certain."""


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
        self._lines = dict(artifact.lines)
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
        for formula in self._table.formulas:
            numbers = {n: v for n in formula.facts if isinstance(v := case.values.get(n), Fraction)}
            if len(numbers) == len(formula.facts):
                value = evaluate_term(formula.term, numbers.__getitem__)
                if value is not None:
                    found[level_of[formula.name]] = bisect_right(formula.cuts, (value, 0))
                elif formula.may_fail:
                    found[level_of[formula.name]] = len(formula.cuts) + 1
        return found

    def track(
        self, stage: str, track: str, case: Case, fixed: Mapping[int, int]
    ) -> tuple[TrackAnswer, tuple[Visit, ...]]:
        """Return the answer of a track and its way."""
        table = self._table
        reach = Reach(table, table.roots[track], fixed)
        breach = self._breach(case)
        if not reach.leaves or breach is not None:
            found = breach or self._joint_breach(case)
            return TrackAnswer(track, stage, "contradiction", breach=found, reason=_why(found)), ()
        texts = {table.outcomes[leaf] for leaf in reach.leaves}
        if texts == {OUTSIDE}:
            condition = self._graph.applies_text
            reason = f"the pathway applies when {condition}"
            return TrackAnswer(track, stage, "outside", reason=reason), ()
        if len(texts) == 1:
            return self._certain(stage, track, case, reach)
        requests = self._requests(track, case, reach)
        possible = tuple(sorted(texts))
        answer = TrackAnswer(track, stage, "request", requests=requests, possible=possible)
        return answer, self._common_way(stage, track, case, reach)

    def _certain(
        self, stage: str, track: str, case: Case, reach: Reach
    ) -> tuple[TrackAnswer, tuple[Visit, ...]]:
        ends = [leaf for i in reach.leaves if isinstance(leaf := self._table.leaves[i], LeafEnd)]
        branches = [self._walker.branch((end.decision, end.branch)) for end in ends]
        first = branches[0]
        outcome = first.outcome
        strengths = [branch.strength for branch in branches]
        named = self._advisor.named(outcome, strengths)
        answer = TrackAnswer(
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
        return answer, self._common_way(stage, track, case, reach)

    # ------------------------------------------------------------ contradictions

    def open_facts(self, guard: Guard, case: Case) -> list[str]:
        """Return the facts that a condition reads and that are not recorded, as written."""
        return [name for name in self._advisor.facts_of(guard) if name not in case.values]

    def certainty(self, guard: Guard, case: Case) -> Truth:
        """Return whether a condition holds; None where that takes facts that are not recorded."""
        if any(isinstance(atom, Recommends) for atom in guard_atoms(guard)):
            return None
        if self.open_facts(guard, case):
            return None
        return self._walker.values(case.values).truth(guard)

    def _breach(self, case: Case) -> Breach | None:
        """Return the first `impossible` that the recorded facts certainly break."""
        for constraint in self._graph.constraints:
            if self.certainty(constraint.guard, case) is True:
                return self._broken([constraint], case)
        return None

    def _joint_breach(self, case: Case) -> Breach | None:
        """Several constraints leave no completion, none of them alone: name those involved."""
        involved = [
            constraint
            for constraint in self._graph.constraints
            if any(name in case.values for name in self._advisor.facts_of(constraint.guard))
            and self.certainty(constraint.guard, case) is not False
        ]
        return self._broken(involved, case) if involved else None

    def _broken(self, constraints: list[Constraint], case: Case) -> Breach:
        bases = [constraint.basis for constraint in constraints]
        because = "; ".join(text for basis in bases for text in (*basis.because, *basis.opinions))
        reads: dict[str, None] = {}
        for constraint in constraints:
            reads |= dict.fromkeys(self._advisor.facts_of(constraint.guard))
        shown = tuple(
            (name, shown_value(self._facts[name], case.values[name]))
            for name in reads
            if name in case.values
        )
        return Breach("; ".join(constraint.text for constraint in constraints), because, shown)

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

    # ------------------------------------------------------------ ways

    def _common_way(self, stage: str, track: str, case: Case, reach: Reach) -> tuple[Visit, ...]:
        """Return the steps that the ways to all open leaves have in common at their start."""
        ways: list[tuple[Walk, Values]] = []
        for leaf in reach.leaves[:MOST_WAYS]:
            if self._table.outcomes[leaf] == OUTSIDE:
                continue
            complete = self._completed(case, reach.completion(leaf))
            values = self._walker.values(complete)
            ways.append((self._walker.walk(track, values), values))
        if not ways:
            return ()
        common = ways[0][0].passed
        for walk, _ in ways[1:]:
            length = 0
            for mine, other in zip(common, walk.passed, strict=False):
                if mine != other:
                    break
                length += 1
            common = common[:length]
        return tuple(self._visit(stage, track, step, case) for step in common)

    def _completed(self, case: Case, path: Mapping[int, int]) -> dict[str, Value]:
        """Return the case with the cells of `path`, and typical values elsewhere."""
        complete: dict[str, Value] = {}
        for name, fact in self._facts.items():
            if name in case.values:
                complete[name] = case.values[name]
                continue
            cells = self._cells[name]
            level = self._table.level_of.get(name)
            usual = cells.cell_of(fact.usually) if fact.usually is not None else 0
            cell = path.get(level, usual) if level is not None else usual
            complete[name] = nearest_value(fact, cells, cell, fact.usually)
        return complete

    def _visit(self, stage: str, track: str, step: tuple[str, int], case: Case) -> Visit:
        decision = self._walker.decisions[step[0]]
        branch: Branch = decision.branches[step[1]]
        guards = [b.guard for b in decision.branches if b.guard is not None]
        wanted = [branch.guard] if branch.guard is not None else guards
        names: dict[str, None] = {}
        for guard in wanted:
            for name in self._advisor.facts_of(guard):
                names.setdefault(name)
        facts = tuple(
            (name, shown_value(self._facts[name], case.values[name]))
            for name in names
            if name in case.values
        )
        return Visit(
            stage,
            track,
            decision.name,
            decision.label,
            branch.id,
            branch.outcome.text,
            branch.text or branch.branch_kind,
            facts,
            self._advisor.citations(branch.basis),
            branch.basis.opinions,
            decision.obtains,
            self._lines.get(branch.id),
        )


def _why(breach: Breach | None) -> str:
    if breach is None:
        return "the recorded facts contradict each other"
    return breach.because or f"impossible: {breach.constraint}"
