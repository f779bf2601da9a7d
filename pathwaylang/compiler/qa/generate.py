"""A small set of cases that exercises a whole pathway, found with its diagrams.

In: a verification. Out: cases, each with the goals it was chosen for: every branch of every track;
both sides of every limit of a number at which the outcome changes; every unknown that changes it.
Cases are the nearest to the typical patient; a greedy cover keeps few of them.

Invariants: a goal that some case of the checked world meets is met by a chosen case (limits and
unknowns behind formulas without a grid may be left out); every case was replayed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pathwaylang.compiler.verify.flow import End
from pathwaylang.compiler.verify.nearest import nearest_path
from pathwaylang.compiler.verify.verification import Verification, View
from pathwaylang.ir.cells import nearest_value
from pathwaylang.ir.facts import Fact, Value, shown_value
from pathwaylang.ir.graph import Stage
from pathwaylang.runtime.walk import Walk

NOWHERE = "nowhere"
"""The leaf of cases that the pathway does not speak about."""

Goal = tuple[str, ...]
Candidate = tuple[dict[str, Value], frozenset[Goal]]


@dataclass(frozen=True, slots=True)
class Generated:
    """One case of a stage, with the goals it was chosen for, as people read them."""

    stage: str
    case: Mapping[str, Value]
    reasons: tuple[str, ...]


def generate_cases(verification: Verification) -> tuple[Generated, ...]:
    """Return a small covering set, stage by stage."""
    found: list[Generated] = []
    for stage in verification.graph.stages:
        found += _StageCases(verification, stage).chosen()
    return tuple(found)


@dataclass
class _StageCases:
    verification: Verification
    stage: Stage
    _found: dict[tuple[tuple[str, Value], ...], set[Goal]] = field(default_factory=dict)
    _ends: dict[str, int] = field(default_factory=dict)
    _cut: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def chosen(self) -> list[Generated]:
        for track in self.stage.tracks:
            for goal, case in (
                *self._limits(track),
                *self._unknowns(track),
                *self._branches(track),
            ):
                goals = self._found.setdefault(tuple(case.items()), set())
                goals.add(goal)
        candidates = [
            (dict(k), frozenset(g | self._passed(dict(k)))) for k, g in self._found.items()
        ]
        return [
            Generated(self.stage.name, case, tuple(_words(goal) for goal in sorted(goals)))
            for case, goals in cover(candidates)
        ]

    # ------------------------------------------------------------ goals

    def _branches(self, track: str) -> Iterator[tuple[Goal, dict[str, Value]]]:
        flow, space, view = self.verification.flow, self.verification.space, self._view
        for name in self.verification.reads.inside(track):
            for branch in flow.decisions[name].branches:
                goal = ("branch", track, branch.id)
                there = space.conj(view.world, flow.track_says(track, (branch.id,)))
                case = self._nearest(there, lambda case, goal=goal: goal in self._passed(case))  # type: ignore[misc]
                if case is not None:
                    yield goal, case

    def _limits(self, track: str) -> Iterator[tuple[Goal, dict[str, Value]]]:
        """Yield both sides of each cut at which the outcome of a track can change."""
        verification = self.verification
        for fact, level in self._facts(track):
            cells = verification.partition.cells[fact.name]
            for cell in range(len(cells.cuts) if fact.fact_kind == "number" else 0):
                assert fact.range is not None
                below = nearest_value(fact, cells, cell, fact.range.high)
                above = nearest_value(fact, cells, cell + 1, fact.range.low)
                case = self._turning(track, fact.name, (level, cell, cell + 1), (below, above))
                for value in () if case is None else (below, above):
                    goal = ("limit", track, fact.name, str(shown_value(fact, value)))
                    yield goal, {**(case or {}), fact.name: value}

    def _unknowns(self, track: str) -> Iterator[tuple[Goal, dict[str, Value]]]:
        """Yield a case for each unknown that changes the outcome the usual value gives."""
        verification = self.verification
        for fact, level in self._facts(track):
            cells = verification.partition.cells[fact.name]
            if cells.unknown is None:
                continue
            usual = verification.realizer.usual_cell(fact.name)
            others = [usual, *(cell for cell in range(len(cells.counts)) if cell != usual)]
            for cell in others:
                known = verification.realizer.value_in_cell(fact.name, cell)
                values = (known, nearest_value(fact, cells, cells.unknown, None))
                places = (level, cell, cells.unknown)
                case = None
                if cell != cells.unknown:
                    case = self._turning(track, fact.name, places, values)
                if case is not None:
                    yield ("unknown", track, fact.name), {**case, fact.name: values[1]}
                    break

    def _turning(
        self, track: str, name: str, places: tuple[int, int, int], values: tuple[Value, Value]
    ) -> dict[str, Value] | None:
        """Return the nearest case whose outcome changes when a fact goes from cell to cell."""
        space, (level, first, second) = self.verification.space, places
        node = self._outcomes(track)
        before, after = (self._fixed(node, level, cell) for cell in (first, second))
        changes = space.differ(before, after, space.leaf(NOWHERE))

        def shows(case: dict[str, Value]) -> bool:
            said = [self._outcome(track, {**case, name: value}) for value in values]
            return said[0] != said[1] and "" not in said

        return self._nearest(changes, shows)

    # ------------------------------------------------------------ diagrams and replay

    @property
    def _view(self) -> View:
        return self.verification.stage_view(self.stage)

    def _facts(self, track: str) -> Iterator[tuple[Fact, int]]:
        space = self.verification.space
        support = {space.names[level]: level for level in space.support(self._outcomes(track))}
        for fact in self.verification.graph.facts:
            if fact.name in support:
                yield fact, support[fact.name]

    def _fixed(self, node: int, level: int, cell: int) -> int:
        """Return a diagram with one variable fixed; what was asked before is kept."""
        key = (node, level, cell)
        if key not in self._cut:
            self._cut[key] = self.verification.space.restrict(node, {level: cell})
        return self._cut[key]

    def _outcomes(self, track: str) -> int:
        """Return the diagram of the outcomes of a track within the checked world."""
        if track not in self._ends:
            self._ends[track] = self._made_outcomes(track)
        return self._ends[track]

    def _made_outcomes(self, track: str) -> int:
        flow, space = self.verification.flow, self.verification.space

        def text(leaf: object) -> str:
            return flow.branch_of(leaf).outcome.text if isinstance(leaf, End) else NOWHERE

        return space.conj_leaves(self._view.world, space.map(flow.track(track), text), NOWHERE)

    def _nearest(
        self, node: int, shows: Callable[[dict[str, Value]], bool]
    ) -> dict[str, Value] | None:
        realizer = self.verification.realizer
        path = nearest_path(self.verification.space, node, realizer.typical_cells)
        cases = () if path is None else realizer.cases(path, self._view.facts)
        return next(filter(shows, cases), None)

    def _walk(self, track: str, case: Mapping[str, Value]) -> Walk | None:
        walker, graph = self.verification.walker, self.verification.graph
        values = walker.values(case)
        if any(values.truth(constraint.guard) is True for constraint in self._view.constraints):
            return None
        if graph.applies is not None and values.truth(graph.applies) is not True:
            return None
        return walker.walk(track, values)

    def _outcome(self, track: str, case: Mapping[str, Value]) -> str:
        walk = self._walk(track, case)
        if walk is None or walk.halt is not None:
            return ""
        return self.verification.walker.branch(walk.passed[-1]).outcome.text

    def _passed(self, case: Mapping[str, Value]) -> set[Goal]:
        branch = self.verification.walker.branch
        walks = ((track, self._walk(track, case)) for track in self.stage.tracks)
        return {
            ("branch", track, branch(step).id)
            for track, walk in walks
            if walk is not None
            for step in walk.passed
        }


def cover(candidates: list[Candidate]) -> list[Candidate]:
    """Choose cases greedily until every goal is met, each with the goals it was chosen for.

    >>> cover([({}, frozenset({("a",)})), ({"x": True}, frozenset({("a",), ("b",)}))])
    [({'x': True}, frozenset({('a',), ('b',)}))]
    """
    open_ = frozenset[Goal]().union(*(goals for _, goals in candidates))
    chosen: list[Candidate] = []
    while open_:
        gains = [len(goals & open_) for _, goals in candidates]
        case, goals = candidates[gains.index(max(gains))]
        chosen.append((case, goals & open_))
        open_ -= goals
    return chosen


def _words(goal: Goal) -> str:
    match goal:
        case ("limit", track, name, value):
            return f"{name} {value} at a limit of {track}"
        case ("unknown", track, name):
            return f"{name} unknown matters in {track}"
        case _:
            return f"branch {goal[2]} in {goal[1]}"
