"""Compare two versions of a generated rule set; print the CPU time and how many cases moved.

python -m bench.children.difference 200
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from random import Random

from bench.measure import emit
from bench.peers.ours import graph_of
from bench.problems import Problem, modular
from pathwaylang.compiler.qa.difference import Difference, compare_graphs
from pathwaylang.ir.graph import Branch, DecisionGraph, Outcome

EDITED, DELETED = 5, 3


def complete(problem: Problem) -> DecisionGraph:
    """Return the rules in order with an `otherwise`, so that every case has an outcome."""
    graph = graph_of(problem)
    (decision,) = graph.decisions
    rest = Branch("rest", "otherwise", None, Outcome("recommend", ("outcome0",)))
    return replace(graph, decisions=(replace(decision, branches=(*decision.branches, rest)),))


def next_version(problem: Problem) -> Problem:
    """Return the rules with a few outcomes changed and a few rules gone."""
    rng = Random("edit")
    chosen = rng.sample(range(len(problem.rules)), EDITED + DELETED)
    changed, gone = set(chosen[:EDITED]), set(chosen[EDITED:])
    rules = tuple(
        replace(rule, outcome=(rule.outcome + 1) % problem.outcomes) if at in changed else rule
        for at, rule in enumerate(problem.rules)
        if at not in gone
    )
    return replace(problem, rules=rules)


def main() -> None:
    problem = modular(int(sys.argv[1]), True)
    old, new = complete(problem), complete(next_version(problem))
    started = time.process_time()
    found = compare_graphs(old, new)
    cpu = time.process_time() - started
    if isinstance(found, Difference):
        moved = sum(change.count for change in found.changes)
        says = f"{moved:.2e} cases have another outcome, in {len(found.changes)} kinds"
    else:
        says = f"undecided: {found.reason}"
    emit({"cpu": cpu, "says": says})


if __name__ == "__main__":
    main()
