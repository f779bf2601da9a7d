"""The way of a case: the decisions it passes for certain, with the facts that mattered.

In: a case and what can still come out of a track. Out: a `Visit` for each step that the ways to
all open leaves have in common at their start. The ways are walked with the reference semantics, on
the case completed towards a leaf.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pathwaylang.ir.artifact import Artifact
from pathwaylang.ir.cells import nearest_value
from pathwaylang.ir.derive import Values
from pathwaylang.ir.facts import Value, shown_value
from pathwaylang.runtime.advice import Advisor
from pathwaylang.runtime.answer import Source, Visit
from pathwaylang.runtime.case import Case
from pathwaylang.runtime.reach import Reach
from pathwaylang.runtime.table import OUTSIDE, Table
from pathwaylang.runtime.walk import Walker

MOST_WAYS = 6
"""Ways that are compared to find how far a request's way is certain."""

Step = tuple[str, int]
Reasons = tuple[tuple[Source, ...], tuple[str, ...], tuple[str, ...], int | None]
Shape = tuple[tuple[str, ...], tuple[str, str, str, str, str], Reasons]
"""Of a step: the facts it reads, its words, what it rests on."""


@dataclass(slots=True)
class Completions:
    """The completions of one case, each with the values of its derived facts, made once."""

    case: Case
    values: dict[tuple[tuple[int, int], ...], Values] = field(default_factory=dict)


class Ways:
    """Tells the ways of cases of one pathway; immutable."""

    def __init__(self, artifact: Artifact, table: Table, walker: Walker, advisor: Advisor) -> None:
        graph = artifact.graph
        self._facts = {fact.name: fact for fact in graph.facts}
        self._cells = {cells.fact: cells for cells in artifact.cells}
        self._table = table
        self._walker = walker
        self._advisor = advisor
        self._lines = dict(artifact.lines)
        self._typical = {name: self._nearest(name, None) for name in self._facts}
        self._visits = {
            (decision.name, index): self._shape((decision.name, index))
            for decision in graph.decisions
            for index in range(len(decision.branches))
        }

    def common(
        self, stage: str, track: str, reach: Reach, completions: Completions
    ) -> tuple[Visit, ...]:
        """Return the steps that the ways to all open leaves have in common at their start."""
        values = [
            self._values(reach.completion(leaf), completions)
            for leaf in reach.leaves[:MOST_WAYS]
            if self._table.outcomes[leaf] != OUTSIDE
        ]
        steps = self._walker.common(track, values) if values else []
        return tuple(self._visit(stage, track, step, completions.case) for step in steps)

    def _values(self, path: Mapping[int, int], completions: Completions) -> Values:
        """Return the case with the cells of `path`, and typical values elsewhere."""
        key = tuple(path.items())
        found = completions.values.get(key)
        if found is None:
            recorded = completions.case.values
            complete = {**self._typical, **recorded}
            for level, cell in key:
                name = self._table.variables[level]
                if name in self._facts and name not in recorded:
                    complete[name] = self._nearest(name, cell)
            found = completions.values[key] = self._walker.values(complete)
        return found

    def _nearest(self, name: str, cell: int | None) -> Value:
        """Return the value of a cell that a reader expects; of the usual cell for None."""
        fact, cells = self._facts[name], self._cells[name]
        if cell is None:
            cell = cells.cell_of(fact.usually) if fact.usually is not None else 0
        return nearest_value(fact, cells, cell, fact.usually)

    def _visit(self, stage: str, track: str, step: Step, case: Case) -> Visit:
        names, words, reasons = self._visits[step]
        values = case.values
        facts = tuple(
            (name, shown_value(self._facts[name], values[name])) for name in names if name in values
        )
        return Visit(stage, track, *words, facts, *reasons)

    def _shape(self, step: Step) -> Shape:
        """Return what a visit of a step always shows."""
        decision = self._walker.decisions[step[0]]
        branch = decision.branches[step[1]]
        guards = [b.guard for b in decision.branches if b.guard is not None]
        wanted = [branch.guard] if branch.guard is not None else guards
        names = dict.fromkeys(name for g in wanted for name in self._advisor.facts_of(g))
        condition = branch.text or branch.branch_kind
        return (
            tuple(names),
            (decision.name, decision.label, branch.id, branch.outcome.text, condition),
            (
                self._advisor.citations(branch.basis),
                branch.basis.opinions,
                decision.obtains,
                self._lines.get(branch.id),
            ),
        )
