"""Grammar rules -> nodes: decisions, outcomes, steps and tables.

As in build_words.py, each function is the action of one rule and gets the children of that rule.
"""

from __future__ import annotations

from typing import Any, Literal, cast

from pathwaylang.compiler.syntax import nodes
from pathwaylang.compiler.syntax.build_items import split
from pathwaylang.compiler.syntax.build_words import Parts, extent, name_of, names, over, text_of
from pathwaylang.diagnostics import Span

_BranchWord = Literal["when", "unknown", "otherwise"]


def recommend(parts: Parts) -> nodes.RecommendOutcome:
    """Return `recommend a and b`."""
    return nodes.RecommendOutcome(names(parts[1:]), over(parts[0], parts[-1]))


def offer(parts: Parts) -> nodes.OfferOutcome:
    """Return `offer a or b`."""
    return nodes.OfferOutcome(names(parts[1:]), over(parts[0], parts[-1]))


def go_to(parts: Parts) -> nodes.GoTo:
    """Return `go to a`."""
    return nodes.GoTo(parts[2], over(parts[0], parts[2]))


def _branch(word: _BranchWord, condition: nodes.Expr | None, parts: Parts) -> nodes.BranchLine:
    outcome, _, below = parts[-3:]
    span = extent(parts[0], outcome, below)
    return nodes.BranchLine(word, condition, outcome, below or (), span)


def branch_when(parts: Parts) -> nodes.BranchLine:
    """Return `when CONDITION then OUTCOME`."""
    return _branch("when", parts[1], parts)


def branch_unknown(parts: Parts) -> nodes.BranchLine:
    """Return `when unknown then OUTCOME`."""
    return _branch("unknown", None, parts)


def branch_otherwise(parts: Parts) -> nodes.BranchLine:
    """Return `otherwise OUTCOME`."""
    return _branch("otherwise", None, parts)


def decide(parts: Parts) -> nodes.Decide:
    """Return a decision."""
    first, _, order, name, label = parts[:5]
    attrs, own = split(parts[7:-1], nodes.BranchLine)
    span = over(first, parts[-2])
    return nodes.Decide(name_of(name), text_of(label), order is not None, attrs, own, span)


def step(parts: Parts) -> nodes.StepItem:
    """Return a step."""
    first, name, label = parts[:3]
    lines = parts[5:-1]
    outcome = next(part for part in lines if isinstance(part, nodes.OutcomeNode))
    attrs = tuple(part for part in lines if isinstance(part, nodes.Attr))
    last = max((outcome, *attrs), key=lambda node: node.span.end)
    return nodes.StepItem(name_of(name), text_of(label), attrs, outcome, over(first, last))


# ------------------------------------------------------------------ tables


def column(parts: Parts) -> nodes.Name:
    """Return the heading of a column."""
    return name_of(parts[0])


def heading(parts: Parts) -> tuple[nodes.Name, ...]:
    """Return the headings of a table."""
    return tuple(parts[1:-1:2])


def row(parts: Parts) -> nodes.Row:
    """Return a row of a table."""
    return nodes.Row(tuple(parts[1:-1:2]), over(parts[0], parts[-2]))


def any_cell(parts: Parts) -> nodes.AnyCell:
    """Return `any`."""
    return nodes.AnyCell(parts[0].span)


def dotted(parts: Parts) -> nodes.Reference:
    """Return `a.b` in a cell."""
    return nodes.Reference((name_of(parts[0]), name_of(parts[2])), over(parts[0], parts[2]))


def values_cell(parts: Parts) -> nodes.ValuesCell | nodes.RefsCell:
    """Return `a, b`; references where one of them has a dot."""
    values = parts[0]
    span = over(values[0], values[-1])
    if any(isinstance(value, nodes.Reference) for value in values):
        return _refs_cell(values, span)
    return nodes.ValuesCell(values, False, span)


def _refs_cell(values: tuple[Any, ...], span: Span) -> nodes.RefsCell:
    """Return a cell of references; one that is none has an empty name (checks.py)."""
    refs = []
    for value in values:
        if isinstance(value, nodes.Reference):
            refs.append(value)
        else:
            name = value if isinstance(value, nodes.Name) else nodes.Name("", value.span)
            refs.append(nodes.Reference((name,), value.span))
    return nodes.RefsCell(tuple(refs), span)


def not_cell(parts: Parts) -> nodes.ValuesCell:
    """Return `not a, b`."""
    values = parts[1]
    return nodes.ValuesCell(values, True, over(parts[0], values[-1]))


def compare_cell(parts: Parts) -> nodes.CompareCell:
    """Return `<= 3 cm`."""
    return nodes.CompareCell(parts[0].text, parts[1], over(parts[0], parts[1]))


def range_cell(parts: Parts) -> nodes.RangeCell:
    """Return `60..<90`."""
    return nodes.RangeCell(parts[0], parts[0].span)


def outcome_cell(parts: Parts) -> nodes.OutcomeCell:
    """Return the cell of the column `then`."""
    return nodes.OutcomeCell(parts[0], parts[0].span)


def text_cell(parts: Parts) -> nodes.TextCell:
    """Return a text."""
    return nodes.TextCell(parts[0], parts[0].span)


def _in_column(column_name: str, cell: nodes.Cell) -> nodes.Cell:
    """Return the names of a cell as references where the column means them so."""
    if column_name != "cite" or not isinstance(cell, nodes.ValuesCell) or cell.negated:
        return cell
    is_names = all(isinstance(value, nodes.Name) for value in cell.values)
    return _refs_cell(cell.values, cell.span) if is_names else cell


def table(parts: Parts) -> nodes.TableItem:
    """Return a table; `heading` and `row` are the only children that are not attribute lines."""
    first, name, label = parts[:3]
    others, rows = split(parts[5:-1], nodes.Row)
    *attrs, columns = others
    titles: list[str] = [title.text for title in cast("tuple[nodes.Name, ...]", columns)]
    return nodes.TableItem(
        name_of(name),
        text_of(label),
        tuple(attrs),
        cast("tuple[nodes.Name, ...]", columns),
        tuple(_titled(titles, row) for row in rows),
        over(first, rows[-1]),
    )


def _titled(titles: list[str], row: nodes.Row) -> nodes.Row:
    padded = titles + [""] * len(row.cells)
    return nodes.Row(tuple(map(_in_column, padded, row.cells)), row.span)
