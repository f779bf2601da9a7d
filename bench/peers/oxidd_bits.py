"""The library oxidd, which is written in Rust; one thread, like the others."""

from __future__ import annotations

from typing import Any

from oxidd.bdd import BDDManager

from bench.peers import Answer, bits_of
from bench.peers.bits import answer_by_bits
from bench.problems import Problem

NODES = 1 << 22
CACHE = 1 << 20


class Oxidd:
    """oxidd's manager behind the common interface."""

    def __init__(self, count: int) -> None:
        manager = BDDManager(NODES, CACHE, 1)
        self._numbers = list(manager.add_vars(count))
        self._manager = manager
        self._count = count
        self.true, self.false = manager.true(), manager.false()

    def bit(self, number: int) -> Any:
        """Return the diagram of a bit."""
        return self._manager.var(self._numbers[number])

    def count(self, diagram: Any) -> int:
        """Return the number of assignments."""
        return int(diagram.sat_count(self._count))


def answer(problem: Problem) -> Answer:
    """Answer the questions."""
    return answer_by_bits(problem, Oxidd(bits_of(problem.variables)[-1][-1] + 1))
