"""Walk a graph with one complete case: which branches are taken, where each track ends.

This is the reference semantics of decisions (language.md sections 7 to 9). The verifier replays
every patient here before it tells of one; the compiled forms are held equal to it by property
tests.

Invariant: a walk ends, since decisions are acyclic; on a proved pathway it never ends in a `Halt`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pathwaylang.ir.derive import Values
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import Branch, Decision, DecisionGraph
from pathwaylang.ir.kleene import Truth


@dataclass(frozen=True, slots=True)
class Halt:
    """A decision that gives no single answer.

    Nothing applies, an unknown is not answered, or branches disagree (their indices).
    """

    halt: Literal["missing", "unanswered", "conflict"]
    branches: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Walk:
    """The way of one track: (decision, index of the branch taken), and the halt if any."""

    passed: tuple[tuple[str, int], ...]
    halt: Halt | None = None
    halted_at: str = ""


def choose(decision: Decision, values: Values) -> int | Halt:
    """Return the index of the branch that a complete case takes."""
    return _ordered(decision, values) if decision.in_order else _unordered(decision, values)


def _of_kind(decision: Decision, kind: str, fallback: Halt) -> int | Halt:
    for index, branch in enumerate(decision.branches):
        if branch.branch_kind == kind:
            return index
    return fallback


def _ordered(decision: Decision, values: Values) -> int | Halt:
    """Stop at the first branch that holds or, unless unknown means no, is unknown."""
    for index, branch in enumerate(decision.branches):
        truth = False if branch.guard is None else values.truth(branch.guard)
        if truth:
            return index
        if truth is None and not decision.unknown_means_no:
            return _of_kind(decision, "unknown", Halt("unanswered"))
    return _of_kind(decision, "otherwise", Halt("missing"))


def _unordered(decision: Decision, values: Values) -> int | Halt:
    truths = [False if b.guard is None else values.truth(b.guard) for b in decision.branches]
    held = [index for index, truth in enumerate(truths) if truth]
    if held:
        outcomes = {decision.branches[index].outcome.text for index in held}
        return held[0] if len(outcomes) == 1 else Halt("conflict", tuple(held))
    if None in truths and not decision.unknown_means_no:
        return _of_kind(decision, "unknown", Halt("unanswered"))
    return _of_kind(decision, "otherwise", Halt("missing"))


class Walker:
    """Walks one graph; immutable after it is made, so it may be shared between threads."""

    def __init__(self, graph: DecisionGraph) -> None:
        self.graph = graph
        self.decisions = {decision.name: decision for decision in graph.decisions}
        self.derived = {item.name: item for item in graph.derived}

    def values(self, case: Mapping[str, Value]) -> Values:
        """Return the values of facts and derived facts for a complete case."""
        walks: dict[str, Walk] = {}

        def track_says(track: str, names: tuple[str, ...]) -> Truth:
            if track not in walks:
                walks[track] = self.walk(track, values)
            return self.says(walks[track], names)

        values = Values(case, self.derived, track_says)
        return values

    def walk(self, start: str, values: Values) -> Walk:
        """Walk from a decision until a recommendation, an offer, another stage, or a halt."""
        passed: list[tuple[str, int]] = []
        name = start
        while True:
            decision = self.decisions[name]
            taken = choose(decision, values)
            if isinstance(taken, Halt):
                return Walk(tuple(passed), taken, name)
            passed.append((name, taken))
            outcome = decision.branches[taken].outcome
            if outcome.outcome_kind != "go to" or outcome.target != "decision":
                return Walk(tuple(passed))
            name = outcome.names[0]

    def common(self, start: str, cases: Sequence[Values]) -> list[tuple[str, int]]:
        """Return the steps that the ways of all cases have in common at their start."""
        passed: list[tuple[str, int]] = []
        name = start
        while True:
            decision = self.decisions[name]
            taken = choose(decision, cases[0])
            if isinstance(taken, Halt) or any(choose(decision, c) != taken for c in cases[1:]):
                return passed
            passed.append((name, taken))
            outcome = decision.branches[taken].outcome
            if outcome.outcome_kind != "go to" or outcome.target != "decision":
                return passed
            name = outcome.names[0]

    def branch(self, step: tuple[str, int]) -> Branch:
        """Return the branch of a step of a walk."""
        return self.decisions[step[0]].branches[step[1]]

    def says(self, walk: Walk, names: tuple[str, ...]) -> bool:
        """True if a walk recommends or offers one of the names, or passes one of the branches."""
        if walk.halt is not None:
            return any(self.branch(step).id in names for step in walk.passed)
        outcome = self.branch(walk.passed[-1]).outcome
        if outcome.outcome_kind != "go to" and any(name in names for name in outcome.names):
            return True
        return any(self.branch(step).id in names for step in walk.passed)
