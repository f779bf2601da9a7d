"""What each record reads: names of facts and derived facts, tracks, branches, recommendations.

One place, so that unused names, circles, imports that come along and the order of definitions all
mean the same by "reads".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from pathwaylang.ir.derived import (
    Classification,
    Condition,
    Derived,
    Formula,
    Piecewise,
    Score,
)
from pathwaylang.ir.graph import Decision, Rule
from pathwaylang.ir.guards import Guard, Recommends, Term, guard_atoms, guard_names, term_names


def derived_guards(derived: Derived) -> tuple[Guard, ...]:
    """Return the conditions of a derived fact, line by line."""
    match derived:
        case Condition():
            return (derived.guard,)
        case Formula():
            return ()
        case Piecewise():
            return tuple(piece.guard for piece in derived.pieces if piece.guard is not None)
        case Classification():
            return tuple(line.guard for line in derived.lines if line.guard is not None)
        case Score():
            return tuple(line.guard for line in derived.lines)
        case _:
            assert_never(derived)


def derived_terms(derived: Derived) -> tuple[Term, ...]:
    """Return the formulas of a derived fact."""
    match derived:
        case Formula():
            return (derived.term,)
        case Piecewise():
            return tuple(piece.term for piece in derived.pieces)
        case _:
            return ()


def derived_names(derived: Derived) -> tuple[str, ...]:
    """Return the facts and derived facts that a derived fact reads, each once, in order."""
    return unique(
        [
            *(name for guard in derived_guards(derived) for name in guard_names(guard)),
            *(name for term in derived_terms(derived) for name in term_names(term)),
        ]
    )


def decision_guards(decision: Decision) -> tuple[Guard, ...]:
    """Return the conditions of a decision's branches."""
    return tuple(branch.guard for branch in decision.branches if branch.guard is not None)


def decision_names(decision: Decision) -> tuple[str, ...]:
    """Return the facts and derived facts that a decision reads, each once, in order."""
    return unique(name for guard in decision_guards(decision) for name in guard_names(guard))


def rule_names(rule: Rule) -> tuple[str, ...]:
    """Return the facts and derived facts that a rule reads."""
    read = () if rule.guard is None else tuple(guard_names(rule.guard))
    return unique((*read, rule.fact_or_test)) if rule.rule_kind == "never changes" else unique(read)


def recommends_of(guards: Iterable[Guard]) -> Iterator[Recommends]:
    """Yield the conditions on other tracks, in the order written."""
    for guard in guards:
        for atom in guard_atoms(guard):
            if isinstance(atom, Recommends):
                yield atom


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return names without repeats, in the order of their first occurrence."""
    return tuple(dict.fromkeys(names))
