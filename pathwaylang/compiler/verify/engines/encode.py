"""A decision graph as clauses over its cells.

One Boolean a cell, exactly one a fact. A condition becomes two literals: certainly true, certainly
false; where neither holds it is unknown. Derived facts, decisions and tracks are definitions.

Invariant: a literal pair agrees with `ir.kleene` on every case (property test).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from pathwaylang.compiler.verify.choice import line_choice
from pathwaylang.compiler.verify.engines.choosing import Chosen, Pair, choose
from pathwaylang.compiler.verify.engines.clauses import FALSE, TRUE, Clauses
from pathwaylang.compiler.verify.flow import decision_choice
from pathwaylang.compiler.verify.numbers import Alternative, expand
from pathwaylang.compiler.verify.partition import Partition, numeric_atom
from pathwaylang.compiler.verify.terms import Terms
from pathwaylang.compiler.verify.ways import is_inner, says
from pathwaylang.ir.derived import Classification, Condition, Formula, Piecewise, Score
from pathwaylang.ir.diagram import Space
from pathwaylang.ir.graph import DecisionGraph
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

ANYWHERE = (Interval(None, None),)


class Encoder:
    """The literals of one graph; a second one may share cells with the first."""

    def __init__(
        self,
        graph: DecisionGraph,
        partition: Partition,
        clauses: Clauses,
        cells: Mapping[str, tuple[int, ...]] | None = None,
    ) -> None:
        self.graph = graph
        self.partition = partition
        self.clauses = clauses
        variables = [(fact.name, partition.cells[fact.name].counts) for fact in graph.facts]
        opaque = [(o.variable, (1,) * o.classes) for o in partition.opaques.values()]
        self.space = Space((*variables, *opaque))
        self._terms = Terms(
            self.space, partition, {name: level for level, name in enumerate(self.space.names)}
        )
        self.cells = dict(cells or {})
        for name, weights in zip(self.space.names, self.space.weights, strict=True):
            if name not in self.cells:
                self.cells[name] = self.fresh(len(weights))
        for together in partition.together:
            for at, classes in together.never:
                places = zip((*together.facts, *together.variables), (*at, *classes), strict=True)
                clauses.add(*(-self.cells[name][index] for name, index in places))
        self._nodes: dict[int, Pair] = {}
        self._guards: dict[int, tuple[Guard, Pair]] = {}
        self._lines: dict[str, Chosen] = {}
        self._totals: dict[str, dict[Fraction, int]] = {}
        self._decisions = {decision.name: decision for decision in graph.decisions}
        self._choices: dict[str, Chosen] = {}

    def fresh(self, count: int) -> tuple[int, ...]:
        """Return new literals for the cells of a fact."""
        literals = tuple(self.clauses.variable() for _ in range(count))
        self.clauses.exactly_one(literals)
        return literals

    # ------------------------------------------------------------ conditions

    def guard(self, guard: Guard) -> Pair:
        """Return the literals of a condition."""
        kept = self._guards.get(id(guard))
        if kept is None:
            kept = self._guards[id(guard)] = (guard, self._guard(guard))
        return kept[1]

    def _guard(self, guard: Guard) -> Pair:  # noqa: C901 - one arm per kind of condition
        clauses = self.clauses
        match guard:
            case Const(value):
                return Pair(TRUE, FALSE) if value else Pair(FALSE, TRUE)
            case Not(item):
                inner = self.guard(item)
                return Pair(inner.false, inner.true)
            case All(items):
                parts = [self.guard(item) for item in items]
                return Pair(clauses.all(p.true for p in parts), clauses.any(p.false for p in parts))
            case Any(items):
                parts = [self.guard(item) for item in items]
                return Pair(clauses.any(p.true for p in parts), clauses.all(p.false for p in parts))
            case AtLeast(count, items):
                parts = [self.guard(item) for item in items]
                enough = clauses.at_least(count, [p.true for p in parts])
                never = clauses.at_least(len(items) - count + 1, [p.false for p in parts])
                return Pair(enough, never)
            case Recommends(track, names):
                said = self.says(track, names)
                return Pair(said, -said)
            case Known(name):
                known = self._known(name)
                return Pair(known, -known)
            case Holds(name):
                return self._one_of(name, ("yes",))
            case OneOf(name, values):
                return self._one_of(name, values)
            case Within() | Relation():
                return self._number(guard)
            case _:
                assert_never(guard)

    def _of_node(self, node: int) -> Pair:
        """Return the literals of a small diagram over cells."""
        found = self._nodes.get(node)
        if found is None:
            found = self._nodes[node] = self._branching(node)
        return found

    def _branching(self, node: int) -> Pair:
        space, clauses = self.space, self.clauses
        if space.is_leaf(node):
            return Pair(
                TRUE if node == space.true else FALSE, TRUE if node == space.false else FALSE
            )
        literals = self.cells[space.names[space.level[node]]]
        by_child: dict[int, list[int]] = {}
        for literal, child in zip(literals, space.children[node], strict=True):
            by_child.setdefault(child, []).append(literal)
        true, false = [], []
        for child, cells in by_child.items():
            here, below = clauses.any(cells), self._of_node(child)
            true.append(clauses.all((here, below.true)))
            false.append(clauses.all((here, below.false)))
        return Pair(clauses.any(true), clauses.any(false))

    def _known(self, name: str) -> int:
        if name in self.partition.facts:
            cells = self.partition.cells[name]
            return FALSE if cells.unknown == 0 else -self._unknown_of(name)
        match self.partition.derived[name]:
            case Condition() as derived:
                return self.clauses.any(self._condition(derived).known)
            case Classification():
                return self.clauses.any(self.lines(name).taken)
            case Score():
                return self.clauses.any(self.total(name).values())
            case Formula() | Piecewise():
                return self._number(Within(name, ANYWHERE)).true

    def _unknown_of(self, name: str) -> int:
        unknown = self.partition.cells[name].unknown
        return FALSE if unknown is None else self.cells[name][unknown]

    def _one_of(self, name: str, values: tuple[str, ...]) -> Pair:
        clauses = self.clauses
        if name in self.partition.facts:
            cells = self.partition.cells[name]
            known = [(g, c) for g, c in zip(cells.groups, self.cells[name], strict=False)]
            inside = [literal for group, literal in known if group[0] in values]
            outside = [literal for group, literal in known if group[0] not in values]
            return Pair(clauses.any(inside), clauses.any(outside))
        derived = self.partition.derived[name]
        if isinstance(derived, Condition):
            return self._condition(derived)
        assert isinstance(derived, Classification)
        taken = zip(derived.lines, self.lines(name).taken, strict=True)
        inside = [literal for line, literal in taken if line.value in values]
        return Pair(
            clauses.any(inside),
            clauses.all((-clauses.any(inside), clauses.any(self.lines(name).taken))),
        )

    def _condition(self, derived: Condition) -> Pair:
        pair = self.guard(derived.guard)
        return Pair(pair.true, -pair.true) if derived.unknown_means_no else pair

    # ------------------------------------------------------------ numbers

    def _number(self, atom: Guard) -> Pair:
        clauses, derived = self.clauses, self.partition.derived
        if isinstance(atom, Within) and isinstance(derived.get(atom.name), Score):
            totals = self.total(atom.name)
            inside = [
                literal
                for value, literal in totals.items()
                if any(interval.holds(value) for interval in atom.intervals)
            ]
            true = clauses.any(inside)
            return Pair(true, clauses.all((-true, clauses.any(totals.values()))))
        numeric = numeric_atom(atom, derived)
        assert numeric is not None
        term, intervals = numeric
        parts = [
            (self._selected(way), self._of_node(self._terms.within(way.term, intervals)))
            for way in expand(term, derived)
        ]
        return Pair(
            clauses.any(clauses.all((here, pair.true)) for here, pair in parts),
            clauses.any(clauses.all((here, pair.false)) for here, pair in parts),
        )

    def _selected(self, alternative: Alternative) -> int:
        return self.clauses.all(
            self.lines(name).taken[value]
            if isinstance(value, int)
            else self.total(name).get(value, FALSE)
            for name, value in alternative.selectors
        )

    def total(self, name: str) -> dict[Fraction, int]:
        """Return for each total of a score where it comes out; none is true where it is unknown."""
        found = self._totals.get(name)
        if found is None:
            found = self._totals[name] = self._total(name)
        return found

    def _total(self, name: str) -> dict[Fraction, int]:
        clauses, score = self.clauses, self.partition.derived[name]
        assert isinstance(score, Score)
        totals = {Fraction(0): TRUE}
        for line in score.lines:
            pair = self.guard(line.guard)
            without = -pair.true if score.unknown_means_no else pair.false
            parts: dict[Fraction, list[int]] = {}
            for value, literal in totals.items():
                parts.setdefault(value, []).append(clauses.all((literal, without)))
                more = clauses.all((literal, pair.true))
                parts.setdefault(value + line.points, []).append(more)
            totals = {value: clauses.any(literals) for value, literals in parts.items()}
        return totals

    # ------------------------------------------------------------ choices

    def lines(self, name: str) -> Chosen:
        """Return which line of a classification or piecewise number holds."""
        found = self._lines.get(name)
        if found is None:
            derived = self.partition.derived[name]
            assert isinstance(derived, Classification | Piecewise)
            found = self._lines[name] = choose(self.clauses, self.guard, line_choice(derived))
        return found

    def decision(self, name: str) -> Chosen:
        """Return which branch of a decision is taken."""
        found = self._choices.get(name)
        if found is None:
            found = self._choices[name] = choose(
                self.clauses, self.guard, decision_choice(self._decisions[name])
            )
        return found

    # ------------------------------------------------------------ tracks

    def taken(self, name: str, index: int) -> int:
        """Return where a decision takes a branch, and no other disagrees."""
        chosen = self.decision(name)
        return self.clauses.all((chosen.taken[index], -chosen.conflict))

    def arriving(self, starts: tuple[str, ...]) -> dict[str, int]:
        """Return where each decision is reached from one of the starts."""
        clauses = self.clauses
        arriving = dict.fromkeys(starts, TRUE)
        for decision in self.graph.decisions:
            here = arriving.get(decision.name, FALSE)
            if here == FALSE:
                continue
            for index, branch in enumerate(decision.branches):
                if is_inner(branch.outcome):
                    target = branch.outcome.names[0]
                    going = clauses.all((here, self.taken(decision.name, index)))
                    arriving[target] = clauses.any((arriving.get(target, FALSE), going))
        return arriving

    def says(self, track: str, names: tuple[str, ...]) -> int:
        """Return where a track recommends one of the names, or passes a branch of that id."""
        said = []
        for name, here in self.arriving((track,)).items():
            for index, branch in enumerate(self._decisions[name].branches):
                if says(branch, names):
                    said.append(self.clauses.all((here, self.taken(name, index))))
        return self.clauses.any(said)
