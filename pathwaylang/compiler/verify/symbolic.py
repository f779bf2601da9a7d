"""Conditions and derived facts as diagrams.

In: a decision graph with its partition, and an order. Out: for each guard a diagram whose leaves
are true, false or unknown; for each derived fact a diagram of its values. Derived facts are
substituted: every diagram reads facts only (and the variables of opaque formulas).

Invariant: the diagram of a guard agrees with `ir.kleene` on every case (property test).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from fractions import Fraction
from typing import assert_never

from pathwaylang.compiler.verify.choice import Fault, line_choice, select
from pathwaylang.compiler.verify.kept import Kept
from pathwaylang.compiler.verify.numbers import Alternative, expand
from pathwaylang.compiler.verify.partition import Partition, numeric_atom
from pathwaylang.compiler.verify.terms import Terms
from pathwaylang.ir.derived import Classification, Condition, Derived, Formula, Piecewise, Score
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
    Relation,
    Within,
)

TrackDiagram = Callable[[str, tuple[str, ...]], int]


class Symbolic:
    """The diagrams of one graph under one order."""

    def __init__(
        self,
        partition: Partition,
        track_says: TrackDiagram,
        kept: Kept,
    ) -> None:
        self.partition = partition
        self.kept = kept
        self.space = kept.space
        self.level_of = {name: level for level, name in enumerate(self.space.names)}
        self.terms = Terms(self.space, partition, self.level_of)
        self._track_says = track_says
        self._guards: dict[int, tuple[Guard, int]] = {}
        self._atoms: dict[Guard, int] = {}
        self._derived: dict[str, int] = {}
        self._lines: dict[str, int] = {}

    # ------------------------------------------------------------ conditions

    def guard(self, guard: Guard) -> int:
        """Return the diagram of a condition: leaves true, false, None."""
        if isinstance(guard, Holds | OneOf | Within | Known):
            atoms = self.kept.atoms if guard.name in self.partition.facts else self._atoms
            atom = atoms.get(guard)
            if atom is None:
                atom = atoms[guard] = self._guard(guard)
            return atom
        kept = self._guards.get(id(guard))
        if kept is None:
            kept = self._guards[id(guard)] = (guard, self._guard(guard))
        return kept[1]

    def _guard(self, guard: Guard) -> int:  # noqa: C901 - one arm per kind of condition
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
            return self.terms.fact_node(cells, lambda index: space.true, space.false)
        return space.map(self.derived(name), lambda value: value is not None, "known")

    def _one_of(self, name: str, values: tuple[str, ...]) -> int:
        space = self.space
        if name in self.partition.cells:
            return self.terms.choice_node(name, values)
        node = self.derived(name)
        if isinstance(self.partition.derived[name], Condition):
            return node
        return space.map(node, lambda v: None if v is None else v in values, ("one of", values))

    # ------------------------------------------------------------ numbers

    def _number(self, atom: Guard) -> int:
        derived = self.partition.derived
        if isinstance(atom, Within) and isinstance(derived.get(atom.name), Score):
            intervals = atom.intervals
            return self.space.map(
                self.derived(atom.name),
                lambda v: any(i.holds(v) for i in intervals) if isinstance(v, Fraction) else None,
                ("within", intervals),
            )
        numeric = numeric_atom(atom, derived)
        assert numeric is not None
        term, intervals = numeric
        result = self.space.unknown
        for alternative in expand(term, derived):
            key = (alternative.term, intervals)
            here = self.kept.tests.get(key)
            if here is None:
                here = self.kept.tests[key] = self.terms.within(*key)
            result = self.space.choose(self._selected(alternative), here, result)
        return result

    def _selected(self, alternative: Alternative) -> int:
        parts = []
        for name, value in alternative.selectors:
            node = self.first_lines(name) if isinstance(value, int) else self.derived(name)
            parts.append(self.space.map(node, _equals(value), ("is", value)))
        return self.space.all(parts)

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
                values = tuple(line.value for line in derived.lines)
                return space.map(
                    self.first_lines(derived.name),
                    lambda v: values[v] if isinstance(v, int) else None,
                    ("line", values),
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

            memo = space.memo(("score", points, umn))
            total = space.combine(total, self.guard(line.guard), decide, memo)
        return total

    def first_lines(self, name: str) -> int:
        """Return `lines`, the first of them where several disagree (PW0504 tells of it)."""

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
            found = self._lines[name] = select(self.kept, self.guard, line_choice(derived)).chosen
        return found


def _equals(value: Hashable) -> Callable[[Hashable], bool]:
    return lambda leaf: leaf == value
