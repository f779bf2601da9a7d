"""Formulas: an expression -> a term with the unit that its number is in.

Units are carried along and conversion factors are put in only where units differ, so a formula over
facts that fit each other stays as it was written. Constants are folded with the arithmetic of the
evaluator. A bare number is a plain number.

Findings: PW0403, PW0404 (units that do not fit), PW0410 (an operand that is no number, a root that
has no unit, a scale that cannot be multiplied).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from pathwaylang.compiler.model.measured import (
    Measured,
    converted_to,
    folded,
    in_one_unit,
    shared_bridges,
)
from pathwaylang.compiler.model.names import Space
from pathwaylang.compiler.model.quantities import (
    kind_words,
    read_unit,
)
from pathwaylang.compiler.model.scope import Scope
from pathwaylang.compiler.model.types import NumberOf, YesNo, type_words
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label, Span
from pathwaylang.ir.guards import Arith, Call, Function, Number, Ref
from pathwaylang.ir.units import (
    UNITLESS,
    Unit,
    UnitProblem,
    divide,
    multiply,
    power,
)

_ARITIES: dict[str, tuple[int, int]] = {
    "min": (2, 99),
    "max": (2, 99),
    "abs": (1, 1),
    "round": (1, 1),
    "sqrt": (1, 1),
    "log10": (1, 1),
}
_HALF = Fraction(1, 2)


def compile_term(scope: Scope, expr: syntax.Expr) -> Measured | None:
    """Return the term of a formula, or None after a finding."""
    match expr:
        case syntax.Reference():
            return _reference(scope, expr)
        case syntax.Quantity():
            return _quantity(scope, expr)
        case syntax.Paren():
            return compile_term(scope, expr.item)
        case syntax.Arithmetic():
            return _arithmetic(scope, expr)
        case syntax.CallExpr():
            return _call(scope, expr)
        case _:
            scope.report.add(
                "PW0410",
                "a condition stands where a number is needed",
                Label(expr.span),
                help="a formula computes with numbers; conditions belong after `when`.",
            )
            return None


def _reference(scope: Scope, expr: syntax.Reference) -> Measured | None:
    name = expr.parts[0]
    if not is_one_word(scope, expr):
        return None
    if scope.look_up(Space.FACTS, name) is None:
        return None
    type_ = scope.build.types.get(name.text)
    if type_ is None:
        return None
    if not isinstance(type_, NumberOf):
        scope.report.add(
            "PW0410",
            f"`{name.text}` is not a number",
            Label(expr.span),
            notes=(f"It is {type_words(type_)}; a formula and `<=` work with numbers.",),
            help=f"write `{name.text}` or `not {name.text}` as a condition, or name a number."
            if isinstance(type_, YesNo)
            else f"ask for its values: `{name.text} is {type_.names[0]}`.",
        )
        return None
    return Measured(Ref(name.text), type_.unit or UNITLESS, type_.bridges)


def is_one_word(scope: Scope, expr: syntax.Reference) -> bool:
    """Report `a.b` where one name is needed."""
    if len(expr.parts) == 1:
        return True
    written = ".".join(part.text for part in expr.parts)
    scope.report.add(
        "PW0307",
        f"`{written}` is not a fact or definition",
        Label(expr.span),
        notes=("Facts have one name, without a point.",),
    )
    return False


def _quantity(scope: Scope, expr: syntax.Quantity) -> Measured | None:
    if expr.unit is None:
        return Measured(Number(expr.value), UNITLESS, bare=expr)
    unit = read_unit(scope.report, expr.unit)
    return None if unit is None else Measured(Number(expr.value), unit)


def _arithmetic(scope: Scope, expr: syntax.Arithmetic) -> Measured | None:
    left, right = compile_term(scope, expr.left), compile_term(scope, expr.right)
    if left is None or right is None:
        return None
    if expr.operator in ("+", "-"):
        pair = in_one_unit(scope, (left, right), expr)
        if pair is None:
            return None
        left, right = pair
        unit: Unit | None = left.unit
    else:
        unit = _product_unit(scope, expr, left, right)
    if unit is None:
        return None
    term = folded(Arith(expr.operator, left.term, right.term))
    if term is None:
        _report_zero(scope, expr)
        return None
    bare = left.bare if left.bare is not None and right.bare is not None else None
    return Measured(term, unit, shared_bridges(left, right), bare)


def _report_zero(scope: Scope, expr: syntax.Arithmetic) -> None:
    scope.report.add(
        "PW0410", "this divides by zero", Label(expr.right.span), help="divide by another number."
    )


def _product_unit(
    scope: Scope, expr: syntax.Arithmetic, left: Measured, right: Measured
) -> Unit | None:
    if right.constant == 0 and expr.operator == "/":
        _report_zero(scope, expr)
        return None
    combine = multiply if expr.operator == "*" else divide
    unit = combine(left.unit, right.unit)
    if isinstance(unit, UnitProblem):
        scope.report.add("PW0410", unit.message, Label(expr.span))
        return None
    return unit


def _call(scope: Scope, expr: syntax.CallExpr) -> Measured | None:
    function = expr.function.text
    fewest, most = _ARITIES.get(function, (0, -1))
    if not fewest <= len(expr.arguments) <= most:
        _report_arity(scope, expr, fewest, most)
        return None
    found = [compile_term(scope, argument) for argument in expr.arguments]
    arguments = [argument for argument in found if argument is not None]
    if len(arguments) < len(found):
        return None
    match function:
        case "min" | "max":
            return _same_unit_call(scope, expr, function, arguments)
        case "abs" | "round":
            return _apply(scope, expr, function, [arguments[0]])
        case "sqrt":
            return _root(scope, expr, arguments[0])
        case _:
            return _logarithm(scope, expr, arguments[0])


def _report_arity(scope: Scope, expr: syntax.CallExpr, fewest: int, most: int) -> None:
    if most < 0:
        message = f"there is no function `{expr.function.text}`"
        advice = "the functions are " + ", ".join(_ARITIES) + "."
    else:
        number = "one number" if most == 1 else "two numbers or more"
        message = f"`{expr.function.text}` takes {number}, not {len(expr.arguments)}"
        advice = "add a number." if len(expr.arguments) < fewest else "take the others away."
    code = "PW0301" if most < 0 else "PW0410"
    scope.report.add(code, message, Label(expr.span), help=advice)


def _same_unit_call(
    scope: Scope, expr: syntax.CallExpr, function: Function, arguments: list[Measured]
) -> Measured | None:
    first, unified = arguments[0], [arguments[0]]
    for argument in arguments[1:]:
        pair = in_one_unit(scope, (first, argument), expr)
        if pair is None:
            return None
        unified.append(pair[1])
    return _apply(scope, expr, function, unified)


def _apply(
    scope: Scope, expr: syntax.CallExpr, function: Function, arguments: list[Measured]
) -> Measured | None:
    term = folded(Call(function, tuple(argument.term for argument in arguments)))
    if term is None:
        scope.report.add(
            "PW0410",
            f"`{function}` has no value here",
            Label(expr.span),
            help="its number must be above zero; zero itself has a root, but no logarithm.",
        )
        return None
    bare = arguments[0].bare if all(item.bare is not None for item in arguments) else None
    return Measured(term, arguments[0].unit, shared_bridges(*arguments), bare)


def _root(scope: Scope, expr: syntax.CallExpr, argument: Measured) -> Measured | None:
    """`sqrt`: the unit's root, through base units where its factor has no exact root."""
    unit = power(argument.unit, _HALF)
    if isinstance(unit, UnitProblem):
        base = _base_unit(argument.unit)
        in_base = converted_to(argument, base) if not argument.unit.is_scale else None
        root = power(base, _HALF)
        if in_base is None or isinstance(root, UnitProblem):
            _report_root(scope, expr.span, argument.unit)
            return None
        argument, unit = in_base, root
    if any(exponent.denominator != 1 for _, exponent in unit.dimension):
        _report_root(scope, expr.span, argument.unit)
        return None
    result = _apply(scope, expr, "sqrt", [argument])
    return None if result is None else replace(result, unit=unit, bridges=())


def _base_unit(unit: Unit) -> Unit:
    """Return the unit of the same dimension whose factor is one."""
    return Unit(unit.text, f"base of {unit.code}", unit.dimension, Fraction(1))


def _report_root(scope: Scope, span: Span, unit: Unit) -> None:
    scope.report.add(
        "PW0410",
        f"`sqrt` of {unit.text} has no unit",
        Label(span),
        notes=(f"The root of {kind_words(unit)} is no quantity.",),
        help=f"divide by 1 {unit.text} first, or check the formula.",
    )


def _logarithm(scope: Scope, expr: syntax.CallExpr, argument: Measured) -> Measured | None:
    plain = converted_to(argument, UNITLESS) if argument.unit.is_plain else None
    if plain is None:
        scope.report.add(
            "PW0410",
            "`log10` needs a plain number",
            Label(expr.span),
            notes=(f"Its argument is {kind_words(argument.unit)}.",),
            help=f"divide by 1 {argument.unit.text} inside the brackets.",
        )
        return None
    result = _apply(scope, expr, "log10", [plain])
    return None if result is None else replace(result, unit=UNITLESS, bare=None, bridges=())
