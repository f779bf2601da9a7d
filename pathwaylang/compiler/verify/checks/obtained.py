"""PW0602 and `always obtain T before A`: is the test done before its finding is used?

The cases that arrive at a decision without having passed a test are carried along the way, from the
first stage through every `go to`; so only ways that some patient really takes count.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.verify.telling import Affected, Claim, place, region_finding
from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.compiler.verify.wording import listing
from pathwaylang.diagnostics import Diagnostic, Label
from pathwaylang.ir.graph import Rule, Stage


def check_obtained(verification: Verification) -> Iterator[Diagnostic]:
    """Find facts used before their test, and recommendations reached without a required test."""
    yield from _used_before(verification)
    for rule in verification.graph.rules:
        if rule.rule_kind == "before":
            yield from _rule(verification, rule)


def without(verification: Verification, tests: frozenset[str]) -> dict[str, int]:
    """Return for each decision the cases that answer it without any of the tests done before."""
    space, flow, graph = verification.space, verification.flow, verification.graph
    stages = {stage.name: stage for stage in graph.stages}
    arriving: dict[str, int] = {}
    result: dict[str, int] = {}

    def add(name: str, node: int) -> None:
        arriving[name] = space.disj(arriving.get(name, space.false), node)

    for stage in _roots(verification):
        for track in stage.tracks:
            add(track, verification.stage_view(stage).world)
    for decision in graph.decisions:
        here = arriving.get(decision.name, space.false)
        if not tests.isdisjoint(decision.obtains):
            here = space.false
        result[decision.name] = here
        if here == space.false:
            continue
        for index, branch in enumerate(decision.branches):
            outcome = branch.outcome
            if outcome.outcome_kind != "go to" or outcome.target == "pathway":
                continue
            onward = space.conj(here, flow.taken(decision.name, index))
            names = stages[outcome.names[0]].tracks if outcome.target == "stage" else outcome.names
            for name in names:
                add(name, onward)
    return result


def _roots(verification: Verification) -> list[Stage]:
    """Return the stages a run may start at: the first, and those that nothing goes to."""
    targets = {
        branch.outcome.names[0]
        for decision in verification.graph.decisions
        for branch in decision.branches
        if branch.outcome.target == "stage"
    }
    stages = verification.graph.stages
    return [s for i, s in enumerate(stages) if i == 0 or s.name not in targets]


def _used_before(verification: Verification) -> Iterator[Diagnostic]:
    finders: dict[str, set[str]] = {}
    for test in verification.graph.tests:
        for fact in test.finds:
            finders.setdefault(fact, set()).add(test.name)
    needed = {
        name: frozenset(tests)
        for name, tests in finders.items()
        if not verification.partition.facts[name].may_be_unknown
    }
    carried = {tests: without(verification, tests) for tests in set(needed.values())}
    for decision in verification.graph.decisions:
        reads = verification.reads.decision(decision.name)
        by_tests: dict[frozenset[str], list[str]] = {}
        for name in sorted(reads & needed.keys(), key=lambda n: verification.fact_order[n]):
            by_tests.setdefault(needed[name], []).append(name)
        for tests, names in by_tests.items():
            node = carried[tests][decision.name]
            if node == verification.space.false:
                continue
            needs = listing(f"`{name}`" for name in sorted(tests))
            facts = listing(f"`{name}`" for name in names)
            view = verification.support_view(node)
            yield region_finding(
                verification,
                Claim(
                    "PW0602",
                    f"`{decision.name}` uses {facts} before {needs} is obtained",
                    (Label(place(decision.span)),),
                    notes=(f"On the way of this patient nothing obtains {needs}.",),
                    help=f"add `obtain {sorted(tests)[0]}` here or before, "
                    f"or add the line `may be unknown` to {facts}",
                ),
                Affected(node, view, node, lambda case: True),
            )


def _rule(verification: Verification, rule: Rule) -> Iterator[Diagnostic]:
    space, flow = verification.space, verification.flow
    arriving = without(verification, frozenset((rule.fact_or_test,)))
    for decision in verification.graph.decisions:
        here = arriving[decision.name]
        for index, branch in enumerate(decision.branches):
            outcome = branch.outcome
            named = branch.id in rule.names or (
                outcome.outcome_kind != "go to" and not set(outcome.names).isdisjoint(rule.names)
            )
            node = space.conj(here, flow.taken(decision.name, index)) if named else space.false
            if node == space.false:
                continue
            view = verification.support_view(node)

            yield region_finding(
                verification,
                Claim(
                    "PW0801",
                    f"branch {branch.id} is reached without `{rule.fact_or_test}`",
                    (
                        Label(place(rule.span), "the safety rule"),
                        Label(place(branch.span), "the branch that breaks it"),
                    ),
                    help=f"add `obtain {rule.fact_or_test}` on the way to {branch.id}",
                ),
                Affected(node, view, node, lambda case: True),
            )
