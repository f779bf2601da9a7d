"""Which items of two versions mean the same, with all that they read.

In: two graphs under the same names, and the facts they share. Out: the names of the derived facts
and decisions that need to stand only once in a graph of both. Places, labels and sources do not
count, conditions, outcomes and ids do.

Invariant: an item is shared only where everything it reads, and everything it goes to, is shared.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from pathwaylang.ir.derived import Classification, Condition, Derived, Formula, Piecewise, Score
from pathwaylang.ir.graph import Decision, DecisionGraph
from pathwaylang.ir.guards import Guard, Recommends, guard_atoms, guard_names, term_names


@dataclass(frozen=True, slots=True)
class Shared:
    """The names of what both versions have in common."""

    derived: frozenset[str]
    decisions: frozenset[str]


def derived_key(item: Derived) -> Hashable:
    """Return what a derived fact means: equal keys, equal meaning (if what they read is equal)."""
    match item:
        case Condition():
            return ("condition", item.guard, item.unknown_means_no)
        case Formula():
            return ("formula", item.term)
        case Piecewise():
            pieces = tuple((piece.guard, piece.term) for piece in item.pieces)
            return ("piecewise", pieces, item.unknown_means_no)
        case Classification():
            lines = tuple((line.guard, line.value) for line in item.lines)
            return ("classification", lines, item.in_order, item.unknown_means_no)
        case Score():
            adds = tuple((line.guard, line.points) for line in item.lines)
            return ("score", adds, item.unknown_means_no)


def decision_key(decision: Decision) -> Hashable:
    """Return what a decision means, as `derived_key` does."""
    branches = tuple((b.id, b.branch_kind, b.guard, b.outcome) for b in decision.branches)
    return (branches, decision.in_order, decision.unknown_means_no)


def _names(item: Derived) -> Iterable[str]:
    match item:
        case Condition():
            return guard_names(item.guard)
        case Formula():
            return term_names(item.term)
        case Piecewise():
            guards = [name for p in item.pieces if p.guard for name in guard_names(p.guard)]
            return (*guards, *(name for p in item.pieces for name in term_names(p.term)))
        case Classification():
            return [name for line in item.lines if line.guard for name in guard_names(line.guard)]
        case Score():
            return [name for line in item.lines for name in guard_names(line.guard)]


def shared_names(old: DecisionGraph, new: DecisionGraph, facts: frozenset[str]) -> Shared:
    """Return what two graphs under the same names have in common."""
    known = set(facts)
    theirs = {item.name: derived_key(item) for item in new.derived}
    for item in old.derived:
        if theirs.get(item.name) == derived_key(item) and known.issuperset(_names(item)):
            known.add(item.name)
    decisions = _shared_decisions(old, new, known)
    return Shared(frozenset(known - facts), decisions)


def _shared_decisions(old: DecisionGraph, new: DecisionGraph, known: set[str]) -> frozenset[str]:
    theirs = {decision.name: decision_key(decision) for decision in new.decisions}
    same = {d.name for d in old.decisions if theirs.get(d.name) == decision_key(d)}
    changed = True
    while changed:
        apart = {d.name for d in old.decisions if d.name in same and not _stands(d, same, known)}
        changed = bool(apart)
        same -= apart
    return frozenset(same)


def _stands(decision: Decision, same: set[str], known: set[str]) -> bool:
    """Whether all that a decision reads and goes to is shared."""
    for branch in decision.branches:
        if branch.outcome.target == "decision" and branch.outcome.names[0] not in same:
            return False
        if branch.guard is not None and not _guard_stands(branch.guard, same, known):
            return False
    return True


def _guard_stands(guard: Guard, same: set[str], known: set[str]) -> bool:
    tracks = {atom.track for atom in guard_atoms(guard) if isinstance(atom, Recommends)}
    return tracks <= same and known.issuperset(guard_names(guard))
