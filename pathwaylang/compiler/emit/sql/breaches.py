"""Conditions that are impossible, once all their facts are recorded.

In: an artifact. Out: for each `impossible` a diagram with two ends, fine and breached; a fact that
is missing leads to fine. A track's own diagram knows only the conditions that touch its stage; the
runtime answers `contradiction` in every track where one is broken for certain, and so does SQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from pathwaylang.compiler.emit.sql.completions import FIRST_LEAF, Diagram, Store
from pathwaylang.compiler.emit.sql.problems import SqlProblem
from pathwaylang.ir.artifact import Artifact
from pathwaylang.ir.cells import nearest_value
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import Constraint
from pathwaylang.runtime.advice import Advisor, derived_reads
from pathwaylang.runtime.breach import asks_track
from pathwaylang.runtime.walk import Walker

FINE, BREACHED = FIRST_LEAF, FIRST_LEAF - 1
LEAVES = 2
BREACHED_STATE = 2
"""The state that `steps` gives the end `BREACHED`."""
MOST_CASES = 200_000


def breaches_of(artifact: Artifact) -> Iterator[Diagram]:
    """Yield the diagram of each condition that recorded facts alone can break."""
    graph = artifact.graph
    advisor, walker = Advisor(graph, derived_reads(graph)), Walker(graph)
    for constraint in graph.constraints:
        if asks_track(constraint.guard):
            continue
        found = _diagram(artifact, constraint, tuple(advisor.facts_of(constraint.guard)), walker)
        if found.root != FINE:
            yield found


def _diagram(
    artifact: Artifact, constraint: Constraint, names: tuple[str, ...], walker: Walker
) -> Diagram:
    assert artifact.diagram is not None
    levels = {name: level for level, name in enumerate(artifact.diagram.variables)}
    cells = {one.fact: one for one in artifact.cells}
    facts = {fact.name: fact for fact in artifact.graph.facts}
    order = sorted(names, key=levels.__getitem__)
    if prod(len(cells[name].counts) for name in order) > MOST_CASES:
        raise SqlProblem(f"`impossible when {constraint.text}` reads too many facts for SQL")
    store = Store((), MOST_CASES)
    case: dict[str, Value] = {}

    def below(depth: int) -> int:
        if depth == len(order):
            return BREACHED if walker.values(case).truth(constraint.guard) is True else FINE
        name = order[depth]
        ways: list[int] = []
        for cell in range(len(cells[name].counts)):
            case[name] = nearest_value(facts[name], cells[name], cell, None)
            ways.append(below(depth + 1))
        return store.make(levels[name], (*ways, FINE))

    root = below(0)
    return Diagram(store.nodes, root).pruned()
