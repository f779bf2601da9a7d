"""Generated sets against brute force: every branch, limit and unknown that matters is there."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings

from pathwaylang.compiler.qa.generate import generate_cases
from pathwaylang.compiler.verify.verification import Verification, verify_graph
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime.walk import Walker
from tests.qa.test_cases_properties import MOST_CASES, ends
from tests.verify.strategies import all_cases, graphs

SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@SLOW
@given(graphs())
def test_what_can_be_met_is_met(graph: DecisionGraph) -> None:
    cases = list(all_cases(graph))
    assume(len(cases) <= MOST_CASES)
    verification = verify_graph(graph)
    assert isinstance(verification, Verification)
    walker = Walker(graph)
    generated = generate_cases(verification)
    reasons = [reason for item in generated for reason in item.reasons]
    assert len(reasons) == len(set(reasons))
    passed: set[str] = set()
    unknowns: set[str] = set()
    for track in graph.stages[0].tracks:
        for case in cases:
            outcome = ends(verification, walker, case, track)
            if not outcome:
                continue
            walk = walker.walk(track, walker.values(case))
            passed |= {walker.branch(step).id for step in walk.passed}
            for name, value in case.items():
                if value == "unknown":
                    others = (c for c in cases if {**c, name: value} == case and c != case)
                    said = {ends(verification, walker, other, track) for other in others} - {""}
                    if said - {outcome}:
                        unknowns.add(f"{name} unknown matters in {track}")
    taken: set[str] = set()
    for item in generated:
        for track in graph.stages[0].tracks:
            walk = walker.walk(track, walker.values(item.case))
            taken |= {walker.branch(step).id for step in walk.passed}
    assert passed <= taken
    assert unknowns == {reason for reason in reasons if " unknown matters " in reason}
    assert len(generated) <= len(reasons)
    _only_is_a_part(verification, walker, reasons)


def _only_is_a_part(verification: Verification, walker: Walker, reasons: list[str]) -> None:
    """What `only` asks for is generated alone, and limits of a branch start or end it."""
    decision = verification.graph.decisions[-1]
    branch = decision.branches[0].id
    alone = generate_cases(verification, only=branch)
    told = {reason for item in alone for reason in item.reasons}
    assert {r for r in reasons if branch in r.split()} <= told
    assert all(branch in reason.split() for reason in told)
    passed: dict[str, set[bool]] = {}
    for item in alone:
        for reason in item.reasons:
            if f" at a limit of {branch}" in reason:
                ways = (walker.walk(t, walker.values(item.case)) for t in item.tracks)
                ids = {walker.branch(step).id for way in ways for step in way.passed}
                passed.setdefault(reason.split()[0], set()).add(branch in ids)
    assert all(sides == {True, False} for sides in passed.values())
