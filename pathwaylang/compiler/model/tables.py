"""`table` -> a decision (`then`) or a classification (`gives`), with unique hit.

Each row is a branch or line whose condition is the conjunction of its cells. `columns` and `cells`
of the decision are the columns that hold conditions, in order. INVARIANT: the parser lets no row
pass that has not one cell per column (PW0213). A bare number stands for the unit
that another cell of its column states; without one its unit is missing.

Findings: PW0211 (neither `then` nor `gives`), PW0212 (a column twice), PW0410 (a cell that does not
fit its column), PW0701, and those of names, values and units.
"""

from __future__ import annotations

from dataclasses import dataclass

from pathwaylang.compiler.model import attributes
from pathwaylang.compiler.model.bases import (
    check_basis,
    inherit,
    read_basis,
    read_cites,
    with_opinions,
)
from pathwaylang.compiler.model.cells import Column, cell_guard, cell_text, read_columns
from pathwaylang.compiler.model.decisions import branch_strength, read_obtains
from pathwaylang.compiler.model.names import branch_ids
from pathwaylang.compiler.model.outcomes import build_outcome
from pathwaylang.compiler.model.scope import Numbered, Scope
from pathwaylang.compiler.model.types import ChoiceOf
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label
from pathwaylang.ir.derived import Basis, Classification, ClassLine
from pathwaylang.ir.graph import Branch, Decision, Outcome
from pathwaylang.ir.guards import TRUE, All, Guard


@dataclass(frozen=True, slots=True)
class RowRead:
    """What the condition cells and the basis cells of a row say."""

    guard: Guard
    text: str
    cells: tuple[str, ...]
    basis: Basis


def build_decision_table(scope: Scope, item: syntax.TableItem) -> Decision:
    """Return a table with a column `then`; rows with a finding are left out."""
    columns, basis = _open_table(scope, item)
    means_no = attributes.unknown_means_no(scope.report, item.attrs)
    branches: list[Branch] = []
    for name, row in zip(branch_ids(item), item.rows, strict=True):
        read = _read_row(scope, item, columns, row, basis)
        outcome = _outcome(scope, item, row)
        if read is not None and outcome is not None:
            strength = branch_strength(scope, _strength_line(item, row), outcome)
            branches.append(
                Branch(
                    name.text,
                    "when",
                    read.guard,
                    outcome,
                    read.text,
                    read.basis,
                    strength,
                    read.cells,
                    row.span,
                )
            )
    return Decision(
        item.name.text,
        item.label.value,
        tuple(branches),
        unknown_means_no=means_no,
        obtains=read_obtains(scope, item.attrs),
        layout="table",
        columns=tuple(column.name.text for column in columns if column.is_condition),
        basis=basis,
        labels=attributes.labels(item.attrs),
        span=item.span,
    )


def build_gives_table(scope: Scope, item: syntax.TableItem) -> Classification | None:
    """Return a table with a column `gives` as an unordered classification."""
    columns, basis = _open_table(scope, item)
    means_no = attributes.unknown_means_no(scope.report, item.attrs)
    lines: list[ClassLine] = []
    for row in item.rows:
        read = _read_row(scope, item, columns, row, basis)
        value = _given(scope, item, row)
        if read is not None and value:
            lines.append(ClassLine(value, read.guard, read.basis, read.text, row.span))
    type_ = scope.build.types.get(item.name.text)
    if len(lines) < len(item.rows) or not isinstance(type_, ChoiceOf):
        return None
    return Classification(
        item.name.text,
        item.label.value,
        type_.values,
        tuple(lines),
        unknown_means_no=means_no,
        basis=basis,
        span=item.span,
    )


def _open_table(scope: Scope, item: syntax.TableItem) -> tuple[tuple[Column, ...], Basis]:
    attributes.check_lines(scope.report, item.attrs, "table")
    basis = read_basis(scope, item.attrs)
    columns = read_columns(scope, item)
    results = [column for column in columns if column.name.text in ("then", "gives")]
    if len(results) != 1:
        scope.report.add(
            "PW0211",
            f"the table `{item.name.text}` needs one column `then` or `gives`",
            Label(item.columns[0].span.to(item.columns[-1].span) if item.columns else item.span),
            help="end each row with what follows: `then` for outcomes, `gives` for values.",
        )
    return columns, basis


