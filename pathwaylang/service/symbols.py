"""Things with names, and the places where they stand.

A `Symbol` is a thing as the whole pathway knows it, an `Occurrence` one place of it. The group of a
symbol is its name space, or says that it is a value, a statement, an example or an imported name
that only the imported file can tell more about.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pathwaylang.compiler.model.names import Space
from pathwaylang.diagnostics import Span


class Group(Enum):
    """What kind of thing a name stands for; the first five are the name spaces of the language."""

    FACT = Space.FACTS.value
    FLOW = Space.FLOW.value
    OUTCOME = Space.OUTCOMES.value
    TEST = Space.TESTS.value
    SOURCE = Space.SOURCES.value
    STATEMENT = "statement"
    VALUE = "value"
    EXAMPLE = "example"
    IMPORT = "imported name"


SPACES: dict[Group, Space] = {
    Group.FACT: Space.FACTS,
    Group.FLOW: Space.FLOW,
    Group.OUTCOME: Space.OUTCOMES,
    Group.TEST: Space.TESTS,
    Group.SOURCE: Space.SOURCES,
}
GROUPS: dict[Space, Group] = {space: group for group, space in SPACES.items()}


@dataclass(frozen=True, slots=True)
class Symbol:
    """A thing with a name; `owner` is the source of a statement, or whose value it is."""

    group: Group
    name: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a symbol is declared or used."""

    symbol: Symbol
    span: Span
    is_declaration: bool = False
