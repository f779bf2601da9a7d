"""Write diagrams as Python: a function for a track, and one for each node that many ways share.

In: nodes `(level, child, …)` by number, and the variables by level. Out: source text of functions
that take a mapping `c` of prepared values and return the number of a leaf, or `OPEN` where a value
is None on the way. Every condition returns, so what comes after it needs no `else`.

Invariants: names in the text are made from numbers alone; texts of a pathway stand in it only as
literals in ASCII, so no label can become code. A function nests at most `MOST_NESTED` deep.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pathwaylang.runtime.compiled.prepared import Plain, Variable
from pathwaylang.runtime.compiled.tree import children_first

OPEN = -1
"""Returned where a value is missing on the way."""

MOST_NESTED = 24
"""Conditions inside each other in one function; Python allows a hundred indentations."""

MOST_COPIED = 1
"""A node that several ways share is written again where it has no more conditions below it."""

MOST_LINED_UP = 4
"""So many stretches of a number stand in a row; more are halved."""

MOST_WORDS = 8
"""So many groups of words are compared one by one; more are looked up."""

Nodes = Mapping[int, tuple[int, ...]]
Run = tuple[int | None, int]
"""A stretch of cells: the bound below which it lies (None for the last), and where it leads."""


@dataclass(frozen=True, slots=True)
class Style:
    """How functions are written.

    `checked` ones notice missing values. `notes` are remarks for each leaf, on one line, without
    anything that ends one. Values come from `c`, or, `by_argument`, are the arguments `x` with the
    number of their level.
    """

    checked: bool
    by_argument: bool = False
    indent: str = " "
    notes: Sequence[str] = ()


class Writer:
    """Writes the functions of one store of nodes."""

    def __init__(self, nodes: Nodes, variables: Sequence[Variable], style: Style) -> None:
        self._nodes = nodes
        self._variables = variables
        self._checked = style.checked
        self._indent = style.indent
        self._notes = style.notes
        self._by_argument = style.by_argument
        self._below: dict[int, tuple[int, ...]] = {}
        self._name = ""
        self._shared: set[int] = set()
        self._queue: list[int] = []
        self._lookups: dict[int, str] = {}

    def write(self, name: str, root: int, head: Sequence[str] = ()) -> str:
        """Return the source of a function of this name, with all that it calls before it.

        `head` are its first lines, in place of those that take `c`.
        """
        self._name, self._lookups = name, {}
        self._shared = shared_nodes(self._nodes, self._variables, root)
        self._queue = [root]
        written: dict[int, list[str]] = {}
        while self._queue:
            at = self._queue.pop()
            if at not in written:
                written[at] = list(self._node(at, 1)) if at >= 0 else self._leaf(at, 1)
        blocks = [*self._lookups.values()]
        for at in sorted(written, key=lambda at: (at == root, at)):
            if at == root:
                first = list(head) or [f"def {name}(c):"]
            else:
                first = [f"def {name}_{at}({self._arguments(at)}):"]
            blocks.append("\n".join([*first, *written[at]]))
        return "\n\n\n".join(blocks) + "\n"

    # ------------------------------------------------------------ nodes

    def _leaf(self, at: int, depth: int) -> list[str]:
        note = f"  # {self._notes[-1 - at]}" if self._notes else ""
        return [f"{self._indent * depth}return {-1 - at}{note}"]

    def _target(self, at: int, depth: int) -> Iterator[str]:
        """Yield the lines that decide from a node on, or call its function."""
        if at < 0:
            yield from self._leaf(at, depth)
        elif at in self._shared or depth > MOST_NESTED:
            self._queue.append(at)
            yield f"{self._indent * depth}return {self._name}_{at}({self._arguments(at)})"
        else:
            yield from self._node(at, depth)

    def _node(self, at: int, depth: int) -> Iterator[str]:
        node = self._nodes[at]
        variable = self._variables[node[0]]
        value = f"x{node[0]}" if self._by_argument else f"c[{variable.name!a}]"
        pad = self._indent * depth
        groups = _groups(variable, node[1:])
        is_words = bool(variable.words) and len(groups) <= MOST_WORDS
        runs = [] if is_words else _runs(variable, node[1:])
        conditions = len(groups) - 1 if is_words else len(runs) - 1
        is_truth = is_words and {*groups} == {(True,), (False,)}
        if not self._by_argument and (conditions > 1 or (self._checked and conditions)):
            yield f"{pad}v = {value}"
            value = "v"
        if self._checked and not is_truth and conditions:
            yield from (f"{pad}if v is None:", f"{pad}{self._indent}return {OPEN}")
        if is_truth:
            yield from self._truth(groups, value, depth)
        elif is_words:
            yield from self._words(groups, value, depth)
        else:
            if variable.words:
                yield f"{pad}v = {self._lookup(node[0])}[{value}]"
                value = "v"
            yield from self._stretches(runs, value, depth)

    def _arguments(self, at: int) -> str:
        """Return what a function of a node takes."""
        if not self._by_argument:
            return "c"
        if at not in self._below:
            levels = {self._nodes[below][0] for below in children_first(self._nodes, at)}
            self._below[at] = tuple(sorted(levels))
        return ", ".join(f"x{level}" for level in self._below[at])

    def _truth(self, groups: dict[tuple[Plain, ...], int], value: str, depth: int) -> Iterator[str]:
        pad = self._indent * depth
        yield f"{pad}if {value}:"
        yield from self._target(groups[True,], depth + 1)
        if self._checked:
            yield from (f"{pad}if {value} is None:", f"{pad}{self._indent}return {OPEN}")
        yield from self._target(groups[False,], depth)

    def _words(self, groups: dict[tuple[Plain, ...], int], value: str, depth: int) -> Iterator[str]:
        *first, (_, rest) = sorted(groups.items(), key=lambda item: len(item[0]))
        for words, child in first:
            yield f"{self._indent * depth}if {_is_one_of(value, words)}:"
            yield from self._target(child, depth + 1)
        yield from self._target(rest, depth)

    def _stretches(self, runs: list[Run], value: str, depth: int) -> Iterator[str]:
        pad = self._indent * depth
        if len(runs) > MOST_LINED_UP:
            half = len(runs) // 2
            yield f"{pad}if {value} < {runs[half - 1][0]}:"
            yield from self._stretches(
                [*runs[: half - 1], (None, runs[half - 1][1])], value, depth + 1
            )
            yield from self._stretches(runs[half:], value, depth)
            return
        if len(runs) == 3 and runs[0][1] == runs[2][1]:  # noqa: PLR2004 - one stretch inside
            yield f"{pad}if {runs[0][0]} <= {value} < {runs[1][0]}:"
            yield from self._target(runs[1][1], depth + 1)
            yield from self._target(runs[2][1], depth)
            return
        for bound, child in runs[:-1]:
            yield f"{pad}if {value} < {bound}:"
            yield from self._target(child, depth + 1)
        yield from self._target(runs[-1][1], depth)

    def _lookup(self, level: int) -> str:
        """Return the name of the table from words to cells of a variable."""
        name = f"{self._name}_cells_{level}"
        cells = enumerate(self._variables[level].words)
        pairs = ", ".join(f"{word!a}: {cell}" for cell, words in cells for word in words)
        self._lookups[level] = f"{name} = {{{pairs}}}"
        return name


def _groups(variable: Variable, ways: tuple[int, ...]) -> dict[tuple[Plain, ...], int]:
    """Return the words that lead to each child."""
    by_child: dict[int, list[Plain]] = {}
    for words, child in zip(variable.words, ways, strict=False):
        by_child.setdefault(child, []).extend(words)
    return {tuple(words): child for child, words in by_child.items()}


def _runs(variable: Variable, ways: tuple[int, ...]) -> list[Run]:
    """Return the stretches of cells that lead to one child each."""
    bounds = variable.bounds or tuple(range(1, len(ways)))
    runs: list[Run] = []
    for index, child in enumerate(ways):
        bound = bounds[index] if index < len(bounds) else None
        if runs and runs[-1][1] == child:
            runs.pop()
        runs.append((bound, child))
    return runs


def _is_one_of(value: str, words: tuple[Plain, ...]) -> str:
    if len(words) > 1:
        return f"{value} in ({', '.join(map(ascii, words))})"
    (word,) = words
    return f"{value} is {word}" if isinstance(word, bool) else f"{value} == {word!a}"


def shared_nodes(nodes: Nodes, variables: Sequence[Variable], root: int) -> set[int]:
    """Return the nodes that are worth a function: several ways lead there, and it is not small."""
    order = children_first(nodes, root)
    ways = {at: [child for child in _mentions(nodes[at], variables) if child >= 0] for at in order}
    calls = Counter(child for children in ways.values() for child in children)
    size: dict[int, int] = {}
    shared: set[int] = set()
    for at in order:
        size[at] = 1 + sum(0 if child in shared else size[child] for child in ways[at])
        if calls[at] > 1 and size[at] > MOST_COPIED:
            shared.add(at)
    return shared


def _mentions(node: tuple[int, ...], variables: Sequence[Variable]) -> list[int]:
    """Return the children as often as the code of a node mentions them."""
    variable = variables[node[0]]
    if variable.words:
        groups = _groups(variable, node[1:])
        if len(groups) <= MOST_WORDS:
            return list(groups.values())
    return [child for _, child in _runs(variable, node[1:])]
