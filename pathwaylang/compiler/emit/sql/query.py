"""A pathway as one SELECT: one row in, one row out, with the row's id kept.

In: an artifact, the breaches that no track sees, and options. Out: the text of the query. Its
stages are common table expressions: facts as codes, a check of what is recorded, the steps through
the diagrams, and last the answers.

Invariants: the same input gives the same text; labels stand in comments only, on one line; names of
facts, tracks, outcomes and branches are quoted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pathwaylang.compiler.emit.sql.answers import answer_columns, possible_ends
from pathwaylang.compiler.emit.sql.breaches import BREACHED_STATE, LEAVES
from pathwaylang.compiler.emit.sql.codes import WRONG, code_of, missing_code
from pathwaylang.compiler.emit.sql.completions import Diagram
from pathwaylang.compiler.emit.sql.dialects import Dialect
from pathwaylang.compiler.emit.sql.head import head_lines
from pathwaylang.compiler.emit.sql.pieces import TrackPieces
from pathwaylang.compiler.emit.sql.steps import Step, Walk, first_state, next_state, walk_of
from pathwaylang.ir.artifact import Artifact
from pathwaylang.ir.cells import Cells
from pathwaylang.ir.facts import Fact

ID, INVALID, CODES = "row_id", "invalid", "codes"


@dataclass(frozen=True, slots=True)
class SqlOptions:
    """Where the rows come from, and which column names a row."""

    table: str = "cases"
    row_id: str = "id"


@dataclass(frozen=True, slots=True)
class Running:
    """One walk with the name of its state column."""

    column: str
    walk: Walk


class Query:
    """Writes the query of some tracks."""

    def __init__(
        self,
        artifact: Artifact,
        tracks: Sequence[TrackPieces],
        breaches: Sequence[Diagram],
        dialect: Dialect,
        options: SqlOptions,
    ) -> None:
        assert artifact.diagram is not None
        self._artifact = artifact
        self._dialect = dialect
        self._options = options
        self._tracks = tracks
        self._facts: dict[str, Fact] = {fact.name: fact for fact in artifact.graph.facts}
        self._cells: dict[str, Cells] = {cells.fact: cells for cells in artifact.cells}
        self._variables = artifact.diagram.variables
        self._walks: list[list[Running]] = [
            [
                Running(f"s{number}_{part}", walk_of(piece, len(track.ends)))
                for part, piece in enumerate(track.pieces, start=1)
            ]
            for number, track in enumerate(tracks, start=1)
        ]
        self._breaches = [
            Running(f"b{number}", walk_of(diagram, LEAVES))
            for number, diagram in enumerate(breaches, start=1)
        ]
        self._running = [*self._breaches, *(one for walks in self._walks for one in walks)]
        self._levels = sorted({s.level for one in self._running for s in one.walk.steps})

    def text(self) -> str:
        """Return the whole query."""
        facts = [self._facts[self._variables[level]] for level in self._levels]
        head = head_lines(self._artifact, self._tracks, facts, self._dialect, self._options)
        parts = [self._coded(), self._checked(), *self._steps()]
        names = ["coded", "checked", *(f"step_{n}" for n in range(1, len(parts) - 1))]
        names.append("ends")
        parts.append(self._ends(names[-2]))
        parts.append(self._answers())
        staged = _nested(names, parts) if self._dialect.is_nested else self._listed(names, parts)
        return "\n".join([*head, staged, ""])

    def _listed(self, names: Sequence[str], parts: Sequence[str]) -> str:
        """Return the parts as common table expressions, each reading the one before."""
        fence = f"\n{self._dialect.fence}" if self._dialect.fence else ""
        tables = ",\n".join(
            f"{name} AS (\n{part}{fence}\n)" for name, part in zip(names, parts[:-1], strict=True)
        )
        return f"WITH {tables}\n{parts[-1]}"

    # ------------------------------------------------------------ facts

    def _coded(self) -> str:
        quoted = self._dialect.quoted
        columns = [f"{quoted(self._options.row_id)} AS {ID}"]
        for level in self._levels:
            name = self._variables[level]
            code = code_of(self._facts[name], self._cells[name], self._dialect)
            columns.append(f"{code} AS {_code(level)}")
        return _select(columns, self._dialect.table(self._options.table))

    def _checked(self) -> str:
        """What is recorded but no value counts as missing from here on; the row is marked."""
        literal = self._dialect.literal
        wrong = [
            f"WHEN {_code(level)} = {WRONG} THEN {literal(self._variables[level])}"
            for level in self._levels
        ]
        nothing = f"CAST(NULL AS {self._dialect.text})"
        found = f"CASE {' '.join(wrong)} END" if wrong else nothing
        codes: list[str] = []
        for level in self._levels:
            missing = missing_code(self._cells[self._variables[level]])
            code = _code(level)
            codes.append(f"CASE WHEN {code} = {WRONG} THEN {missing} ELSE {code} END")
        if self._dialect.is_nested:
            named = [f"ARRAY({', '.join(codes)}) AS {CODES}"]
        else:
            named = [f"{c} AS {_code(level)}" for c, level in zip(codes, self._levels, strict=True)]
        return _select([ID, f"{found} AS {INVALID}", *named], "coded")

    def _read(self, level: int) -> str:
        """Return how a step reads the code of a fact."""
        if self._dialect.is_nested:
            return f"{CODES}[{self._levels.index(level)}]"
        return _code(level)

    # ------------------------------------------------------------ steps

    def _steps(self) -> Iterator[str]:
        depth = max((len(one.walk.steps) for one in self._running), default=0)
        before = "checked"
        for number in range(depth):
            later = {s.level for one in self._running for s in one.walk.steps[number + 1 :]}
            codes = [_code(level) for level in self._levels if level in later]
            columns = [ID, INVALID, *([CODES] if self._dialect.is_nested else codes)]
            columns += [self._state_after(one, number) for one in self._running if one.walk.steps]
            yield _select(columns, before)
            before = f"step_{number + 1}"

    def _state_after(self, one: Running, number: int) -> str:
        steps: tuple[Step, ...] = one.walk.steps
        if number >= len(steps):
            return one.column
        step, digits = steps[number], one.walk.digits
        if number == 0:
            found = first_state(step, self._read(step.level), digits, self._dialect)
        else:
            found = next_state(step, one.column, self._read(step.level), digits, self._dialect)
        return f"{found} AS {one.column}"

    # ------------------------------------------------------------ answers

    def _ends(self, before: str) -> str:
        """For each track the lowest and the highest end that is possible."""
        broken = " OR ".join(
            f"{one.column if one.walk.steps else one.walk.start} = {BREACHED_STATE}"
            for one in self._breaches
        )
        breached = f"CASE WHEN {broken} THEN 1 ELSE 0 END" if broken else "0"
        columns = [ID, INVALID, f"{breached} AS breached"]
        for number, (track, walks) in enumerate(zip(self._tracks, self._walks, strict=True), 1):
            states = [one.column if one.walk.steps else str(one.walk.start) for one in walks]
            columns += possible_ends(number, states, len(track.ends))
        return _select(columns, before)

    def _answers(self) -> str:
        columns = [f"{ID} AS {self._dialect.quoted(self._options.row_id)}", INVALID]
        for number, track in enumerate(self._tracks, start=1):
            columns += answer_columns(number, track, self._dialect)
        return _select(columns, "ends")


def _code(level: int) -> str:
    return f"c{level}"


def _select(columns: Sequence[str], source: str) -> str:
    listed = ",\n".join(f"  {column}" for column in columns)
    return f"SELECT\n{listed}\nFROM {source}"


def _nested(names: Sequence[str], parts: Sequence[str]) -> str:
    """Return the parts as queries within one another; each ends in the name of the one before."""
    text = parts[0]
    for name, part in zip(names, parts[1:], strict=True):
        text = f"{part.removesuffix(name)}(\n{text}\n) AS {name}"
    return text
