"""What checks work on: a graph, its partition, its diagrams, and what every check needs of them.

Views say over which facts cases are counted; patients and boxes tell of a diagram in values. A
check is a function `Verification -> Iterator[Diagnostic]`.

Invariants: every patient a check tells of was replayed by `runtime.walk`; counts are over the facts
that the stage can read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod

from pathwaylang.compiler.verify.engines.reals import Reals, find_reals
from pathwaylang.compiler.verify.flow import Flow
from pathwaylang.compiler.verify.order import Order
from pathwaylang.compiler.verify.partition import Partition
from pathwaylang.compiler.verify.places import Place, View, find_places
from pathwaylang.compiler.verify.reads import Reads
from pathwaylang.compiler.verify.realize import Realizer
from pathwaylang.compiler.verify.wording import cells_condition, cells_words
from pathwaylang.diagnostics import Box, Patient
from pathwaylang.ir.diagram import Space
from pathwaylang.ir.facts import Value, shown_value
from pathwaylang.ir.graph import DecisionGraph, Stage
from pathwaylang.runtime.walk import Walker

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
    nodes: int = 0
    """Nodes that were made for all decisions, before any check."""
    _views: dict[frozenset[str], View] = field(default_factory=dict)
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
        path = self.flow.kept.nearest(node, self.realizer.typical_cells)
        if path is None:
            return None
        for case in self.realizer.cases(path, view.facts, self.reals):
            if shows(case):
                return self.realizer.patient(case, path)
        return None

    def kinds(self, node: int) -> int:
        """Return how many boxes make up a true/false diagram."""
        return self.flow.kept.regions(node, MOST_BOXES)[1]

    def boxes(self, node: int, view: View) -> tuple[tuple[Box, ...], int]:
        """Return at most eight boxes, largest first, and how many more there are."""
        found, whole = self.flow.kept.regions(node, MOST_BOXES)
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
        found, _ = self.flow.kept.regions(node, most)
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
