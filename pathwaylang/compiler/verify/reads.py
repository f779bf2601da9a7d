"""Which facts a thing can read: the facts that the number of cases of a stage is counted over.

In: a graph. Out: closures over derived facts, decisions and tracks. A stage reads what its
decisions read, what `applies when` reads, and what an `impossible` reads that shares a fact with
those.
"""

from __future__ import annotations

from collections.abc import Iterable

from pathwaylang.compiler.verify.partition import guards_of
from pathwaylang.ir.derived import Derived, Formula, Piecewise
from pathwaylang.ir.graph import Constraint, DecisionGraph, Stage
from pathwaylang.ir.guards import Guard, Recommends, guard_atoms, guard_names, term_names


class Reads:
    """Answers what is read, with memory."""

    def __init__(self, graph: DecisionGraph) -> None:
        self.graph = graph
        self._facts = {fact.name for fact in graph.facts}
        self._derived: dict[str, Derived] = {item.name: item for item in graph.derived}
        self._decisions = {decision.name: decision for decision in graph.decisions}
        self._of_name: dict[str, frozenset[str]] = {}
        self._of_track: dict[str, frozenset[str]] = {}

    def name(self, name: str) -> frozenset[str]:
        """Return the facts that a fact or derived fact reads."""
        if name in self._facts:
            return frozenset((name,))
        found = self._of_name.get(name)
        if found is None:
            derived = self._derived[name]
            found = self.guards(guards_of(derived))
            for inner in _formula_names(derived):
                found |= self.name(inner)
            self._of_name[name] = found
        return found

    def guard(self, guard: Guard) -> frozenset[str]:
        """Return the facts that a condition reads, through derived facts and other tracks."""
        found = self._own(guard)
        for atom in guard_atoms(guard):
            if isinstance(atom, Recommends):
                found |= self.track(atom.track)
        return found

    def own(self, name: str) -> frozenset[str]:
        """Return the facts that a decision reads itself, not through what a track recommends."""
        found: frozenset[str] = frozenset()
        for branch in self._decisions[name].branches:
            if branch.guard is not None:
                found |= self._own(branch.guard)
        return found

    def _own(self, guard: Guard) -> frozenset[str]:
        found: frozenset[str] = frozenset()
        for name in set(guard_names(guard)):
            found |= self.name(name)
        return found

    def guards(self, guards: Iterable[Guard]) -> frozenset[str]:
        """Return the facts that any of the conditions reads."""
        return frozenset().union(*(self.guard(guard) for guard in guards))

    def decision(self, name: str) -> frozenset[str]:
        """Return the facts that a decision's own conditions read."""
        branches = self._decisions[name].branches
        return self.guards(b.guard for b in branches if b.guard is not None)

    def inside(self, start: str) -> tuple[str, ...]:
        """Return the decisions that can follow a start within its stage, in the graph's order."""
        seen: set[str] = set()
        stack = [start]
        while stack:
            name = stack.pop()
            if name in seen:
                continue
            seen.add(name)
            for branch in self._decisions[name].branches:
                if branch.outcome.outcome_kind == "go to" and branch.outcome.target == "decision":
                    stack.append(branch.outcome.names[0])
        return tuple(d.name for d in self.graph.decisions if d.name in seen)

    def track(self, start: str) -> frozenset[str]:
        """Return the facts that a track can read."""
        found = self._of_track.get(start)
        if found is None:
            found = frozenset().union(*(self.decision(name) for name in self.inside(start)))
            self._of_track[start] = found
        return found

    def constraints(self, facts: frozenset[str]) -> tuple[frozenset[str], tuple[Constraint, ...]]:
        """Return the facts with those that limit them, and the constraints that do.

        They are widened by `applies when` and by every constraint that touches them.
        """
        if self.graph.applies is not None:
            facts |= self.guard(self.graph.applies)
        left = list(self.graph.constraints)
        touching: list[Constraint] = []
        changed = True
        while changed:
            changed = False
            for constraint in list(left):
                reads = self.guard(constraint.guard)
                if reads & facts:
                    facts |= reads
                    touching.append(constraint)
                    left.remove(constraint)
                    changed = True
        return facts, tuple(touching)

    def stage(self, stage: Stage) -> frozenset[str]:
        """Return the facts that a stage's tracks can read, constraints not counted."""
        return frozenset().union(*(self.track(track) for track in stage.tracks))


def _formula_names(derived: Derived) -> Iterable[str]:
    match derived:
        case Formula():
            return tuple(term_names(derived.term))
        case Piecewise():
            return tuple(name for piece in derived.pieces for name in term_names(piece.term))
        case _:
            return ()
