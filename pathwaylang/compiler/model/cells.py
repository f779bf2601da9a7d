"""The columns of a table and the conditions in their cells.

A column is a fact or derived fact, or one of the words `then`, `gives`, `id`, `cite`, `opinion`,
`note`, `strength`. Cells: `any`, values, `not` values, `unknown`, `<= 3 cm`, `60..<90`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pathwaylang.compiler.model.comparisons import interval_of
from pathwaylang.compiler.model.memberships import values_guard
from pathwaylang.compiler.model.names import Space
from pathwaylang.compiler.model.quantities import constant_in, range_in
from pathwaylang.compiler.model.scope import Scope
from pathwaylang.compiler.model.types import ChoiceOf, NumberOf, Type, YesNo, type_words
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label
from pathwaylang.ir.guards import Guard, Not, Within

_WORDS = frozenset({"then", "gives", "id", "cite", "opinion", "note", "strength"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `unit` is what its cells state where they all state the same unit."""

    name: syntax.Name
    is_condition: bool
    type: Type | None = None
    unit: syntax.Name | None = None


def read_columns(scope: Scope, item: syntax.TableItem) -> tuple[Column, ...]:
    """Return the columns of a table, with their types."""
    columns: list[Column] = []
    seen: dict[str, syntax.Name] = {}
    for at, name in enumerate(item.columns):
        first = seen.setdefault(name.text, name)
        if first is not name:
            scope.report.add(
                "PW0212",
                f"the column `{name.text}` stands twice",
                Label(name.span),
                Label(first.span, "the first"),
                help="join the two columns, or name another fact in one of them.",
            )
        if name.text in _WORDS:
            columns.append(Column(name, is_condition=False))
            continue
        declared = scope.look_up(Space.FACTS, name)
        type_ = scope.build.types.get(name.text) if declared is not None else None
        cells = [row.cells[at] for row in item.rows if at < len(row.cells)]
        columns.append(Column(name, True, type_, _stated_unit(cells)))
    return tuple(columns)


def _stated_unit(cells: list[syntax.Cell]) -> syntax.Name | None:
    units: dict[str, syntax.Name] = {}
    for cell in cells:
        unit = _unit_of(cell)
        if unit is not None:
            units.setdefault(unit.text, unit)
    return next(iter(units.values())) if len(units) == 1 else None


def _unit_of(cell: syntax.Cell) -> syntax.Name | None:
    match cell:
        case syntax.CompareCell():
            return cell.value.unit
        case syntax.RangeCell():
            return cell.range.unit or cell.range.high.unit or cell.range.low.unit
        case syntax.ValuesCell():
            units = (v.unit for v in cell.values if isinstance(v, syntax.Quantity) and v.unit)
            return next(units, None)
        case _:
            return None


def cell_guard(scope: Scope, column: Column, cell: syntax.Cell) -> Guard | None:
    """Return the condition of a cell that is not `any`, or None after a finding."""
    type_, name = column.type, column.name.text
    if type_ is None:
        return None
    match cell:
        case syntax.ValuesCell():
            values = tuple(_with_unit(value, column.unit) for value in cell.values)
            guard = values_guard(scope, name, type_, values)
            return Not(guard) if guard is not None and cell.negated else guard
        case syntax.CompareCell() if isinstance(type_, NumberOf):
            quantity = _quantity_with_unit(cell.value, column.unit)
            value = constant_in(scope.report, quantity, type_, f"`{name}`")
            return None if value is None else Within(name, (interval_of(cell.operator, value),))
        case syntax.RangeCell() if isinstance(type_, NumberOf):
            written = replace(cell.range, unit=_unit_of(cell) or column.unit)
            found = range_in(scope.report, written, type_, f"`{name}`")
            return None if found is None else Within(name, (found,))
        case _:
            _report_cell(scope, column, cell, type_)
            return None


def _with_unit(value: syntax.Literal_, unit: syntax.Name | None) -> syntax.Literal_:
    return _quantity_with_unit(value, unit) if isinstance(value, syntax.Quantity) else value


def _quantity_with_unit(value: syntax.Quantity, unit: syntax.Name | None) -> syntax.Quantity:
    return value if value.unit is not None else replace(value, unit=unit)


def _report_cell(scope: Scope, column: Column, cell: syntax.Cell, type_: Type) -> None:
    is_ordered = isinstance(cell, syntax.CompareCell | syntax.RangeCell)
    written = scope.build.written(cell.span) or "this cell"
    name = column.name.text
    if is_ordered and isinstance(type_, ChoiceOf):
        advice = f"name the values, such as `{type_.names[0]}` or `not {type_.names[0]}`."
        code, message = "PW0402", f"`{name}` is a choice and has no order"
    else:
        advice = "write `yes`, `no` or `any`." if isinstance(type_, YesNo) else ""
        code, message = "PW0410", f"`{written}` does not fit the column `{name}`"
    scope.report.add(
        code,
        message,
        Label(cell.span),
        Label(column.name.span, "the column"),
        notes=(f"`{name}` is {type_words(type_)}.",),
        help=advice,
    )


def cell_text(scope: Scope, column: Column, cell: syntax.Cell) -> str:
    """Return the condition of a cell in the words of a `when`."""
    name = column.name.text
    match cell:
        case syntax.CompareCell():
            return f"{name} {scope.build.written(cell.span)}{_shown_unit(cell, column)}"
        case syntax.RangeCell():
            return f"{name} in {scope.build.written(cell.span)}{_shown_unit(cell, column)}"
        case syntax.ValuesCell():
            return _values_text(scope, column, cell)
        case _:
            return ""


def _shown_unit(cell: syntax.Cell, column: Column) -> str:
    return "" if _unit_of(cell) or column.unit is None else f" {column.unit.text}"


def _values_text(scope: Scope, column: Column, cell: syntax.ValuesCell) -> str:
    name = column.name.text
    if isinstance(column.type, YesNo) and len(cell.values) == 1:
        value = cell.values[0]
        if isinstance(value, syntax.Truth):
            return name if value.value is not cell.negated else f"not {name}"
    written = [scope.build.written(value.span) for value in cell.values]
    words = ("not " if cell.negated else "") + ("one of " if len(written) > 1 else "")
    return f"{name} is {words}{', '.join(written)}"
