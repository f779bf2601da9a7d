"""Names in conditions resolve, nothing depends on itself, and nothing builds on itself too deeply.

Derived facts read facts and derived facts before them; a condition may ask what a track recommends,
and that track's conditions may again ask. How deep such a chain goes is how deep the evaluator
calls itself, and how often numbers are multiplied is how long they grow: both are bounded here, far
above what a pathway needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from pathwaylang.ir.derived import (
    Classification,
    Condition,
    Derived,
    Formula,
    Piecewise,
    Score,
)
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.guards import (
    Arith,
    Call,
    Guard,
    Number,
    Recommends,
    Ref,
    Relation,
    Term,
    guard_atoms,
    guard_children,
    guard_names,
    term_names,
)
from pathwaylang.ir.integrity.require import damaged, require, require_unique

MOST_CALLS = 400
"""So deep the evaluator may call itself."""

MOST_DIGITS = 2_000
"""So many times as long as one number a formula may make its result."""

_CALLS_EACH = 6
_UNARY = ("abs", "sqrt", "log10", "round")


def check_depth(graph: DecisionGraph) -> None:
    """Check all conditions and formulas; raise `ArtifactError` where one does not fit."""
    names = (*(fact.name for fact in graph.facts), *(item.name for item in graph.derived))
    require_unique(names, "facts and derived facts")
    _check_names(graph)
    _Chains(graph).check()
    digits: dict[str, int] = {}
    for item in graph.derived:
        terms = _terms(item)
        digits[item.name] = max((_digits(term, digits) for term in terms), default=1)
    for guard in _all_guards(graph):
        for term in _related(guard):
            _digits(term, digits)


def _guards(item: Derived) -> list[Guard]:
    match item:
        case Condition():
            return [item.guard]
        case Formula():
            return []
        case Piecewise():
            return [piece.guard for piece in item.pieces if piece.guard is not None]
        case Classification():
            return [line.guard for line in item.lines if line.guard is not None]
        case Score():
            return [line.guard for line in item.lines]
        case _:
            assert_never(item)


def _terms(item: Derived) -> list[Term]:
    match item:
        case Formula():
            return [item.term]
        case Piecewise():
            return [piece.term for piece in item.pieces]
        case _:
            return []


def _related(guard: Guard) -> Iterator[Term]:
    for atom in guard_atoms(guard):
        if isinstance(atom, Relation):
            yield atom.left
            yield atom.right


def _all_guards(graph: DecisionGraph) -> Iterator[Guard]:
    for decision in graph.decisions:
        yield from (branch.guard for branch in decision.branches if branch.guard is not None)
    for item in graph.derived:
        yield from _guards(item)
    yield from (constraint.guard for constraint in graph.constraints)
    yield from (fact.asked_when for fact in graph.facts if fact.asked_when is not None)
    if graph.applies is not None:
        yield graph.applies


def _reads(guards: Iterable[Guard], terms: Iterable[Term]) -> Iterator[str]:
    for guard in guards:
        yield from guard_names(guard)
    for term in terms:
        yield from term_names(term)


def _check_names(graph: DecisionGraph) -> None:
    known = {fact.name for fact in graph.facts}
    for item in graph.derived:
        fit = known.issuperset(_reads(_guards(item), _terms(item)))
        require(fit, f"`{item.name}` reads a name that is not defined before it")
        known.add(item.name)
    decisions = {decision.name for decision in graph.decisions}
    for guard in _all_guards(graph):
        require(known.issuperset(guard_names(guard)), "a condition reads a name nobody defines")
        asked = {atom.track for atom in guard_atoms(guard) if isinstance(atom, Recommends)}
        require(decisions.issuperset(asked), "a condition asks a track that is none")


def _digits(term: Term, known: dict[str, int]) -> int:
    """Return how many times as long as one number a term's value can get."""
    match term:
        case Number():
            found = 1
        case Ref(name):
            found = known.get(name, 1)
        case Arith(_, left, right):
            found = _digits(left, known) + _digits(right, known)
        case Call(function, arguments):
            fits = len(arguments) == 1 if function in _UNARY else bool(arguments)
            require(fits, f"`{function}` has a wrong number of arguments")
            found = max(_digits(argument, known) for argument in arguments)
        case _:
            assert_never(term)
    require(found <= MOST_DIGITS, "a formula builds on itself too deeply")
    return found


def _height(item: Guard | Term) -> int:
    """Return how deep a condition or formula is nested."""
    match item:
        case Arith(_, left, right) | Relation(left, right, _):
            below: tuple[Guard | Term, ...] = (left, right)
        case Call(_, arguments):
            below = arguments
        case Number() | Ref():
            below = ()
        case _:
            below = guard_children(item)
    return 1 + max(map(_height, below), default=0)


class _Chains:
    """How deep the evaluator calls itself for each derived fact and each track."""

    def __init__(self, graph: DecisionGraph) -> None:
        self._derived = {item.name: item for item in graph.derived}
        self._decisions = {decision.name: decision for decision in graph.decisions}
        self._guards = list(_all_guards(graph))
        self._known: dict[tuple[str, str], int] = {}

    def check(self) -> None:
        """Raise `ArtifactError` where a chain is a circle or too long."""
        for guard in self._guards:
            self._cost([guard], [], 1)

    def _cost(self, guards: list[Guard], terms: list[Term], level: int) -> int:
        own = _CALLS_EACH + 2 * max(map(_height, (*guards, *terms)), default=0)
        wanted = {("derived", name) for name in _reads(guards, terms) if name in self._derived}
        for guard in guards:
            asked = (atom for atom in guard_atoms(guard) if isinstance(atom, Recommends))
            wanted |= {("track", atom.track) for atom in asked}
        total = own + max((self._item(key, level) for key in sorted(wanted)), default=0)
        require(total <= MOST_CALLS, "conditions build on each other too deeply")
        return total

    def _item(self, key: tuple[str, str], level: int) -> int:
        """Return the cost of a derived fact or a track."""
        found = self._known.get(key)
        # Zero stands for an item that is being worked out.
        if found == 0 or level * _CALLS_EACH > MOST_CALLS:
            raise damaged(f"`{key[1][:60]}` depends on itself")
        if found is None:
            self._known[key] = 0
            guards, terms = self._parts(key)
            found = self._known[key] = self._cost(guards, terms, level + 1)
        return found

    def _parts(self, key: tuple[str, str]) -> tuple[list[Guard], list[Term]]:
        kind, name = key
        if kind == "derived":
            return _guards(self._derived[name]), _terms(self._derived[name])
        guards: list[Guard] = []
        reached, stack = {name}, [name]
        while stack:
            for branch in self._decisions[stack.pop()].branches:
                guards.extend([branch.guard] if branch.guard is not None else [])
                if branch.outcome.outcome_kind == "go to" and branch.outcome.target == "decision":
                    stack.extend(set(branch.outcome.names) - reached)
                    reached.update(branch.outcome.names)
        return guards, []
