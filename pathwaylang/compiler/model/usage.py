"""Facts that nothing reads (PW0304) and recommendations that no branch reaches for (PW0308).

A module offers its facts to others, so only pathways are looked at, and only when nothing else is
wrong: a branch with a slip may be the one that reads them.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.model.names import Space
from pathwaylang.compiler.model.nodes import Model
from pathwaylang.compiler.model.reads import decision_names, derived_names, rule_names
from pathwaylang.compiler.model.scope import Build
from pathwaylang.diagnostics import Label
from pathwaylang.ir.guards import guard_names


def check_usage(build: Build, model: Model) -> None:
    """Report what is declared and never used."""
    read = set(_names_read(model))
    for fact in model.facts:
        if fact.name not in read:
            build.report.add(
                "PW0304",
                f"the fact `{fact.name}` is never used",
                Label(build.names.by_space[Space.FACTS][fact.name].span),
                notes=("No decision, definition, rule or example reads it.",),
                help="delete it, or check whether a branch lost its condition.",
            )
    reached = {
        name
        for decision in model.decisions
        for branch in decision.branches
        for name in branch.outcome.names
        if branch.outcome.outcome_kind != "go to"
    }
    for recommendation in model.recommendations:
        if recommendation.name not in reached:
            build.report.add(
                "PW0308",
                f"the recommendation `{recommendation.name}` is never given",
                Label(build.names.by_space[Space.OUTCOMES][recommendation.name].span),
                notes=("No branch recommends or offers it.",),
                help="delete it, or check whether a branch lost its outcome.",
            )


def _names_read(model: Model) -> Iterator[str]:
    for derived in model.derived:
        yield from derived_names(derived)
    for decision in model.decisions:
        yield from decision_names(decision)
    for rule in model.rules:
        yield from rule_names(rule)
    for constraint in model.constraints:
        yield from guard_names(constraint.guard)
    for fact in model.facts:
        if fact.asked_when is not None:
            yield from guard_names(fact.asked_when)
    if model.applies is not None:
        yield from guard_names(model.applies.guard)
    yield from {name for example in model.examples for name, _ in example.given}
