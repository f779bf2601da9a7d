"""A whole graph decided by a solver, where no diagram fits the budget.

In: a graph and its partition. Out: findings with patients, and whether all was answered. A solver
answers whether, not how many; and of the warnings it does not look for wide `otherwise` (PW0509),
branches opened by an unknown (PW0510), facts read where not asked (PW0511) and useless constraints
(PW0512).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pathwaylang.compiler.verify.engines import coverage, obtained, safety, world
from pathwaylang.compiler.verify.engines.asking import Asking, left_open
from pathwaylang.compiler.verify.engines.solver import Solver
from pathwaylang.compiler.verify.partition import Partition
from pathwaylang.diagnostics import Diagnostic, Label, Span
from pathwaylang.ir.graph import DecisionGraph


@dataclass(frozen=True, slots=True)
class Solved:
    """What a solver found; `engine` names it, `is_complete` says that it answered everything."""

    diagnostics: tuple[Diagnostic, ...]
    engine: str
    is_complete: bool


def solve_graph(
    graph: DecisionGraph, partition: Partition, make: Callable[[], Solver], head: Span
) -> Solved:
    """Ask a solver all questions about a graph."""
    asking = Asking(graph, partition, make())
    found = list(world.check_world(asking))
    if not any(d.is_failure for d in found):
        found.extend(world.check_conditions(asking))
        found.extend(coverage.check_lines(asking))
        found.extend(coverage.check_coverage(asking))
        found.extend(obtained.check_used(asking))
        found.extend(safety.check_safety(asking))
    doubt = left_open(asking, Label(head))
    if doubt is not None:
        found.append(doubt)
    return Solved(tuple(found), asking.engine, doubt is None)
