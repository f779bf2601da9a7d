"""What a partition consists of: tables of formulas over cells, and all that the cells follow from.

A formula over stepped facts is a `Joint`, exact on each tuple of cells. One that no grid can hold
is an `Opaque` with a variable of its own, bounded by interval arithmetic or a solver; `Together`
says which classes of several such formulas no values reach at once.
"""

from __future__ import annotations

from dataclasses import dataclass

from pathwaylang.ir.cells import Cut
from pathwaylang.ir.facts import Choice, Fact
from pathwaylang.ir.guards import Term


@dataclass(frozen=True, slots=True)
class Joint:
    """A formula over stepped facts: the class of its value for each tuple of known cells."""

    facts: tuple[str, ...]
    cuts: tuple[Cut, ...]
    table: dict[tuple[int, ...], int]


@dataclass(frozen=True, slots=True)
class Opaque:
    """A formula with a variable of its own: for each tuple of cells the classes it may be in.

    Where it may have no value in some cells (`failing`), that is one more class, the last.
    """

    variable: str
    facts: tuple[str, ...]
    cuts: tuple[Cut, ...]
    table: dict[tuple[int, ...], tuple[int, int]]
    term: Term
    failing: frozenset[tuple[int, ...]] = frozenset()

    @property
    def no_value(self) -> int:
        """The index of the class of no value."""
        return len(self.cuts) + 1

    @property
    def classes(self) -> int:
        """The number of classes."""
        return len(self.cuts) + (2 if self.failing else 1)


@dataclass(frozen=True, slots=True)
class Together:
    """Opaque formulas over shared facts: cells and classes that do not go together."""

    facts: tuple[str, ...]
    variables: tuple[str, ...]
    never: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """All that the cells follow from: values of facts, and what conditions ask of them."""

    facts: tuple[Fact, ...]
    cuts: dict[str, frozenset[Cut]]
    tests: dict[str, frozenset[tuple[str, ...]]]
    formulas: tuple[tuple[Term, frozenset[Cut]], ...]

    @staticmethod
    def of(
        facts: dict[str, Fact],
        cuts: dict[str, set[Cut]],
        tests: dict[str, set[tuple[str, ...]]],
        formulas: dict[Term, set[Cut]],
    ) -> Asked:
        """Freeze what was gathered; labels and places of facts have no part in it."""
        return Asked(
            tuple(
                Fact(
                    fact.name,
                    "",
                    fact.fact_kind,
                    tuple(Choice(choice.name, "") for choice in fact.choices),
                    fact.range,
                    fact.step,
                    may_be_unknown=fact.may_be_unknown,
                )
                for fact in facts.values()
            ),
            {name: frozenset(found) for name, found in cuts.items()},
            {name: frozenset(found) for name, found in tests.items()},
            tuple((term, frozenset(found)) for term, found in formulas.items()),
        )
