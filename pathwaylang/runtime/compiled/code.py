"""A pathway's generated Python, made when it is first called and kept.

In: an artifact's table. Out: functions from prepared cases to leaves, one for each track: bare, or
noticing missing values; and one that reads and checks an input. Only text written by `writer` and
`reader` is ever run, and it sees no names but its own.

Invariant: a diagram too large or too deep to be written is walked instead; it says the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import cast

from pathwaylang.ir.cells import Cells
from pathwaylang.ir.compiled import Artifact, DiagramTable
from pathwaylang.ir.facts import Fact, Value
from pathwaylang.runtime.compiled.prepared import (
    Plain,
    Variable,
    fact_variable,
    prepare_value,
    variables_of,
)
from pathwaylang.runtime.compiled.reader import is_plain, write_reader, write_whole
from pathwaylang.runtime.compiled.tree import own_orders
from pathwaylang.runtime.compiled.writer import OPEN, Style, Writer
from pathwaylang.runtime.table import Diagram

Prepared = Mapping[str, "Plain | None"]
Decide = Callable[[Mapping[str, object]], int]
Read = Callable[[Mapping[str, object]], "dict[str, Plain | None] | None"]

BUILTINS = {
    "KeyError": KeyError,
    "TypeError": TypeError,
    "dict": dict,
    "float": float,
    "int": int,
    "len": len,
}
MOST_NODES = 20_000
MOST_DEEP = 200
SMALL = 1_500
"""Orders of their own may need more nodes where they are no more than that."""


class Code:
    """The functions of one pathway; they may be shared between threads."""

    def __init__(self, artifact: Artifact, table: DiagramTable) -> None:
        self._table = table
        self._facts = artifact.graph.facts
        self._cells: dict[str, Cells] = {cells.fact: cells for cells in artifact.cells}
        self._roots = dict(table.roots)
        self._formulas = frozenset(formula.name for formula in table.formulas)
        self.variables = variables_of(artifact, table)
        self._fact_variables = {
            fact.name: fact_variable(fact, self._cells[fact.name]) for fact in self._facts
        }
        self._functions: dict[tuple[str, bool], Decide] = {}

    def decide(self, track: str, checked: bool = True) -> Decide:
        """Return a track's function: a prepared case in, the number of a leaf out.

        A checked one gives `OPEN` where a value is missing on the way; the other needs them all.
        """
        found = self._functions.get((track, checked))
        if found is None:
            found = self._functions[track, checked] = self._make(self._roots[track], checked)
        return found

    def source(self, track: str, checked: bool = True) -> str:
        """Return the text of a track's function, to be read."""
        root = self._roots[track]
        nodes = {at: self._table.nodes[at] for at in reached(self._table, root)}
        return self._source(nodes, root, checked)

    @cached_property
    def read(self) -> Read | None:
        """Reads a plain input; None where that needs more: formulas, numbers without steps."""
        if self._formulas or not all(map(is_plain, self._facts)):
            return None
        variables = tuple(self._fact_variables[fact.name] for fact in self._facts)
        return cast(Read, _run(write_reader("read", self._facts, variables), "read"))

    def whole(self, track: str, slow: Decide) -> Decide:
        """Return what reads, checks and decides a whole plain case at once.

        Other cases, and those of pathways where that is too much, are left to `slow`.
        """
        root = self._roots[track]
        nodes = {at: self._table.nodes[at] for at in reached(self._table, root)}
        if self.read is None or len(nodes) > MOST_NODES or not self._is_shallow(nodes):
            return slow
        ordered, top = own_orders(nodes, root, max(SMALL, len(nodes)))
        level_of = {name: level for level, name in enumerate(self._table.variables)}
        variables = tuple(self._fact_variables[fact.name] for fact in self._facts)
        head = write_whole("decide", self._facts, variables, level_of)
        writer = Writer(ordered, self.variables, Style(checked=False, by_argument=True))
        return cast(Decide, _run(writer.write("decide", top, head), "decide", slow=slow))

    def _is_shallow(self, nodes: Mapping[int, tuple[int, ...]]) -> bool:
        return len({node[0] for node in nodes.values()}) <= MOST_DEEP

    def prepare(self, values: Mapping[str, Value], cells: Mapping[str, int]) -> Prepared:
        """Return a case as the functions take it; `cells` are those of its formulas."""
        found: dict[str, Plain | None] = dict(self._nothing)
        for name, value in values.items():
            fact, variable = self._domains[name]
            found[name] = prepare_value(fact, self._cells[name], variable, value)
        found.update(cells)
        return found

    @cached_property
    def _nothing(self) -> dict[str, None]:
        return dict.fromkeys((*(fact.name for fact in self._facts), *self._formulas))

    @cached_property
    def _domains(self) -> dict[str, tuple[Fact, Variable]]:
        return {fact.name: (fact, self._fact_variables[fact.name]) for fact in self._facts}

    def _make(self, root: int, checked: bool) -> Decide:
        nodes = {at: self._table.nodes[at] for at in reached(self._table, root)}
        if len(nodes) > MOST_NODES or not self._is_shallow(nodes):
            return Steps(nodes, self.variables, root).decide
        return cast(Decide, _run(self._source(nodes, root, checked), "decide"))

    def _source(self, nodes: Mapping[int, tuple[int, ...]], root: int, checked: bool) -> str:
        ordered, top = own_orders(nodes, root, max(SMALL, len(nodes)))
        return Writer(ordered, self.variables, Style(checked)).write("decide", top)


class Steps:
    """Walks a diagram node by node, for prepared cases."""

    def __init__(
        self, nodes: Mapping[int, tuple[int, ...]], variables: tuple[Variable, ...], root: int
    ) -> None:
        self._nodes = nodes
        self._root = root
        self._variables = [
            (
                variable.name,
                {
                    cast(object, word): cell
                    for cell, words in enumerate(variable.words)
                    for word in words
                },
                variable.bounds,
            )
            for variable in variables
        ]

    def decide(self, case: Mapping[str, object]) -> int:
        """Return the leaf of a prepared case, or `OPEN`."""
        at = self._root
        while at >= 0:
            node = self._nodes[at]
            name, words, bounds = self._variables[node[0]]
            value = case[name]
            if value is None:
                if len(set(node[1:])) > 1:
                    return OPEN
                cell = 0
            else:
                cell = words[value] if words else bisect_right(bounds, cast(int, value))
            at = node[1 + cell]
        return -1 - at


def reached(table: DiagramTable | Diagram, root: int) -> set[int]:
    """Return the nodes below a root, with it."""
    stack, found = [root], set[int]()
    while stack:
        at = stack.pop()
        if at >= 0 and at not in found:
            found.add(at)
            stack.extend(table.nodes[at][1:])
    return found


def _run(source: str, name: str, **others: object) -> object:
    """Run text that was written here and return its function; it sees these built-ins alone."""
    names: dict[str, object] = {"__builtins__": BUILTINS, **others}
    exec(compile(source, "<pathway>", "exec", dont_inherit=True), names)
    return names[name]
