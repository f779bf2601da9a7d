"""Counts by oxidd, a library of binary diagrams, beside the counts of our diagram.

The same definitions that a solver gets as clauses are built as binary diagrams, one variable a
value of a fact, exactly one a fact; the number of models is the number of cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from pathwaylang.compiler.verify.engines.clauses import Clauses
from pathwaylang.compiler.verify.engines.encode import Encoder
from pathwaylang.compiler.verify.flow import End
from pathwaylang.compiler.verify.verification import Verification

oxidd = pytest.importorskip("oxidd.bdd", reason="oxidd is not installed (extra verify)")

MOST_VARIABLES = 60


class Models:
    """Stands where the solver stands; nothing is ever asked of it."""

    name = "oxidd"

    def add(self, clause: Sequence[int]) -> None:
        """Take no clause: definitions are diagrams here."""


class Diagrams(Clauses):
    """The definitions as binary diagrams: a literal stands for a diagram or its negation."""

    def __init__(self) -> None:
        super().__init__(Models())  # type: ignore[arg-type]
        self._manager = oxidd.BDDManager(1 << 16, 1 << 14, 1)
        self._free = iter(self._manager.add_vars(MOST_VARIABLES))
        self._of = {1: self._manager.true()}
        self.used = 0

    def variable(self) -> int:
        """Return a new variable of the diagrams."""
        literal = super().variable()
        self._of[literal] = self._manager.var(next(self._free))
        self.used += 1
        return literal

    def of(self, literal: int) -> Any:
        """Return the diagram of a literal."""
        return self._of[literal] if literal > 0 else ~self._of[-literal]

    def all(self, literals: Iterable[int]) -> int:
        """Return the literal of a conjunction."""
        result = self._manager.true()
        for literal in literals:
            result = result & self.of(literal)
        new = super().variable()
        self._of[new] = result
        return new

    def exactly_one(self, literals: Sequence[int]) -> None:
        """Take no demand: the count is asked of exactly one value a fact."""

    def one_of(self, literals: Sequence[int]) -> int:
        """Return the literal of: exactly one of them."""
        return self.any(
            self.all((one, *(-other for other in literals if other != one))) for one in literals
        )

    def count(self, literal: int) -> int:
        """Return the number of models over the variables in use."""
        return int(self.of(literal).sat_count(MOST_VARIABLES)) >> (MOST_VARIABLES - self.used)


def counts_by_oxidd(verification: Verification) -> dict[str, Counter[str]]:
    """Cases of each track by the branch that ends it; the world must be equally large, too."""
    graph = verification.graph
    diagrams = Diagrams()
    cells: dict[str, tuple[int, ...]] = {}
    demands = []
    for fact in graph.facts:
        values = [
            [diagrams.variable() for _ in range(count)]
            for count in verification.partition.cells[fact.name].counts
        ]
        demands.append(diagrams.one_of([literal for cell in values for literal in cell]))
        cells[fact.name] = tuple(diagrams.any(cell) for cell in values)
    encoder = Encoder(graph, verification.partition, diagrams, cells)
    view = verification.stage_view(graph.stages[0])
    allowed = [-encoder.guard(constraint.guard).true for constraint in view.constraints]
    applies = [] if graph.applies is None else [encoder.guard(graph.applies).true]
    world = diagrams.all((*demands, *allowed, *applies))
    assert diagrams.count(world) == verification.space.count(view.world)
    return {track: counted(encoder, diagrams, world, track) for track in graph.stages[0].tracks}


def counted(encoder: Encoder, diagrams: Diagrams, world: int, track: str) -> Counter[str]:
    """Cases by the branch that ends a track, as oxidd counts them."""
    found: Counter[str] = Counter()
    decisions = {decision.name: decision for decision in encoder.graph.decisions}
    for name, here in encoder.arriving((track,)).items():
        for index, branch in enumerate(decisions[name].branches):
            if branch.outcome.target != "decision":
                ends = diagrams.all((world, here, encoder.taken(name, index)))
                found[branch.id] += diagrams.count(ends)
    return +found


def counts_of_diagram(verification: Verification, world: int, track: str) -> Counter[str]:
    """Cases by the branch that ends a track, as our diagram counts them."""
    space, flow = verification.space, verification.flow
    inside = space.conj_leaves(world, flow.track(track), "excluded")
    found: Counter[str] = Counter()
    for leaf, points in space.counts(inside).items():
        if isinstance(leaf, End):
            found[flow.branch_of(leaf).id] += points
    return +found
