"""A graph with other names: so that two versions can stand in one graph.

In: maps of names (facts and derived facts, decisions, words that outcomes use, values of choices)
and factors of facts whose unit changed. Out: guards, derived facts, decisions and rules that mean
the same under the new names. What no map mentions stays as it is.

Invariant: rewriting with empty maps gives an equal graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import assert_never

from pathwaylang.ir.derived import Classification, Condition, Derived, Formula, Piecewise, Score
from pathwaylang.ir.graph import Branch, Constraint, Decision, Outcome, Rule
from pathwaylang.ir.guards import (
    All,
    Any,
    Arith,
    AtLeast,
    Call,
    Const,
    Guard,
    Holds,
    Interval,
    Known,
    Not,
    Number,
    OneOf,
    Recommends,
    Ref,
    Relation,
    Term,
    Within,
)
from pathwaylang.ir.kleene import Atom


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Gives things their new names; `values` goes by (old name, old value)."""

    names: Mapping[str, str] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    factors: Mapping[str, Fraction] = field(default_factory=dict)

    def name(self, name: str) -> str:
        """Return the new name of a fact or derived fact."""
        return self.names.get(name, name)

    def track(self, name: str) -> str:
        """Return the new name of a decision."""
        return self.decisions.get(name, name)

    def word(self, word: str) -> str:
        """Return the new name of a recommendation, branch or stage."""
        return self.words.get(word, word)

    def value(self, name: str, value: str) -> str:
        """Return the new name of a value of a choice fact or classification."""
        return self.values.get((name, value), value)

    # ------------------------------------------------------------ conditions and formulas

    def guard(self, guard: Guard) -> Guard:
        """Return a condition under the new names."""
        match guard:
            case Not(item):
                return Not(self.guard(item))
            case All(items):
                return All(tuple(map(self.guard, items)))
            case Any(items):
                return Any(tuple(map(self.guard, items)))
            case AtLeast(count, items):
                return AtLeast(count, tuple(map(self.guard, items)))
            case _:
                return self._atom(guard)

    def _atom(self, atom: Atom) -> Guard:
        match atom:
            case Const():
                return atom
            case Holds(name):
                return Holds(self.name(name))
            case Known(name):
                return Known(self.name(name))
            case OneOf(name, values):
                return OneOf(self.name(name), tuple(self.value(name, v) for v in values))
            case Within(name, intervals):
                factor = self.factors.get(name, Fraction(1))
                return Within(self.name(name), tuple(scaled(i, factor) for i in intervals))
            case Relation(left, right, strict):
                return Relation(self.term(left), self.term(right), strict)
            case Recommends(track, names):
                return Recommends(self.track(track), tuple(map(self.word, names)))
            case _:
                assert_never(atom)

    def term(self, term: Term) -> Term:
        """Return a formula under the new names; a fact in another unit is converted back."""
        match term:
            case Number():
                return term
            case Ref(name):
                factor = self.factors.get(name)
                ref = Ref(self.name(name))
                return ref if factor is None else Arith("/", ref, Number(factor))
            case Arith(operator, left, right):
                return Arith(operator, self.term(left), self.term(right))
            case Call(function, arguments):
                return Call(function, tuple(map(self.term, arguments)))
            case _:
                assert_never(term)

    def _maybe(self, guard: Guard | None) -> Guard | None:
        return None if guard is None else self.guard(guard)

    # ------------------------------------------------------------ items

    def derived(self, item: Derived) -> Derived:
        """Return a derived fact under the new names."""
        name = self.name(item.name)
        match item:
            case Condition():
                return replace(item, name=name, guard=self.guard(item.guard))
            case Formula():
                return replace(item, name=name, term=self.term(item.term))
            case Piecewise():
                pieces = tuple(
                    replace(p, guard=self._maybe(p.guard), term=self.term(p.term))
                    for p in item.pieces
                )
                return replace(item, name=name, pieces=pieces)
            case Classification():
                lines = tuple(
                    replace(
                        line,
                        value=self.value(item.name, line.value),
                        guard=self._maybe(line.guard),
                    )
                    for line in item.lines
                )
                return replace(item, name=name, lines=lines)
            case Score():
                adds = tuple(replace(line, guard=self.guard(line.guard)) for line in item.lines)
                return replace(item, name=name, lines=adds)
            case _:
                assert_never(item)

    def outcome(self, outcome: Outcome) -> Outcome:
        """Return an outcome under the new names."""
        if outcome.target == "decision":
            return replace(outcome, names=tuple(map(self.track, outcome.names)))
        return replace(outcome, names=tuple(map(self.word, outcome.names)))

    def branch(self, branch: Branch) -> Branch:
        """Return a branch under the new names."""
        return replace(
            branch,
            id=self.word(branch.id),
            guard=self._maybe(branch.guard),
            outcome=self.outcome(branch.outcome),
        )

    def decision(self, decision: Decision) -> Decision:
        """Return a decision under the new names."""
        branches = tuple(map(self.branch, decision.branches))
        return replace(decision, name=self.track(decision.name), branches=branches)

    def constraint(self, constraint: Constraint) -> Constraint:
        """Return a constraint under the new names."""
        return replace(constraint, guard=self.guard(constraint.guard))

    def rule(self, rule: Rule) -> Rule:
        """Return a safety rule under the new names."""
        if rule.rule_kind == "never changes":
            names = tuple(map(self.track, rule.names))
            return replace(rule, names=names, fact_or_test=self.name(rule.fact_or_test))
        return replace(
            rule,
            names=tuple(map(self.word, rule.names)),
            guard=self._maybe(rule.guard),
            stage=self.word(rule.stage),
            fact_or_test=self.word(rule.fact_or_test),
        )


def scaled(interval: Interval, factor: Fraction) -> Interval:
    """Return an interval in a unit of which `factor` make one of the old."""
    if factor == 1:
        return interval
    low = None if interval.low is None else interval.low * factor
    high = None if interval.high is None else interval.high * factor
    return Interval(low, high, interval.low_closed, interval.high_closed)
