"""The clause solver CaDiCaL, through python-sat."""

from __future__ import annotations

from collections.abc import Sequence

from pysat.solvers import Solver as PySat

from pathwaylang.compiler.verify.engines.solver import (
    MOST_CONFLICTS,
    UNSAT,
    Model,
    Result,
    Unknown,
)


class PySolver:
    """Answers with CaDiCaL."""

    name = "sat"

    def __init__(self) -> None:
        self._solver = PySat(name="cadical153")

    def add(self, clause: Sequence[int]) -> None:
        """Add a clause."""
        self._solver.add_clause(list(clause))

    def solve(self, assumptions: Sequence[int]) -> Result:
        """Answer whether all clauses and all assumptions can be true together."""
        self._solver.conf_budget(MOST_CONFLICTS)
        found = self._solver.solve_limited(assumptions=list(assumptions))
        if found is None:
            return Unknown(f"the solver gave up after {MOST_CONFLICTS:,} conflicts")
        if not found:
            return UNSAT
        return Model(frozenset(literal for literal in self._solver.get_model() if literal > 0))
