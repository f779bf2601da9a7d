"""PW0512: an `impossible` that removes nothing that matters.

A constraint is load-bearing if without it some case would reach no answer, two answers, or break a
safety rule. One that removes no case of its own, or only cases that would be answered well, is
useless and hides what the pathway would do should such a patient come after all.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.verify.flow import Stuck
from pathwaylang.compiler.verify.telling import place
from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.diagnostics import Diagnostic, Label, finding
from pathwaylang.ir.graph import Constraint


def load_bearing(verification: Verification) -> tuple[Constraint, ...]:
    """Return the constraints that the proof rests on."""
    return tuple(
        constraint
        for constraint in verification.graph.constraints
        if _bears(verification, constraint, _alone(verification, constraint))
    )


def check_constraints(verification: Verification) -> Iterator[Diagnostic]:
    """Find constraints that nothing rests on."""
    for constraint in verification.graph.constraints:
        alone = _alone(verification, constraint)
        if alone == verification.space.false:
            yield useless(constraint, removes_some=False)
        elif not _bears(verification, constraint, alone):
            yield useless(constraint, removes_some=True)


def useless(constraint: Constraint, *, removes_some: bool) -> Diagnostic:
    """Return the finding about a constraint that nothing rests on."""
    return finding(
        "PW0512",
        "this `impossible` removes nothing that matters",
        Label(place(constraint.span)),
        notes=(
            "Without it every case still reaches one answer and every safety rule holds."
            if removes_some
            else "Every case it removes is removed by the others as well.",
        ),
        help="delete it: the fewer assumptions, the stronger the proof",
    )


def _alone(verification: Verification, constraint: Constraint) -> int:
    """Return the cases that this constraint alone removes."""
    space, flow = verification.space, verification.flow
    others = (c for c in verification.graph.constraints if c is not constraint)
    return space.conj(flow.world(others), flow.certainly(constraint.guard))


def _bears(verification: Verification, constraint: Constraint, alone: int) -> bool:
    space, flow = verification.space, verification.flow
    for stage in verification.graph.stages:
        for track in stage.tracks:
            leaves = space.leaves(space.conj_leaves(alone, flow.track(track)))
            if any(isinstance(leaf, Stuck) for leaf in leaves):
                return True
    return any(
        _breaks(verification, index, alone) for index in range(len(verification.graph.rules))
    )


def _breaks(verification: Verification, index: int, cases: int) -> bool:
    """Whether some of the cases break a never or always rule."""
    space, flow = verification.space, verification.flow
    rule = verification.graph.rules[index]
    if rule.guard is None:
        return False
    node = flow.symbolic.guard(rule.guard)
    for stage in verification.graph.stages:
        if rule.stage not in ("", stage.name):
            continue
        if rule.rule_kind == "never":
            bound = space.conj(cases, space.possible(node))
            broken = [flow.ways.saying(bound, track, rule.names) for track in stage.tracks]
        else:
            bound = space.conj(cases, space.certain(node))
            for track in stage.tracks:
                bound = flow.ways.silent(bound, track, rule.names)
            broken = [bound]
        if any(part != space.false for part in broken):
            return True
    return False
