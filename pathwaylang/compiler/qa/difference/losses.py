"""Safety rules that the new version keeps less of than the old one did.

In: a `Comparison`. Out: a `Loss` for each rule of the old version that was removed or weakened,
judged by the cases it binds and not by its words, and for each that the new version's outcomes
break in cases where the old ones kept it.

Invariant: a rule that other rules of the new version imply is no loss.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pathwaylang.compiler.qa.difference.record import Loss
from pathwaylang.compiler.qa.difference.tables import Comparison
from pathwaylang.compiler.verify.verification import View
from pathwaylang.ir.derive import Values
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import Rule, Stage
from pathwaylang.ir.kleene import Truth


def find_losses(comparison: Comparison) -> Iterator[Loss]:
    """Yield what safety the new version lost, in the order of the old rules."""
    old = comparison.joint.old
    for rule, own in zip(old.rules, old.graph.rules, strict=True):
        if rule.guard is None:
            yield from _by_names(comparison, rule, own)
        else:
            yield from _by_cases(comparison, _Bound(rule, own))
            if rule.rule_kind == "never":
                yield from _forbidden(comparison, _Bound(rule, own))


@dataclass(frozen=True, slots=True)
class _Bound:
    """A rule under its joint names, and as the old version wrote it."""

    rule: Rule
    own: Rule


def _by_names(comparison: Comparison, rule: Rule, own: Rule) -> Iterator[Loss]:
    """Judge a rule without a condition: `before` and `never changes`."""
    writer = comparison.joint.old.writer
    wanted = {writer.track(n) for n in own.names} if rule.rule_kind == "never changes" else set(
        rule.names
    )  # fmt: skip
    kept: set[str] = set()
    for other in comparison.joint.new.rules:
        same = other.rule_kind == rule.rule_kind and other.fact_or_test == rule.fact_or_test
        if same and other.stage in ("", rule.stage):
            kept |= set(other.names)
    if not wanted <= kept:
        yield Loss("weakened" if wanted & kept else "removed", own)


def _stages(comparison: Comparison, rule: Rule) -> list[Stage]:
    return [s for s in comparison.joint.new.stages if rule.stage in ("", s.name)]


def _binding(comparison: Comparison, rule: Rule) -> int:
    """Return the cases a rule binds: a never-rule also where its condition is unknown."""
    assert rule.guard is not None
    node = comparison.verification.flow.symbolic.guard(rule.guard)
    space = comparison.space
    return space.possible(node) if rule.rule_kind == "never" else space.certain(node)


def _covers(comparison: Comparison, rule: Rule, stage: Stage, name: str) -> list[Rule]:
    """Return the new rules that say as much about a name in a stage."""
    found = []
    for other in comparison.joint.new.rules:
        if other.rule_kind != rule.rule_kind or other.stage not in ("", stage.name):
            continue
        says = name in other.names if rule.rule_kind == "never" else set(other.names) <= set(
            rule.names
        )  # fmt: skip
        if says:
            found.append(other)
    return found


def _by_cases(comparison: Comparison, bound: _Bound) -> Iterator[Loss]:
    space, rule = comparison.space, bound.rule
    for stage in _stages(comparison, rule):
        covers = {name: _covers(comparison, rule, stage, name) for name in rule.names}
        every = [other for found in covers.values() for other in found]
        view = _view(comparison, stage, (rule, *every))
        binding = space.conj(comparison.new.world(view), _binding(comparison, rule))
        open_ = space.any(
            space.conj(
                binding, space.neg(space.any(_binding(comparison, other) for other in found))
            )
            for found in covers.values()
        )
        if open_ == space.false:
            continue

        def shows(case: Mapping[str, Value]) -> bool:
            return _binds(comparison, bound, case)

        patient = comparison.verification.patient(open_, view, shows)
        count = comparison.verification.count(open_, view)
        yield Loss("weakened" if every else "removed", bound.own, count, patient)
        return


def _forbidden(comparison: Comparison, bound: _Bound) -> Iterator[Loss]:
    space, rule, flow = comparison.space, bound.rule, comparison.verification.flow
    binding = _binding(comparison, rule)
    for stage in _stages(comparison, rule):
        view = _view(comparison, stage, (rule,))
        before = comparison.old.world(view)
        for track in stage.tracks:
            said = space.conj(comparison.new.world(view), flow.track_says(track, rule.names))
            node = space.conj(binding, said)
            label = comparison.new.label(track)
            mine = comparison.old.track(stage.name, label)
            if mine is not None:
                then = space.conj(before, flow.track_says(mine, rule.names))
                node = space.conj(node, space.neg(then))
            if node == space.false:
                continue

            def shows(case: Mapping[str, Value], track: str = track) -> bool:
                walker = comparison.replay.new.walker
                values = walker.values(comparison.joint.new.case(case))
                says = walker.says(walker.walk(track, values), rule.names)
                return says and _binds(comparison, bound, case)

            patient = comparison.verification.patient(node, view, shows)
            count = comparison.verification.count(node, view)
            yield Loss("forbidden", bound.own, count, patient, label)


def _view(comparison: Comparison, stage: Stage, rules: tuple[Rule, ...]) -> View:
    facts = comparison.stage_facts(stage.name)
    for rule in rules:
        if rule.guard is not None:
            facts |= comparison.verification.reads.guard(rule.guard)
    return comparison.view(facts)


def _binds(comparison: Comparison, bound: _Bound, case: Mapping[str, Value]) -> bool:
    """Replay: whether the old rule binds a case, given what the tracks answer now."""
    assert bound.own.guard is not None
    old, new = comparison.joint.old, comparison.joint.new
    walker = comparison.replay.new.walker
    now = walker.values(new.case(case))
    then = comparison.replay.old.walker

    def track_says(track: str, names: tuple[str, ...]) -> Truth:
        start = old.writer.track(track)
        if start in walker.decisions:
            return walker.says(walker.walk(start, now), tuple(map(old.writer.word, names)))
        values = then.values(old.case(case))
        return then.says(then.walk(track, values), names)

    values = Values(old.case(case), then.derived, track_says)
    truth = values.truth(bound.own.guard)
    return truth is not False if bound.rule.rule_kind == "never" else truth is True
