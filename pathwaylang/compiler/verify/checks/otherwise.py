"""PW0509: an `otherwise` that swallows many different cases.

In an unordered decision `otherwise` also takes what a later edit adds, a new value of a choice for
instance, without anybody deciding it. Where it covers several regions over choices the finding
lists them, as branches to paste. An ordered list ends in `otherwise` by nature and is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pathwaylang.compiler.verify.places import Place
from pathwaylang.compiler.verify.telling import Affected, Claim, place, region_finding
from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.compiler.verify.wording import listing
from pathwaylang.diagnostics import Diagnostic, Label
from pathwaylang.ir.facts import Value
from pathwaylang.runtime.walk import choose

FEW = 4
"""So many regions a reader still sees at a glance."""

MOST_LISTED = 8

MOST_COUNTED = 1_000
"""Beyond so many the number of regions says nothing more."""


def check_otherwise(verification: Verification) -> Iterator[Diagnostic]:
    """Find wide `otherwise` branches."""
    for at in verification.places:
        if at.decision.in_order:
            continue
        for index, branch in enumerate(at.decision.branches):
            if branch.branch_kind == "otherwise":
                yield from _wide(verification, at, index)


def _wide(verification: Verification, at: Place, index: int) -> Iterator[Diagnostic]:
    space = verification.space
    node = space.conj(at.here, verification.flow.taken(at.decision.name, index))
    kinds = verification.kinds(node)
    choices = {
        fact.name for fact in verification.graph.facts if fact.fact_kind == "choice"
    } & verification.reads.own(at.decision.name)
    if kinds <= FEW or not choices:
        return
    shown = f"more than {MOST_COUNTED:,}" if kinds > MOST_COUNTED else f"{kinds:,}"
    branch = at.decision.branches[index]
    lines = verification.conditions(node, MOST_LISTED)
    names = listing(f"`{name}`" for name in sorted(choices))

    def shows(case: Mapping[str, Value]) -> bool:
        return choose(at.decision, verification.walker.values(case)) == index

    yield region_finding(
        verification,
        Claim(
            "PW0509",
            f"`otherwise` of `{at.decision.name}` covers {shown} different kinds of cases",
            (Label(place(branch.span)),),
            notes=(
                f"A value added to {names} would be swallowed here without anybody deciding it.",
            ),
            help="list them: " + "; ".join(f"when {line}" for line in lines),
        ),
        Affected(node, at.view, at.here, shows),
    )
