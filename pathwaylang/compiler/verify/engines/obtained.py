"""Tests before use, put to a solver: PW0602, and `always obtain T before A` (PW0801).

The cases that arrive at a decision without having passed a test are carried along the way, from the
first stage through every `go to`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.verify.engines.asking import Asking
from pathwaylang.compiler.verify.engines.clauses import FALSE
from pathwaylang.compiler.verify.telling import Claim, place
from pathwaylang.compiler.verify.ways import says
from pathwaylang.compiler.verify.wording import listing
from pathwaylang.diagnostics import Diagnostic, Label
from pathwaylang.ir.graph import Branch, Rule


def without(asking: Asking, tests: frozenset[str]) -> dict[str, int]:
    """Return where each decision is answered without any of the tests done before."""
    clauses, graph = asking.clauses, asking.graph
    stages = {stage.name: stage for stage in graph.stages}
    branches = [branch for decision in graph.decisions for branch in decision.branches]
    named = {b.outcome.names[0] for b in branches if b.outcome.target == "stage"}
    arriving: dict[str, int] = {}
    result: dict[str, int] = {}
    for at, stage in enumerate(graph.stages):
        if at == 0 or stage.name not in named:
            _, world = asking.stage_view(stage)
            for track in stage.tracks:
                arriving[track] = clauses.any((arriving.get(track, FALSE), world))
    for decision in graph.decisions:
        here = arriving.get(decision.name, FALSE)
        result[decision.name] = here = here if tests.isdisjoint(decision.obtains) else FALSE
        for index, branch in enumerate(decision.branches):
            outcome = branch.outcome
            if here == FALSE or outcome.outcome_kind != "go to" or outcome.target == "pathway":
                continue
            onward = clauses.all((here, asking.encoder.taken(decision.name, index)))
            is_stage = outcome.target == "stage"
            for name in stages[outcome.names[0]].tracks if is_stage else outcome.names:
                arriving[name] = clauses.any((arriving.get(name, FALSE), onward))
    return result


def check_used(asking: Asking) -> Iterator[Diagnostic]:
    """Find facts used before their test."""
    finders: dict[str, set[str]] = {}
    for test in asking.graph.tests:
        for fact in test.finds:
            if not asking.partition.facts[fact].may_be_unknown:
                finders.setdefault(fact, set()).add(test.name)
    carried = {tests: without(asking, tests) for tests in map(frozenset, finders.values())}
    for decision in asking.graph.decisions:
        by_tests: dict[frozenset[str], list[str]] = {}
        reads = asking.reads.decision(decision.name)
        for name in (f.name for f in asking.graph.facts if f.name in reads & finders.keys()):
            by_tests.setdefault(frozenset(finders[name]), []).append(name)
        for tests, names in by_tests.items():
            needs = listing(f"`{name}`" for name in sorted(tests))
            facts = listing(f"`{name}`" for name in names)
            found = asking.told(
                Claim(
                    "PW0602",
                    f"`{decision.name}` uses {facts} before {needs} is obtained",
                    (Label(place(decision.span)),),
                    notes=(f"On the way of this patient nothing obtains {needs}.",),
                    help=f"add `obtain {sorted(tests)[0]}` here or before, "
                    f"or add the line `may be unknown` to {facts}",
                ),
                (carried[tests][decision.name],),
                _all_read(asking),
                lambda case: True,
            )
            if found is not None:
                yield found


def _all_read(asking: Asking) -> frozenset[str]:
    return asking.view(
        frozenset().union(*(asking.reads.stage(stage) for stage in asking.graph.stages))
    )[0]


def check_before(asking: Asking, rule: Rule) -> Iterator[Diagnostic]:
    """Find branches that a rule names and that some patient reaches without its test."""
    arriving = without(asking, frozenset((rule.fact_or_test,)))
    for decision in asking.graph.decisions:
        for index, branch in enumerate(decision.branches):
            if says(branch, rule.names):
                taken = asking.encoder.taken(decision.name, index)
                found = asking.told(
                    _skipped(rule, branch),
                    (arriving[decision.name], taken),
                    _all_read(asking),
                    lambda case: True,
                )
                if found is not None:
                    yield found


def _skipped(rule: Rule, branch: Branch) -> Claim:
    return Claim(
        "PW0801",
        f"branch {branch.id} is reached without `{rule.fact_or_test}`",
        (
            Label(place(rule.span), "the safety rule"),
            Label(place(branch.span), "the branch that breaks it"),
        ),
        help=f"add `obtain {rule.fact_or_test}` on the way to {branch.id}",
    )
