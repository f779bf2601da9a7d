"""Which names are wanted at a place: read from the words before it on its line.

In: the lexemes of an unfinished item up to the place. Out: a `Wanted`: a group of names, whose
values or statements they are, or nothing where the author makes up a new name. The grammar has said
before that a name may stand here at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pathwaylang.compiler.syntax.lexemes import Lexeme
from pathwaylang.compiler.syntax.slip import LAYOUT

Kind = Literal[
    "fact", "flow", "decision", "stage", "track", "outcome", "recommendation", "test", "source",
    "statement", "value", "example", "import", "column", "strength", "evidence", "status",
    "id", "new",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Names of one kind; `owner` is the source of statements, or the fact whose values they are.

    An `id` is a new name, of a branch or, with the owner `statement`, of a statement.
    """

    kind: Kind
    owner: str = ""


NEW = Wanted("new")
_BEHIND: dict[str, Wanted] = {
    "RECOMMEND": Wanted("recommendation"),
    "OFFER": Wanted("recommendation"),
    "RECOMMENDS": Wanted("outcome"),
    "BEFORE": Wanted("outcome"),
    "OBTAIN": Wanted("test"),
    "ASK": Wanted("fact"),
    "TO": Wanted("flow"),
    "FINDS": Wanted("fact"),
    "CHANGES": Wanted("track"),
    "CITE": Wanted("source"),
    "GIVEN": Wanted("fact"),
    "USE": Wanted("import"),
    "STRENGTH": Wanted("strength"),
    "EVIDENCE": Wanted("evidence"),
    "STATUS": Wanted("status"),
    "ID": Wanted("id"),
    "LIKE": Wanted("example"),
}
_CONDITION = frozenset(("WHEN", "NOT", "AS", "LPAR", "CMP", "PLUS", "STAR", "SLASH", "MINUS"))
_NAMED = frozenset((
    "PATHWAY", "MODULE", "OVERLAY", "SOURCE", "FACT", "DEFINE", "ORDER", "SCORE", "TEST", "TABLE",
    "RECOMMENDATION", "STAGE", "DECIDE", "STEP", "CLASSIFY", "LABEL", "CODE",
))  # fmt: skip


def wanted_at(lexemes: Sequence[Lexeme]) -> Wanted:
    """Return which names may stand behind the lexemes."""
    line = _line(lexemes)
    item = lexemes[0].type if lexemes else ""
    if not line:
        return Wanted("fact") if item == "" else NEW
    first, last = line[0].type, line[-1]
    if first == "VBAR":
        return _in_table(lexemes, line)
    if last.type == "DOT" and len(line) > 1:
        return Wanted("statement", line[-2].text) if _is_cited(line) else NEW
    if last.type in ("AND", "OR"):
        return _joined(line)
    if last.type == "COMMA":
        return _listed(item, line)
    return _behind(item, line)


def _line(lexemes: Sequence[Lexeme]) -> list[Lexeme]:
    """Return the last line; `then` on a line of its own belongs to the line above it."""
    start = len(lexemes)
    while start > 0 and lexemes[start - 1].type not in LAYOUT:
        start -= 1
    return list(lexemes[start:])


def _is_cited(line: Sequence[Lexeme]) -> bool:
    return line[0].type == "CITE"


def _joined(line: Sequence[Lexeme]) -> Wanted:
    """Behind `and` and `or`: more recommendations in an outcome, more facts in a condition."""
    for lexeme in reversed(line):
        if lexeme.type in ("RECOMMEND", "OFFER"):
            is_rule = line[0].type in ("NEVER", "ALWAYS")
            return Wanted("outcome" if is_rule else "recommendation")
        if lexeme.type in ("WHEN", "THEN", "AS", "MINUS"):
            break
    return Wanted("fact")


def _listed(item: str, line: Sequence[Lexeme]) -> Wanted:
    """Behind a comma: more of what the list holds."""
    if line[0].type == "GIVEN":
        return Wanted("fact")
    if item == "FACT" and line[0].type == "FACT":
        return NEW
    at = len(line) - 1
    while at > 0 and line[at].type in ("COMMA", "NAME", "DOT", "NONE", "YES", "NO"):
        at -= 1
    return _behind(item, line[: at + 1])


def _behind(item: str, line: Sequence[Lexeme]) -> Wanted:
    first, last = line[0].type, line[-1].type
    if last in ("IS", "ONE") or (last in ("OF", "NOT") and _is_of_values(line)):
        return Wanted("value", _compared(line))
    if last in ("RECOMMEND", "OFFER") and first in ("NEVER", "ALWAYS"):
        return Wanted("outcome")
    if last == "AT":
        return Wanted("decision" if first in ("STAGE", "REASSESS") else "new")
    if last == "IN" and first in ("NEVER", "ALWAYS"):
        return Wanted("stage")
    if last == "IN" and first == "EXPECT":
        return Wanted("track")
    if last == "SAYS" and item == "SOURCE":
        return Wanted("id", "statement")
    if last == "USUALLY":
        return Wanted("value", "")
    if last in _NAMED:
        return NEW
    return _BEHIND.get(last) or (Wanted("fact") if last in _CONDITION else NEW)


def _is_of_values(line: Sequence[Lexeme]) -> bool:
    """Tell `is not` and `is one of` from `not` and from `all of`."""
    types = [lexeme.type for lexeme in line]
    return types[-2:] == ["IS", "NOT"] or types[-2:] == ["ONE", "OF"]


def _compared(line: Sequence[Lexeme]) -> str:
    """Return the fact before the last `is`."""
    at = max(index for index, lexeme in enumerate(line) if lexeme.type == "IS")
    return line[at - 1].text if at > 0 and line[at - 1].type == "NAME" else ""


def _in_table(lexemes: Sequence[Lexeme], line: Sequence[Lexeme]) -> Wanted:
    """Read the heading above: each column has its own names."""
    column = table_column(lexemes, line)
    if column is None:
        return Wanted("column")
    last = line[-1]
    if column == "then":
        return Wanted("flow" if last.type == "TO" else "recommendation")
    if column == "cite":
        return Wanted("statement", line[-2].text) if last.type == "DOT" else Wanted("source")
    if column == "id":
        return Wanted("id")
    if column in ("gives", "opinion", "note"):
        return NEW
    return Wanted("strength") if column == "strength" else Wanted("value", column)


def table_column(lexemes: Sequence[Lexeme], line: Sequence[Lexeme]) -> str | None:
    """Return the heading over the last cell of a line; None where the line is the heading."""
    before = list(lexemes[: len(lexemes) - len(line)])
    heading: list[str] = []
    for at, lexeme in enumerate(before):
        if lexeme.type == "VBAR":
            end = next(i for i in range(at, len(before) + 1) if before[i].type == "NL")
            heading = [part.text for part in before[at:end] if part.type != "VBAR"]
            break
    if not heading:
        return None
    number = sum(lexeme.type == "VBAR" for lexeme in line) - 1
    return heading[number] if number < len(heading) else ""
