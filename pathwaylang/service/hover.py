"""What a name means, told where it stands: label, type, range, unit, code, what it rests on.

In: a view and an offset. Out: a `Hover` of plain texts, or None. On the first word of a branch it
tells the condition that really decides: in an ordered list, also what the branches above leave.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pathwaylang.compiler.model.attributes import codes, prose, words
from pathwaylang.compiler.model.types import ChoiceOf, NumberOf, type_words
from pathwaylang.compiler.syntax import nodes
from pathwaylang.diagnostics import Span
from pathwaylang.ir.units import format_number
from pathwaylang.service.branches import branch_at, branch_rows
from pathwaylang.service.symbols import Group, Occurrence, Symbol
from pathwaylang.service.view import View, notes_of

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Hover:
    """What is told of the text at `span`: a title, what it is, and rows of name and text."""

    span: Span
    title: str
    kind: str
    rows: tuple[Row, ...] = ()


def hover(view: View, offset: int) -> Hover | None:
    """Return what is to be told at an offset; None where nothing is known."""
    occurrence = view.occurrence_at(offset)
    if occurrence is None:
        return _branch(view, offset)
    for symbol in view.meant(occurrence):
        told = _told(view, occurrence, symbol)
        if told is not None:
            return told
    return None


def _branch(view: View, offset: int) -> Hover | None:
    found = branch_at(view.file, offset)
    if found is None:
        return None
    rows = (*branch_rows(view, found), *basis_rows(view, found.attrs))
    return Hover(found.span, found.id, f"branch of {found.decision.name.text}", rows)


def _told(view: View, occurrence: Occurrence, symbol: Symbol) -> Hover | None:
    span = occurrence.span
    match symbol.group:
        case Group.STATEMENT:
            says = view.statement(symbol)
            if says is None:
                return None
            rows = tuple(_statement_rows(view, symbol, says))
            return Hover(span, says.text.value, "statement", rows)
        case Group.VALUE:
            return _value(view, symbol, span)
        case Group.EXAMPLE:
            return None if occurrence.is_declaration else Hover(span, symbol.name, "example")
        case _:
            return _declared(view, symbol, span)


def _statement_rows(view: View, symbol: Symbol, says: nodes.Says) -> Iterator[Row]:
    source = view.label(Symbol(Group.SOURCE, symbol.owner))
    yield "source", source
    yield "at", says.at.value
    yield from (("quote", text) for text in prose(says.attrs, "quote"))
    yield from (("background", text) for text in prose(says.attrs, "background"))
    yield from (("note", text) for text in notes_of(says.attrs))


def _value(view: View, symbol: Symbol, span: Span) -> Hover | None:
    type_ = view.type_of(symbol.owner)
    if not isinstance(type_, ChoiceOf):
        return None
    label = next((value.label for value in type_.values if value.name == symbol.name), None)
    if label is None:
        return None
    owner = view.label(Symbol(Group.FACT, symbol.owner))
    return Hover(span, label, "value", (("of", f"{symbol.owner} · {owner}"),))


def _declared(view: View, symbol: Symbol, span: Span) -> Hover | None:
    declared = view.declared(symbol)
    if declared is None:
        return None
    node = declared.node
    if declared.kind == "branch":
        file = view.file_of(declared.path)
        found = None if file is None else branch_at(file, 0, symbol.name)
        rows = () if found is None else tuple(branch_rows(view, found))
        return Hover(span, symbol.name, f"branch of {node.name.text}", rows)
    rows = (*_item_rows(view, symbol, node), *basis_rows(view, node.attrs))
    if declared.path != view.path:
        rows = (*rows, ("declared in", declared.path))
    return Hover(span, node.label.value, declared.kind, rows)


def _item_rows(view: View, symbol: Symbol, node: nodes.Item) -> Iterator[Row]:
    match node:
        case nodes.SourceItem():
            yield from (("url", text) for text in prose(node.attrs, "url"))
            yield "statements", str(len(node.says))
        case nodes.TestItem():
            yield "finds", ", ".join(name.text for name in node.finds)
            yield from _code_rows(node.attrs)
        case nodes.RecommendationItem():
            yield from _recommendation_rows(node)
        case nodes.StageItem():
            yield "starts at", ", ".join(name.text for name in node.starts)
        case nodes.Decide():
            manner = "in order, the first that holds" if node.in_order else "exactly one holds"
            yield "branches", f"{len(node.branches)}, {manner}"
        case nodes.TableItem() if symbol.group is Group.FLOW:
            yield "rows", f"{len(node.rows)}, exactly one holds"
        case nodes.StepItem():
            yield from (("do", text) for text in prose(node.attrs, "do"))
            yield "then", view.written(node.outcome.span)
        case _:
            yield from _fact_rows(view, symbol.name, node)


def _fact_rows(view: View, name: str, node: nodes.Item) -> Iterator[Row]:
    type_ = view.type_of(name)
    if type_ is not None:
        yield "type", type_words(type_)
    if isinstance(type_, NumberOf) and type_.step is not None and not type_.whole:
        yield "step", format_number(type_.step)
    if isinstance(node, nodes.Define) and not isinstance(node.body, tuple):
        yield "means", view.written(node.body.span)
    if not isinstance(node, nodes.FactItem):
        return
    yield from _code_rows(node.attrs)
    yield from (("asks", text) for text in prose(node.attrs, "ask"))
    for attr in node.attrs:
        if isinstance(attr, nodes.MayBeUnknown):
            yield "unknown", "it may be that this cannot be known"
        elif isinstance(attr, nodes.Usually | nodes.AskedWhen | nodes.ValidFor | nodes.Converts):
            word, _, rest = view.written(attr.span).partition(" ")
            yield word, rest
    tests = view.tests_of(name)
    if tests:
        yield "found by", ", ".join(tests)


def _recommendation_rows(node: nodes.RecommendationItem) -> Iterator[Row]:
    for word in ("do", "avoid"):
        yield from ((word, text) for text in prose(node.attrs, word))
    for word in ("strength", "evidence"):
        found = words(node.attrs, word)
        if found:
            yield word, " ".join(part.text for part in found)
    yield from _code_rows(node.attrs)


def _code_rows(attrs: tuple[nodes.Attr, ...]) -> Iterator[Row]:
    for code in codes(attrs):
        yield "code", " ".join(filter(None, (code.system, code.code, code.display)))


def basis_rows(view: View, attrs: tuple[nodes.Attr, ...]) -> Iterator[Row]:
    """Yield what a line rests on: each statement in words, opinions, reasons, notes."""
    for attr in attrs:
        if isinstance(attr, nodes.Cite):
            for ref in attr.refs:
                yield "rests on", cite_words(view, ref)
    for word in ("opinion", "because", "note"):
        yield from ((word, text) for text in prose(attrs, word))


def cite_words(view: View, ref: nodes.Reference) -> str:
    """Return a reference with what the source says there."""
    written = ".".join(part.text for part in ref.parts)
    if len(ref.parts) == 1:
        return f"{written}: {view.label(Symbol(Group.SOURCE, written))}".rstrip(": ")
    says = view.statement(Symbol(Group.STATEMENT, ref.parts[1].text, ref.parts[0].text))
    return written if says is None else f"{written}: {says.text.value} ({says.at.value})"
