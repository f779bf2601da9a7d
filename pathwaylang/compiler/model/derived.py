"""`define`, `classify` and `score` -> derived facts.

Findings: those of conditions and formulas, PW0202 and PW0212 (lines), PW0211 (a part is missing:
a reason, a unit and range), PW0406 (a constant outside the stated range), PW0407 (a formula gives
another unit), PW0410, PW0701 (a line rests on nothing).
"""

from __future__ import annotations

from pathwaylang.compiler.model import attributes
from pathwaylang.compiler.model.bases import check_basis, inherit, read_basis, with_opinions
from pathwaylang.compiler.model.conditions import compile_condition
from pathwaylang.compiler.model.derived_types import is_numeric
from pathwaylang.compiler.model.formulas import compile_term
from pathwaylang.compiler.model.lines import check_any, check_order
from pathwaylang.compiler.model.measured import Measured, converted_to
from pathwaylang.compiler.model.quantities import (
    kind_words,
    report_missing_unit,
)
from pathwaylang.compiler.model.scope import Numbered, Scope
from pathwaylang.compiler.model.texts import condition_text
from pathwaylang.compiler.model.types import ChoiceOf, NumberOf, range_words
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label
from pathwaylang.ir.derived import (
    Add,
    Basis,
    Classification,
    ClassLine,
    Condition,
    Formula,
    Piece,
    Piecewise,
    Score,
)
from pathwaylang.ir.guards import Guard
from pathwaylang.ir.units import UNITLESS


def build_define(scope: Scope, item: syntax.Define) -> Condition | Formula | Piecewise | None:
    """Return a definition, or None after a finding."""
    attributes.check_lines(scope.report, item.attrs, "definition")
    basis = read_basis(scope, item.attrs)
    means_no = attributes.unknown_means_no(scope.report, item.attrs)
    if isinstance(item.body, tuple):
        return _piecewise(scope, item, item.body, means_no)
    if isinstance(item.type, syntax.NumberType):
        return _formula(scope, item, item.body, basis)
    if is_numeric(item.body):
        _report_typeless(scope, item)
        return None
    guard = compile_condition(scope, item.body)
    if guard is None:
        return None
    scope.build.numbered.append(Numbered(item.body, basis))
    text = condition_text(scope.build, item.body)
    return Condition(item.name.text, item.label.value, guard, means_no, basis, text, item.span)


def _report_typeless(scope: Scope, item: syntax.Define) -> None:
    scope.report.add(
        "PW0211",
        f"`{item.name.text}` is a number, but says neither unit nor range",
        Label(item.name.span),
        help=f'write `define {item.name.text} "…": number in UNIT LOW..HIGH as …`.',
    )


def _formula(scope: Scope, item: syntax.Define, body: syntax.Expr, basis: Basis) -> Formula | None:
    type_ = scope.build.types.get(item.name.text)
    found = compile_term(scope, body)
    if found is None or not isinstance(type_, NumberOf):
        return None
    scope.build.numbered.append(Numbered(body, basis))
    term = _stated(scope, item, type_, found, body)
    if term is None:
        return None
    text = condition_text(scope.build, body)
    return Formula(
        item.name.text,
        item.label.value,
        term.term,
        type_.range,
        type_.unit.code if type_.unit else "",
        basis,
        text,
        item.span,
    )


def _stated(
    scope: Scope, item: syntax.Define, type_: NumberOf, found: Measured, body: syntax.Expr
) -> Measured | None:
    """Return a term in the unit that the definition states, or report that it cannot be."""
    if found.bare is not None and type_.unit is not None:
        report_missing_unit(scope.report, found.bare, type_.unit, f"`{item.name.text}`")
        return None
    term = converted_to(found, type_.unit or UNITLESS, found.bridges)
    if term is not None:
        return term
    # Whoever compares it would trip over the same mistake.
    scope.build.types.pop(item.name.text, None)
    stated = type_.unit.text if type_.unit else "a number without unit"
    written = scope.build.written(body.span) or "the formula"
    scope.report.add(
        "PW0407",
        f"the formula of `{item.name.text}` does not give {stated}",
        Label(body.span),
        Label(item.name.span, f"stated as {stated}"),
        notes=(
            f"`{written}` is {kind_words(found.unit)}; {stated} is {kind_words(type_.unit)}."
            if type_.unit
            else f"`{written}` is {kind_words(found.unit)}.",
        ),
        help=f"correct the formula, or state what it gives: `number in {found.unit.text} …`."
        if found.unit.text
        else "correct the formula, or leave out the unit.",
    )
    return None


def _piecewise(
    scope: Scope, item: syntax.Define, lines: tuple[syntax.PieceLine, ...], means_no: bool
) -> Piecewise | None:
    if item.type is None:
        _report_typeless(scope, item)
    elif isinstance(item.type, syntax.YesNoType):
        scope.report.add(
            "PW0410",
            "a definition by lines is a number",
            Label(item.type.span),
            help="write the condition after `as`.",
        )
    check_order(
        scope.report, [("when" if line.condition else "otherwise", line.span) for line in lines]
    )
    type_ = scope.build.types.get(item.name.text)
    basis = read_basis(scope, item.attrs)
    found = [_piece(scope, item, line, basis) for line in lines]
    pieces = tuple(piece for piece in found if piece is not None)
    if len(pieces) < len(found) or not isinstance(type_, NumberOf):
        return None
    return Piecewise(
        item.name.text,
        item.label.value,
        pieces,
        type_.range,
        type_.unit.code if type_.unit else "",
        means_no,
        basis,
        item.span,
    )


