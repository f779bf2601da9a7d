"""PW0506: a branch that no patient ever takes.

A branch is judged over the cases that reach its decision in any stage. The finding names what kills
it: the part of its condition that never holds there, or the branches that together take all its
cases, with whether they give the same outcome.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.verify.choice import Fault
from pathwaylang.compiler.verify.telling import blamed, place
from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.compiler.verify.wording import listing
from pathwaylang.diagnostics import Blame, Diagnostic, Evidence, Label, finding
from pathwaylang.ir.graph import Branch, Decision
from pathwaylang.ir.guards import All, Guard


def check_unreachable(verification: Verification) -> Iterator[Diagnostic]:
    """Find branches that are never taken, and decisions that nobody reaches."""
    space, flow = verification.space, verification.flow
    arriving: dict[str, int] = {}
    for stage in verification.graph.stages:
        world = verification.stage_view(stage).world
        for name, node in flow.ways.reach(stage.tracks, world).items():
            arriving[name] = space.disj(arriving.get(name, space.false), node)
    for decision in verification.graph.decisions:
        here = arriving.get(decision.name, space.false)
        if here == space.false:
            continue
        leaves = flow.ways.leaves(decision.name)
        met = space.met(here, leaves, leaves.every)
        alive = {leaf for leaf, bit in leaves.bits.items() if bit & met}
        clashing = {index for leaf in alive if isinstance(leaf, Fault) for index in leaf.lines}
        for index, branch in enumerate(decision.branches):
            if index in alive or index in clashing:
                continue
            if branch.guard is not None and flow.certainly(branch.guard) == space.false:
                continue
            if _agrees_elsewhere(verification, decision, index, here):
                continue
            yield _dead(verification, decision, index, here)


def _agrees_elsewhere(
    verification: Verification, decision: Decision, index: int, here: int
) -> bool:
    """True for an unordered branch that holds for somebody, always beside one that agrees."""
    guard = decision.branches[index].guard
    if decision.in_order or guard is None:
        return False
    space = verification.space
    return space.conj(here, verification.flow.certainly(guard)) != space.false


def _dead(verification: Verification, decision: Decision, index: int, here: int) -> Diagnostic:
    branch = decision.branches[index]
    notes: list[str] = []
    blame: tuple[Blame, ...] = ()
    labels = [Label(place(branch.span))]
    help_text = "delete the branch, or correct what takes its cases"
    if branch.guard is None:
        notes.append(_why_nothing_left(branch, decision))
    else:
        space = verification.space
        region = space.conj(here, verification.flow.certainly(branch.guard))
        if region == space.false:
            notes.append(_why_never_here(verification, branch.guard, here))
            blame = _sent_elsewhere(verification, decision, branch.guard)
            if blame:
                labels += [Label(b.span, "takes such patients earlier") for b in blame[:3]]
        else:
            covering = _minimal_cover(verification, decision, index, region)
            same = {b.id: b.outcome.text == branch.outcome.text for b in covering}
            blame = blamed((b, same[b.id]) for b in covering)
            labels += [Label(b.span, "takes its cases") for b in blame[:4]]
            together = "together take" if len(covering) > 1 else "takes"
            ids = listing(b.id for b in covering)
            notes.append(f"{ids} {together} every patient this branch is meant for.")
            if all(same.values()):
                notes.append("They give the same outcome: the branch only repeats them.")
            else:
                notes.append("They give another outcome: these patients are treated otherwise.")
    return finding(
        "PW0506",
        f"branch {branch.id} of `{decision.name}` can never be reached",
        *labels,
        notes=tuple(notes),
        help=help_text,
        evidence=Evidence(unit=verification.unit, count=0, blame=blame, engine="diagram"),
    )


def _why_nothing_left(branch: Branch, decision: Decision) -> str:
    if branch.branch_kind == "unknown":
        reason = (
            "`unknown means no` stands here"
            if decision.unknown_means_no
            else ("no fact that it reads may be unknown, or every unknown is answered")
        )
        return f"`when unknown` is never needed: {reason}."
    return "`otherwise` is never needed: the branches above it take every patient."


def _why_never_here(verification: Verification, guard: Guard, here: int) -> str:
    space, flow = verification.space, verification.flow
    parts = guard.items if isinstance(guard, All) else (guard,)
    for part in parts:
        if space.conj(here, flow.certainly(part)) == space.false:
            names = listing(f"`{name}`" for name in sorted(verification.reads.guard(part)))
            return f"Of the patients who get here, none meets the part that reads {names}."
    return "No patient who gets here meets all of its criteria."


def _minimal_cover(
    verification: Verification, decision: Decision, index: int, region: int
) -> list[Branch]:
    """Return a minimal set of earlier branches that take every case of a region."""
    space = verification.space
    chosen = space.conj_leaves(region, verification.flow.selection(decision.name).chosen)
    taking = sorted(v for v in space.leaves(chosen) if isinstance(v, int) and v != index)
    certain = {}
    for at in taking:
        guard = decision.branches[at].guard
        certain[at] = (
            space.conj(region, verification.flow.certainly(guard))
            if guard is not None
            else space.conj(region, verification.flow.taken(decision.name, at))
        )
    kept = list(taking)
    for at in sorted(taking, key=lambda i: space.count(certain[i])):
        rest = [certain[i] for i in kept if i != at]
        if rest and space.any(rest) == region:
            kept.remove(at)
    return [decision.branches[i] for i in kept]


def _sent_elsewhere(
    verification: Verification, decision: Decision, guard: Guard
) -> tuple[Blame, ...]:
    """Return the branches of the decisions before this one that take the patients it waits for."""
    space, flow = verification.space, verification.flow
    wanted = flow.certainly(guard)
    found: list[tuple[Branch, bool]] = []
    for before in verification.graph.decisions:
        leads_here = any(decision.name in b.outcome.names for b in before.branches)
        if not leads_here:
            continue
        for index, branch in enumerate(before.branches):
            if decision.name in branch.outcome.names and branch.outcome.outcome_kind == "go to":
                continue
            if space.conj(wanted, flow.taken(before.name, index)) != space.false:
                found.append((branch, False))
    return blamed(found)
