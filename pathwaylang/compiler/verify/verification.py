"""One verification: the graph, its partition, its diagrams, and what every check needs.

In: a graph and a budget of nodes. Out: a `Verification`, or the reason why none could be made
within the budget. A check is a function `Verification -> Iterator[Diagnostic]`.

Invariants: every patient a check tells of was replayed by `runtime.walk`; counts are over the facts
that the stage can read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod

from pathwaylang.compiler.verify.engines.reals import Reals, find_reals, sharpen
from pathwaylang.compiler.verify.flow import Flow
from pathwaylang.compiler.verify.nearest import Boxes, nearest_path, regions
from pathwaylang.compiler.verify.order import Order, orders_to_try
from pathwaylang.compiler.verify.partition import Partition, proof_guards
from pathwaylang.compiler.verify.places import Place, View, find_places
from pathwaylang.compiler.verify.reads import Reads
from pathwaylang.compiler.verify.realize import Realizer
from pathwaylang.compiler.verify.wording import cells_condition, cells_words
from pathwaylang.diagnostics import Box, Patient
from pathwaylang.ir.derived import Classification, Condition, Formula, Piecewise, Score
from pathwaylang.ir.diagram import BudgetError, Space
from pathwaylang.ir.facts import Value, shown_value
from pathwaylang.ir.graph import DecisionGraph, Stage
from pathwaylang.runtime.walk import Walker

__all__ = ["BUDGET", "Undecided", "Verification", "View", "hyperedges", "verify_graph"]

BUDGET = 150_000
"""Nodes that one order may create before the next is tried."""

LAST_BUDGET = 4
"""Where every order fails, the first is given so many times the budget."""

HASTE = 3
"""Where a solver can take over, later orders are given so much less than the budget."""

GOOD_ENOUGH = 120_000
"""A diagram made with so few nodes is taken without trying further orders."""

MOST_BOXES = 8

LONGEST_CONDITION = 400
"""Characters of a condition that a message still shows."""


@dataclass
class Verification:
    """What checks work on."""

    graph: DecisionGraph
    partition: Partition
    flow: Flow
    reads: Reads
    order: Order
    _views: dict[frozenset[str], View] = field(default_factory=dict)
    _search: Boxes | None = None
    _words: dict[tuple[str, tuple[int, ...]], str] = field(default_factory=dict)

    @property
    def space(self) -> Space:
        """The space of all diagrams."""
        return self.flow.space

    @cached_property
    def walker(self) -> Walker:
        """The evaluator that replays patients."""
        return Walker(self.graph)

    @cached_property
    def realizer(self) -> Realizer:
        """Turns cells into values."""
        return Realizer(self.graph, self.partition, self.space)

    @cached_property
    def reals(self) -> Reals | None:
        """Finds values for formulas over dense numbers, where a solver is installed."""
        return find_reals(self.partition)

    @cached_property
    def unit(self) -> str:
        """`cases`, or `classes` where a dense fact makes counts count classes."""
        return "classes" if any(fact.is_dense for fact in self.graph.facts) else "cases"

    @cached_property
    def fact_order(self) -> dict[str, int]:
        """The place of each fact in the declared order."""
        return {fact.name: index for index, fact in enumerate(self.graph.facts)}

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where each decision stands that anybody reaches."""
        return tuple(find_places(self.graph, self.flow.ways, self.stage_view))

    # ------------------------------------------------------------ views and counts

    def view(self, facts: frozenset[str]) -> View:
        """Return the view over the given facts, widened by `applies when` and constraints."""
        found = self._views.get(facts)
        if found is None:
            widened, constraints = self.reads.constraints(facts)
            possible = self.flow.symbolic.terms.possible(widened)
            world = self.space.conj(self.flow.world(constraints), possible)
            divisor = self._divisor(widened)
            cases = self.space.count(world) // divisor
            found = self._views[facts] = View(widened, constraints, world, divisor, cases)
        return found

    def stage_view(self, stage: Stage) -> View:
        """Return the view of a stage."""
        return self.view(self.reads.stage(stage))

    def support_view(self, node: int) -> View:
        """Return the view over the facts that a diagram depends on."""
        names = {self.space.names[level] for level in self.space.support(node)}
        return self.view(frozenset(names & self.partition.facts.keys()))

    def _divisor(self, facts: frozenset[str]) -> int:
        opaque = {o.variable: frozenset(o.facts) for o in self.partition.opaques.values()}
        return prod(
            size
            for name, size in zip(self.space.names, self.space.sizes, strict=True)
            if not opaque.get(name, frozenset((name,))) <= facts
        )

    def count(self, node: int, view: View) -> int:
        """Return the number of cases of a view in which a true/false diagram is true."""
        return self.space.count(node) // view.divisor

    # ------------------------------------------------------------ patients and boxes

    def patient(
        self,
        node: int,
        view: View,
        shows: Callable[[Mapping[str, Value]], bool],
    ) -> Patient | None:
        """Return the patient nearest to the typical one for whom the diagram is true.

        `shows` replays the patient; None where no patient could be made that shows the defect
        (possible only where the diagram depends on an opaque formula).
        """
        path = nearest_path(self.space, node, self.realizer.typical_cells)
        if path is None:
            return None
        for case in self.realizer.cases(path, view.facts, self.reals):
            if shows(case):
                return self.realizer.patient(case, path)
        return None

    def search(self, node: int) -> Boxes:
        """Return the boxes of a true/false diagram; those of the last one asked for are kept."""
        if self._search is None or self._search.root != node:
            self._search = Boxes(self.space, node)
        return self._search

    def boxes(self, node: int, view: View) -> tuple[tuple[Box, ...], int]:
        """Return at most eight boxes, largest first, and how many more there are."""
        found, whole = regions(self.search(node), MOST_BOXES)
        shown = []
        for region in found:
            facts = tuple(
                (name, self._in_words(name, cells)) for name, cells in self._named(region.cells)
            )
            shown.append(Box(facts, region.points // view.divisor))
        return tuple(shown), whole - len(found)

    def _in_words(self, name: str, cells: tuple[int, ...]) -> str:
        found = self._words.get((name, cells))
        if found is None:
            words = cells_words(self.partition.facts[name], self.partition.cells[name], cells)
            found = self._words[name, cells] = words
        return found

    def largest_condition(self, node: int) -> str:
        """Return the largest box as a condition to paste.

        Empty where nothing restricts it, or where it is too long for anybody to read.
        """
        condition = next(iter(self.conditions(node, 1)), "")
        return condition if len(condition) <= LONGEST_CONDITION else ""

    def conditions(self, node: int, most: int) -> tuple[str, ...]:
        """Return the largest boxes as conditions to paste."""
        found, _ = regions(self.search(node), most)
        lines = []
        for region in found:
            parts = (
                cells_condition(self.partition.facts[name], self.partition.cells[name], cells)
                for name, cells in self._named(region.cells)
            )
            lines.append(" and ".join(part for part in parts if part))
        return tuple(lines)

    def _named(
        self, cells: Iterable[tuple[int, tuple[int, ...]]]
    ) -> list[tuple[str, tuple[int, ...]]]:
        named = [
            (self.space.names[level], indices)
            for level, indices in cells
            if self.space.names[level] in self.partition.facts
        ]
        return sorted(named, key=lambda pair: self.fact_order[pair[0]])

    def shown(self, name: str, value: Value) -> str | int | bool:
        """Return a fact's value as JSON and people see it."""
        return shown_value(self.partition.facts[name], value)


@dataclass(frozen=True, slots=True)
class Undecided:
    """Why no verification could be made; the partition, where a solver may still be asked."""

    reason: str
    partition: Partition | None = None


def hyperedges(graph: DecisionGraph, reads: Reads, partition: Partition) -> list[frozenset[str]]:
    """Return the sets of variables that belong together: each condition, each derived fact."""
    opaque = list(partition.opaques.values())
    edges: dict[frozenset[str], None] = {}
    sets = [reads.guard(guard) for guard in proof_guards(graph)]
    sets += [reads.name(item.name) for item in graph.derived]
    for edge in sets:
        extra = frozenset(o.variable for o in opaque if frozenset(o.facts) <= edge)
        if len(edge) + len(extra) > 1:
            edges.setdefault(edge | extra)
    return list(edges)


def verify_graph(
    graph: DecisionGraph, budget: int = BUDGET, in_haste: bool = False
) -> Verification | Undecided:
    """Build the diagrams of a graph under the smallest of several orders.

    Every decision, derived fact and constraint is built once per order tried, so that later checks
    find most of their work done. In haste it gives up early, for a solver to take over.
    """
    partition = Partition(graph)
    if partition.unreadable:
        return Undecided("a formula reads more piecewise numbers than can be written out")
    sharpen(partition)
    reads = Reads(graph)
    variables = [fact.name for fact in graph.facts]
    variables += [opaque.variable for opaque in partition.opaques.values()]
    first: Order | None = None
    best: Verification | None = None
    for order in orders_to_try(variables, hyperedges(graph, reads, partition)):
        limit = budget // HASTE if in_haste and first is not None else budget
        first = first or order
        found = _built(graph, partition, reads, order, best.space.created if best else limit)
        if found is not None:
            best = found
            if best.space.created <= GOOD_ENOUGH:
                break
    most = budget if in_haste else budget * LAST_BUDGET
    if best is None and first is not None and not in_haste:
        best = _built(graph, partition, reads, first, most)
    if best is None:
        return Undecided(f"the decision diagram needs more than {most:,} nodes", partition)
    best.space.lift(budget * 10)
    return best


def _built(
    graph: DecisionGraph, partition: Partition, reads: Reads, order: Order, limit: int
) -> Verification | None:
    """Return a verification with all diagrams built; None where they need too many nodes."""
    try:
        flow = Flow(graph, partition, order, limit)
        _build_all(flow)
    except BudgetError:
        return None
    return Verification(graph, partition, flow, reads, order)


def _build_all(flow: Flow) -> None:
    for derived in flow.graph.derived:
        match derived:
            case Classification() | Piecewise():
                flow.symbolic.lines(derived.name)
            case Condition() | Score():
                flow.symbolic.derived(derived.name)
            case Formula():
                continue
    for decision in flow.graph.decisions:
        flow.track(decision.name)
    flow.world(flow.graph.constraints)
