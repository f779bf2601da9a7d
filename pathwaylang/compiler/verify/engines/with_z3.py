"""The clause solver of Z3; it stands in where python-sat is not installed."""

from __future__ import annotations

from collections.abc import Sequence

import z3

from pathwaylang.compiler.verify.engines.solver import UNSAT, Model, Result, Unknown

MOST_WORK = 50_000_000
"""Z3 counts its work in a unit of its own; unlike time it is the same on every machine."""


class Z3Solver:
    """Answers with Z3's plain solver over Booleans."""

    name = "z3"

    def __init__(self) -> None:
        self._solver = z3.Solver()
        self._solver.set("rlimit", MOST_WORK)
        self._variables: dict[int, z3.BoolRef] = {}

    def _literal(self, literal: int) -> z3.BoolRef:
        number = abs(literal)
        variable = self._variables.get(number)
        if variable is None:
            variable = self._variables[number] = z3.Bool(f"v{number}")
        return variable if literal > 0 else z3.Not(variable)

    def add(self, clause: Sequence[int]) -> None:
        """Add a clause."""
        self._solver.add(z3.Or([self._literal(literal) for literal in clause]))

    def solve(self, assumptions: Sequence[int]) -> Result:
        """Answer whether all clauses and all assumptions can be true together."""
        found = self._solver.check([self._literal(literal) for literal in assumptions])
        if found == z3.unsat:
            return UNSAT
        if found != z3.sat:
            return Unknown(f"the solver gave up: {self._solver.reason_unknown()}")
        model = self._solver.model()
        true = (n for n, v in self._variables.items() if z3.is_true(model.eval(v)))
        return Model(frozenset(true))