def _read_row(
    scope: Scope,
    item: syntax.TableItem,
    columns: tuple[Column, ...],
    row: syntax.Row,
    whole: Basis,
) -> RowRead | None:
    basis = inherit(_row_basis(scope, columns, row), whole)
    check_basis(scope, basis, row.span, "row", f"table {item.name.text}")
    guards: list[Guard] = []
    texts: list[str] = []
    cells: list[str] = []
    is_read = True
    for column, cell in zip(columns, row.cells, strict=True):
        if not column.is_condition:
            continue
        cells.append(scope.build.written(cell.span))
        if isinstance(cell, syntax.AnyCell):
            continue
        guard = cell_guard(scope, column, cell)
        is_read = is_read and guard is not None
        if guard is not None:
            guards.append(guard)
            texts.append(cell_text(scope, column, cell))
    if not is_read:
        return None
    _note_numbers(scope, columns, row, with_opinions(basis, whole))
    guard = TRUE if not guards else guards[0] if len(guards) == 1 else All(tuple(guards))
    return RowRead(guard, " and ".join(texts) or "any", tuple(cells), basis)


def _strength_line(item: syntax.TableItem, row: syntax.Row) -> attributes.Attrs:
    """Return the cell of a column `strength` as the line that it stands for."""
    match _cell_of(item, row, "strength"):
        case syntax.TextCell(text) if text.value:
            words = [syntax.Name(word, text.span) for word in text.value.split()]
        case syntax.ValuesCell(values):
            words = [value for value in values if isinstance(value, syntax.Name)]
        case _:
            return ()
    return (syntax.Word("strength", tuple(words), row.span),)


def _note_numbers(scope: Scope, columns: tuple[Column, ...], row: syntax.Row, basis: Basis) -> None:
    """Hand the numbers of a row to the check of cited numbers."""
    for column, cell in zip(columns, row.cells, strict=True):
        reference = syntax.Reference((column.name,), column.name.span)
        if column.is_condition and isinstance(cell, syntax.CompareCell):
            condition: syntax.Expr = syntax.Compare(cell.operator, reference, cell.value, cell.span)
            scope.build.numbered.append(Numbered(condition, basis))
        elif column.is_condition and isinstance(cell, syntax.RangeCell):
            condition = syntax.InRange(reference, cell.range, cell.span)
            scope.build.numbered.append(Numbered(condition, basis))


def _row_basis(scope: Scope, columns: tuple[Column, ...], row: syntax.Row) -> Basis:
    cites: tuple[str, ...] = ()
    texts: dict[str, list[str]] = {"opinion": [], "note": []}
    for column, cell in zip(columns, row.cells, strict=False):
        match cell:
            case syntax.RefsCell():
                cites += read_cites(scope, cell.refs)
            case syntax.ValuesCell() if column.name.text == "cite":
                names = [value for value in cell.values if isinstance(value, syntax.Name)]
                refs = tuple(syntax.Reference((name,), name.span) for name in names)
                cites += read_cites(scope, refs)
            case syntax.TextCell() if column.name.text in texts and cell.text.value:
                texts[column.name.text].append(cell.text.value)
            case _:
                continue
    return Basis(cites, tuple(texts["opinion"]), tuple(texts["note"]))


def _outcome(scope: Scope, item: syntax.TableItem, row: syntax.Row) -> Outcome | None:
    cell = _cell_of(item, row, "then")
    if isinstance(cell, syntax.OutcomeCell):
        return build_outcome(scope, cell.outcome)
    if cell is not None:
        scope.report.add(
            "PW0410",
            "the column `then` holds outcomes",
            Label(cell.span),
            help="write `recommend …`, `offer … or …` or `go to …`.",
        )
    return None


def _given(scope: Scope, item: syntax.TableItem, row: syntax.Row) -> str:
    cell = _cell_of(item, row, "gives")
    if isinstance(cell, syntax.ValuesCell) and len(cell.values) == 1 and not cell.negated:
        value = cell.values[0]
        if isinstance(value, syntax.Name):
            return value.text
    if cell is not None:
        scope.report.add(
            "PW0410",
            "the column `gives` holds one name per row",
            Label(cell.span),
            help="write the value that this row gives, such as `reduced`.",
        )
    return ""


def _cell_of(item: syntax.TableItem, row: syntax.Row, word: str) -> syntax.Cell | None:
    for column, cell in zip(item.columns, row.cells, strict=False):
        if column.text == word:
            return cell
    return None
