"""Whether an example of a graph certainly fails, found by walking and without a proof.

In: a graph that nothing was proved of. Out: True only where the whole check would give an error.
What an example does not give is filled in with values that its facts may have; if that patient is
one of the pathway's and ends elsewhere, the example cannot be met, whatever else the values are.

Invariant: True is certain, False says nothing. A test holds it against the whole check.
"""

from __future__ import annotations

from pathwaylang.ir.derive import Values
from pathwaylang.ir.facts import UNKNOWN, Fact, Value
from pathwaylang.ir.graph import DecisionGraph, Example, Expectation
from pathwaylang.runtime.walk import Walker


def fails_an_example(graph: DecisionGraph) -> bool:
    """True if the check of this graph would certainly give an error."""
    walker = Walker(graph)
    return any(_fails(graph, walker, example) for example in graph.examples)


def _fails(graph: DecisionGraph, walker: Walker, example: Example) -> bool:
    given = dict(example.given)
    filled = {fact.name: given.get(fact.name, _legal_value(fact)) for fact in graph.facts}
    case: dict[str, Value] = {k: v for k, v in filled.items() if v is not None}
    if len(case) < len(graph.facts):
        return False
    values = walker.values(case)
    is_ours = graph.applies is None or values.truth(graph.applies) is True
    if not is_ours or any(values.truth(one.guard) is True for one in graph.constraints):
        return False
    return any(_ends_elsewhere(graph, walker, values, e) for e in example.expectations)


def _legal_value(fact: Fact) -> Value | None:
    """Return a value that the fact may have; None where that is not plain to see."""
    if fact.usually is not None:
        return fact.usually
    if fact.may_be_unknown:
        return UNKNOWN
    match fact.fact_kind:
        case "yes/no":
            return False
        case "choice":
            return fact.choices[0].name if fact.choices else None
        case "number":
            is_closed = fact.range is not None and fact.range.low_closed
            return fact.range.low if fact.range is not None and is_closed else None


def _ends_elsewhere(
    graph: DecisionGraph, walker: Walker, values: Values, expectation: Expectation
) -> bool:
    """True if the track halts, or gives another outcome than is expected."""
    outcome = expectation.outcome
    is_outcome = expectation.expect_kind == "outcome" and outcome is not None
    if not is_outcome or outcome is None or expectation.track not in walker.decisions:
        return False
    walk = walker.walk(expectation.track, values)
    if walk.halt is not None:
        return True
    branches = (branch for decision in graph.decisions for branch in decision.branches)
    named = {b.outcome.text for b in branches if outcome.names == (b.id,)}
    return walker.branch(walk.passed[-1]).outcome.text not in {outcome.text, *named}
