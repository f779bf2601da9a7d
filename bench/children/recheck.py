"""Prove the liver pathway, then versions with one decision edited; print the CPU time of each.

Of each decision named two neighbouring branches change places. The proof is measured, from graph to
findings, with what is known of the version before and from scratch.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from bench.measure import LIVER, emit
from pathwaylang.cli.files import make_loader, read_source
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.verify.prove import Findings, Prover, prove
from pathwaylang.diagnostics import Span
from pathwaylang.ir.graph import DecisionGraph

EDITS = (("gate", 4), ("colorectal_surgery", 3), ("colorectal_systemic", 2), ("backbone", 1))
HEAD = Span("generated.pw", 0, 0)


def swapped(graph: DecisionGraph, name: str, at: int) -> DecisionGraph:
    """Return the graph with a branch of a decision behind the one that follows it."""
    decisions = tuple(
        replace(
            decision,
            branches=(
                *decision.branches[:at],
                decision.branches[at + 1],
                decision.branches[at],
                *decision.branches[at + 2 :],
            ),
        )
        if decision.name == name
        else decision
        for decision in graph.decisions
    )
    return replace(graph, decisions=decisions)


def timed(work: Callable[[], Findings]) -> tuple[float, Findings]:
    """Return CPU seconds and findings."""
    started = time.process_time()
    found = work()
    return time.process_time() - started, found


def main() -> None:
    graph = Compilation(read_source(LIVER), make_loader()).graph
    if graph is None:
        raise SystemExit("the liver pathway has errors at present")
    prover = Prover()
    figures: dict[str, object] = {"first": timed(lambda: prover(graph, HEAD))[0]}
    for name, at in EDITS:
        edited = swapped(graph, name, at)
        figures[f"{name} again"], again = timed(lambda edited=edited: prover(edited, HEAD))  # type: ignore[misc]
        figures[f"{name} scratch"], fresh = timed(lambda edited=edited: prove(edited, HEAD))  # type: ignore[misc]
        if again.diagnostics != fresh.diagnostics:
            raise SystemExit(f"{name}: the findings differ from those of a proof from scratch")
    emit(figures)


if __name__ == "__main__":
    main()
