"""The library dd over CUDD, which is written in C; its reordering is off, as for the others."""

from __future__ import annotations

from dd import cudd

from bench.peers import Answer, bits_of
from bench.peers.bits import answer_by_bits
from bench.peers.dd_python import DD
from bench.problems import Problem


def answer(problem: Problem) -> Answer:
    """Answer the questions."""
    manager = cudd.BDD()
    manager.configure(reordering=False)
    return answer_by_bits(problem, DD(manager, bits_of(problem.variables)[-1][-1] + 1))
