"""Short forms for decision graphs written by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pathwaylang.ir.derived import Basis
from pathwaylang.ir.facts import Choice, Fact
from pathwaylang.ir.graph import (
    Branch,
    BranchKind,
    Citable,
    Decision,
    Outcome,
    Recommendation,
    Statement,
    Target,
)
from pathwaylang.ir.guards import All, Any, Guard, Holds, Interval, Known, Not, OneOf, Within


def basis(*sources: str) -> Basis:
    """Cites by default; texts that begin with `opinion` are opinions."""
    return Basis(
        cites=tuple(s for s in sources if not s.startswith("opinion")),
        opinions=tuple(s for s in sources if s.startswith("opinion")),
    )


def yes_no(name: str, label: str) -> Fact:
    return Fact(name, label, "yes/no", may_be_unknown=True)


def choice(name: str, label: str, *values: str) -> Fact:
    choices = tuple(Choice(value, value.replace("_", " ")) for value in values)
    return Fact(name, label, "choice", choices)


def number(name: str, label: str, low: int, high: int, unit: str = "") -> Fact:
    return Fact(
        name,
        label,
        "number",
        range=Interval(Fraction(low), Fraction(high)),
        step=Fraction(1),
        unit=unit,
        may_be_unknown=True,
    )


def yes(name: str) -> Guard:
    return Holds(name)


def no(name: str) -> Guard:
    return Not(Holds(name))


def unknown(name: str) -> Guard:
    return Not(Known(name))


def one(name: str, *values: str) -> Guard:
    return OneOf(name, values)


def at_most(name: str, high: int) -> Guard:
    return Within(name, (Interval(None, Fraction(high)),))


def at_least(name: str, low: int) -> Guard:
    return Within(name, (Interval(Fraction(low), None),))


def below(name: str, high: int) -> Guard:
    return Within(name, (Interval(None, Fraction(high), high_closed=False),))


def above(name: str, low: int) -> Guard:
    return Within(name, (Interval(Fraction(low), None, low_closed=False),))


def both(*items: Guard) -> Guard:
    return All(items)


def either(*items: Guard) -> Guard:
    return Any(items)


def recommend(*names: str) -> Outcome:
    return Outcome("recommend", names)


def offer(*names: str) -> Outcome:
    return Outcome("offer", names)


def go(name: str, target: Target = "decision") -> Outcome:
    return Outcome("go to", (name,), target)


def when(
    branch_id: str, guard: Guard | None, outcome: Outcome, strength: str = "", *sources: str
) -> Branch:
    kind: BranchKind = "when" if guard else "otherwise"
    return Branch(branch_id, kind, guard, outcome, basis=basis(*sources), strength=strength)


def when_unknown(branch_id: str, outcome: Outcome, *sources: str) -> Branch:
    return Branch(branch_id, "unknown", None, outcome, basis=basis(*sources))


def row(
    branch_id: str, cells: tuple[str, ...], guard: Guard, outcome: Outcome, *sources: str
) -> Branch:
    return Branch(branch_id, "when", guard, outcome, cells=cells, basis=basis(*sources))


def decide(name: str, label: str, *branches: Branch, in_order: bool = False) -> Decision:
    return Decision(name, label, branches, in_order=in_order)


def results(*pairs: tuple[str, str]) -> tuple[Recommendation, ...]:
    return tuple(Recommendation(name, label) for name, label in pairs)


def source(name: str, label: str, read_on: str = "") -> Citable:
    statements = (Statement("limits", "table 1", f"what {label} says"),)
    return Citable(name, label, statements, read_on=read_on)


Strength = Literal["strong for", "conditional for", "equipoise", "procedural"]