def _piece(scope: Scope, item: syntax.Define, line: syntax.PieceLine, whole: Basis) -> Piece | None:
    attributes.check_lines(scope.report, line.attrs, "line")
    basis = inherit(read_basis(scope, line.attrs), whole)
    guard, text, is_read = compile_line(scope, line.condition, with_opinions(basis, whole))
    found = compile_term(scope, line.value)
    type_ = scope.build.types.get(item.name.text)
    if found is None or not isinstance(type_, NumberOf):
        return None
    term = _stated(scope, item, type_, found, line.value)
    if term is None or not is_read:
        return None
    if term.constant is not None and not type_.range.holds(term.constant):
        scope.report.add(
            "PW0406",
            f"this value is outside the range of `{item.name.text}`",
            Label(line.value.span),
            Label(item.name.span, "the range is declared here"),
            notes=(f"The range goes from {range_words(type_)}.",),
            help="correct the value, or the range.",
        )
        return None
    return Piece(term.term, guard, basis, text, line.span)


def compile_line(
    scope: Scope, condition: syntax.Expr | None, basis: Basis
) -> tuple[Guard | None, str, bool]:
    """Return guard and text of a line, and whether it could be read; no condition: `otherwise`."""
    if condition is None:
        return None, "otherwise", True
    guard = compile_condition(scope, condition)
    if guard is not None:
        scope.build.numbered.append(Numbered(condition, basis))
    return guard, condition_text(scope.build, condition), guard is not None


def build_classify(scope: Scope, item: syntax.Classify) -> Classification | None:
    """Return a classification, or None after a finding in one of its lines."""
    attributes.check_lines(scope.report, item.attrs, "classification")
    basis = read_basis(scope, item.attrs)
    means_no = attributes.unknown_means_no(scope.report, item.attrs)
    check_reason(scope, item.in_order, basis, f"classify in order {item.name.text}", item.name)
    check_order(
        scope.report,
        [("when" if line.condition else "otherwise", line.span) for line in item.lines],
    )
    check_any(scope.report, item.name, len(item.lines), "class")
    found = [_class_line(scope, item, line, basis) for line in item.lines]
    lines = tuple(line for line in found if line is not None)
    type_ = scope.build.types.get(item.name.text)
    if len(lines) < len(found) or not isinstance(type_, ChoiceOf):
        return None
    return Classification(
        item.name.text,
        item.label.value,
        type_.values,
        lines,
        item.in_order,
        means_no,
        basis,
        item.span,
    )


def _class_line(
    scope: Scope, item: syntax.Classify, line: syntax.ClassifyLine, whole: Basis
) -> ClassLine | None:
    attributes.check_lines(scope.report, line.attrs, "line")
    basis = inherit(read_basis(scope, line.attrs), whole)
    check_basis(scope, basis, line.name.span, "line", f"classify {item.name.text}")
    guard, text, is_read = compile_line(scope, line.condition, with_opinions(basis, whole))
    return ClassLine(line.name.text, guard, basis, text, line.span) if is_read else None


def check_reason(scope: Scope, in_order: bool, basis: Basis, words: str, name: syntax.Name) -> None:
    """Report `in order` without `because` (PW0211): order hides what a row means."""
    if in_order and not basis.because:
        scope.report.add(
            "PW0211",
            f"`{words}` gives no reason for its order",
            Label(name.span),
            notes=("The first line that holds wins, so the order decides about patients.",),
            help='add the line `because "…"` that says why.',
        )


def build_score(scope: Scope, item: syntax.ScoreItem) -> Score | None:
    """Return a score, or None after a finding in one of its lines."""
    attributes.check_lines(scope.report, item.attrs, "score")
    basis = read_basis(scope, item.attrs)
    means_no = attributes.unknown_means_no(scope.report, item.attrs)
    check_any(scope.report, item.name, len(item.lines), "points")
    found = [_add(scope, item, line, basis) for line in item.lines]
    lines = tuple(line for line in found if line is not None)
    if len(lines) < len(found):
        return None
    return Score(item.name.text, item.label.value, lines, means_no, basis, item.span)


def _add(scope: Scope, item: syntax.ScoreItem, line: syntax.AddLine, whole: Basis) -> Add | None:
    attributes.check_lines(scope.report, line.attrs, "line")
    basis = inherit(read_basis(scope, line.attrs), whole)
    check_basis(scope, basis, line.span, "line", f"score {item.name.text}")
    guard, text, _ = compile_line(scope, line.condition, with_opinions(basis, whole))
    if line.points.unit is not None:
        scope.report.add("PW0410", "points of a score have no unit", Label(line.points.unit.span))
        return None
    return None if guard is None else Add(line.points.value, guard, basis, text, line.span)
