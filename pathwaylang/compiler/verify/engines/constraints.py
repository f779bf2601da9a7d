"""Constraints that nothing rests on, put to a solver (PW0512).

In: a graph in a solver. Out: the constraints that remove no case of their own, or only cases that
would be answered well without them.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.verify.checks.constraints import useless
from pathwaylang.compiler.verify.engines.asking import Asking
from pathwaylang.diagnostics import Diagnostic
from pathwaylang.ir.graph import Constraint, Rule, Stage


def check_constraints(asking: Asking) -> Iterator[Diagnostic]:
    """Find constraints that nothing rests on."""
    if not asking.graph.constraints:
        return
    fault = asking.clauses.any(_faults(asking))
    for constraint in asking.graph.constraints:
        alone = _alone(asking, constraint)
        removes = asking.can_be(alone)
        if removes is False:
            yield useless(constraint, removes_some=False)
        elif removes and asking.can_be(alone, fault) is False:
            yield useless(constraint, removes_some=True)


def _alone(asking: Asking, constraint: Constraint) -> int:
    """Return the cases that this constraint alone removes."""
    others = [other for other in asking.graph.constraints if other is not constraint]
    removed = asking.encoder.guard(constraint.guard).true
    return asking.clauses.all((asking.applies, asking.allowed(others), removed))


def _faults(asking: Asking) -> Iterator[int]:
    """Yield where a track does not end well, or a safety rule is broken."""
    for stage in asking.graph.stages:
        for name, here in asking.encoder.arriving(stage.tracks).items():
            chosen = asking.encoder.decision(name)
            halts = asking.clauses.any((chosen.missing, chosen.unanswered, chosen.conflict))
            yield asking.clauses.all((here, halts))
        for rule in asking.graph.rules:
            if rule.guard is not None and rule.stage in ("", stage.name):
                yield _broken(asking, rule, stage)


def _broken(asking: Asking, rule: Rule, stage: Stage) -> int:
    assert rule.guard is not None
    pair = asking.encoder.guard(rule.guard)
    said = asking.clauses.any(asking.encoder.says(track, rule.names) for track in stage.tracks)
    if rule.rule_kind == "never":
        return asking.clauses.all((-pair.false, said))
    return asking.clauses.all((pair.true, -said))
