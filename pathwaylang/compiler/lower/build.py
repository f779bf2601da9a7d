"""Model -> DecisionGraph: flow settled, orders fixed, nothing left to resolve.

Decisions come out so that each stands before those it leads to, derived facts so that each can be
computed when its turn comes; where neither matters the order of the files stays. A pathway without
a stage gets one, `main`, that starts at its first decision.

Circles are looked for even where other items have errors; a graph is made of whole pathways only.
"""

from __future__ import annotations

from pathwaylang.compiler.lower.flow import check_paths, check_reached, flow_edges
from pathwaylang.compiler.lower.order import sort_by_need
from pathwaylang.compiler.lower.tracks import check_tracks
from pathwaylang.compiler.model import Model
from pathwaylang.compiler.model.reads import derived_names
from pathwaylang.diagnostics import Diagnostic, sorted_diagnostics
from pathwaylang.ir.derived import Derived
from pathwaylang.ir.graph import Decision, DecisionGraph, Stage

MAIN = "main"


def lower_graph(model: Model) -> tuple[DecisionGraph | None, tuple[Diagnostic, ...]]:
    """Return the graph of a pathway, or None with the findings that forbid one.

    Findings: PW0601 (circles of the path or of tracks), PW0603 (nothing leads to a decision). The
    graph is also None for a module, and for a model that is not whole.
    """
    stages = stages_of(model)
    edges = flow_edges(model.decisions, stages)
    circles = [
        *check_paths(model.decisions, edges),
        *check_tracks(model.decisions, model.derived, stages, edges),
    ]
    if circles or not model.is_whole or model.word == "module":
        return None, sorted_diagnostics(tuple(circles))
    lost = tuple(check_reached(model.decisions, stages, edges))
    if lost:
        return None, sorted_diagnostics(lost)
    return _graph(model, stages, edges), ()


def stages_of(model: Model) -> tuple[Stage, ...]:
    """Return the stages of a pathway, with the default one where none is declared."""
    if model.stages or not model.decisions:
        return model.stages
    title = model.about.title or model.about.name
    return (Stage(MAIN, title, (model.decisions[0].name,)),)


def _graph(
    model: Model, stages: tuple[Stage, ...], edges: dict[str, tuple[str, ...]]
) -> DecisionGraph:
    applies = model.applies
    return DecisionGraph(
        about=model.about,
        facts=model.facts,
        derived=sorted_derived(model.derived),
        decisions=sorted_decisions(model.decisions, edges),
        stages=stages,
        recommendations=model.recommendations,
        tests=model.tests,
        constraints=model.constraints,
        applies=applies.guard if applies else None,
        applies_text=applies.text if applies else "",
        applies_span=applies.span if applies else None,
        rules=model.rules,
        examples=model.examples,
        sources=model.sources,
        waivers=model.waivers,
        reviews=model.reviews,
    )


def sorted_derived(derived: tuple[Derived, ...]) -> tuple[Derived, ...]:
    """Return derived facts so that each stands after those it reads."""
    by_name = {item.name: item for item in derived}
    needs = {item.name: derived_names(item) for item in derived}
    return tuple(by_name[name] for name in sort_by_need(list(by_name), needs))


def sorted_decisions(
    decisions: tuple[Decision, ...], edges: dict[str, tuple[str, ...]]
) -> tuple[Decision, ...]:
    """Return decisions so that each stands before those it leads to, through stages as well."""
    by_name = {decision.name: decision for decision in decisions}
    needs: dict[str, list[str]] = {name: [] for name in edges}
    for name, targets in edges.items():
        for target in targets:
            needs.setdefault(target, []).append(name)
    order = sort_by_need([*by_name, *(name for name in edges if name not in by_name)], needs)
    return tuple(by_name[name] for name in order if name in by_name)
