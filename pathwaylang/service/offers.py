"""The names, values, statements and units to offer where they are wanted.

In: a view and what is wanted (wanted.py). Out: offers in the order of their names, those of the
author's file as he declared them. Names that the file does not import are offered only where the
language needs no import.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import assert_never

from pathwaylang.compiler.model.head import STATUSES
from pathwaylang.compiler.model.modules import join_path
from pathwaylang.compiler.model.names import Declared, Kind, Space
from pathwaylang.compiler.model.recommendations import EVIDENCE, STRENGTHS
from pathwaylang.compiler.model.types import ChoiceOf, NumberOf, YesNo
from pathwaylang.compiler.syntax import nodes
from pathwaylang.compiler.syntax.lexemes import Lexeme
from pathwaylang.ir.units import is_same_dimension, known_units, written_unit
from pathwaylang.service.outline import next_codes, next_in
from pathwaylang.service.symbols import Group, Symbol
from pathwaylang.service.view import View
from pathwaylang.service.wanted import Wanted

_RULES = frozenset(("NEVER", "ALWAYS", "EXAMPLE", "NAME"))
"""Items that see the whole pathway without `use`: safety rules and examples."""

_DECISIONS: tuple[Kind, ...] = ("decision", "table", "step")


@dataclass(frozen=True, slots=True)
class Offer:
    """A text to write, what kind of thing it is, and its label."""

    text: str
    kind: str
    detail: str = ""


def offers(view: View, wanted: Wanted, lexemes: Sequence[Lexeme]) -> Iterator[Offer]:  # noqa: C901 - one arm per kind
    """Yield what may stand where something is wanted."""
    everywhere = bool(lexemes) and lexemes[0].type in _RULES
    match wanted.kind:
        case "fact":
            yield from _declared(view, Space.FACTS, everywhere)
        case "column":
            yield from _declared(view, Space.FACTS, everywhere)
            yield from (Offer(word, "word") for word in ("then", "gives", "cite", "id", "opinion"))
        case "flow":
            yield from _declared(view, Space.FLOW, everywhere)
        case "decision":
            yield from _declared(view, Space.FLOW, everywhere, _DECISIONS)
        case "stage":
            yield from _declared(view, Space.FLOW, True, ("stage",))
        case "track":
            for name in sorted(view.names.tracks):
                yield Offer(name, "decision", view.label(Symbol(Group.FLOW, name)))
        case "outcome":
            yield from _declared(view, Space.OUTCOMES, True)
        case "recommendation":
            kinds: tuple[Kind, ...] = ("recommendation",)
            yield from _declared(view, Space.OUTCOMES, everywhere, kinds)
        case "test":
            yield from _declared(view, Space.TESTS, everywhere)
        case "source":
            yield from _sources(view, everywhere)
        case "statement":
            yield from _statements(view, wanted.owner, "")
        case "value":
            yield from _values(view, wanted.owner) if wanted.owner else _own_values(lexemes)
        case "example":
            yield from _examples(view)
        case "import":
            yield from _imports(view, lexemes)
        case "strength":
            yield from (Offer(word, "word") for word in STRENGTHS)
        case "evidence":
            yield from (Offer(word, "word") for word in EVIDENCE)
        case "status":
            yield from (Offer(word, "word") for word in STATUSES)
        case "id":
            yield from _next_ids(view, wanted.owner or "branch", lexemes)
        case "new":
            return
        case _:
            assert_never(wanted.kind)


def _next_ids(view: View, kind: str, lexemes: Sequence[Lexeme]) -> Iterator[Offer]:
    """Yield the next free id of each series; the item that is being written counts as well."""
    if kind == "statement":
        series = next_in(
            b.text for a, b in pairwise(lexemes) if a.type == "SAYS" and b.type == "NAME"
        )
        yield from (Offer(code, "statement", "the next one") for _, code in series)
        return
    yield from (Offer(c.code, c.kind, "the next one") for c in next_codes(view) if c.kind == kind)


def _declared(
    view: View, space: Space, everywhere: bool, kinds: tuple[Kind, ...] = ()
) -> Iterator[Offer]:
    names = view.names
    found = [
        declared
        for declared in names.by_space[space].values()
        if (everywhere or names.is_visible(declared, view.path))
        and (not kinds or declared.kind in kinds)
        and "." not in declared.name
    ]
    for declared in sorted(found, key=lambda d: d.name.casefold()):
        yield Offer(declared.name, declared.kind, _detail(declared))


def _detail(declared: Declared) -> str:
    if declared.kind == "branch":
        return f"branch of {declared.node.name.text}"
    return declared.node.label.value


def _sources(view: View, everywhere: bool) -> Iterator[Offer]:
    found = list(_declared(view, Space.SOURCES, everywhere))
    for offer in found:
        yield from _statements(view, offer.text, f"{offer.text}.")
    yield from found


def _statements(view: View, source: str, lead: str) -> Iterator[Offer]:
    declared = view.declared(Symbol(Group.SOURCE, source))
    if declared is not None and isinstance(declared.node, nodes.SourceItem):
        for says in declared.node.says:
            yield Offer(lead + says.id.text, "statement", says.text.value)


def _own_values(lexemes: Sequence[Lexeme]) -> Iterator[Offer]:
    """Yield the values of the fact that is being written, for `usually`."""
    types = [lexeme.type for lexeme in lexemes]
    if "CHOICE" not in types:
        if "YES" in types:
            yield from (Offer(word, "value") for word in ("yes", "no"))
        return
    start, end = types.index("CHOICE"), types.index("NL")
    for lexeme in lexemes[start:end]:
        if lexeme.type in ("NAME", "NONE"):
            yield Offer(lexeme.text, "value")


def _values(view: View, owner: str) -> Iterator[Offer]:
    type_ = view.type_of(owner)
    if isinstance(type_, ChoiceOf):
        for value in type_.values:
            yield Offer(value.name, "value", value.label if value.label != value.name else "")
    elif isinstance(type_, YesNo):
        yield from (Offer(word, "value") for word in ("yes", "no"))


def _examples(view: View) -> Iterator[Offer]:
    for module in view.compilation.modules.modules:
        for item in module.file.items:
            if isinstance(item, nodes.ExampleItem):
                yield Offer(f'"{item.label.value}"', "example")


def _imports(view: View, lexemes: Sequence[Lexeme]) -> Iterator[Offer]:
    """Yield what the files that this one uses declare and it does not import yet."""
    paths = {join_path(view.path, item.use.path.value) for item in view.module.imports}
    written = {lexeme.text for lexeme in lexemes}
    for space in Space:
        for declared in sorted(view.names.by_space[space].values(), key=lambda d: d.name):
            is_new = not view.names.is_visible(declared, view.path) and declared.kind != "branch"
            if is_new and declared.path in paths and declared.name not in written:
                yield Offer(declared.name, declared.kind, declared.node.label.value)


def units(view: View, fact: str) -> Iterator[Offer]:
    """Yield the unit of a fact first, then others that convert to it; all known ones for none."""
    type_ = view.type_of(fact) if fact else None
    unit = type_.unit if isinstance(type_, NumberOf) else None
    if fact and unit is None:
        return
    if unit is not None:
        yield Offer(unit.text, "unit", f"the unit of {fact}")
    for group in known_units():
        for known in group.units:
            if unit is None or (is_same_dimension(unit, known.unit) and known.unit != unit):
                yield Offer(written_unit(known.unit.code), "unit", known.words)
