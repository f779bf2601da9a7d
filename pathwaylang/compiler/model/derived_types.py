"""The types of definitions, classifications and scores, before their bodies are read.

A definition says its type, or is a condition; a classification has the values of its lines; a score
lies between the sums of its points. What has no readable type has none in the build, and whoever
reads it is silent: the item itself carries the finding.

Findings: PW0306 (classes that differ only by case), PW0410 (a definition of a type it cannot have),
and those of number types.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from pathwaylang.compiler.model.comparisons import bare_name
from pathwaylang.compiler.model.names import Declared, Space
from pathwaylang.compiler.model.ranges import number_type
from pathwaylang.compiler.model.report import Report
from pathwaylang.compiler.model.scope import Build
from pathwaylang.compiler.model.types import ChoiceOf, NumberOf, Type, YesNo
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label
from pathwaylang.ir.facts import Choice
from pathwaylang.ir.guards import Interval

_NUMERIC = syntax.Arithmetic | syntax.Quantity | syntax.CallExpr


def derived_type(report: Report, declared: Declared) -> Type | None:
    """Return the type of a derived fact, or None where its item has a finding, now or later."""
    match declared.node:
        case syntax.Define():
            return _define_type(report, declared.node)
        case syntax.Classify():
            named = ((line.name, line.label) for line in declared.node.lines)
            return ChoiceOf(_class_values(report, named))
        case syntax.ScoreItem():
            return _score_type(declared.node)
        case syntax.TableItem():
            named = ((name, None) for name in given_names(declared.node))
            return ChoiceOf(_class_values(report, named))
        case _:
            return None


def is_numeric(body: syntax.Expr | tuple[syntax.PieceLine, ...]) -> bool:
    """Tell whether the body of a definition is a number by its form."""
    while isinstance(body, syntax.Paren):
        body = body.item
    return isinstance(body, tuple | _NUMERIC)


def _define_type(report: Report, item: syntax.Define) -> Type | None:
    match item.type:
        case None:
            return None if is_numeric(item.body) else YesNo()
        case syntax.YesNoType():
            return YesNo()
        case syntax.ChoiceType():
            report.add(
                "PW0410",
                f"`{item.name.text}` is a choice, which `define` cannot give",
                Label(item.type.span),
                help="write a `classify` with one line per value.",
            )
            return None
        case syntax.NumberType():
            return _computed_type(report, item, item.type)


def _computed_type(report: Report, item: syntax.Define, node: syntax.NumberType) -> NumberOf | None:
    if node.step is not None:
        report.add(
            "PW0410",
            f"`{item.name.text}` is computed and has no step",
            Label(node.step.span),
            help="leave the step out; `round` rounds to whole numbers.",
        )
        return None
    return number_type(report, node)


def drop_disguised_numbers(build: Build) -> None:
    """Take the type from `define x "…" as ecog`, where ecog is no condition: `x` has a finding."""
    for name, type_ in list(build.types.items()):
        declared = build.names.by_space[Space.FACTS][name]
        if not isinstance(type_, YesNo) or not isinstance(declared.node, syntax.Define):
            continue
        body = declared.node.body
        reference = None if isinstance(body, tuple) else bare_name(body)
        if reference is None:
            continue
        other = build.types.get(reference.parts[0].text)
        if not isinstance(other, YesNo):
            del build.types[name]


def given_names(table: syntax.TableItem) -> tuple[syntax.Name, ...]:
    """Return the names in the column `gives`, row by row, with repeats."""
    at = [column.text for column in table.columns].index("gives")
    cells = [row.cells[at] for row in table.rows if len(row.cells) > at]
    return tuple(
        cell.values[0]
        for cell in cells
        if isinstance(cell, syntax.ValuesCell)
        and len(cell.values) == 1
        and not cell.negated
        and isinstance(cell.values[0], syntax.Name)
    )


def _class_values(
    report: Report, named: Iterable[tuple[syntax.Name, syntax.Text | None]]
) -> tuple[Choice, ...]:
    labels: dict[str, str] = {}
    first: dict[str, syntax.Name] = {}
    for name, label in named:
        known = first.setdefault(name.text.casefold(), name)
        if known.text != name.text:
            report.add(
                "PW0306",
                f"`{name.text}` and `{known.text}` differ only by case",
                Label(name.span),
                Label(known.span, "the first"),
            )
            continue
        labels[name.text] = labels.get(name.text) or (label.value if label else "")
    return tuple(Choice(name, label or name) for name, label in labels.items())


def _score_type(item: syntax.ScoreItem) -> NumberOf:
    points = [line.points.value for line in item.lines]
    low = sum((value for value in points if value < 0), Fraction(0))
    high = sum((value for value in points if value > 0), Fraction(0))
    return NumberOf(None, Interval(low, high), whole=all(p.denominator == 1 for p in points))
