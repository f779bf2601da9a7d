"""The library dd in pure Python: the closest relative of our own diagrams."""

from __future__ import annotations

from typing import Any

from dd import autoref

from bench.peers import Answer, bits_of
from bench.peers.bits import answer_by_bits
from bench.problems import Problem


class DD:
    """dd's manager behind the common interface; counting is exact below 2^53 only with care."""

    def __init__(self, manager: Any, count: int) -> None:
        self._manager = manager
        manager.declare(*(f"x{number}" for number in range(count)))
        self._count = count
        self._bits = [manager.var(f"x{number}") for number in range(count)]
        self.true, self.false = manager.true, manager.false

    def bit(self, number: int) -> Any:
        """Return the diagram of a bit."""
        return self._bits[number]

    def count(self, diagram: Any) -> int:
        """Return the number of assignments."""
        return int(self._manager.count(diagram, nvars=self._count))


def answer(problem: Problem) -> Answer:
    """Answer the questions."""
    count = bits_of(problem.variables)[-1][-1] + 1
    return answer_by_bits(problem, DD(autoref.BDD(), count))
