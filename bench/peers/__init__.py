"""Engines that answer the same questions about a `Problem`.

A peer is a function `Problem -> Answer`; building its own form of the rules is part of the time,
importing it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from bench.problems import Problem, Variable

ENGINES = {
    "ours": "pathwaylang",
    "ours, all checks": "pathwaylang",
    "z3": "z3",
    "oxidd": "oxidd",
    "dd (CUDD, in C)": "dd.cudd",
    "dd (Python)": "dd.autoref",
}
"""Every engine with the module it needs."""

_MODULES = {
    "ours": "ours",
    "ours, all checks": "ours_all",
    "z3": "z3_solver",
    "oxidd": "oxidd_bits",
    "dd (CUDD, in C)": "dd_cudd",
    "dd (Python)": "dd_python",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine says of a problem; None where it does not answer that.

    In order: which rules never decide, whether cases are left over, how many. Not in order: whether
    cases are left over, whether rules of different outcomes meet, how many cases of each.
    """

    dead: tuple[int, ...] | None = None
    is_uncovered: bool | None = None
    uncovered: int | None = None
    is_conflict: bool | None = None
    conflict: int | None = None
    undecided: str = ""


def solver(engine: str) -> Callable[[Problem], Answer]:
    """Import an engine and return its function."""
    found: Callable[[Problem], Answer] = import_module(f"bench.peers.{_MODULES[engine]}").answer
    return found


def agree(one: Answer, other: Answer) -> bool:
    """Whether two answers say the same where both say something."""
    if one.undecided or other.undecided:
        return True
    for name in ("dead", "is_uncovered", "uncovered", "is_conflict", "conflict"):
        first, second = getattr(one, name), getattr(other, name)
        if first is not None and second is not None and first != second:
            return False
    return True


def bits_of(variables: Sequence[Variable]) -> list[list[int]]:
    """Return for each variable the numbers of its bits, the highest first, in one sequence."""
    found = []
    start = 0
    for variable in variables:
        width = max((variable.size - 1).bit_length(), 1)
        found.append(list(range(start, start + width)))
        start += width
    return found
