"""Where each fact is cut, so that every condition is exact over cells.

In: a decision graph. Out: the cells of each fact; for formulas over several stepped facts, a table
of their values over those cells (`Joint`); for formulas that no grid can hold, a variable of their
own (`Opaque`), whose classes are bounded by interval arithmetic.

Invariants: a condition over one fact is constant on each of its cells; a formula with a `Joint` is
constant on each tuple of cells. Only `Opaque` formulas can make a verifier answer doubtful.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction

from pathwaylang.compiler.verify.bounds import Bounds, may_fail, term_bounds
from pathwaylang.compiler.verify.grid import (
    MOST_POINTS,
    class_of,
    grid_values,
    point_count,
    slice_changes,
    tabulate,
)
from pathwaylang.compiler.verify.numbers import (
    TooManyAlternativesError,
    expand,
    facts_of,
    normal_form,
)
from pathwaylang.compiler.verify.tables import Asked, Joint, Opaque, Together
from pathwaylang.ir.cells import (
    Cells,
    Cut,
    cell_interval,
    choice_cells,
    interval_cuts,
    number_cells,
)
from pathwaylang.ir.derived import Classification, Condition, Derived, Formula, Piecewise, Score
from pathwaylang.ir.facts import Fact
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.guards import (
    Arith,
    Guard,
    Holds,
    Interval,
    Known,
    OneOf,
    Ref,
    Relation,
    Term,
    Within,
    guard_atoms,
    term_names,
)
from pathwaylang.ir.kleene import evaluate_term

AT_MOST_ZERO = (Interval(None, Fraction(0), high_closed=True),)
ANYWHERE = (Interval(None, None),)
BELOW_ZERO = (Interval(None, Fraction(0), high_closed=False),)


def guards_of(derived: Derived) -> Iterator[Guard]:
    """Yield the conditions inside a derived fact."""
    match derived:
        case Condition():
            yield derived.guard
        case Formula():
            return
        case Piecewise():
            yield from (p.guard for p in derived.pieces if p.guard is not None)
        case Classification():
            yield from (line.guard for line in derived.lines if line.guard is not None)
        case Score():
            yield from (line.guard for line in derived.lines)


def proof_guards(graph: DecisionGraph) -> Iterator[Guard]:
    """Yield every condition whose constants cut a fact.

    They stand in branches, derived facts, rules, constraints and `applies when`.
    """
    for derived in graph.derived:
        yield from guards_of(derived)
    for decision in graph.decisions:
        yield from (b.guard for b in decision.branches if b.guard is not None)
    yield from (constraint.guard for constraint in graph.constraints)
    yield from (rule.guard for rule in graph.rules if rule.guard is not None)
    if graph.applies is not None:
        yield graph.applies


def numeric_atom(
    atom: Guard, derived: dict[str, Derived]
) -> tuple[Term, tuple[Interval, ...]] | None:
    """Return an atom as a formula that lies in intervals, or None if it is no such atom.

    A score is no formula: its values are few and known.
    """
    match atom:
        case Within(name, intervals) if not isinstance(derived.get(name), Score):
            return Ref(name), intervals
        case Known(name) if isinstance(derived.get(name), Formula | Piecewise):
            return Ref(name), ANYWHERE
        case Relation(left, right, strict):
            return Arith("-", left, right), BELOW_ZERO if strict else AT_MOST_ZERO
        case _:
            return None


class Partition:
    """The cells of all facts of a graph, and the formulas over several of them."""

    def __init__(self, graph: DecisionGraph, before: Partition | None = None) -> None:
        """Take a graph; where it cuts as one before did, the tables of that one are taken over."""
        self.facts: dict[str, Fact] = {fact.name: fact for fact in graph.facts}
        self.derived: dict[str, Derived] = {item.name: item for item in graph.derived}
        self.unreadable: list[Guard] = []
        self._cuts: dict[str, set[Cut]] = {name: set() for name in self.facts}
        self._tests: dict[str, set[tuple[str, ...]]] = {name: set() for name in self.facts}
        self._formulas: dict[Term, set[Cut]] = {}
        for guard in proof_guards(graph):
            for atom in guard_atoms(guard):
                self._gather(atom)
        for fact in graph.facts:
            self._gather_asked(fact)
        self.asked = Asked.of(self.facts, self._cuts, self._tests, self._formulas)
        self.joints: dict[Term, Joint] = {}
        self.opaques: dict[Term, Opaque] = {}
        self.together: list[Together] = []
        self.cells: dict[str, Cells] = {}
        self.is_sharp = False
        if before is not None and before.asked == self.asked:
            self.cells, self._cuts = before.cells, before._cuts
            self.joints, self.opaques = before.joints, before.opaques
            self.together, self.is_sharp = before.together, before.is_sharp
        else:
            self._make_cells()

    def _make_cells(self) -> None:
        gridded = [term for term in self._formulas if self._has_grid(term)]
        for term in gridded:
            self._refine(term)
        self.cells = {name: self._cells_of(name) for name in self.facts}
        for term in gridded:
            self.joints[term] = self._joint(term)
        for term in self._formulas:
            if term not in self.joints:
                self.opaques[term] = self._opaque(term, len(self.opaques))

    def constants(self, name: str) -> tuple[Cut, ...]:
        """Return the constants a number is compared with, as written, ascending."""
        return tuple(sorted(self._cuts[name]))

    # ------------------------------------------------------------ gathering

    def _gather(self, atom: Guard) -> None:
        if isinstance(atom, OneOf) and atom.name in self.facts:
            self._tests[atom.name].add(atom.values)
        elif isinstance(atom, Holds) and atom.name in self.facts:
            self._tests[atom.name].add(("yes",))
        numeric = numeric_atom(atom, self.derived)
        if numeric is None:
            return
        try:
            alternatives = expand(numeric[0], self.derived)
        except TooManyAlternativesError:
            self.unreadable.append(atom)
            return
        for alternative in alternatives:
            term, intervals = normal_form(alternative.term, numeric[1])
            cuts = [cut for interval in intervals for cut in interval_cuts(interval)]
            if isinstance(term, Ref):
                self._cuts[term.name].update(cuts)
            elif facts_of(term):
                self._formulas.setdefault(term, set()).update(cuts)

    def _gather_asked(self, fact: Fact) -> None:
        """Cut at the constants of `asked when`, but never a dense fact: its classes are counted."""
        if fact.asked_when is None:
            return
        for atom in guard_atoms(fact.asked_when):
            numeric = numeric_atom(atom, self.derived)
            names = (
                [] if numeric is None else [n for n in term_names(numeric[0]) if n in self.facts]
            )
            if all(not self.facts[name].is_dense for name in names):
                self._gather(atom)

    def _has_grid(self, term: Term) -> bool:
        facts = [self.facts[name] for name in facts_of(term)]
        return all(fact.step is not None for fact in facts) and point_count(facts) <= MOST_POINTS

    def _refine(self, term: Term) -> None:
        facts = [self.facts[name] for name in facts_of(term)]
        table = tabulate(term, sorted(self._formulas[term]), facts)
        sizes = [len(grid_values(fact)) for fact in facts]
        for axis, fact in enumerate(facts):
            values = grid_values(fact)
            self._cuts[fact.name].update(
                (values[index], 0) for index in slice_changes(table, sizes, axis)
            )

    def _cells_of(self, name: str) -> Cells:
        fact = self.facts[name]
        if fact.fact_kind == "number":
            return number_cells(fact, self._cuts[name])
        return choice_cells(fact, sorted(self._tests[name]))

    # ------------------------------------------------------------ tables over cells

    def _known_tuples(self, names: tuple[str, ...]) -> Iterator[tuple[int, ...]]:
        tuples: list[tuple[int, ...]] = [()]
        for name in names:
            known = len(self.cells[name].cuts) + 1
            tuples = [(*before, index) for before in tuples for index in range(known)]
        yield from tuples

    def _joint(self, term: Term) -> Joint:
        names = facts_of(term)
        cuts = tuple(sorted(self._formulas[term]))
        classify = class_of(term, cuts, names)
        columns = []
        for name in names:
            fact, cells = self.facts[name], self.cells[name]
            firsts = [cell_interval(fact, cells, i).low for i in range(len(cells.cuts) + 1)]
            columns.append([value for value in firsts if value is not None])
        over_cells: dict[tuple[int, ...], int] = {}
        for cell_tuple in self._known_tuples(names):
            point = [column[i] for column, i in zip(columns, cell_tuple, strict=True)]
            over_cells[cell_tuple] = classify(point, [float(value) for value in point])
        return Joint(names, cuts, over_cells)

    def _opaque(self, term: Term, number: int) -> Opaque:
        names = facts_of(term)
        cuts = tuple(sorted(self._formulas[term]))
        table: dict[tuple[int, ...], tuple[int, int]] = {}
        failing: set[tuple[int, ...]] = set()
        for cell_tuple in self._known_tuples(names):
            ends = {
                name: cell_interval(self.facts[name], self.cells[name], index)
                for name, index in zip(names, cell_tuple, strict=True)
            }

            def bounds_of(name: str, ends: dict[str, Interval] = ends) -> Bounds:
                return ends[name].low, ends[name].high

            low, high = term_bounds(term, bounds_of)
            first = 0 if low is None else bisect_right(cuts, (low, 0))
            last = len(cuts) if high is None else bisect_right(cuts, (high, 0))
            table[cell_tuple] = (first, last)
            if may_fail(term, ends.__getitem__):
                failing.add(cell_tuple)
        name = f"formula {number + 1}"
        return Opaque(name, names, cuts, table, term, frozenset(failing))

    def opaque_holds(self, opaque: Opaque, point: dict[str, Fraction]) -> int:
        """Return the class of an opaque formula at exact values."""
        value = evaluate_term(opaque.term, lambda name: point[name])
        return opaque.no_value if value is None else bisect_right(opaque.cuts, (value, 0))
