"""What the names in a file stand for, by the syntax alone.

In: the tree of one file. Out: its occurrences in reading order: a place, the symbol that the name
there means, and whether it is declared there. Nothing is looked up, so one broken item hides only
its own names; the values of `x is early` belong to `x`, whatever that is.

Invariant: the places of two occurrences of one file never overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from pathwaylang.compiler.model.names import gives_values, id_line
from pathwaylang.compiler.syntax import nodes
from pathwaylang.service.symbols import Group, Occurrence, Symbol

WORDS = frozenset(("then", "gives", "cite", "id", "opinion", "note", "strength"))
"""Headings of columns that are no facts."""


def occurrences_of(file: nodes.File) -> tuple[Occurrence, ...]:
    """Return every name of a file with what it stands for, in reading order."""
    found = list(_attrs(file.head.attrs)) if file.head is not None else []
    for item in file.items:
        found.extend(_item(item))
    return tuple(sorted(found, key=lambda occurrence: occurrence.span))


def _declared(group: Group, name: nodes.Name, owner: str = "") -> Occurrence:
    return Occurrence(Symbol(group, name.text, owner), name.span, True)


def _used(
    group: Group, names: Iterable[nodes.Name | None], owner: str = ""
) -> Iterator[Occurrence]:
    for name in names:
        if name is not None and name.text:
            yield Occurrence(Symbol(group, name.text, owner), name.span)


# ------------------------------------------------------------------ items


def _item(item: nodes.Item) -> Iterator[Occurrence]:
    match item:
        case nodes.Head():
            yield from _attrs(item.attrs)
        case nodes.Use():
            yield from _used(Group.IMPORT, item.names, item.path.value)
        case nodes.SourceItem():
            yield _declared(Group.SOURCE, item.name)
            yield from (_declared(Group.STATEMENT, s.id, item.name.text) for s in item.says)
        case nodes.FactItem():
            yield _declared(Group.FACT, item.name)
            yield from _fact(item)
        case nodes.Define() | nodes.Classify() | nodes.ScoreItem():
            yield _declared(Group.FACT, item.name)
            yield from _attrs(item.attrs)
            yield from _derived(item)
        case nodes.TestItem():
            yield _declared(Group.TEST, item.name)
            yield from _used(Group.FACT, item.finds)
            yield from _attrs(item.attrs)
        case nodes.RecommendationItem():
            yield _declared(Group.OUTCOME, item.name)
            yield from _attrs(item.attrs)
        case nodes.StageItem():
            yield _declared(Group.FLOW, item.name)
            yield from _used(Group.FLOW, item.starts)
            yield from _attrs(item.attrs)
        case nodes.Decide() | nodes.StepItem() | nodes.TableItem():
            yield from _decision(item)
        case _:
            yield from _rule(item)


def _fact(item: nodes.FactItem) -> Iterator[Occurrence]:
    if isinstance(item.type, nodes.ChoiceType):
        yield from (_declared(Group.VALUE, v.name, item.name.text) for v in item.type.items)
    for attr in item.attrs:
        if isinstance(attr, nodes.Usually):
            yield from _values((attr.value,), item.name.text)
    yield from _attrs(item.attrs)


def _derived(item: nodes.Define | nodes.Classify | nodes.ScoreItem) -> Iterator[Occurrence]:
    match item:
        case nodes.Define():
            if not isinstance(item.body, tuple):
                yield from _expr(item.body)
                return
            for piece in item.body:
                yield from _expr(piece.value)
                yield from _maybe(piece.condition)
                yield from _attrs(piece.attrs)
        case nodes.Classify():
            for line in item.lines:
                yield _declared(Group.VALUE, line.name, item.name.text)
                yield from _maybe(line.condition)
                yield from _attrs(line.attrs)
        case nodes.ScoreItem():
            for add in item.lines:
                yield from _expr(add.condition)
                yield from _attrs(add.attrs)
        case _:
            assert_never(item)


def _decision(item: nodes.Decide | nodes.StepItem | nodes.TableItem) -> Iterator[Occurrence]:
    match item:
        case nodes.Decide():
            yield _declared(Group.FLOW, item.name)
            for branch in item.branches:
                yield from _branch(branch)
        case nodes.StepItem():
            yield _declared(Group.FLOW, item.name)
            yield from _branch_id(item.attrs)
            yield from _outcome(item.outcome)
        case nodes.TableItem():
            yield _declared(Group.FACT if gives_values(item) else Group.FLOW, item.name)
            yield from _used(Group.FACT, (c for c in item.columns if c.text not in WORDS))
            for row in item.rows:
                for column, cell in zip(item.columns, row.cells, strict=False):
                    yield from _cell(item, column.text, cell)
        case _:
            assert_never(item)
    yield from _attrs(item.attrs)


def _branch(branch: nodes.BranchLine) -> Iterator[Occurrence]:
    yield from _maybe(branch.condition)
    yield from _outcome(branch.outcome)
    yield from _branch_id(branch.attrs)
    yield from _attrs(branch.attrs)


def _branch_id(attrs: tuple[nodes.Attr, ...]) -> Iterator[Occurrence]:
    name = id_line(attrs)
    if name is not None:
        yield _declared(Group.OUTCOME, name)


def _cell(table: nodes.TableItem, column: str, cell: nodes.Cell) -> Iterator[Occurrence]:
    match cell:
        case nodes.OutcomeCell():
            yield from _outcome(cell.outcome)
        case nodes.RefsCell():
            yield from _cites(cell.refs)
        case nodes.ValuesCell() if column == "id":
            names = (value for value in cell.values if isinstance(value, nodes.Name))
            yield from (_declared(Group.OUTCOME, name) for name in names)
        case nodes.ValuesCell() if column == "gives":
            for used in _values(cell.values, table.name.text):
                yield Occurrence(used.symbol, used.span, True)
        case nodes.ValuesCell() if column not in WORDS:
            yield from _values(cell.values, column)
        case _:
            return


def _rule(item: nodes.Item) -> Iterator[Occurrence]:
    match item:
        case nodes.ImpossibleItem():
            yield from _expr(item.condition)
            yield from _attrs(item.attrs)
        case nodes.RecommendRule():
            yield from _used(Group.FLOW, (item.stage,))
            yield from _used(Group.OUTCOME, item.names)
            yield from _expr(item.condition)
            yield from _attrs(item.attrs)
        case nodes.BeforeRule():
            yield from _used(Group.TEST, (item.test,))
            yield from _used(Group.OUTCOME, item.names)
            yield from _attrs(item.attrs)
        case nodes.NeverChangesRule():
            yield from _used(Group.FACT, (item.fact,))
            yield from _used(Group.FLOW, item.tracks)
            yield from _attrs(item.attrs)
        case nodes.ExampleItem():
            yield from _example(item)
        case nodes.ReplaceRecommendation():
            yield from _used(Group.OUTCOME, (item.item.name,))
            yield from _attrs(item.item.attrs)
        case nodes.ReplaceBranch():
            yield from _used(Group.FLOW, item.target.parts[:1])
            yield from _used(Group.OUTCOME, item.target.parts[1:])
            yield from _attrs(item.attrs)
            yield from _branch(item.branch)
        case nodes.RestrictFact():
            yield from _used(Group.FACT, (item.item.name,))
            yield from _attrs(item.item.attrs)
        case _:
            return


def _example(item: nodes.ExampleItem) -> Iterator[Occurrence]:
    label = item.label
    yield Occurrence(Symbol(Group.EXAMPLE, label.value), label.span, True)
    for given in item.given:
        if isinstance(given, nodes.GivenLike):
            yield Occurrence(Symbol(Group.EXAMPLE, given.example.value), given.example.span)
            continue
        for fact in given.facts:
            yield from _used(Group.FACT, (fact.name,))
            yield from _values((fact.value,), fact.name.text)
    for expect in item.expect:
        if not isinstance(expect.what, str):
            yield from _outcome(expect.what)
        group = Group.TEST if expect.what == "obtain" else Group.FACT
        yield from _used(group, (expect.name,))
        yield from _used(Group.FLOW, (expect.track,))
    yield from _attrs(item.attrs)


# ------------------------------------------------------------------ lines, outcomes, conditions


def _attrs(attrs: tuple[nodes.Attr, ...]) -> Iterator[Occurrence]:
    for attr in attrs:
        match attr:
            case nodes.Cite():
                yield from _cites(attr.refs)
            case nodes.AskedWhen() | nodes.AppliesWhen():
                yield from _expr(attr.condition)
            case nodes.Obtain():
                yield from _used(Group.TEST, attr.tests)
            case nodes.ReassessLine():
                yield from _used(Group.FLOW, attr.at.parts[:1] if len(attr.at.parts) == 1 else ())
            case nodes.UnknownMeansNo():
                yield from _attrs(attr.attrs)
            case _:
                continue


def _cites(refs: tuple[nodes.Reference, ...]) -> Iterator[Occurrence]:
    for ref in refs:
        source = ref.parts[0]
        yield from _used(Group.SOURCE, (source,))
        yield from _used(Group.STATEMENT, ref.parts[1:], source.text)


def _outcome(outcome: nodes.OutcomeNode) -> Iterator[Occurrence]:
    if not isinstance(outcome, nodes.GoTo):
        yield from _used(Group.OUTCOME, outcome.names)
    elif len(outcome.target.parts) == 1:
        yield from _used(Group.FLOW, outcome.target.parts)


def _values(values: Iterable[nodes.Literal_], owner: str) -> Iterator[Occurrence]:
    names = (value for value in values if isinstance(value, nodes.Name))
    yield from _used(Group.VALUE, (name for name in names if name.text != "none"), owner)


def _maybe(condition: nodes.Expr | None) -> Iterator[Occurrence]:
    if condition is not None:
        yield from _expr(condition)


def _expr(expr: nodes.Expr) -> Iterator[Occurrence]:  # noqa: C901 - one arm per kind
    match expr:
        case nodes.Reference():
            yield from _used(Group.FACT, expr.parts[:1])
        case nodes.Paren() | nodes.NotExpr():
            yield from _expr(expr.item)
        case nodes.Arithmetic() | nodes.Compare():
            yield from _expr(expr.left)
            yield from _expr(expr.right)
        case nodes.CallExpr():
            for argument in expr.arguments:
                yield from _expr(argument)
        case nodes.InRange() | nodes.IsKnown():
            yield from _expr(expr.left)
        case nodes.Is():
            yield from _expr(expr.left)
            left = expr.left
            while isinstance(left, nodes.Paren):
                left = left.item
            if isinstance(left, nodes.Reference):
                yield from _values(expr.values, left.parts[0].text)
        case nodes.TrackRecommends():
            yield from _used(Group.FLOW, (expr.track,))
            yield from _used(Group.OUTCOME, expr.names)
        case nodes.AndExpr() | nodes.OrExpr() | nodes.Bullets():
            for item in expr.items:
                yield from _expr(item)
        case nodes.Quantity():
            return
        case _:
            assert_never(expr)
