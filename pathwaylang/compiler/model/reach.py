"""What a pathway consists of, when modules offer more than it imports.

Everything in the root file belongs to it, every name the root imports (an overlay has two roots,
itself and the pathway it is of), and all safety rules,
constraints and examples of the modules; then whatever these refer to. A test comes along with the
facts of its own file that it finds. What nothing brings in is left out of the model.

Invariant: a name that a kept record refers to is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pathwaylang.compiler.model.names import Space
from pathwaylang.compiler.model.nodes import Model
from pathwaylang.compiler.model.reads import (
    decision_guards,
    decision_names,
    derived_guards,
    derived_names,
    recommends_of,
    rule_names,
)
from pathwaylang.compiler.model.scope import Build
from pathwaylang.ir.derived import Basis, Classification, Derived, Piecewise, Score
from pathwaylang.ir.graph import Decision, Example, Outcome, Rule
from pathwaylang.ir.guards import Guard, guard_names

Node = tuple[Space, str]


class _Reach:
    """The references of a full model, by node."""

    def __init__(self, build: Build, model: Model) -> None:
        self.names = build.names
        self.facts = {fact.name: fact for fact in model.facts}
        self.derived = {item.name: item for item in model.derived}
        self.decisions = {item.name: item for item in model.decisions}
        self.stages = {item.name: item for item in model.stages}
        self.recommendations = {item.name: item for item in model.recommendations}
        self.tests = {item.name: item for item in model.tests}
        self.stage_of = {track: s.name for s in model.stages for track in s.tracks}

    def references(self, node: Node) -> Iterator[Node]:
        """Yield what a node refers to."""
        space, name = node
        match space:
            case Space.FACTS:
                yield from self._fact_references(name)
            case Space.FLOW if name in self.decisions:
                yield from self._decision_references(self.decisions[name])
            case Space.FLOW if name in self.stages:
                yield from ((Space.FLOW, track) for track in self.stages[name].tracks)
                yield from cited(self.stages[name].basis)
            case Space.OUTCOMES:
                yield from self._outcome_references(name)
            case Space.TESTS if name in self.tests:
                yield from ((Space.FACTS, fact) for fact in self.tests[name].finds)
                yield from cited(self.tests[name].basis)
            case _:
                return

    def _fact_references(self, name: str) -> Iterator[Node]:
        if name in self.derived:
            derived = self.derived[name]
            yield from ((Space.FACTS, read) for read in derived_names(derived))
            yield from self.tracks_of(derived_guards(derived))
            for basis in derived_bases(derived):
                yield from cited(basis)
            return
        guard = self.facts[name].asked_when if name in self.facts else None
        if guard is not None:
            yield from ((Space.FACTS, read) for read in guard_names(guard))

    def _decision_references(self, decision: Decision) -> Iterator[Node]:
        yield from ((Space.FACTS, name) for name in decision_names(decision))
        yield from self.tracks_of(decision_guards(decision))
        yield from ((Space.TESTS, name) for name in decision.obtains)
        yield from cited(decision.basis)
        for branch in decision.branches:
            yield from outcome_nodes(branch.outcome)
            yield from cited(branch.basis)

    def _outcome_references(self, name: str) -> Iterator[Node]:
        declared = self.names.find(Space.OUTCOMES, name)
        if name in self.recommendations:
            recommendation = self.recommendations[name]
            yield from ((Space.FLOW, line.at) for line in recommendation.reassess)
            yield from cited(recommendation.basis)
        elif declared is not None and declared.kind == "branch":
            yield Space.FLOW, declared.node.name.text

    def tracks_of(self, guards: Iterable[Guard]) -> Iterator[Node]:
        """Yield the tracks that conditions read, with the names they look for."""
        for atom in recommends_of(guards):
            yield from self.track(atom.track)
            yield from ((Space.OUTCOMES, name) for name in atom.names)

    def track(self, name: str) -> Iterator[Node]:
        """Yield the decision that a track starts at, and its stage."""
        yield Space.FLOW, name
        if name in self.stage_of:
            yield Space.FLOW, self.stage_of[name]

    def rule_references(self, rule: Rule) -> Iterator[Node]:
        """Yield what a safety rule refers to."""
        yield from ((Space.FACTS, name) for name in rule_names(rule))
        if rule.guard is not None:
            yield from self.tracks_of([rule.guard])
        if rule.stage:
            yield Space.FLOW, rule.stage
        if rule.rule_kind == "before":
            yield Space.TESTS, rule.fact_or_test
        for name in rule.names:
            if rule.rule_kind == "never changes":
                yield from self.track(name)
            else:
                yield Space.OUTCOMES, name
        yield from cited(rule.basis)

    def example_references(self, example: Example) -> Iterator[Node]:
        """Yield what an example refers to, but the facts it gives."""
        for expectation in example.expectations:
            if expectation.track:
                yield from self.track(expectation.track)
            if expectation.outcome is not None:
                yield from outcome_nodes(expectation.outcome)
            if expectation.expect_kind == "ask":
                yield Space.FACTS, expectation.name
            if expectation.expect_kind == "obtain":
                yield Space.TESTS, expectation.name


def outcome_nodes(outcome: Outcome) -> Iterator[Node]:
    """Yield the names an outcome refers to; another pathway is none of ours."""
    if outcome.outcome_kind != "go to":
        yield from ((Space.OUTCOMES, name) for name in outcome.names)
    elif outcome.target != "pathway":
        yield Space.FLOW, outcome.names[0]


def cited(basis: Basis) -> Iterator[Node]:
    """Yield the sources that a basis cites."""
    for cite in basis.cites:
        yield Space.SOURCES, cite.partition(".")[0]


def derived_bases(derived: Derived) -> tuple[Basis, ...]:
    """Return the bases of a derived fact and its lines."""
    match derived:
        case Classification() | Score():
            return (derived.basis, *(line.basis for line in derived.lines))
        case Piecewise():
            return (derived.basis, *(piece.basis for piece in derived.pieces))
        case _:
            return (derived.basis,)


def keep_reached(build: Build, model: Model) -> Model:
    """Return the model without what nothing brings in."""
    reach = _Reach(build, model)
    reached = _closure(build, reach, {*_roots(build), *_rule_roots(reach, model)})

    def is_kept(space: Space, name: str) -> bool:
        return (space, name) in reached

    return replace(
        model,
        facts=tuple(f for f in model.facts if is_kept(Space.FACTS, f.name)),
        derived=tuple(d for d in model.derived if is_kept(Space.FACTS, d.name)),
        decisions=tuple(d for d in model.decisions if is_kept(Space.FLOW, d.name)),
        stages=tuple(s for s in model.stages if is_kept(Space.FLOW, s.name)),
        recommendations=tuple(r for r in model.recommendations if is_kept(Space.OUTCOMES, r.name)),
        tests=tuple(
            replace(t, finds=tuple(f for f in t.finds if is_kept(Space.FACTS, f)))
            for t in model.tests
            if is_kept(Space.TESTS, t.name)
        ),
        sources=tuple(s for s in model.sources if is_kept(Space.SOURCES, s.name)),
    )


def _roots(build: Build) -> Iterator[Node]:
    root, base = build.modules.root, build.modules.base
    paths = (root.path,) if base is None else (root.path, base.path)
    for space, declared in build.names.by_space.items():
        for item in declared.values():
            if any(build.names.is_brought(item, path) for path in paths):
                yield space, item.name


def _rule_roots(reach: _Reach, model: Model) -> Iterator[Node]:
    for rule in model.rules:
        yield from reach.rule_references(rule)
    # Each of hundreds of examples gives most of the facts.
    given = {name for example in model.examples for name, _ in example.given}
    yield from ((Space.FACTS, name) for name in given)
    for example in model.examples:
        yield from reach.example_references(example)
    for constraint in model.constraints:
        yield from ((Space.FACTS, name) for name in guard_names(constraint.guard))
        yield from cited(constraint.basis)
    if model.applies is not None:
        yield from ((Space.FACTS, name) for name in guard_names(model.applies.guard))


def _closure(build: Build, reach: _Reach, roots: Iterable[Node]) -> set[Node]:
    reached: set[Node] = set()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting.extend(reach.references(node))
    facts = {name for space, name in reached if space is Space.FACTS}
    for test in reach.tests.values():
        path = _path(build, Space.TESTS, test.name)
        if any(f in facts and _path(build, Space.FACTS, f) == path for f in test.finds):
            reached.add((Space.TESTS, test.name))
            reached.update(cited(test.basis))
    return reached


def _path(build: Build, space: Space, name: str) -> str:
    declared = build.names.find(space, name)
    return declared.path if declared is not None else ""
