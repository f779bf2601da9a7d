"""Two versions of a pathway in one graph, so that one diagram can compare them.

In: two graphs, and renames from old names to new ones. Out: a `Joint`: a graph that holds the
decisions and derived facts of both, over one set of facts. What is equal in both versions, with all
that it reads, stands there once; what the old version says otherwise stands beside it under a name
that no author can write.

Invariant: for every case that a version allows, a track of the joint graph ends as that version's
track does (property test).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from pathwaylang.compiler.qa.difference.domains import (
    JoinedFact,
    before,
    join_facts,
    only_in,
    type_change,
)
from pathwaylang.compiler.qa.difference.record import Edit, FactChange
from pathwaylang.compiler.qa.difference.rewrite import Rewriter
from pathwaylang.compiler.qa.difference.same import decision_key, derived_key, shared_names
from pathwaylang.ir.facts import Fact, Value
from pathwaylang.ir.graph import Constraint, DecisionGraph, Rule, Stage
from pathwaylang.ir.guards import Guard


@dataclass(frozen=True, slots=True)
class Version:
    """One version inside the joint graph: its stages and rules under the joint names.

    `decision` and `case` lead back: from a decision's joint name to its own, and from a joint case
    to a case of this version.
    """

    graph: DecisionGraph
    stages: tuple[Stage, ...]
    limits: tuple[Guard, ...]
    constraints: tuple[Constraint, ...]
    applies: Guard | None
    rules: tuple[Rule, ...]
    writer: Rewriter
    decision: Mapping[str, str]
    case: Callable[[Mapping[str, Value]], dict[str, Value]]

    def stage(self, name: str) -> Stage | None:
        """Return a stage by its joint name."""
        return next((stage for stage in self.stages if stage.name == name), None)


@dataclass(frozen=True, slots=True)
class Joint:
    """Both versions in one graph, with how facts and items changed."""

    graph: DecisionGraph
    old: Version
    new: Version
    facts: tuple[FactChange, ...]
    edits: tuple[Edit, ...]


def join_graphs(old: DecisionGraph, new: DecisionGraph, renames: Mapping[str, str]) -> Joint:
    """Put two versions into one graph."""
    names, values = _renamed(old, renames)
    facts = _joined_facts(old, new, names, values)
    writer = Rewriter(
        names | {p.fact.name: p.name for p in facts.old if p.fact.name != p.name},
        _decision_names(old, renames),
        _words(old, renames),
        values,
        {p.fact.name: p.factor for p in facts.old if p.factor != 1},
    )
    first = _rewritten(old, writer)
    shared = shared_names(first, new, frozenset(item.fact.name for item in facts.joined))
    apart = Rewriter(
        {item.name: before(item.name) for item in first.derived if item.name not in shared.derived},
        {d.name: before(d.name) for d in first.decisions if d.name not in shared.decisions},
    )
    second = _rewritten(first, apart)
    # A rule of the old version is judged by its own definitions and by what the new tracks answer.
    theirs = {d.name for d in new.decisions}
    aside = {d: apart.decisions[d] for d in apart.decisions if d not in theirs}
    rules = tuple(map(Rewriter(apart.names, aside).rule, first.rules))
    old_version = Version(
        old,
        second.stages,
        tuple(limit for item in facts.joined for limit in item.old_limits),
        second.constraints,
        second.applies,
        rules,
        writer,
        {joint.name: own.name for own, joint in zip(old.decisions, second.decisions, strict=True)},
        _case_of(facts.old),
    )
    same = tuple(_Placed(fact, fact.name) for fact in new.facts)
    new_version = Version(
        new,
        new.stages,
        tuple(limit for item in facts.joined for limit in item.new_limits),
        new.constraints,
        new.applies,
        new.rules,
        Rewriter(),
        {decision.name: decision.name for decision in new.decisions},
        _case_of(same),
    )
    changes = tuple(change for item in facts.joined for change in item.changes)
    edits = tuple(_edits(first, new))
    graph = _union(second, new, facts.joined, (old_version, new_version))
    return Joint(graph, old_version, new_version, changes, edits)


def _union(
    old: DecisionGraph,
    new: DecisionGraph,
    facts: tuple[JoinedFact, ...],
    versions: tuple[Version, Version],
) -> DecisionGraph:
    """Return one graph of both; every limit of a version is among its constraints."""
    own = {item.name for item in new.derived}
    theirs = {decision.name for decision in new.decisions}
    limits = [Constraint(limit) for version in versions for limit in version.limits]
    limits += [Constraint(v.applies) for v in versions if v.applies is not None]
    both = dict.fromkeys((*new.constraints, *old.constraints, *limits))
    rules = dict.fromkeys((*new.rules, *versions[0].rules))
    return replace(
        new,
        facts=tuple(item.fact for item in facts),
        derived=(*new.derived, *(item for item in old.derived if item.name not in own)),
        decisions=(*(d for d in old.decisions if d.name not in theirs), *new.decisions),
        constraints=tuple(both),
        applies=None,
        rules=tuple(rules),
        examples=(),
    )


# ------------------------------------------------------------ names and facts


@dataclass(frozen=True, slots=True)
class _Placed:
    """A version's own fact, its joint name, what turns its numbers and values into joint ones."""

    fact: Fact
    name: str
    factor: Fraction = Fraction(1)
    values: tuple[tuple[str, str], ...] = ()

    def own(self, value: Value) -> Value:
        """Return a joint value as this version has it."""
        if isinstance(value, Fraction):
            return value / self.factor
        return next((own for own, joint in self.values if joint == value), value)


