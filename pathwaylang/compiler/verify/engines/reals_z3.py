"""Real numbers, through Z3.

Sums, products and quotients are exact; `sqrt` is so within its rounding; of `log10` only the bounds
over a cell are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal, assert_never

import z3

from pathwaylang.compiler.verify.bounds import Bounds, term_bounds
from pathwaylang.compiler.verify.engines.reals import IMPOSSIBLE, Values
from pathwaylang.compiler.verify.partition import Partition
from pathwaylang.compiler.verify.tables import Opaque
from pathwaylang.ir.cells import cell_interval, grid
from pathwaylang.ir.guards import Arith, Call, Number, Ref, Term

MOST_WORK = 2_000_000
"""Z3 counts its work in a unit of its own; unlike time it is the same on every machine."""

ROUNDING = Fraction(1, 10**9)

NICE = (1, 10, 1000)
"""A patient's numbers are sought among whole numbers first, then with one and three decimals."""


class Z3Reals:
    """Answers about the opaque formulas of one partition."""

    def __init__(self, partition: Partition) -> None:
        self._partition = partition
        self._opaques = {opaque.variable: opaque for opaque in partition.opaques.values()}

    def solve(
        self, cells: Mapping[str, int], classes: Mapping[str, int]
    ) -> Values | Literal["impossible"] | None:
        """Return values in the cells that bring the formulas into the classes."""
        question = _Question(self._partition, cells)
        for variable, at in classes.items():
            question.demand(self._opaques[variable], at)
        return question.answer()


class _Question:
    """Numbers in cells, and what is demanded of them."""

    def __init__(self, partition: Partition, cells: Mapping[str, int]) -> None:
        self._partition = partition
        self._solver = z3.Solver()
        self._solver.set("rlimit", MOST_WORK)
        self._cells = cells
        self._numbers: dict[str, z3.ArithRef] = {}
        self._defined: list[z3.BoolRef] = []
        self._fresh = 0

    def demand(self, opaque: Opaque, at: int) -> None:
        """Demand that a formula lies in its class `at`, which may be that of no value."""
        value = self._term(opaque.term)
        defined = z3.And(self._defined)
        self._defined = []
        if at == opaque.no_value:
            self._solver.add(z3.Not(defined))
            return
        self._solver.add(defined)
        if at > 0:
            low, side = opaque.cuts[at - 1]
            self._solver.add(value >= _exact(low) if side == 0 else value > _exact(low))
        if at < len(opaque.cuts):
            high, side = opaque.cuts[at]
            self._solver.add(value < _exact(high) if side == 0 else value <= _exact(high))

    def answer(self) -> Values | Literal["impossible"] | None:
        """Return values, plain ones if there are any."""
        found = self._solver.check()
        if found == z3.unsat:
            return IMPOSSIBLE
        if found != z3.sat:
            return None
        model = self._solver.model()
        for parts in NICE:
            self._solver.push()
            for name, number in self._numbers.items():
                if self._partition.facts[name].step is None:
                    self._solver.add(z3.IsInt(number * parts))
            if self._solver.check() == z3.sat:
                model = self._solver.model()
                break
            self._solver.pop()
        return {name: _value(model, number) for name, number in self._numbers.items()}

    # ------------------------------------------------------------ terms

    def _number(self, name: str) -> z3.ArithRef:
        found = self._numbers.get(name)
        if found is None:
            found = self._numbers[name] = self._declared(name)
        return found

    def _declared(self, name: str) -> z3.ArithRef:
        fact = self._partition.facts[name]
        number = z3.Real(f"f {name}")
        stretch = self._stretch(name)
        for bound, is_low, closed in (
            (stretch[0], True, stretch[2]),
            (stretch[1], False, stretch[3]),
        ):
            if bound is not None:
                end = _exact(bound)
                inside = number >= end if is_low else number <= end
                self._solver.add(inside if closed else z3.And(inside, number != end))
        if fact.step is not None:
            low, _, step = grid(fact)
            count = z3.Int(f"n {name}")
            self._solver.add(number == _exact(low) + _exact(step) * z3.ToReal(count))
        return number

    def _stretch(self, name: str) -> tuple[Fraction | None, Fraction | None, bool, bool]:
        fact = self._partition.facts[name]
        if name in self._cells:
            here = cell_interval(fact, self._partition.cells[name], self._cells[name])
        else:
            assert fact.range is not None
            here = fact.range
        return here.low, here.high, here.low_closed, here.high_closed

    def _term(self, term: Term) -> z3.ArithRef:
        match term:
            case Number(value):
                return _exact(value)
            case Ref(name):
                return self._number(name)
            case Arith(operator, left, right):
                return self._arith(operator, self._term(left), self._term(right))
            case Call(function, arguments):
                return self._call(term, function, [self._term(item) for item in arguments])
            case _:
                assert_never(term)

    def _arith(self, operator: str, left: z3.ArithRef, right: z3.ArithRef) -> z3.ArithRef:
        match operator:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case _:
                self._defined.append(right != 0)
                return left / right

    def _call(self, term: Term, function: str, parts: list[z3.ArithRef]) -> z3.ArithRef:
        first = parts[0]
        match function:
            case "min" | "max":
                for part in parts[1:]:
                    keeps = first <= part if function == "min" else first >= part
                    first = z3.If(keeps, first, part)
                return first
            case "abs":
                return z3.If(first >= 0, first, -first)
            case "sqrt":
                root = self._real()
                self._defined.append(first >= 0)
                self._solver.add(root >= 0, z3.Implies(first >= 0, root * root == first))
                return self._near(root)
            case "round":
                result = self._real()
                self._solver.add(z3.IsInt(result), 2 * result <= 2 * first + 1)
                self._solver.add(2 * result >= 2 * first - 1)
                return result
            case _:
                self._defined.append(first > 0)
                return self._bounded(term)

    def _real(self) -> z3.ArithRef:
        self._fresh += 1
        return z3.Real(f"r {self._fresh}")

    def _near(self, exact: z3.ArithRef) -> z3.ArithRef:
        result = self._real()
        self._solver.add(result <= exact + _exact(ROUNDING), result >= exact - _exact(ROUNDING))
        return result

    def _bounded(self, term: Term) -> z3.ArithRef:
        """Return a number within the bounds that interval arithmetic gives a term."""

        def bounds_of(name: str) -> Bounds:
            return self._stretch(name)[:2]

        result = self._real()
        low, high = term_bounds(term, bounds_of)
        self._solver.add(*(b for b in _between(result, low, high)))
        return result


def _between(
    result: z3.ArithRef, low: Fraction | None, high: Fraction | None
) -> Iterator[z3.BoolRef]:
    if low is not None:
        yield result >= _exact(low - ROUNDING)
    if high is not None:
        yield result <= _exact(high + ROUNDING)


def _exact(value: Fraction) -> z3.RatNumRef:
    return z3.Q(value.numerator, value.denominator)


def _value(model: z3.ModelRef, number: z3.ArithRef) -> Fraction:
    """Return a number of a model, an irrational one by a close rational."""
    value = model.eval(number, model_completion=True)
    if z3.is_algebraic_value(value):
        value = value.approx(20)
    return Fraction(value.numerator_as_long(), value.denominator_as_long())
