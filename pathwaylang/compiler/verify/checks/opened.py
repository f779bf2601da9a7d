"""PW0510: a branch opened by an unknown.

A case stands in a branch, one of its facts is unknown, and no known value of that fact would send
it there. In a first-match list that is how a row "permitted only if known" that closes opens a
later one. Branches that ask for the unknown in so many words (`x is unknown`, `when unknown`) and
`otherwise` are meant to be opened so and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pathwaylang.compiler.verify.checks.coverage import Place, places
from pathwaylang.compiler.verify.partition import guards_of
from pathwaylang.compiler.verify.telling import Affected, Claim, place, region_finding
from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.diagnostics import Diagnostic, Label
from pathwaylang.ir.facts import UNKNOWN, Value
from pathwaylang.ir.guards import Guard, Known, Not, guard_atoms, guard_children, guard_names
from pathwaylang.runtime.walk import choose


def check_opened(verification: Verification) -> Iterator[Diagnostic]:
    """Find branches that only an unknown opens; one finding a branch, with all such facts."""
    names = verification.space.names
    for at in places(verification):
        by_branch: dict[int, list[str]] = {}
        for level, index in sorted(_opened(verification, at.decision.name)):
            guard = at.decision.branches[index].guard
            if guard is not None and not _asks_for_unknown(verification, guard, names[level]):
                by_branch.setdefault(index, []).append(names[level])
        for index, facts in sorted(by_branch.items()):
            facts.sort(key=verification.fact_order.__getitem__)
            yield from _told(verification, at, index, facts)


def _opened(verification: Verification, name: str) -> set[tuple[int, int]]:
    """Return (level, branch) where the cell `unknown` leads to a branch that no other cell does."""
    space = verification.space
    chosen = verification.flow.selection(name).chosen
    unknown = {
        verification.flow.symbolic.level_of[fact]: verification.partition.cells[fact].unknown
        for fact in verification.reads.own(name)
    }
    nothing = space.leaf("nothing left")
    memo: dict[object, int] = {}

    def unlike(one: int, other: int) -> int | None:
        """Decide `one` where it differs from `other`, nothing where they are alike."""
        if one in (nothing, other):
            return nothing
        return one if space.is_leaf(one) and space.is_leaf(other) else None

    found: set[tuple[int, int]] = set()
    for node in space.reachable(chosen):
        level = space.level[node]
        cell = unknown.get(level)
        if cell is None:
            continue
        children = space.children[node]
        left = children[cell]
        for other in sorted({child for i, child in enumerate(children) if i != cell}):
            left = space.combine(left, other, unlike, memo)
        found.update((level, leaf) for leaf in space.leaves(left) if isinstance(leaf, int))
    return found


def _asks_for_unknown(verification: Verification, guard: Guard, fact: str) -> bool:
    """True if a condition names the fact's unknown, itself or through a derived fact."""
    if _names_unknown(guard, fact):
        return True
    return any(
        _asks_for_unknown(verification, inner, fact)
        for name in set(guard_names(guard))
        if name in verification.partition.derived
        for inner in guards_of(verification.partition.derived[name])
    )


def _names_unknown(guard: Guard, fact: str) -> bool:
    if isinstance(guard, Not) and any(
        isinstance(atom, Known) and atom.name == fact for atom in guard_atoms(guard)
    ):
        return True
    return any(_names_unknown(child, fact) for child in guard_children(guard))


def _told(
    verification: Verification, at: Place, index: int, facts: list[str]
) -> Iterator[Diagnostic]:
    space = verification.space
    taken = verification.flow.taken(at.decision.name, index)
    name, node = next(
        (
            (name, node)
            for name in facts
            if (node := space.conj(at.here, _opened_cases(verification, taken, name)))
            != space.false
        ),
        ("", space.false),
    )
    if node == space.false:
        return
    branch = at.decision.branches[index]
    first = verification.partition.facts[name]

    def shows(case: Mapping[str, Value]) -> bool:
        values = verification.walker.values(case)
        return case[first.name] == UNKNOWN and choose(at.decision, values) == index

    yield region_finding(
        verification,
        Claim(
            "PW0510",
            f"branch {branch.id} of `{at.decision.name}` is opened by `{name}` being unknown",
            (
                Label(place(branch.span)),
                *((Label(first.span, "may be unknown"),) if first.span is not None else ()),
            ),
            (f'No known value of "{first.label}" would send this patient here.',),
            f"ask for it in a branch before ({first.name} is unknown), "
            f"or add what it must be to {branch.id}",
        ),
        Affected(node, at.view, space.conj(at.here, taken), shows),
    )


def _opened_cases(verification: Verification, taken: int, name: str) -> int:
    """Return the cases of a branch in which the fact is unknown and no known value keeps them."""
    space = verification.space
    level = verification.flow.symbolic.level_of[name]
    unknown = verification.partition.cells[name].unknown
    assert unknown is not None
    parts = {
        space.restrict(taken, {level: cell})
        for cell in range(len(space.weights[level]))
        if cell != unknown
    }
    opened = space.conj(
        space.restrict(taken, {level: unknown}), space.neg(space.any(sorted(parts)))
    )
    return space.conj(verification.flow.symbolic.guard(Not(Known(name))), opened)
