"""What conditions, formulas and derived facts mean, as diagrams over the cells of the facts.

In: derived facts, a `World`, and how to ask what a track says. Out: diagrams. Written from the
reference of the language (sections 5, 6 and 9), not from the verifier.

Invariant: derived facts are worked out here; only conditions over facts go to the shared evaluator.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from fractions import Fraction

from pathwaylang.certificate.diagrams import FIRST, OPEN
from pathwaylang.certificate.lines import HALT, Lines, chosen
from pathwaylang.certificate.values import World
from pathwaylang.ir import guards as g
from pathwaylang.ir.derived import Classification, Condition, Derived, Formula, Piecewise, Score
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.kleene import Atom

Says = Callable[[str, frozenset[str]], int]


def atoms_of(graph: DecisionGraph) -> Iterator[g.Guard]:
    """Yield every single condition of a graph."""
    found: list[g.Guard | None] = [graph.applies, *(c.guard for c in graph.constraints)]
    found += [rule.guard for rule in graph.rules]
    found += [branch.guard for decision in graph.decisions for branch in decision.branches]
    for item in graph.derived:
        match item:
            case Condition():
                found.append(item.guard)
            case Piecewise():
                found += [piece.guard for piece in item.pieces]
            case Classification() | Score():
                found += [line.guard for line in item.lines]
            case Formula():
                continue
    for guard in found:
        if guard is not None:
            yield from g.guard_atoms(guard)


class Conditions:
    """The diagrams of a graph's conditions and derived facts."""

    def __init__(self, graph: DecisionGraph, world: World, says: Says) -> None:
        self.world = world
        self.d = world.diagrams
        self._says = says
        self._derived: dict[str, Derived] = {item.name: item for item in graph.derived}
        self._made: dict[Hashable, int] = {}

    def once(self, key: Hashable, make: Callable[[], int]) -> int:
        """Return what was made under a key, or make it."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    # ------------------------------------------------------------ conditions

    def truth(self, guard: g.Guard) -> int:
        """Return a condition as a diagram of true, false and None."""
        return self.once(guard, lambda: self._truth(guard))

    def _truth(self, guard: g.Guard) -> int:
        d = self.d
        match guard:
            case g.Not(item):
                return d.opposite(self.truth(item))
            case g.All(items):
                result = d.leaf(True)
                for item in items:
                    result = d.both(result, self.truth(item))
                return result
            case g.Any(items):
                return d.opposite(self.truth(g.All(tuple(g.Not(item) for item in items))))
            case g.AtLeast(count, items):
                return self._at_least(count, items)
            case _:
                return self._atom(guard)

    def _atom(self, guard: Atom) -> int:
        match guard:
            case g.Recommends(track, names):
                return self._says(track, frozenset(names))
            case g.Relation(left, right, strict):
                return self._related(left, right, lambda a, b: g.Relation(a, b, strict))
            case g.Const(value):
                return self.d.leaf(value)
            case g.Holds(name) | g.OneOf(name, _) | g.Within(name, _) | g.Known(name):
                item = self._derived.get(name)
                if item is None:
                    return self.world.condition((name,), guard)
                return self._of_derived(item, guard)

    def _at_least(self, count: int, items: tuple[g.Guard, ...]) -> int:
        def add(total: Hashable, truth: Hashable) -> Hashable:
            if truth is False:
                return FIRST
            if truth is OPEN or not isinstance(total, tuple):
                return OPEN
            return total[0] + (truth is True), total[1] + 1

        total = self.d.leaf((0, 0))
        for item in items:
            total = self.d.join(add, total, self.truth(item))

        def settle(pair: Hashable) -> bool | None:
            assert isinstance(pair, tuple)
            return True if pair[0] >= count else None if pair[1] >= count else False

        return self.d.map(total, settle)

    def _of_derived(self, item: Derived, guard: g.Guard) -> int:
        if isinstance(item, Formula | Piecewise):
            if isinstance(guard, g.Within):
                return self._within(g.Ref(item.name), guard.intervals)
            is_there = self._related(g.Ref(item.name), g.Number(Fraction(0)), _has_value)
            return self.d.certain(is_there)
        value = self.value(item.name)
        match guard:
            case g.Known():
                return self.d.map(value, lambda v: v is not None)
            case g.OneOf(_, values):
                return self.d.map(value, lambda v: None if v is None else v in values)
            case g.Within(_, intervals):
                return self.d.map(value, lambda v: _lies(v, intervals))
            case _:
                return value

    # ------------------------------------------------------------ numbers

    def _within(self, term: g.Term, intervals: tuple[g.Interval, ...]) -> int:
        def inside(here: g.Term, _: g.Term) -> g.Guard:
            return g.Any(tuple(_lies_in(here, interval) for interval in intervals))

        return self._related(term, g.Number(Fraction(0)), inside)

    def _related(
        self, left: g.Term, right: g.Term, relation: Callable[[g.Term, g.Term], g.Guard]
    ) -> int:
        """Return a condition on two formulas: first which formulas over facts they come to."""
        pairs = self.d.join(_pair, self.term(left), self.term(right))
        leaves = {self.d.value[at] for at in self.d.reachable(pairs)} - {OPEN, None}
        targets: dict[Hashable, int] = {}
        for leaf in leaves:
            assert isinstance(leaf, tuple)
            names = [name for term in leaf for name in g.term_names(term)]
            targets[leaf] = self.once(
                (leaf, relation(*leaf)), self._decider(names, relation(*leaf))
            )
        return self.d.route(pairs, targets)

    def _decider(self, names: list[str], guard: g.Guard) -> Callable[[], int]:
        return lambda: self.world.condition(names, guard)

    def term(self, term: g.Term) -> int:
        """Return a formula as a diagram of formulas over facts; None where a part is unknown."""
        return self.once(("term", term), lambda: self._term(term))

    def _term(self, term: g.Term) -> int:
        d = self.d
        match term:
            case g.Number():
                return d.leaf(term)
            case g.Arith(operator, left, right):
                pairs = d.join(_pair, self.term(left), self.term(right))
                return d.map(pairs, lambda p: None if p is None else g.Arith(operator, *p))  # type: ignore[misc]
            case g.Call(function, arguments):
                parts = d.leaf(())
                for argument in arguments:
                    parts = d.join(_append, parts, self.term(argument))
                return d.map(parts, lambda p: None if p is None else g.Call(function, p))  # type: ignore[arg-type]
            case g.Ref(name):
                return self._ref(term, self._derived.get(name))

    def _ref(self, term: g.Ref, item: Derived | None) -> int:
        match item:
            case Formula():
                return self.term(item.term)
            case Score():
                return self.d.map(
                    self.value(item.name),
                    lambda v: g.Number(v) if isinstance(v, Fraction) else None,
                )
            case Piecewise():
                at = self.d.map(self.value(item.name), lambda v: None if v is None else ("at", v))
                pieces = enumerate(item.pieces)
                return self.d.route(at, {("at", i): self.term(p.term) for i, p in pieces})
            case _:
                return self.d.leaf(term)

    # ------------------------------------------------------------ derived facts

    def value(self, name: str) -> int:
        """Return a derived fact's value; of a piecewise number the index of its piece."""
        return self.once(("value", name), lambda: self._value(self._derived[name]))

    def _value(self, item: Derived) -> int:
        d = self.d
        match item:
            case Condition():
                node = self.truth(item.guard)
                return d.certain(node) if item.unknown_means_no else node
            case Score():
                total = d.leaf(Fraction(0))
                for line in item.lines:
                    total = d.join(_adder(line.points, item), total, self.truth(line.guard))
                return total
            case Classification() | Piecewise():
                taken = self._line(item, is_strict=False)
                if isinstance(item, Piecewise):
                    return taken
                words = [line.value for line in item.lines]
                return d.map(taken, lambda v: words[v] if isinstance(v, int) else None)
            case Formula():
                return d.leaf(None)

    def faults(self, item: Classification | Piecewise) -> int:
        """Return where no line holds although nothing is unknown, or two lines disagree."""
        return self.d.map(self._line(item, is_strict=True), lambda leaf: leaf == HALT)

    def _line(self, item: Classification | Piecewise, is_strict: bool) -> int:
        """Return the line that holds; not strictly, the first of several and None for none."""
        if isinstance(item, Classification):
            guards = [line.guard for line in item.lines]
            gives: list[Hashable] = [line.value for line in item.lines]
        else:
            guards = [piece.guard for piece in item.pieces]
            gives = [piece.term for piece in item.pieces]
        in_order = isinstance(item, Classification) and item.in_order
        otherwise = guards.index(None) if None in guards else HALT if is_strict else None
        told = gives if is_strict else [None] * len(gives)
        lines = Lines(guards, told, in_order, item.unknown_means_no, None, otherwise)
        return chosen(self.d, self.truth, lines)


