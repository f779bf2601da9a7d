"""Deciding facts and coverage of conditions against brute force on generated graphs."""

from __future__ import annotations

from itertools import product

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pathwaylang.compiler.qa.cases import nearest_change
from pathwaylang.compiler.qa.coverage import truth_of
from pathwaylang.compiler.verify.verification import Verification, verify_graph
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.guards import Guard, guard_atoms
from pathwaylang.ir.kleene import evaluate_guard
from pathwaylang.runtime.walk import Walker
from tests.verify.strategies import all_cases, graphs

SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
MOST_CASES = 400


def ends(verification: Verification, walker: Walker, case: dict[str, Value], track: str) -> str:
    """Return the outcome of a track, or nothing where the case is not of the checked world."""
    graph = verification.graph
    view = verification.stage_view(graph.stages[0])
    values = walker.values(case)
    if any(values.truth(c.guard) is True for c in view.constraints):
        return ""
    if graph.applies is not None and values.truth(graph.applies) is not True:
        return ""
    walk = walker.walk(track, values)
    return "" if walk.halt else walker.branch(walk.passed[-1]).outcome.text


@SLOW
@given(graphs(), st.data())
def test_no_fewer_facts_would_do(graph: DecisionGraph, data: st.DataObject) -> None:
    cases = list(all_cases(graph))
    assume(len(cases) <= MOST_CASES)
    verification = verify_graph(graph)
    assert isinstance(verification, Verification)
    walker = Walker(graph)
    track = data.draw(st.sampled_from(graph.stages[0].tracks))
    case = data.draw(st.sampled_from(cases))
    told = {ends(verification, walker, other, track) for other in cases}
    wanted = data.draw(st.sampled_from(sorted(told)))
    assume(wanted)
    changed = nearest_change(verification, track, case, wanted)
    assert ends(verification, walker, {**case, **changed}, track) == wanted
    fewest = min(
        sum(other[name] != value for name, value in case.items())
        for other in cases
        if ends(verification, walker, other, track) == wanted
    )
    assert len(changed) == fewest


@SLOW
@given(graphs())
def test_atoms_make_up_their_condition(graph: DecisionGraph) -> None:
    guards = [b.guard for d in graph.decisions for b in d.branches if b.guard is not None]
    walker = Walker(graph)
    for guard, case in product(guards, list(all_cases(graph))[:20]):
        values = walker.values(case)

        def says(track: str, names: tuple[str, ...], values: object = values) -> bool:
            return False

        def truth(atom: Guard, values: object = values) -> bool | None:
            return evaluate_guard(atom, values, says)  # type: ignore[arg-type]

        assert truth_of(guard, map(truth, guard_atoms(guard))) is truth(guard)
