"""Prepared cases: plain values that generated code compares, without losing exactness.

In: facts, their cells, the diagram's variables. Out: for each variable how its values are prepared,
and how its cells follow from a prepared value. A truth or a word stays what it is. A stepped number
becomes a whole number (3.5 in steps of 0.1 becomes 35), its `unknown` the first whole number past
its range. A number without a step, and a formula, becomes the index of its cell.

Invariant: prepared values of two cells never mix, so comparing with `bounds` is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from pathwaylang.ir.cells import Cells
from pathwaylang.ir.compiled import Artifact, DiagramTable, FormulaVariable
from pathwaylang.ir.facts import UNKNOWN, Fact, Value

Plain = bool | str | int


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the diagram over prepared values.

    Words and truths: `words` has the values of each cell. Numbers: `bounds` ascend, and cell `i`
    holds what lies below bound `i` (the last cell the rest). `scale` is None where the prepared
    value is the index of the cell itself; `unknown` stands for a number that cannot be known.
    """

    name: str
    words: tuple[tuple[Plain, ...], ...] = ()
    bounds: tuple[int, ...] = ()
    scale: int | None = None
    unknown: int | None = None

    @property
    def size(self) -> int:
        """The number of cells."""
        return len(self.words) or len(self.bounds) + 1


def variables_of(artifact: Artifact, table: DiagramTable) -> tuple[Variable, ...]:
    """Return the variables of a diagram, from the root down."""
    facts = {fact.name: fact for fact in artifact.graph.facts}
    cells = {item.fact: item for item in artifact.cells}
    formulas = {formula.name: formula for formula in table.formulas}
    return tuple(
        _formula(formulas[name]) if name in formulas else fact_variable(facts[name], cells[name])
        for name in table.variables
    )


def fact_variable(fact: Fact, cells: Cells) -> Variable:
    """Return the variable of a fact."""
    if fact.fact_kind != "number":
        words = tuple(tuple(_word(fact, word) for word in group) for group in cells.groups)
        return Variable(fact.name, (*words, (UNKNOWN,)) if cells.has_unknown else words)
    if fact.step is None:
        return Variable(fact.name, bounds=tuple(range(1, len(cells.counts))))
    scale = scale_of(fact)
    assert fact.range is not None and fact.range.high is not None
    bounds = [int(value * scale) for value, _ in cells.cuts]
    if not cells.has_unknown:
        return Variable(fact.name, bounds=tuple(bounds), scale=scale)
    unknown = int(fact.range.high * scale // 1) + 1
    return Variable(fact.name, bounds=(*bounds, unknown), scale=scale, unknown=unknown)


def scale_of(fact: Fact) -> int:
    """Return what makes every value of a stepped number whole."""
    assert fact.step is not None and fact.range is not None and fact.range.low is not None
    return lcm(fact.step.denominator, fact.range.low.denominator)


def prepare_value(fact: Fact, cells: Cells, variable: Variable, value: Value) -> Plain:
    """Return a value of a fact as generated code compares it."""
    if fact.fact_kind != "number":
        assert isinstance(value, bool | str)
        return value
    if variable.scale is None:
        return cells.cell_of(value)
    if value == UNKNOWN:
        assert variable.unknown is not None
        return variable.unknown
    scaled = Fraction(value) * variable.scale
    assert scaled.denominator == 1
    return scaled.numerator


def _formula(formula: FormulaVariable) -> Variable:
    cells = len(formula.cuts) + (2 if formula.may_fail else 1)
    return Variable(formula.name, bounds=tuple(range(1, cells)))


def _word(fact: Fact, word: str) -> Plain:
    return word == "yes" if fact.fact_kind == "yes/no" else word
