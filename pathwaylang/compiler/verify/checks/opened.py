"""PW0510: a branch opened by an unknown.

A case stands in a branch, one of its facts is unknown, and no known value of that fact would send
it there. In a first-match list that is how a row "permitted only if known" that closes opens a
later one. Branches that ask for the unknown in so many words (`x is unknown`, `when unknown`) and
`otherwise` are meant to be opened so and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import repeat

from pathwaylang.compiler.verify.partition import guards_of
from pathwaylang.compiler.verify.places import Place
from pathwaylang.compiler.verify.telling import Affected, Claim, place, region_finding
from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.diagnostics import Diagnostic, Label
from pathwaylang.ir.derived import Derived
from pathwaylang.ir.diagram import Leaves, Space
from pathwaylang.ir.facts import UNKNOWN, Value
from pathwaylang.ir.graph import Decision
from pathwaylang.ir.guards import Guard, Known, Not, guard_atoms, guard_children, guard_names
from pathwaylang.runtime.walk import choose


def check_opened(verification: Verification) -> Iterator[Diagnostic]:
    """Find branches that only an unknown opens; one finding a branch, with all such facts."""
    asking = _Asking(verification.partition.derived)
    for at in verification.places:
        for index, facts in sorted(_opened(verification, at.decision, asking).items()):
            ordered = sorted(facts, key=verification.fact_order.__getitem__)
            yield from _told(verification, at, index, ordered)


def _opened(
    verification: Verification, decision: Decision, asking: _Asking
) -> dict[int, list[str]]:
    """Return for each branch the facts whose `unknown` leads to it where no known value does."""
    space = verification.space
    leaves = verification.flow.ways.leaves(decision.name)
    asked = [frozenset() if b.guard is None else asking.by(b.guard) for b in decision.branches]
    wanted: dict[int, int] = {}
    for fact in verification.reads.own(decision.name):
        if verification.partition.cells[fact].has_unknown:
            wanted[verification.flow.symbolic.level_of[fact]] = sum(
                leaves.bits.get(index, 0)
                for index, branch in enumerate(decision.branches)
                if branch.guard is not None and fact not in asked[index]
            )
    kept = verification.flow.kept.opened
    key = (leaves.root, tuple(sorted(wanted.items())))
    found = kept.get(key)
    if found is None:
        found = kept[key] = _hidden(space, leaves, wanted)
    return found


def _hidden(space: Space, leaves: Leaves, wanted: dict[int, int]) -> dict[int, list[str]]:
    """Return for each wanted leaf the facts; `wanted` has the leaves asked for on each level."""
    search = _Search(space, leaves)
    found: dict[int, list[str]] = {}
    for node in space.reachable(leaves.root):
        level = space.level[node]
        if not wanted.get(level):
            continue
        *known, unknown = space.children[node]
        bits = search.hidden(unknown, frozenset(known), wanted[level])
        wanted[level] &= ~bits
        for leaf, bit in leaves.bits.items():
            if bits & bit and isinstance(leaf, int):
                found.setdefault(leaf, []).append(space.names[level])
    return found


class _Search:
    """Looks for leaves that one diagram has at a point and none of several others has there."""

    def __init__(self, space: Space, leaves: Leaves) -> None:
        self._space = space
        self._masks = leaves.masks
        self._memo: dict[tuple[int, frozenset[int], int], int] = {}

    def hidden(self, node: int, others: frozenset[int], wanted: int) -> int:
        """Return which wanted leaves `node` has somewhere where no other diagram has them."""
        masks = self._masks
        wanted &= masks[node]
        if not wanted or node in others:
            return 0
        others = frozenset([other for other in others if masks[other] & wanted])
        if not others:
            return wanted
        key = (node, others, wanted)
        found = self._memo.get(key)
        if found is None:
            found = self._memo[key] = self._deeper(node, others, wanted)
        return found

    def _deeper(self, node: int, others: frozenset[int], wanted: int) -> int:
        space = self._space
        level, children = space.level, space.children
        diagrams = (node, *others)
        top = min([level[at] for at in diagrams])
        cells = zip(
            *(children[at] if level[at] == top else repeat(at) for at in diagrams), strict=False
        )
        found = 0
        for here, *beside in dict.fromkeys(cells):
            if self._masks[here] & wanted & ~found:
                found |= self.hidden(here, frozenset(beside), wanted & ~found)
                if found == wanted:
                    break
        return found


class _Asking:
    """Answers which facts a condition asks to be unknown, itself or through a derived fact."""

    def __init__(self, derived: Mapping[str, Derived]) -> None:
        self._derived = derived
        self._of_name: dict[str, frozenset[str]] = {}

    def by(self, guard: Guard) -> frozenset[str]:
        """Return the facts whose unknown a condition names."""
        found = frozenset(_named_unknown(guard))
        for name in set(guard_names(guard)) & self._derived.keys():
            found |= self._through(name)
        return found

    def _through(self, name: str) -> frozenset[str]:
        found = self._of_name.get(name)
        if found is None:
            found = frozenset().union(*map(self.by, guards_of(self._derived[name])))
            self._of_name[name] = found
        return found


def _named_unknown(guard: Guard) -> Iterator[str]:
    if isinstance(guard, Not):
        yield from (atom.name for atom in guard_atoms(guard) if isinstance(atom, Known))
    else:
        for child in guard_children(guard):
            yield from _named_unknown(child)


def _told(
    verification: Verification, at: Place, index: int, facts: list[str]
) -> Iterator[Diagnostic]:
    space = verification.space
    here, taken = at.here, verification.flow.taken(at.decision.name, index)
    name, node = next(
        (
            (name, node)
            for name in facts
            if (node := space.conj(here, _opened_cases(verification, taken, name))) != space.false
            and (node := space.conj(node, space.neg(_beside(verification, at, index, name))))
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
            f"answer `{first.name} is unknown` in a branch before this one, or say in {branch.id} "
            f"what `{first.name}` must be",
        ),
        Affected(node, at.view, space.conj(at.here, taken), shows),
    )


def _beside(verification: Verification, at: Place, index: int, name: str) -> int:
    """Return the cases that a known value of the fact sends to a branch with the same outcome.

    Without an order it does not matter which of two branches that agree is taken.
    """
    space, decision = verification.space, at.decision
    if decision.in_order:
        return space.false
    text = decision.branches[index].outcome.text
    agreeing = space.any(
        verification.flow.taken(decision.name, other)
        for other, branch in enumerate(decision.branches)
        if other != index and branch.outcome.text == text
    )
    level = verification.flow.symbolic.level_of[name]
    cells = verification.partition.cells[name]
    known = (cell for cell in range(len(cells.counts)) if cell != cells.unknown)
    return space.any(space.restrict(agreeing, {level: cell}) for cell in known)


def _opened_cases(verification: Verification, taken: int, name: str) -> int:
    """Return the cases of a branch in which the fact is unknown and no known value keeps them."""
    space = verification.space
    fact = verification.flow.symbolic.level_of[name]
    levels, children, false = space.level, space.children, space.false
    memo = space.memo(("opened", fact))

    def walk(at: int) -> int:
        level = levels[at]
        if level > fact:
            return false
        found = memo.get(at)
        if found is None:
            if level == fact:
                *known, unknown = children[at]
                opened = space.conj(unknown, space.neg(space.any(sorted(set(known)))))
                below = (*repeat(false, len(known)), opened)
            else:
                below = tuple(map(walk, children[at]))
            found = memo[at] = space.node(level, below)
        return found

    return walk(taken)
