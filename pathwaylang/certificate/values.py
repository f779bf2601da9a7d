"""Every value of every fact, and single conditions decided on all of them.

In: an artifact's facts and cells. Out: for each fact its values with their cells (of a dense number
those at which a condition can turn, and one between each two); for each condition over facts a
diagram, after it came out alike for all values of each cell.

Invariant: what is returned was tried on every value, so that a cell too wide is refused.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction
from itertools import pairwise, product

from pathwaylang.certificate.diagrams import Diagrams
from pathwaylang.ir.artifact import Artifact
from pathwaylang.ir.facts import UNKNOWN, Fact, Value
from pathwaylang.ir.guards import Guard, Within
from pathwaylang.ir.kleene import evaluate_guard

_MOST_POINTS = 2_000_000


class RefusedError(Exception):
    """The certificate does not hold; the message says where."""


def require(holds: object, message: str) -> None:
    """Refuse the certificate unless something holds."""
    if not holds:
        raise RefusedError(message)


class World:
    """The facts of a pathway: values, cells, and diagrams of conditions over them."""

    def __init__(
        self, artifact: Artifact, variables: Sequence[str], atoms: Iterable[Guard]
    ) -> None:
        self.facts = {fact.name: fact for fact in artifact.graph.facts}
        self._cells = {cells.fact: cells for cells in artifact.cells}
        self.level = {name: level for level, name in enumerate(variables)}
        self.diagrams = Diagrams(tuple(len(self._cells[name].counts) for name in variables))
        turns: dict[str, set[Fraction]] = {name: set() for name in self.facts}
        for atom in atoms:
            if isinstance(atom, Within) and atom.name in turns:
                ends = (end for i in atom.intervals for end in (i.low, i.high))
                turns[atom.name].update(end for end in ends if end is not None)
        self._points = {n: self._points_of(fact, turns[n]) for n, fact in self.facts.items()}

    def size(self, name: str) -> int:
        """Return how many values a fact has (classes, of a dense number)."""
        return sum(self._cells[name].counts)

    def counts(self, name: str) -> tuple[int, ...]:
        """Return how many values each cell of a fact has."""
        return self._cells[name].counts

    def _points_of(self, fact: Fact, turns: set[Fraction]) -> list[tuple[int, Value]]:
        cells, found = self._cells[fact.name], list[tuple[int, Value]]()
        if fact.fact_kind == "number":
            found = [(self._cell(fact.name, value), value) for value in self._numbers(fact, turns)]
        else:
            words = ["yes", "no"] if fact.fact_kind == "yes/no" else [c.name for c in fact.choices]
            for word in words:
                holding = [i for i, group in enumerate(cells.groups) if word in group]
                require(len(holding) == 1, f"{fact.name}: `{word}` is not in exactly one cell")
                found.append((holding[0], word if fact.choices else word == "yes"))
        if fact.may_be_unknown:
            found.append((len(cells.counts) - 1, UNKNOWN))
        sizes = Counter(cell for cell, _ in found)
        real = [min(sizes[i], 1) if fact.is_dense else sizes[i] for i in range(len(cells.counts))]
        fits = real == list(cells.counts) and cells.has_unknown == fact.may_be_unknown
        require(fits and 0 not in real, f"the cells of {fact.name} do not partition its values")
        return found

    def _cell(self, name: str, value: Fraction) -> int:
        return bisect_right(self._cells[name].cuts, (value, 0))

    def _numbers(self, fact: Fact, turns: set[Fraction]) -> list[Fraction]:
        span = fact.range
        assert span is not None and span.low is not None and span.high is not None
        if fact.step is not None:
            count = (span.high - span.low) // fact.step + 1
            require(count <= _MOST_POINTS, f"{fact.name} has more values than are tried")
            values = [span.low + index * fact.step for index in range(count)]
        else:
            cuts = {value for value, _ in self._cells[fact.name].cuts}
            ends = sorted({span.low, span.high} | turns | cuts)
            values = sorted([*ends, *((low + high) / 2 for low, high in pairwise(ends))])
        return [value for value in values if span.holds(value)]

    def condition(self, names: Iterable[str], guard: Guard) -> int:
        """Return a condition over facts as a diagram, tried on every value of these facts."""
        ordered = sorted(set(names), key=self.level.__getitem__)
        total = 1
        for name in ordered:
            is_exact = not self.facts[name].is_dense or len(ordered) == 1
            require(is_exact, "a formula over numbers without a step cannot be tried")
            total *= len(self._points[name])
        require(total <= _MOST_POINTS, f"{', '.join(ordered)} have more values than are tried")
        table: dict[tuple[int, ...], Hashable] = {}
        for point in product(*(self._points[name] for name in ordered)):
            case = {name: value for name, (_, value) in zip(ordered, point, strict=True)}
            truth = evaluate_guard(guard, case.__getitem__)
            known = table.setdefault(tuple([cell for cell, _ in point]), truth)
            require(known is truth, f"a cell of {', '.join(ordered)} is too wide for a condition")
        return self._build(ordered, table, ())

    def _build(
        self, names: list[str], table: dict[tuple[int, ...], Hashable], cells: tuple[int, ...]
    ) -> int:
        if len(cells) == len(names):
            return self.diagrams.leaf(table[cells])
        level = self.level[names[len(cells)]]
        below = [
            self._build(names, table, (*cells, cell)) for cell in range(self.diagrams.sizes[level])
        ]
        return self.diagrams.node(level, tuple(below))
