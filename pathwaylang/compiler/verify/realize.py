"""From cells to a patient: values that a doctor recognises.

In: a path of the diagram (level -> cell). Out: complete cases, the likeliest first. Facts that the
path leaves free take their `usually` value, else the plainest one (no, the first choice, the lowest
number). Where the path goes through an opaque formula, several values are tried until the formula
comes out in the class the path says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from pathwaylang.compiler.verify.engines.reals import Reals
from pathwaylang.compiler.verify.partition import Partition
from pathwaylang.compiler.verify.tables import Opaque
from pathwaylang.diagnostics import Patient
from pathwaylang.ir.cells import cell_interval, grid, nearest_value
from pathwaylang.ir.diagram import Space
from pathwaylang.ir.exact import read_exact
from pathwaylang.ir.facts import UNKNOWN, Fact, Value, shown_value
from pathwaylang.ir.graph import DecisionGraph

_TRIES = (Fraction(0), Fraction(1), Fraction(1, 2), Fraction(1, 16), Fraction(15, 16))


class Realizer:
    """Makes cases from paths."""

    def __init__(self, graph: DecisionGraph, partition: Partition, space: Space) -> None:
        self._graph = graph
        self._partition = partition
        self._space = space
        self._level = {name: level for level, name in enumerate(space.names)}
        self.typical = {f.name: f.usually for f in graph.facts if f.usually is not None}
        self.typical_cells = {
            self._level[name]: partition.cells[name].cell_of(value)
            for name, value in self.typical.items()
        }
        """The cells of the `usually` values."""
        self._values: dict[tuple[str, int], Value] = {}

    def usual_cell(self, name: str) -> int:
        """Return the cell that a variable has unless something says otherwise."""
        fact = self._partition.facts.get(name)
        if fact is None:
            return 0
        return self.typical_cells.get(self._level[name], self._default_cell(fact))

    def _default_cell(self, fact: Fact) -> int:
        cells = self._partition.cells[fact.name]
        if fact.fact_kind == "yes/no":
            return cells.cell_of(False)
        return 0

    def cases(
        self, path: Mapping[int, int], facts: frozenset[str], reals: Reals | None = None
    ) -> Iterator[dict[str, Value]]:
        """Yield complete cases on a path over the given facts and those the path decides.

        Where the path goes through opaque formulas, the last case is the solver's proposal.
        """
        named = {self._space.names[level]: cell for level, cell in path.items()}
        opaques = [o for o in self._partition.opaques.values() if o.variable in named]
        wanted = [
            fact
            for fact in self._graph.facts
            if fact.name in facts
            or fact.name in named
            or any(fact.name in opaque.facts for opaque in opaques)
        ]
        case: dict[str, Value] = {}
        for fact in wanted:
            cells = self._partition.cells[fact.name]
            typical = self.typical.get(fact.name)
            cell = named.get(fact.name, self.usual_cell(fact.name))
            value = self._values.get((fact.name, cell))
            if value is None:
                value = nearest_value(fact, cells, cell, typical)
                self._values[fact.name, cell] = value
            case[fact.name] = value
        if not opaques:
            yield case
            return
        yield from self._varied(case, named, opaques)
        if reals is not None:
            yield from self._proposed(case, named, opaques, reals)

    def _proposed(
        self,
        case: dict[str, Value],
        named: Mapping[str, int],
        opaques: list[Opaque],
        reals: Reals,
    ) -> Iterator[dict[str, Value]]:
        """Yield the case with the values that a solver finds, first near the usual patient."""
        known = [o for o in opaques if all(case[name] != UNKNOWN for name in o.facts)]
        names = sorted({name for opaque in known for name in opaque.facts})
        decided = {name: named[name] for name in names if name in named}
        usual = {name: self._partition.cells[name].cell_of(case[name]) for name in names}
        classes = {opaque.variable: named[opaque.variable] for opaque in known}
        for cells in (usual, decided):
            values = reals.solve(cells, classes)
            if isinstance(values, dict):
                yield {**case, **values}
                return

    def _varied(
        self, case: dict[str, Value], named: Mapping[str, int], opaques: list[Opaque]
    ) -> Iterator[dict[str, Value]]:
        """Yield variants of a case in which every opaque formula lies in the class of the path."""
        names = sorted({name for opaque in opaques for name in opaque.facts})
        columns = [
            [value] if isinstance(value := case[name], str) else self._values_in(name, named, case)
            for name in names
        ]
        for values in product(*columns):
            variant = {**case, **dict(zip(names, values, strict=True))}
            numbers = {k: v for k, v in variant.items() if isinstance(v, Fraction)}
            if all(
                self._partition.opaque_holds(opaque, numbers) == named[opaque.variable]
                for opaque in opaques
                if all(name in numbers for name in opaque.facts)
            ):
                yield variant

    def _values_in(
        self, name: str, named: Mapping[str, int], case: Mapping[str, Value]
    ) -> list[Value]:
        fact, cells = self._partition.facts[name], self._partition.cells[name]
        value = case[name]
        assert isinstance(value, Fraction)
        index = named[name] if name in named else cells.cell_of(value)
        stretch = cell_interval(fact, cells, index)
        assert stretch.low is not None and stretch.high is not None
        found: dict[Value, None] = {value: None}
        for part in _TRIES:
            tried = stretch.low + (stretch.high - stretch.low) * part
            if fact.step is not None:
                low, _, step = grid(fact)
                tried = low + ((tried - low) // step) * step
            if stretch.holds(tried):
                found.setdefault(tried)
        return list(found)

    def value_in_cell(self, name: str, cell: int) -> Value:
        """Return a value of a fact in a cell."""
        fact = self._partition.facts[name]
        return nearest_value(fact, self._partition.cells[name], cell, self.typical.get(name))

    def read_back(self, patient: Patient) -> dict[str, Value]:
        """Return a patient as a case again."""
        case: dict[str, Value] = {}
        for name, shown in patient.complete:
            fact = self._partition.facts[name]
            if fact.fact_kind == "number" and shown != UNKNOWN:
                case[name] = read_exact(str(shown).split(" ", maxsplit=1)[0])
            else:
                case[name] = shown if isinstance(shown, bool) else str(shown)
        return case

    def patient(self, case: Mapping[str, Value], path: Mapping[int, int]) -> Patient:
        """Return a case as a patient: first what makes it unusual, then all of it."""
        decided = {self._space.names[level] for level in path}
        complete = []
        changed = []
        for fact in self._graph.facts:
            if fact.name not in case:
                continue
            shown = (fact.name, shown_value(fact, case[fact.name]))
            complete.append(shown)
            typical = self.typical.get(fact.name)
            unusual = case[fact.name] != typical if typical is not None else fact.name in decided
            if unusual:
                changed.append(shown)
        return Patient(tuple(changed), tuple(complete))
