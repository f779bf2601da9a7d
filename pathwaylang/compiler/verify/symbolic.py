"""Conditions and derived facts as diagrams.

In: a decision graph with its partition, and an order. Out: for each guard a diagram whose leaves are
true, false or unknown; for each derived fact a diagram of its values. Derived facts are substituted:
every diagram reads facts only (and the variables of opaque formulas).

Invariant: the diagram of a guard agrees with `ir.kleene` on every case (property test).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from fractions import Fraction
from typing import assert_never

from pathwaylang.compiler.verify.choice import Fault, line_choice, select
from pathwaylang.compiler.verify.numbers import Alternative, expand, facts_of, normal_form
from pathwaylang.compiler.verify.order import Order
from pathwaylang.compiler.verify.partition import Joint, Opaque, Partition, numeric_atom
from pathwaylang.ir.cells import Cells, cell_interval
from pathwaylang.ir.derived import Classification, Condition, Derived, Formula, Piecewise, Score
from pathwaylang.ir.diagram import Space
from pathwaylang.ir.guards import (
    All,
    Any,
    AtLeast,
    Const,
    Guard,
    Holds,
    Interval,
    Known,
    Not,
    OneOf,
    Recommends,
    Ref,
    Relation,
    Term,
    Within,
)
from pathwaylang.ir.kleene import evaluate_term

TrackDiagram = Callable[[str, tuple[str, ...]], int]


class Symbolic:
    """The diagrams of one graph under one order."""

    def __init__(
        self,
        partition: Partition,
        order: Order,
        track_says: TrackDiagram,
        budget: int | None = None,
    ) -> None:
        self.partition = partition
        self.order = order
        opaque = {o.variable: (1,) * (len(o.cuts) + 1) for o in partition.opaques.values()}
        counts = {name: cells.counts for name, cells in partition.cells.items()} | opaque
        self.space = Space(((name, counts[name]) for name in order.variables), budget)
        self.level_of = {name: level for level, name in enumerate(self.space.names)}
        self._track_says = track_says
        self._guards: dict[int, tuple[Guard, int]] = {}
        self._atoms: dict[Guard, int] = {}
        self._derived: dict[str, int] = {}
        self._lines: dict[str, int] = {}

    # ------------------------------------------------------------ conditions

    def guard(self, guard: Guard) -> int:
        """Return the diagram of a condition: leaves true, false, None."""
        if isinstance(guard, Holds | OneOf | Within | Known):
            atom = self._atoms.get(guard)
            if atom is None:
                atom = self._atoms[guard] = self._guard(guard)
            return atom
        kept = self._guards.get(id(guard))
        if kept is None:
            kept = self._guards[id(guard)] = (guard, self._guard(guard))
        return kept[1]

    def _guard(self, guard: Guard) -> int:
        space = self.space
        match guard:
            case Const(value):
                return space.true if value else space.false
            case Not(item):
                return space.neg(self.guard(item))
            case All(items):
                return space.all(map(self.guard, items))
            case Any(items):
                return space.any(map(self.guard, items))
            case AtLeast(count, items):
                return self._at_least(count, items)
            case Recommends(track, names):
                return self._track_says(track, names)
            case Known(name):
                return self._known(name)
            case Holds(name):
                return self._one_of(name, ("yes",))
            case OneOf(name, values):
                return self._one_of(name, values)
            case Within() | Relation():
                return self._number(guard)
            case _:
                assert_never(guard)

    def _at_least(self, count: int, items: tuple[Guard, ...]) -> int:
        space = self.space
        reached = [space.true] + [space.false] * count
        for item in map(self.guard, items):
            for have in range(count, 0, -1):
                reached[have] = space.disj(reached[have], space.conj(item, reached[have - 1]))
        return reached[count]

    def _known(self, name: str) -> int:
        space = self.space
        if name in self.partition.cells:
            cells = self.partition.cells[name]
            return self._fact_node(cells, lambda index: space.true, space.false)
        return space.map(self.derived(name), lambda value: value is not None, "known")

    def _one_of(self, name: str, values: tuple[str, ...]) -> int:
        space = self.space
        cells = self.partition.cells.get(name)
        if cells is not None:
            wanted = frozenset(values)
            groups = cells.groups
            return self._fact_node(
                cells,
                lambda index: space.true if groups[index][0] in wanted else space.false,
                space.unknown,
            )
        node = self.derived(name)
        if isinstance(self.partition.derived[name], Condition):
            return node
        return space.map(node, lambda v: None if v is None else v in values, ("one of", values))

    def _fact_node(self, cells: Cells, leaf_of: Callable[[int], int], unknown: int) -> int:
        """Return the node over one fact; `leaf_of` gives the leaf of a known cell."""
        leaves = tuple(
            unknown if index == cells.unknown else leaf_of(index)
            for index in range(len(cells.counts))
        )
        return self.space.node(self.level_of[cells.fact], leaves)

    # ------------------------------------------------------------ numbers

    def _number(self, atom: Guard) -> int:
        derived = self.partition.derived
        if isinstance(atom, Within) and isinstance(derived.get(atom.name), Score):
            intervals = atom.intervals
            return self.space.map(
                self.derived(atom.name),
                lambda v: None if v is None else any(i.holds(v) for i in intervals),  # type: ignore[arg-type]
                ("within", intervals),
            )
        numeric = numeric_atom(atom, derived)
        assert numeric is not None
        term, intervals = numeric
        result = self.space.unknown
        for alternative in expand(term, derived):
            here = self.term_within(alternative.term, intervals)
            result = self.space.choose(self._selected(alternative), here, result)
        return result

    def _selected(self, alternative: Alternative) -> int:
        parts = []
        for name, value in alternative.selectors:
            node = self.first_lines(name) if isinstance(value, int) else self.derived(name)
            parts.append(self.space.map(node, lambda v, value=value: v == value, ("is", value)))  # type: ignore[misc]
        return self.space.all(parts)

    def term_within(self, term: Term, intervals: tuple[Interval, ...]) -> int:
        """Return the diagram of `term in intervals` for a term over facts."""
        space = self.space
        if not facts_of(term):
            value = evaluate_term(term, lambda name: "unknown")
            if value is None:
                return space.unknown
            return space.true if any(i.holds(value) for i in intervals) else space.false
        term, intervals = normal_form(term, intervals)
        if isinstance(term, Ref):
            return self._fact_within(term.name, intervals)
        joint = self.partition.joints.get(term)
        if joint is not None:
            return self._joint_within(joint, intervals)
        return self._opaque_within(self.partition.opaques[term], intervals)

    def _fact_within(self, name: str, intervals: tuple[Interval, ...]) -> int:
        space, fact = self.space, self.partition.facts[name]
        cells = self.partition.cells[name]

        def leaf_of(index: int) -> int:
            inside = _inside(cell_interval(fact, cells, index))
            return space.true if any(i.holds(inside) for i in intervals) else space.false

        return self._fact_node(cells, leaf_of, space.unknown)

    def _joint_within(self, joint: Joint, intervals: tuple[Interval, ...]) -> int:
        inside = _class_truths(joint.cuts, intervals)
        leaves = {
            known: self.space.unknown if at < 0 else self._truth(inside[at])
            for known, at in joint.table.items()
        }
        return self._over_tuples(joint.facts, leaves)

    def _opaque_within(self, opaque: Opaque, intervals: tuple[Interval, ...]) -> int:
        inside = _class_truths(opaque.cuts, intervals)
        leaves = {
            known: self._opaque_leaf(opaque, inside, span) for known, span in opaque.table.items()
        }
        return self._over_tuples(opaque.facts, leaves)

    def _opaque_leaf(self, opaque: Opaque, inside: list[bool], span: tuple[int, int]) -> int:
        first, last = span
        children = tuple(
            self._truth(inside[min(max(at, first), last)]) for at in range(len(inside))
        )
        return self.space.node(self.level_of[opaque.variable], children)

    def _truth(self, value: bool) -> int:
        return self.space.true if value else self.space.false

    def _over_tuples(self, facts: tuple[str, ...], leaves: dict[tuple[int, ...], int]) -> int:
        """Return the function of several facts that a table over their known cells gives."""
        space = self.space
        order = sorted(range(len(facts)), key=lambda at: self.level_of[facts[at]])
        is_flat = all(space.is_leaf(leaf) for leaf in leaves.values())
        chosen = [0] * len(facts)

        def build(depth: int) -> int:
            if depth == len(order):
                return leaves[tuple(chosen)]
            at = order[depth]
            cells = self.partition.cells[facts[at]]
            parts = []
            for index in range(len(cells.cuts) + 1):
                chosen[at] = index
                parts.append(build(depth + 1))
            if is_flat:
                return self._fact_node(cells, parts.__getitem__, space.unknown)
            return self._pick(cells, parts)

        return build(0)

    def _pick(self, cells: Cells, parts: list[int]) -> int:
        """Return `parts[i]` where the fact is in cell `i`, whatever the order of the variables."""
        space = self.space
        result = space.unknown
        for index, part in enumerate(parts):
            here = self._fact_node(
                cells,
                lambda i, index=index: self._truth(i == index),  # type: ignore[misc]
                space.false,
            )
            result = space.choose(here, part, result)
        return result

    # ------------------------------------------------------------ derived facts

    def derived(self, name: str) -> int:
        """Return the diagram of a derived fact.

        Leaves: true/false/None for a condition, the value for a classification, the total for a
        score; for other numbers true where they have a value, else None.
        """
        found = self._derived.get(name)
        if found is None:
            found = self._derived[name] = self._derive(self.partition.derived[name])
        return found

    def _derive(self, derived: Derived) -> int:
        space = self.space
        match derived:
            case Condition():
                node = self.guard(derived.guard)
                return space.certain(node) if derived.unknown_means_no else node
            case Classification():
                lines = derived.lines
                return space.map(
                    self.first_lines(derived.name),
                    lambda v: lines[v].value if isinstance(v, int) else None,
                )
            case Score():
                return self._score(derived)
            case Formula() | Piecewise():
                return self._number(Within(derived.name, (Interval(None, None),)))
            case _:
                assert_never(derived)

    def _score(self, score: Score) -> int:
        space = self.space
        total = space.leaf(Fraction(0))
        for line in score.lines:
            points, umn = line.points, score.unknown_means_no

            def decide(a: int, b: int, points: Fraction = points, umn: bool = umn) -> int | None:
                if b == space.false or a == space.unknown or (umn and b == space.unknown):
                    return a
                if b == space.unknown:
                    return b
                if b == space.true and space.is_leaf(a):
                    value = space.values[a]
                    assert isinstance(value, Fraction)
                    return space.leaf(value + points)
                return None

            total = space.combine(total, self.guard(line.guard), decide, {})
        return total

    def first_lines(self, name: str) -> int:
        """Return `lines` with the first of several lines where they disagree (PW0504 tells of it)."""

        def first(value: Hashable) -> Hashable:
            return value.lines[0] if isinstance(value, Fault) and value.lines else value

        return self.space.map(self.lines(name), first, "first")

    def lines(self, name: str) -> int:
        """Return which line of a classification or piecewise number holds.

        Leaves: the index, None where that is unknown, or a `Fault`.
        """
        found = self._lines.get(name)
        if found is None:
            derived = self.partition.derived[name]
            assert isinstance(derived, Classification | Piecewise)
            found = self._lines[name] = select(self.space, self.guard, line_choice(derived)).chosen
        return found


def _inside(stretch: Interval) -> Fraction:
    """Return a number inside a stretch."""
    assert stretch.low is not None and stretch.high is not None
    return (stretch.low + stretch.high) / 2


def _class_truths(
    cuts: tuple[tuple[Fraction, int], ...], intervals: tuple[Interval, ...]
) -> list[bool]:
    """Return for each class between the cuts whether it lies in the intervals."""
    truths = []
    for index in range(len(cuts) + 1):
        low = cuts[index - 1] if index else None
        truths.append(any(_starts_in(interval, low) for interval in intervals))
    return truths


def _starts_in(interval: Interval, low: tuple[Fraction, int] | None) -> bool:
    """Return whether the class just beyond a cut lies in an interval whose ends are all cuts."""
    if interval.low is not None:
        start = (interval.low, 0 if interval.low_closed else 1)
        if low is None or low < start:
            return False
    if interval.high is not None:
        end = (interval.high, 1 if interval.high_closed else 0)
        return low is None or low < end
    return True
