"""Every way leads on to a decision further down, and ends at something that exists.

INVARIANT: a `go to` leads to a later decision, so no way can turn in a circle.
"""

from __future__ import annotations

from collections.abc import Mapping

from pathwaylang.ir.graph import Decision, DecisionGraph, Outcome
from pathwaylang.ir.integrity.require import require, require_unique


def check_flow(graph: DecisionGraph) -> None:
    """Check decisions, stages and tests; raise `ArtifactError` where a name leads nowhere."""
    place = {decision.name: index for index, decision in enumerate(graph.decisions)}
    require_unique((decision.name for decision in graph.decisions), "decisions")
    stages = require_unique((stage.name for stage in graph.stages), "stages")
    advice = require_unique((item.name for item in graph.recommendations), "recommendations")
    facts = {fact.name for fact in graph.facts}
    require(bool(stages), "it has no stage")
    for stage in graph.stages:
        known = bool(stage.tracks) and all(track in place for track in stage.tracks)
        require(known, f"stage `{stage.name}` starts nowhere")
    for test in graph.tests:
        require(facts.issuperset(test.finds), f"`{test.name}` finds an unknown fact")
    for decision in graph.decisions:
        _check_branches(decision)
        for branch in decision.branches:
            is_known = _leads_on(branch.outcome, place[decision.name], place, stages, advice)
            require(is_known, f"branch `{branch.id[:60]}` leads nowhere")


def _check_branches(decision: Decision) -> None:
    name = decision.name
    require(bool(decision.branches), f"decision `{name}` has no branch")
    for branch in decision.branches:
        has_guard = branch.guard is not None
        require(has_guard == (branch.branch_kind == "when"), f"a branch of `{name}` has no guard")


def _leads_on(
    outcome: Outcome,
    here: int,
    place: Mapping[str, int],
    stages: frozenset[str],
    advice: frozenset[str],
) -> bool:
    names = outcome.names
    if outcome.outcome_kind != "go to":
        return bool(names) and advice.issuperset(names)
    match len(names), outcome.target:
        case 1, "decision":
            return place.get(names[0], -1) > here
        case 1, "stage":
            return names[0] in stages
        case 1, "pathway":
            return True
        case _:
            return False
