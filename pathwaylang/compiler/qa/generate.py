"""A small set of cases that exercises a whole pathway, found with its diagrams.

In: a verification. Out: cases, each with the goals it was chosen for: every branch of every track;
both sides of every limit of a number at which the outcome changes; every unknown that changes it;
where one branch is asked for, both sides of every limit at which it starts or ends.
Cases are the nearest to the typical patient; a greedy cover keeps few of them.

Invariants: a goal that some case of the checked world meets is met by a chosen case (limits and
unknowns behind formulas without a grid may be left out); every case was replayed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

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
    """One case of a stage, with the goals it was chosen for, as people read them.

    `tracks` are those that are to be decided; none means all of the stage.
    """

    stage: str
    case: Mapping[str, Value]
    reasons: tuple[str, ...]
    tracks: tuple[str, ...] = ()


def generate_cases(verification: Verification, only: str | None = None) -> tuple[Generated, ...]:
    """Return a small covering set, stage by stage.

    `only` keeps the goals that have all its words; the id of a branch asks for its limits as well.
    """
    found: list[Generated] = []
    for stage in verification.graph.stages:
        found += _StageCases(verification, stage, only).chosen()
    return tuple(found)


@dataclass
class _StageCases:
    verification: Verification
    stage: Stage
    only: str | None = None
    _found: dict[tuple[tuple[str, Value], ...], set[Goal]] = field(default_factory=dict)
    _ends: dict[str, int] = field(default_factory=dict)
    _cut: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def chosen(self) -> list[Generated]:
        for track in self.stage.tracks:
            for goal, case in (
                *self._limits(track),
                *self._unknowns(track),
                *self._branches(track),
                *self._edges(track),
            ):
                goals = self._found.setdefault(tuple(case.items()), set())
                goals.add(goal)
        candidates = [
            (dict(k), frozenset(filter(self._is_wanted, g | self._passed(dict(k)))))
            for k, g in self._found.items()
        ]
        return [self._told(case, sorted(goals)) for case, goals in cover(candidates)]

    def _told(self, case: dict[str, Value], goals: list[Goal]) -> Generated:
        tracks = () if self.only is None else tuple(dict.fromkeys(goal[1] for goal in goals))
        return Generated(self.stage.name, case, tuple(map(_words, goals)), tracks)

    def _is_wanted(self, goal: Goal) -> bool:
        return self._asked <= set(_words(goal).casefold().split())

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset((self.only or "").casefold().split())

    # ------------------------------------------------------------ goals

    def _branches(self, track: str) -> Iterator[tuple[Goal, dict[str, Value]]]:
        flow, space, view = self.verification.flow, self.verification.space, self._view
        for name in self.verification.reads.inside(track):
            for branch in flow.decisions[name].branches:
                goal = ("branch", track, branch.id)
                if not self._is_wanted(goal):
                    continue
                there = space.conj(view.world, flow.track_says(track, (branch.id,)))
                case = self._nearest(there, lambda case, goal=goal: goal in self._passed(case))  # type: ignore[misc]
                if case is not None:
                    yield goal, case

    def _limits(self, track: str) -> Iterator[tuple[Goal, dict[str, Value]]]:
        """Yield both sides of each cut at which the outcome of a track can change."""
        for fact, level in self._facts(self._outcomes(track)):
            for cell, values in self._cuts(fact):
                sides: dict[Goal, Value] = {
                    ("limit", track, fact.name, str(shown_value(fact, value))): value
                    for value in values
                }
                if not any(map(self._is_wanted, sides)):
                    continue
                case = self._turning(track, fact.name, (level, cell, cell + 1), values)
                for goal, value in () if case is None else sides.items():
                    yield goal, {**(case or {}), fact.name: value}

    def _cuts(self, fact: Fact) -> Iterator[tuple[int, tuple[Value, Value]]]:
        """Yield each cut of a number, with the values on both sides."""
        cells = self.verification.partition.cells[fact.name]
        for cell in range(len(cells.cuts) if fact.fact_kind == "number" else 0):
            assert fact.range is not None
            below = nearest_value(fact, cells, cell, fact.range.high)
            yield cell, (below, nearest_value(fact, cells, cell + 1, fact.range.low))

    def _edges(self, track: str) -> Iterator[tuple[Goal, dict[str, Value]]]:
        """Yield both sides of each cut at which the one branch that is wanted starts or ends."""
        space, flow = self.verification.space, self.verification.flow
        inside = (flow.decisions[name] for name in self.verification.reads.inside(track))
        for branch in (branch for decision in inside for branch in decision.branches):
            if branch.id.casefold() not in self._asked:
                continue
            says = flow.track_says(track, (branch.id,))
            node = space.conj_leaves(self._view.world, says, NOWHERE)
            passes = ("branch", track, branch.id)
            for fact, level in self._facts(node):
                for cell, values in self._cuts(fact):
                    first, second = (self._fixed(node, level, at) for at in (cell, cell + 1))
                    changes = space.differ(first, second, space.leaf(NOWHERE))
                    case = self._nearest(changes, self._shows_edge(passes, fact.name, values))
                    for value in () if case is None else values:
                        shown = str(shown_value(fact, value))
                        goal = ("edge", track, branch.id, fact.name, shown)
                        if self._is_wanted(goal):
                            yield goal, {**(case or {}), fact.name: value}

    def _shows_edge(
        self, passes: Goal, name: str, values: tuple[Value, Value]
    ) -> Callable[[dict[str, Value]], bool]:
        """Return whether a case passes a branch on one side of a cut, and not on the other."""

        def shows(case: dict[str, Value]) -> bool:
            sides = [{**case, name: value} for value in values]
            ends = [self._outcome(passes[1], side) for side in sides]
            return "" not in ends and len({passes in self._passed(side) for side in sides}) > 1

        return shows

    def _unknowns(self, track: str) -> Iterator[tuple[Goal, dict[str, Value]]]:
        """Yield a case for each unknown that changes the outcome the usual value gives."""
        verification = self.verification
        for fact, level in self._facts(self._outcomes(track)):
            cells = verification.partition.cells[fact.name]
            goal = ("unknown", track, fact.name)
            if cells.unknown is None or not self._is_wanted(goal):
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
                    yield goal, {**case, fact.name: values[1]}
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

    def _facts(self, node: int) -> Iterator[tuple[Fact, int]]:
        """Yield the facts that a diagram depends on, with their levels."""
        space = self.verification.space
        support = {space.names[level]: level for level in space.support(node)}
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
        case ("edge", _, branch, name, value):
            return f"{name} {value} at a limit of {branch}"
        case ("unknown", track, name):
            return f"{name} unknown matters in {track}"
        case _:
            return f"branch {goal[2]} in {goal[1]}"
