"""From the ends that are possible to the four endings, in SQL.

In: a track with its ends, and the columns with the states its walks ended in. Out: the lowest and
the highest possible end, and from them status, outcome and branch. Ends with one outcome have
neighbouring numbers; the lowest number among them is the branch that the runtime names.
"""

from __future__ import annotations

from collections.abc import Sequence

from pathwaylang.compiler.emit.sql.dialects import Dialect
from pathwaylang.compiler.emit.sql.pieces import TrackPieces
from pathwaylang.runtime.table import OUTSIDE

STATUSES = ("recommendation", "request", "outside", "contradiction", "invalid")


def possible_ends(number: int, states: Sequence[str], leaves: int) -> list[str]:
    """Return the columns `low…` and `high…` of a track; low is past all where nothing is possible.

    Several walks share the work of a large track: what may come out of it is what may come out of
    any of them.
    """
    past = leaves + 2
    if len(states) == 1:
        return [f"{states[0]} AS low{number}", f"{states[0]} AS high{number}"]
    lows = ", ".join(f"CASE WHEN {state} = 0 THEN {past} ELSE {state} END" for state in states)
    return [f"LEAST({lows}) AS low{number}", f"GREATEST({', '.join(states)}) AS high{number}"]


def answer_columns(number: int, track: TrackPieces, dialect: Dialect) -> list[str]:
    """Return the columns of a track: its status, outcome and branch."""
    low, high = f"low{number}", f"high{number}"
    is_split = len(track.pieces) > 1
    mixed = len(track.ends) + 1
    open_ = f"{high} = {mixed}"
    if is_split:
        open_ += f" OR {_group(track, low)} <> {_group(track, high)}"
    literal = dialect.literal
    certain = f"invalid IS NULL AND breached = 0 AND {high} > 0 AND NOT ({open_})"
    outside = next((k for k, end in enumerate(track.ends, 1) if end.outcome == OUTSIDE), 0)
    status = [
        f"WHEN invalid IS NOT NULL THEN {literal('invalid')}",
        f"WHEN {high} = 0 OR breached = 1 THEN {literal('contradiction')}",
        f"WHEN {open_} THEN {literal('request')}",
    ]
    if outside:
        status.append(f"WHEN {low} = {outside} THEN {literal('outside')}")
    status.append(f"ELSE {literal('recommendation')}")
    outcomes = [(k, e.outcome) for k, e in enumerate(track.ends, 1) if e.outcome != OUTSIDE]
    branches = [(k, end.branch) for k, end in enumerate(track.ends, 1) if end.branch]
    return [
        f"CASE{_lines(status)}\n  END AS {dialect.quoted(f'{track.track}_status')}",
        f"{_named(low, outcomes, certain, dialect)} AS {dialect.quoted(f'{track.track}_outcome')}",
        f"{_named(low, branches, certain, dialect)} AS {dialect.quoted(f'{track.track}_branch')}",
    ]


def _group(track: TrackPieces, column: str) -> str:
    """Return the expression of an end's outcome, as the number of its first end."""
    whens: list[str] = []
    first = 1
    for number, end in enumerate(track.ends, start=1):
        is_last = number == len(track.ends) or track.ends[number].outcome != end.outcome
        if is_last:
            whens.append(f"WHEN {column} <= {number} THEN {first}")
            first = number + 1
    return f"CASE {' '.join(whens)} ELSE 0 END"


def _named(column: str, names: Sequence[tuple[int, str]], certain: str, dialect: Dialect) -> str:
    if not names:
        return f"CAST(NULL AS {dialect.text})"
    by_name: dict[str, list[str]] = {}
    for number, name in names:
        by_name.setdefault(name, []).append(str(number))
    whens = [
        f"WHEN {column} IN ({', '.join(numbers)}) THEN {dialect.literal(name)}"
        for name, numbers in by_name.items()
    ]
    return f"CASE WHEN {certain} THEN CASE{_lines(whens)}\n  END END"


def _lines(whens: Sequence[str]) -> str:
    return "".join(f"\n    {when}" for when in whens)
