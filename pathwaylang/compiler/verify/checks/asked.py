"""PW0511: a fact is read where it is not asked.

A fact with `asked when` is asked only where that condition holds. A decision whose answer depends
on the fact for a patient to whom it is not put reads something that nobody was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.verify.places import Place
from pathwaylang.compiler.verify.telling import Affected, Claim, place, region_finding
from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.diagnostics import Diagnostic, Label
from pathwaylang.ir.facts import Fact


def check_asked(verification: Verification) -> Iterator[Diagnostic]:
    """Find decisions that depend on a fact where it is not asked."""
    conditional = [fact for fact in verification.graph.facts if fact.asked_when is not None]
    if not conditional:
        return
    for at in verification.places:
        reads = verification.reads.own(at.decision.name)
        for fact in conditional:
            if fact.name in reads:
                yield from _read(verification, at, fact)


def _read(verification: Verification, at: Place, fact: Fact) -> Iterator[Diagnostic]:
    space, flow = verification.space, verification.flow
    assert fact.asked_when is not None
    unasked = space.conj(at.here, space.neg(flow.certainly(fact.asked_when)))
    if unasked == space.false:
        return
    level = flow.symbolic.level_of[fact.name]
    chosen = flow.selection(at.decision.name).chosen
    depends = flow.kept.depends.get((chosen, level))
    if depends is None:
        parts = [space.restrict(chosen, {level: cell}) for cell in range(len(space.weights[level]))]
        depends = flow.kept.depends[chosen, level] = space.any(
            space.differ(parts[0], part) for part in dict.fromkeys(parts[1:]) if part != parts[0]
        )
    node = space.conj(unasked, depends)
    if node == space.false:
        return
    yield region_finding(
        verification,
        Claim(
            "PW0511",
            f"`{at.decision.name}` reads `{fact.name}` where it is not asked",
            (
                Label(place(at.decision.span)),
                *((Label(fact.span, "asked only when its condition holds"),) if fact.span else ()),
            ),
            help=f"add the condition of `asked when` to the branch that reads `{fact.name}`",
        ),
        Affected(
            node,
            verification.view(at.view.facts | verification.reads.guard(fact.asked_when)),
            at.here,
            lambda case: True,
        ),
    )
