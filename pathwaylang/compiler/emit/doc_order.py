"""In which order the document tells of decisions and facts.

A graph goes in; out come its decisions, stage by stage and track by track in the order in which a
patient can reach them, and its groups of facts in the order in which these decisions read them.

INVARIANT: every decision and every fact of the graph comes out exactly once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pathwaylang.ir.facts import Fact
from pathwaylang.ir.graph import Decision, DecisionGraph, Stage
from pathwaylang.ir.guards import guard_names
from pathwaylang.runtime.advice import derived_reads

__all__ = ["decisions_of_stages", "facts_of_groups"]


def decisions_of_stages(graph: DecisionGraph) -> list[tuple[Stage | None, list[Decision]]]:
    """Return the decisions of each stage; those that no stage reaches come last, without one.

    A decision that several stages share stands with the first of them.
    """
    waiting = {decision.name: decision for decision in graph.decisions}
    found: list[tuple[Stage | None, list[Decision]]] = [
        (stage, [one for track in stage.tracks for one in _reached(track, waiting)])
        for stage in graph.stages
    ]
    return [*found, (None, list(waiting.values()))]


def _reached(name: str, waiting: dict[str, Decision]) -> Iterator[Decision]:
    """Yield a decision and all that follow on it, taking them from those that wait."""
    decision = waiting.pop(name, None)
    if decision is None:
        return
    yield decision
    for branch in decision.branches:
        if branch.outcome.target == "decision":
            yield from _reached(branch.outcome.names[0], waiting)


def facts_of_groups(graph: DecisionGraph) -> list[tuple[str, list[Fact]]]:
    """Return the groups of facts, those first that are read first, each in its own order."""
    told = [(group, list(facts)) for group, facts in groupby(graph.facts, lambda fact: fact.group)]
    place = {name: index for index, name in enumerate(_read(graph))}
    last = len(place)
    return sorted(told, key=lambda item: min(place.get(fact.name, last) for fact in item[1]))


def _read(graph: DecisionGraph) -> dict[str, None]:
    """Return all names of facts in the order in which decisions read them."""
    inner = derived_reads(graph)
    found: dict[str, None] = {}
    for _, decisions in decisions_of_stages(graph):
        for branch in (branch for decision in decisions for branch in decision.branches):
            if branch.guard is not None:
                for name in guard_names(branch.guard):
                    found |= dict.fromkeys(inner.get(name, (name,)))
    return found
