"""The walk through a diagram as look-ups: one step for each fact, in literals of digits.

In: pieces (diagrams whose last way is that of a missing fact) and a dialect. Out: for each piece
the state it starts in, and for each of its levels the expression of the next state.

A state is a number: 0 nothing, then the leaves, then mixed, then the nodes by level. What follows
from a node is one row of digits, one number for each code of the fact; rows stand together in
literals of a few thousand digits, found by few comparisons, so that no database reads far and no
CASE stands deep within others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pathwaylang.compiler.emit.sql.completions import FIRST_LEAF, MIXED, NOTHING, Diagram
from pathwaylang.compiler.emit.sql.dialects import Dialect

CHUNK = 4_000
"""At most about as many digits stand in one literal."""
WAYS = 12
"""So many parts a CASE chooses among: SQL Server allows ten CASE within one another."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a piece: the level it reads, and its rows from the state `low` on."""

    level: int
    low: int
    rows: tuple[tuple[int, ...], ...]

    @property
    def high(self) -> int:
        """The last state that this step leads on from."""
        return self.low + len(self.rows) - 1


@dataclass(frozen=True, slots=True)
class Walk:
    """A piece as states: where it starts, and its steps in the order of the levels."""

    start: int
    steps: tuple[Step, ...]
    digits: int


def walk_of(diagram: Diagram, leaves: int) -> Walk:
    """Return the walk through a diagram over so many leaves."""
    nodes = diagram.nodes
    mixed = leaves + 1
    ends = {NOTHING: 0, MIXED: mixed, **{FIRST_LEAF - k: k + 1 for k in range(leaves)}}
    # Nodes with like ways stand together: what is alike in their rows is then said once.
    order = sorted(range(len(nodes)), key=lambda at: (nodes[at][0], nodes[at][1]))
    state = ends | {at: mixed + 1 + index for index, at in enumerate(order)}
    steps: list[Step] = []
    rows: list[tuple[int, ...]] = []
    for index, at in enumerate(order):
        rows.append(tuple(state[way] for way in nodes[at][1]))
        if index + 1 == len(order) or nodes[order[index + 1]][0] != nodes[at][0]:
            steps.append(Step(nodes[at][0], state[at] - len(rows) + 1, tuple(rows)))
            rows = []
    return Walk(state[diagram.root], tuple(steps), len(str(mixed + len(nodes))))


def next_state(step: Step, state: str, code: str, digits: int, dialect: Dialect) -> str:
    """Return the state after a step; what has ended, or waits for a later step, stays."""
    found = _among(list(_chunks(step, digits)), state, code, digits, dialect)
    if step.low == step.high:
        return f"CASE WHEN {state} = {step.low} THEN {found} ELSE {state} END"
    return f"CASE WHEN {state} BETWEEN {step.low} AND {step.high} THEN {found} ELSE {state} END"


def first_state(step: Step, code: str, digits: int, dialect: Dialect) -> str:
    """Return the state after the first step, which always leads on."""
    return _look_up(step, "0", code, digits, dialect)


def _chunks(step: Step, digits: int) -> Iterator[Step]:
    size = max(1, CHUNK // (len(step.rows[0]) * digits))
    for at in range(0, len(step.rows), size):
        yield Step(step.level, step.low + at, step.rows[at : at + size])


def _among(chunks: Sequence[Step], state: str, code: str, digits: int, dialect: Dialect) -> str:
    if len(chunks) == 1:
        chunk = chunks[0]
        offset = "0" if chunk.low == chunk.high else f"({state} - {chunk.low})"
        return _look_up(chunk, offset, code, digits, dialect)
    size = 1
    while size * WAYS < len(chunks):
        size *= WAYS
    parts = [chunks[at : at + size] for at in range(0, len(chunks), size)]
    found = [_among(part, state, code, digits, dialect) for part in parts]
    whens = [
        f"WHEN {state} < {after[0].low} THEN {here}"
        for here, after in zip(found[:-1], parts[1:], strict=True)
    ]
    return f"CASE {' '.join(whens)} ELSE {found[-1]} END"


def _look_up(chunk: Step, offset: str, code: str, digits: int, dialect: Dialect) -> str:
    """Return the number for a row and a code; codes that lead alike in all rows share a column."""
    columns = list(zip(*chunk.rows, strict=True))
    distinct = {column: index for index, column in enumerate(dict.fromkeys(columns))}
    if len(distinct) == 1 and len(chunk.rows) == 1:
        return str(chunk.rows[0][0])
    width = len(distinct)
    if width == len(columns):
        column = code
    else:
        places = len(str(width - 1))
        alike = "".join(str(distinct[column]).rjust(places, "0") for column in columns)
        start = f"{code} + 1" if places == 1 else f"{places} * {code} + 1"
        column = dialect.part(alike, start, places)
    text = "".join(
        str(column[row]).rjust(digits, "0") for row in range(len(chunk.rows)) for column in distinct
    )
    row = "" if offset == "0" else f"{digits * width} * {offset} + "
    return dialect.part(text, f"{row}{digits} * {column} + 1", digits)
