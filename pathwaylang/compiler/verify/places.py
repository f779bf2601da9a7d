"""Where decisions stand, and over which facts their cases are counted.

In: a graph, the cases of each stage, and how cases go on from decision to decision. Out: a `Place`
for each decision that anybody reaches: the cases that arrive at it in the first such stage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pathwaylang.compiler.verify.ways import Ways
from pathwaylang.ir.graph import Constraint, Decision, DecisionGraph, Stage


@dataclass(frozen=True, slots=True)
class View:
    """A stage, or another set of facts, over which cases are counted.

    `world` holds the cases that apply and that no constraint touching these facts removes.
    """

    facts: frozenset[str]
    constraints: tuple[Constraint, ...]
    world: int
    divisor: int
    cases: int


@dataclass(frozen=True, slots=True)
class Place:
    """A decision as it is reached in one stage."""

    decision: Decision
    here: int
    view: View
    start_of: tuple[str, ...]


def find_places(
    graph: DecisionGraph, ways: Ways, view_of: Callable[[Stage], View]
) -> Iterator[Place]:
    """Yield each decision once, in the first stage that reaches it."""
    seen: set[str] = set()
    for stage in graph.stages:
        view = view_of(stage)
        reach = ways.reach(stage.tracks, view.world)
        for decision in graph.decisions:
            here = reach.get(decision.name, ways.space.false)
            if here != ways.space.false and decision.name not in seen:
                seen.add(decision.name)
                yield Place(decision, here, view, stage.tracks)
