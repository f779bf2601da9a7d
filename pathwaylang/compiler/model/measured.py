"""A number in a formula together with the unit it is in, and how two come into one unit.

Conversion factors are put in only where units differ; constants are folded with the arithmetic of
the evaluator. Findings: PW0403 and PW0404 (units that do not fit).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from pathwaylang.compiler.model.quantities import report_kinds, report_missing_unit
from pathwaylang.compiler.model.scope import Scope
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.ir.guards import Arith, Call, Number, Ref, Term
from pathwaylang.ir.kleene import evaluate_term
from pathwaylang.ir.units import Unit, UnitBridge, convert


@dataclass(frozen=True, slots=True)
class Measured:
    """A term and the unit of its number; `bare` is a constant written without a unit."""

    term: Term
    unit: Unit
    bridges: tuple[UnitBridge, ...] = ()
    bare: syntax.Quantity | None = None

    @property
    def constant(self) -> Fraction | None:
        """The number itself, where it is one."""
        return self.term.value if isinstance(self.term, Number) else None

    @property
    def name(self) -> str:
        """The name, where the term is nothing but a name."""
        return self.term.name if isinstance(self.term, Ref) else ""


def shared_bridges(*parts: Measured) -> tuple[UnitBridge, ...]:
    """Return the molar mass that a result keeps: that of its only substance, else none."""
    found = {part.bridges for part in parts if part.constant is None}
    return next(iter(found)) if len(found) == 1 else ()


def folded(term: Term) -> Term | None:
    """Return a term as a constant where it is one; None where it has no value (x / 0)."""
    match term:
        case Arith(_, Number(), Number()):
            value = evaluate_term(term, _no_names)
        case Call(_, arguments) if all(isinstance(item, Number) for item in arguments):
            value = evaluate_term(term, _no_names)
        case Arith("*" | "/", inner, Number(value)) if value == 1:
            return inner
        case _:
            return term
    return None if value is None else Number(value)


def _no_names(name: str) -> str:
    raise KeyError(name)


def in_one_unit(
    scope: Scope,
    pair: tuple[Measured, Measured],
    expr: syntax.Arithmetic | syntax.Compare | syntax.CallExpr,
) -> tuple[Measured, Measured] | None:
    """Bring the second number into the unit of the first, or report why not."""
    left, right = pair
    for bare, other in ((left, right), (right, left)):
        if bare.bare is not None and other.bare is None and not _takes_bare(other.unit):
            owner = f"`{other.name}`" if other.name else "the other side"
            report_missing_unit(scope.report, bare.bare, other.unit, owner)
            return None
    converted = converted_to(right, left.unit, left.bridges or right.bridges)
    if converted is None:
        owner = f"`{left.name}`" if left.name else "the other side"
        span = expr.span if isinstance(expr, syntax.CallExpr) else expr.right.span
        report_kinds(scope.report, span, (right.unit, left.unit), owner)
        return None
    return left, converted


def _takes_bare(unit: Unit) -> bool:
    return unit.is_plain and unit.factor == 1


def converted_to(
    measured: Measured, unit: Unit, bridges: tuple[UnitBridge, ...] = ()
) -> Measured | None:
    """Return the same number in another unit; factors appear only where the units differ."""
    zero = convert(Fraction(0), measured.unit, unit, bridges)
    one = convert(Fraction(1), measured.unit, unit, bridges)
    if zero is None or one is None:
        return None
    factor = one - zero
    if measured.constant is not None:
        return replace(measured, term=Number(measured.constant * factor + zero), unit=unit)
    term = measured.term
    if factor != 1:
        term = Arith("*", term, Number(factor))
    if zero != 0:
        term = Arith("+", term, Number(zero))
    return replace(measured, term=term, unit=unit)
