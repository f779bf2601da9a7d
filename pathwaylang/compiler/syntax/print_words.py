"""Nodes -> text: names, texts, numbers, ranges, types, outcomes and table cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from pathwaylang.compiler.syntax import nodes


def name_list(names: Iterable[nodes.Name], between: str = ", ") -> str:
    """Return names with something between each two."""
    return between.join(name.text for name in names)


def text_text(text: nodes.Text) -> str:
    """Return a text in quotation marks; the lines of a block follow with the margin 0."""
    if text.value and (text.block or "\n" in text.value):
        return f'"""\n{text.value}\n"""'
    escaped = text.value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def reference_text(reference: nodes.Reference) -> str:
    """Return `a` or `a.b`."""
    return name_list(reference.parts, ".")


def quantity_text(quantity: nodes.Quantity) -> str:
    """Return a number with its unit."""
    return f"{quantity.digits} {quantity.unit.text}" if quantity.unit else quantity.digits


def range_text(found: nodes.Range) -> str:
    """Return `4..8` or `60..<90 cm`."""
    sign = "..<" if found.high_open else ".."
    unit = f" {found.unit.text}" if found.unit else ""
    return f"{found.low.digits}{sign}{found.high.digits}{unit}"


def value_text(value: nodes.Literal_) -> str:
    """Return a value."""
    match value:
        case nodes.Name():
            return value.text
        case nodes.Quantity():
            return quantity_text(value)
        case nodes.Truth():
            return "yes" if value.value else "no"
        case nodes.Unknown():
            return "unknown"
        case _:
            assert_never(value)


def value_list(values: Iterable[nodes.Literal_]) -> str:
    """Return values with commas."""
    return ", ".join(value_text(value) for value in values)


def type_text(found: nodes.TypeNode) -> str:
    """Return the type of a fact."""
    match found:
        case nodes.YesNoType():
            return "yes/no"
        case nodes.ChoiceType():
            return "choice of " + ", ".join(
                f"{item.name.text} {text_text(item.label)}" if item.label else item.name.text
                for item in found.items
            )
        case nodes.NumberType():
            words = ["whole number" if found.whole else "number"]
            words += [f"in {found.unit.text}"] if found.unit else []
            words.append(range_text(found.range))
            words += [f"step {quantity_text(found.step)}"] if found.step else []
            return " ".join(words)
        case _:
            assert_never(found)


def outcome_text(outcome: nodes.OutcomeNode) -> str:
    """Return an outcome."""
    match outcome:
        case nodes.RecommendOutcome():
            return f"recommend {name_list(outcome.names, ' and ')}"
        case nodes.OfferOutcome():
            return f"offer {name_list(outcome.names, ' or ')}"
        case nodes.GoTo():
            return f"go to {reference_text(outcome.target)}"
        case _:
            assert_never(outcome)


def cell_text(cell: nodes.Cell) -> str:
    """Return a cell of a table."""
    match cell:
        case nodes.AnyCell():
            return "any"
        case nodes.ValuesCell():
            return ("not " if cell.negated else "") + value_list(cell.values)
        case nodes.CompareCell():
            return f"{cell.operator} {quantity_text(cell.value)}"
        case nodes.RangeCell():
            return range_text(cell.range)
        case nodes.OutcomeCell():
            return outcome_text(cell.outcome)
        case nodes.RefsCell():
            return ", ".join(reference_text(reference) for reference in cell.refs)
        case nodes.TextCell():
            return text_text(cell.text)
        case _:
            assert_never(cell)
