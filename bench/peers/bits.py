"""Rules as binary decision diagrams: each variable in as few bits as it needs, in declared order.

The library is behind a small `Bits` interface, so that the same steps run on each.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any, Protocol

from bench.peers import Answer, bits_of
from bench.problems import Problem


class Bits(Protocol):
    """What a library of binary diagrams must offer; a diagram is a value with `& | ~`."""

    true: Any
    false: Any

    def bit(self, number: int) -> Any:
        """Return the diagram of a bit."""

    def count(self, diagram: Any) -> int:
        """Return the number of assignments of all bits, exactly."""


def _cell(library: Bits, bits: Sequence[int], cell: int) -> Any:
    found = library.true
    for place, number in enumerate(reversed(bits)):
        bit = library.bit(number)
        found = found & (bit if cell >> place & 1 else ~bit)
    return found


def _cells(library: Bits, bits: Sequence[int], cells: Sequence[int]) -> Any:
    return reduce(lambda a, b: a | b, (_cell(library, bits, cell) for cell in cells))


def answer_by_bits(problem: Problem, library: Bits) -> Answer:
    """Answer the questions with one library."""
    bits = bits_of(problem.variables)
    valid = library.true
    for variable, own in zip(problem.variables, bits, strict=True):
        if variable.size < 1 << len(own):
            valid = valid & _cells(library, own, range(variable.size))
    memo: dict[tuple[int, tuple[int, ...]], Any] = {}
    rules = []
    for rule in problem.rules:
        condition = library.true
        for at, cells in reversed(rule.tests):
            if (at, cells) not in memo:
                memo[at, cells] = _cells(library, bits[at], cells)
            condition = memo[at, cells] & condition
        rules.append(condition)
    way = _in_order if problem.in_order else _unordered
    return way(problem, library, valid, rules)


def _in_order(problem: Problem, library: Bits, valid: Any, rules: list[Any]) -> Answer:
    rest = valid
    dead = []
    for number, condition in enumerate(rules):
        here = rest & condition
        if here == library.false:
            dead.append(number)
        else:
            library.count(here)
            rest = rest & ~condition
    uncovered = library.count(rest)
    return Answer(tuple(dead), uncovered > 0, uncovered)


def _unordered(problem: Problem, library: Bits, valid: Any, rules: list[Any]) -> Answer:
    unions = [library.false] * problem.outcomes
    for rule, condition in zip(problem.rules, rules, strict=True):
        unions[rule.outcome] = unions[rule.outcome] | condition
    covered = conflict = library.false
    for union in unions:
        conflict = conflict | (covered & union)
        covered = covered | union
    uncovered = library.count(valid & ~covered)
    conflicting = library.count(valid & conflict)
    return Answer(None, uncovered > 0, uncovered, conflicting > 0, conflicting)
