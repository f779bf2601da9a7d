"""Formulas as clauses: each `and` and `or` of literals gets a variable that equals it.

Literals are whole numbers; `TRUE` and `FALSE` are literals too, and formulas over them are worked
out at once. Equal formulas get the same variable.

Source: G. S. Tseitin, On the complexity of derivation in propositional calculus, 1968; C. Sinz,
Towards an optimal CNF encoding of Boolean cardinality constraints, 2005 (`at_least`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pathwaylang.compiler.verify.engines.solver import Result, Solver

TRUE = 1
FALSE = -1


class Clauses:
    """The clauses of one verification, kept in a solver."""

    def __init__(self, solver: Solver) -> None:
        self.solver = solver
        self._last = 1
        self._defined: dict[frozenset[int], int] = {}
        solver.add((TRUE,))

    def variable(self) -> int:
        """Return a new variable."""
        self._last += 1
        return self._last

    def add(self, *clause: int) -> None:
        """Demand that one of the literals is true."""
        if TRUE not in clause:
            self.solver.add([literal for literal in clause if literal != FALSE])

    def any(self, literals: Iterable[int]) -> int:
        """Return the literal that is true exactly where one of the literals is."""
        return -self.all(-literal for literal in literals)

    def all(self, literals: Iterable[int]) -> int:
        """Return the literal that is true exactly where all the literals are."""
        parts = frozenset(literals) - {TRUE}
        if FALSE in parts or any(-part in parts for part in parts):
            return FALSE
        if len(parts) <= 1:
            return next(iter(parts), TRUE)
        found = self._defined.get(parts)
        if found is None:
            found = self._defined[parts] = self.variable()
            for part in sorted(parts):
                self.solver.add((-found, part))
            self.solver.add((found, *(-part for part in sorted(parts))))
        return found

    def at_least(self, count: int, literals: Sequence[int]) -> int:
        """Return the literal that is true exactly where `count` of the literals are."""
        reached = [TRUE] + [FALSE] * count
        for literal in literals:
            for have in range(count, 0, -1):
                one_more = self.all((literal, reached[have - 1]))
                reached[have] = self.any((reached[have], one_more))
        return reached[count]

    def exactly_one(self, literals: Sequence[int]) -> None:
        """Demand that one of the literals is true, and no two."""
        self.add(*literals)
        before = FALSE
        for literal in literals:
            self.add(-literal, -before)
            before = self.any((before, literal))

    def solve(self, *assumptions: int) -> Result:
        """Ask whether everything demanded so far can be true with the assumptions."""
        if FALSE in assumptions:
            return "unsatisfiable"
        return self.solver.solve([literal for literal in assumptions if literal != TRUE])