def _lies(value: Hashable, intervals: tuple[g.Interval, ...]) -> bool | None:
    return any(i.holds(value) for i in intervals) if isinstance(value, Fraction) else None


def _number(value: Hashable) -> g.Number | None:
    return g.Number(value) if isinstance(value, Fraction) else None


def _has_value(term: g.Term, _: g.Term) -> g.Guard:
    return g.Relation(term, term, strict=False)


def _lies_in(term: g.Term, interval: g.Interval) -> g.Guard:
    parts = [_has_value(term, term)]
    if interval.low is not None:
        parts.append(g.Relation(g.Number(interval.low), term, not interval.low_closed))
    if interval.high is not None:
        parts.append(g.Relation(term, g.Number(interval.high), not interval.high_closed))
    return g.All(tuple(parts))


def _pair(a: Hashable, b: Hashable) -> Hashable:
    if a is None or b is None:
        return None
    return OPEN if a is OPEN or b is OPEN else (a, b)


def _append(parts: Hashable, term: Hashable) -> Hashable:
    if parts is None or term is None:
        return None
    return OPEN if parts is OPEN or term is OPEN else (*parts, term)  # type: ignore[misc]


def _adder(points: Fraction, score: Score) -> Callable[[Hashable, Hashable], Hashable]:
    def add(total: Hashable, truth: Hashable) -> Hashable:
        if total is None or truth is False or (truth is None and score.unknown_means_no):
            return FIRST
        if truth is None:
            return None
        return total + points if isinstance(total, Fraction) and truth is True else OPEN

    return add