@dataclass(frozen=True, slots=True)
class _Facts:
    """The joint facts, and where the old ones stand among them."""

    joined: tuple[JoinedFact, ...]
    old: tuple[_Placed, ...]


def _renamed(
    old: DecisionGraph, renames: Mapping[str, str]
) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    names = {
        item.name: renames[item.name] for item in (*old.facts, *old.derived) if item.name in renames
    }
    values: dict[tuple[str, str], str] = {}
    for key, word in renames.items():
        name, dot, value = key.partition(".")
        if dot:
            values[name, value] = word
    return names, values


def _decision_names(old: DecisionGraph, renames: Mapping[str, str]) -> dict[str, str]:
    return {d.name: renames[d.name] for d in old.decisions if d.name in renames}


def _words(old: DecisionGraph, renames: Mapping[str, str]) -> dict[str, str]:
    """Return the renames of recommendations, branches and stages; numbered branches follow."""
    found = dict(renames)
    for decision in old.decisions:
        if decision.name in renames:
            for number, branch in enumerate(decision.branches, start=1):
                if branch.id == f"{decision.name}.{number}":
                    found.setdefault(branch.id, f"{renames[decision.name]}.{number}")
    return found


def _joined_facts(
    old: DecisionGraph,
    new: DecisionGraph,
    names: Mapping[str, str],
    values: Mapping[tuple[str, str], str],
) -> _Facts:
    by_name = {names.get(fact.name, fact.name): fact for fact in old.facts}
    joined: list[JoinedFact] = []
    placed: list[_Placed] = []
    for fact in new.facts:
        mine = by_name.pop(fact.name, None)
        if mine is None:
            joined.append(only_in(fact, is_new=True))
            continue
        own_values = {value: word for (name, value), word in values.items() if name == mine.name}
        both = join_facts(mine, fact, own_values)
        if both is not None:
            joined.append(both)
            placed.append(_Placed(mine, fact.name, both.factor, tuple(own_values.items())))
            continue
        aside = replace(mine, name=before(fact.name), asked_when=None)
        joined.append(
            JoinedFact(replace(fact, asked_when=None), changes=(type_change(mine, fact),))
        )
        joined.append(JoinedFact(aside))
        placed.append(_Placed(mine, aside.name))
    taken = {item.name for item in new.derived}
    for name, fact in by_name.items():
        gone = only_in(replace(fact, name=name), is_new=False)
        own = before(name) if name in taken else name
        joined.append(replace(gone, fact=replace(gone.fact, name=own)))
        placed.append(_Placed(fact, own))
    return _Facts(tuple(joined), tuple(placed))


def _case_of(facts: tuple[_Placed, ...]) -> Callable[[Mapping[str, Value]], dict[str, Value]]:
    """Return what turns a joint case into one of a version: its facts, names and units."""

    def case(joint: Mapping[str, Value]) -> dict[str, Value]:
        return {p.fact.name: p.own(joint[p.name]) for p in facts if p.name in joint}

    return case


def _rewritten(graph: DecisionGraph, writer: Rewriter) -> DecisionGraph:
    return replace(
        graph,
        derived=tuple(map(writer.derived, graph.derived)),
        decisions=tuple(map(writer.decision, graph.decisions)),
        stages=tuple(
            replace(s, name=writer.word(s.name), tracks=tuple(map(writer.track, s.tracks)))
            for s in graph.stages
        ),
        constraints=tuple(map(writer.constraint, graph.constraints)),
        applies=None if graph.applies is None else writer.guard(graph.applies),
        rules=tuple(map(writer.rule, graph.rules)),
    )


def _edits(old: DecisionGraph, new: DecisionGraph) -> Iterator[Edit]:
    """Yield the items whose own words changed, in the order of the new version."""
    for item, mine, theirs in (
        ("definition", {d.name: derived_key(d) for d in old.derived},
         {d.name: derived_key(d) for d in new.derived}),
        ("decision", {d.name: decision_key(d) for d in old.decisions},
         {d.name: decision_key(d) for d in new.decisions}),
    ):  # fmt: skip
        for name, key in theirs.items():
            if name not in mine:
                yield Edit(item, name, "added")
            elif mine[name] != key:
                yield Edit(item, name, "changed")
        yield from (Edit(item, name, "removed") for name in mine if name not in theirs)
    before_, now = ([c.guard for c in graph.constraints] for graph in (old, new))
    for constraint in new.constraints:
        if constraint.guard not in before_:
            yield Edit("constraint", constraint.text, "added")
    for constraint in old.constraints:
        if constraint.guard not in now:
            yield Edit("constraint", constraint.text, "removed")
