"""Where `go to` leads: the edges between decisions and stages, circles, what nothing leads to.

Findings: PW0601 (the path goes in a circle, with the way), PW0603 (a decision that no stage leads
to). A stage that no branch goes to may be started directly and is fine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from pathwaylang.compiler.model.circles import find_circles
from pathwaylang.compiler.model.reads import unique
from pathwaylang.diagnostics import Diagnostic, Label, Span, finding
from pathwaylang.ir.graph import Branch, Decision, Stage

Edges = Mapping[str, tuple[str, ...]]


def flow_edges(
    decisions: tuple[Decision, ...], stages: tuple[Stage, ...]
) -> dict[str, tuple[str, ...]]:
    """Return, for each decision and stage, the decisions and stages it leads to, in order."""
    edges = {
        decision.name: unique(
            branch.outcome.names[0] for branch in decision.branches if _is_inside(branch)
        )
        for decision in decisions
    }
    edges.update((stage.name, stage.tracks) for stage in stages)
    return edges


def _is_inside(branch: Branch) -> bool:
    return branch.outcome.outcome_kind == "go to" and branch.outcome.target != "pathway"


def reachable(starts: tuple[str, ...], edges: Edges) -> set[str]:
    """Return everything that the starts lead to, the starts included."""
    reached: set[str] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(edges.get(name, ()))
    return reached


def check_paths(decisions: tuple[Decision, ...], edges: Edges) -> Iterator[Diagnostic]:
    """Yield one finding per circle of `go to` (PW0601)."""
    by_name = {decision.name: decision for decision in decisions}
    for way in find_circles(edges):
        closed = (*way, way[0])
        places = [(by_name[here], there) for here, there in pairwise(closed) if here in by_name]
        labels = [Label(_place(decision, to), f"goes to `{to}`") for decision, to in places]
        yield finding(
            "PW0601",
            "the path goes in a circle",
            *labels,
            notes=(
                f"The way is {' → '.join(closed)}.",
                "A patient on it would never get an answer.",
            ),
            help="model a second look as a new run with new facts.",
        )


def _place(decision: Decision, target: str) -> Span:
    spans = [
        branch.span
        for branch in decision.branches
        if branch.outcome.outcome_kind == "go to" and branch.outcome.names == (target,)
    ]
    return next((s for s in (*spans, decision.span) if s is not None), Span("", 0, 0))


def check_reached(
    decisions: tuple[Decision, ...], stages: tuple[Stage, ...], edges: Edges
) -> Iterator[Diagnostic]:
    """Yield a finding for each first decision that no stage leads to (PW0603).

    Decisions that only an unreached one leads to are not reported: they follow from it.
    """
    reached = reachable(tuple(track for stage in stages for track in stage.tracks), edges)
    missed = [decision for decision in decisions if decision.name not in reached]
    followers = {to for decision in missed for to in edges[decision.name]}
    for decision in missed:
        if decision.name in followers or decision.span is None:
            continue
        yield finding(
            "PW0603",
            f"nothing leads to `{decision.name}`",
            Label(decision.span),
            notes=("No branch goes here and no stage starts here, so no patient arrives.",),
            help=f"write `go to {decision.name}` where it is meant to be asked, let a stage start "
            "at it, or delete it.",
        )
