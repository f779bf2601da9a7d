"""PW0802, and `applies when`: is there anybody the pathway speaks about?

Everything else is checked only if so: over an empty world all is vacuously true.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.verify.telling import Affected, Claim, place, region_finding
from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.diagnostics import Diagnostic, Label, finding


def check_world(verification: Verification) -> Iterator[Diagnostic]:
    """Find constraints that exclude everybody, and an `applies when` without a sure answer."""
    flow, graph, space = verification.flow, verification.graph, verification.space
    allowed = flow.allowed(graph.constraints)
    if allowed == space.false:
        yield _contradictory(verification)
        return
    if graph.applies is None:
        return
    label = Label(place(graph.applies_span))
    guard = graph.applies
    open_ = space.map(
        space.conj(allowed, verification.flow.symbolic.guard(guard)), lambda v: v is None
    )
    view = verification.view(verification.reads.guard(guard))
    if open_ != space.false:
        yield region_finding(
            verification,
            Claim(
                "PW0503",
                "`applies when` does not say what happens when a fact is unknown",
                (label,),
                help='name the unknown in it, for instance "… and x is known" '
                'or "… or x is unknown"',
            ),
            Affected(
                open_,
                view,
                allowed,
                lambda case: verification.walker.values(case).truth(guard) is None,
            ),
        )
    if space.conj(allowed, flow.applies) == space.false:
        yield finding(
            "PW0508",
            "the pathway applies to nobody: its `applies when` is never true",
            label,
            help="correct the condition, or the ranges of its facts",
        )


def _contradictory(verification: Verification) -> Diagnostic:
    kept = list(verification.graph.constraints)
    for constraint in tuple(kept):
        rest = [other for other in kept if other is not constraint]
        if rest and verification.flow.allowed(rest) == verification.space.false:
            kept = rest
    labels = [Label(place(c.span), "" if i == 0 else "and this") for i, c in enumerate(kept)]
    several = "these constraints together exclude" if len(kept) > 1 else "this constraint excludes"
    return finding(
        "PW0802",
        f"{several} every patient",
        *labels,
        help=f"{'one of them' if len(kept) > 1 else 'it'} is wrong; nothing else was checked, "
        "since no patient is left",
    )
