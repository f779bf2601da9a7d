"""What the verifier asks of a solver for clauses, and which of the installed ones answers.

A literal is a variable's number, negative for its denial; a clause is a disjunction of literals.
In: clauses, and assumptions. Out: a model (the variables that are true), `UNSAT`, or why not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal, Protocol

INSTALL = 'pip install "pathwaylang[verify]"'

MOST_CONFLICTS = 200_000
"""So much work a solver may do for one question."""


@dataclass(frozen=True, slots=True)
class Model:
    """A way to make all clauses true: the variables that are true in it."""

    true: frozenset[int]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A question that the solver gave up on."""

    reason: str


UNSAT: Literal["unsatisfiable"] = "unsatisfiable"

Result = Model | Unknown | Literal["unsatisfiable"]


class Solver(Protocol):
    """A solver that keeps its clauses from question to question."""

    @property
    def name(self) -> str:
        """What findings call the engine."""

    def add(self, clause: Sequence[int]) -> None:
        """Add a clause."""

    def solve(self, assumptions: Sequence[int]) -> Result:
        """Answer whether all clauses and all assumptions can be true together."""


def has_solver() -> bool:
    """Tell whether a solver is installed, without importing it."""
    return any(find_spec(name) is not None for name in ("pysat", "z3"))


def find_solver() -> Callable[[], Solver] | None:
    """Return a maker of the best solver that is installed, or None."""
    if find_spec("pysat") is not None:
        from pathwaylang.compiler.verify.engines.with_pysat import PySolver

        return PySolver
    if find_spec("z3") is not None:
        from pathwaylang.compiler.verify.engines.with_z3 import Z3Solver

        return Z3Solver
    return None
