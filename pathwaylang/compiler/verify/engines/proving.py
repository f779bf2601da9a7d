"""A whole graph decided by a solver, where no diagram fits the budget.

In: a graph and its partition. Out: findings with patients, and whether all was answered. A solver
answers whether, not how many; and of the warnings it does not look for wide `otherwise` (PW0509),
branches opened by an unknown (PW0510) and facts read where not asked (PW0511): where the graph may
have them, PW0513 says that they were not looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pathwaylang.compiler.verify.engines import constraints, coverage, obtained, safety, world
from pathwaylang.compiler.verify.engines.asking import Asking, left_open
from pathwaylang.compiler.verify.engines.solver import Solver
from pathwaylang.compiler.verify.partition import Partition
from pathwaylang.diagnostics import Diagnostic, Label, Span, finding
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
        found.extend(constraints.check_constraints(asking))
        found.extend(not_looked_for(graph, head))
    doubt = left_open(asking, Label(head))
    if doubt is not None:
        found.append(doubt)
    return Solved(tuple(found), asking.engine, doubt is None)


def not_looked_for(graph: DecisionGraph, head: Span) -> Iterator[Diagnostic]:
    """Say which warnings a solver leaves out, of those that the graph may have."""
    may_be_wide = any(
        branch.branch_kind == "otherwise"
        for decision in graph.decisions
        if not decision.in_order
        for branch in decision.branches
    )
    words = {
        "an `otherwise` that swallows many cases (PW0509)": may_be_wide,
        "a branch that an unknown opens (PW0510)": any(f.may_be_unknown for f in graph.facts),
        "a fact read where it is not asked (PW0511)": any(f.asked_when for f in graph.facts),
    }
    if left_out := [word for word, is_possible in words.items() if is_possible]:
        yield finding(
            "PW0513",
            "some warnings were not looked for, since no diagram of this pathway fits the budget",
            Label(head),
            notes=(f"Not looked for: {'; '.join(left_out)}.",),
            help="split large decisions, so that a diagram decides them",
        )
