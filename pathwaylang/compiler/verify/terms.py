"""Tests of numbers as diagrams: `term in intervals` for a term over facts.

In: a term that reads facts only, and intervals. Out: a diagram with leaves true, false and unknown.
A term over one fact is decided by its cells; over several, by the table of a `Joint`; an `Opaque`
term by its own variable, as far as its bounds leave it open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from pathwaylang.compiler.verify.numbers import facts_of, normal_form
from pathwaylang.compiler.verify.partition import Partition
from pathwaylang.compiler.verify.tables import Joint, Opaque
from pathwaylang.ir.cells import Cells, cell_interval
from pathwaylang.ir.diagram import Space
from pathwaylang.ir.guards import Interval, Ref, Term
from pathwaylang.ir.kleene import evaluate_term


class Terms:
    """The diagrams of numeric tests over one space."""

    def __init__(self, space: Space, partition: Partition, level_of: Mapping[str, int]) -> None:
        self.space = space
        self.partition = partition
        self.level_of = level_of
        self._places: dict[str, dict[str, int]] = {}

    def fact_node(self, cells: Cells, leaf_of: Callable[[int], int], unknown: int) -> int:
        """Return the node over one fact; `leaf_of` gives the leaf of a known cell."""
        leaves = tuple(
            unknown if index == cells.unknown else leaf_of(index)
            for index in range(len(cells.counts))
        )
        return self.space.node(self.level_of[cells.fact], leaves)

    def choice_node(self, name: str, values: Iterable[str]) -> int:
        """Return the node over one fact that is true in the cells of some words."""
        space, cells = self.space, self.partition.cells[name]
        place = self._places.get(name)
        if place is None:
            place = {word: at for at, group in enumerate(cells.groups) for word in group}
            self._places[name] = place
        leaves = [space.false] * len(cells.counts)
        for value in values:
            if value in place:
                leaves[place[value]] = space.true
        if cells.has_unknown:
            leaves[-1] = space.unknown
        return space.node(self.level_of[name], tuple(leaves))

    def within(self, term: Term, intervals: tuple[Interval, ...]) -> int:
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

        return self.fact_node(cells, leaf_of, space.unknown)

    def _joint_within(self, joint: Joint, intervals: tuple[Interval, ...]) -> int:
        inside = _class_truths(joint.cuts, intervals)
        leaves = {
            known: self.space.unknown if at < 0 else self._truth(inside[at])
            for known, at in joint.table.items()
        }
        return self._over_tuples(joint.facts, leaves)

    def _opaque_within(self, opaque: Opaque, intervals: tuple[Interval, ...]) -> int:
        inside = _class_truths(opaque.cuts, intervals)
        leaves = {known: self._opaque_leaf(opaque, inside, known) for known in opaque.table}
        return self._over_tuples(opaque.facts, leaves)

    def _opaque_leaf(self, opaque: Opaque, inside: list[bool], known: tuple[int, ...]) -> int:
        first, last = opaque.table[known]
        children = [self._truth(inside[min(max(at, first), last)]) for at in range(opaque.classes)]
        if known in opaque.failing:
            children[opaque.no_value] = self.space.unknown
        return self.space.node(self.level_of[opaque.variable], tuple(children))

    def possible(self, facts: frozenset[str]) -> int:
        """Return where the formulas over some facts are in classes that go together."""
        space = self.space
        never = []
        for together in self.partition.together:
            if facts.issuperset(together.facts):
                names = (*together.facts, *together.variables)
                for cells, classes in together.never:
                    at = zip(names, (*cells, *classes), strict=True)
                    never.append(space.all(self._cell(name, index) for name, index in at))
        return space.neg(space.any(never))

    def _cell(self, name: str, index: int) -> int:
        level = self.level_of[name]
        width = len(self.space.weights[level])
        return self.space.node(level, tuple(self._truth(at == index) for at in range(width)))

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
                return self.fact_node(cells, parts.__getitem__, space.unknown)
            return self._pick(cells, parts)

        return build(0)

    def _pick(self, cells: Cells, parts: list[int]) -> int:
        """Return `parts[i]` where the fact is in cell `i`, whatever the order of the variables."""
        space = self.space
        result = space.unknown
        for index, part in enumerate(parts):
            here = self.fact_node(
                cells,
                lambda i, index=index: self._truth(i == index),  # type: ignore[misc]
                space.false,
            )
            result = space.choose(here, part, result)
        return result


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
