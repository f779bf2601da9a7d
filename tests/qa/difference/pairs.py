"""Pairs of versions: a generated graph and an edited copy of it, or two graphs that share names."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from pathwaylang.ir.derived import Condition
from pathwaylang.ir.facts import Choice, Fact
from pathwaylang.ir.graph import Branch, Decision, DecisionGraph, Outcome
from pathwaylang.ir.guards import Interval, Not
from tests.verify.strategies import CHOICES, RECOMMENDATIONS, _guard, graphs, kind_of

Pair = tuple[DecisionGraph, DecisionGraph]
EDITS = (
    "outcome",
    "guard",
    "drop",
    "range",
    "choices",
    "unknown",
    "derived",
    "constraint",
    "order",
)


def _with_decision(graph: DecisionGraph, decision: Decision) -> DecisionGraph:
    return replace(
        graph,
        decisions=tuple(decision if d.name == decision.name else d for d in graph.decisions),
    )


def _with_fact(graph: DecisionGraph, fact: Fact) -> DecisionGraph:
    return replace(graph, facts=tuple(fact if f.name == fact.name else f for f in graph.facts))


def _names(graph: DecisionGraph) -> dict[str, str]:
    return {f.name: f.fact_kind for f in graph.facts} | {d.name: kind_of(d) for d in graph.derived}


def _edit_branch(draw: st.DrawFn, graph: DecisionGraph, edit: str) -> DecisionGraph:
    decision = draw(st.sampled_from(graph.decisions))
    branches = list(decision.branches)
    at = draw(st.integers(0, len(branches) - 1))
    branch: Branch = branches[at]
    if edit == "drop" and len(branches) > 1:
        del branches[at]
    elif edit == "guard" and branch.guard is not None:
        facts = {f.name: f.fact_kind for f in graph.facts}
        new = draw(st.booleans())
        branches[at] = replace(branch, guard=_guard(draw, facts) if new else Not(branch.guard))
    elif edit == "order":
        return _with_decision(graph, replace(decision, in_order=not decision.in_order))
    else:
        outcome = Outcome("recommend", (draw(st.sampled_from(RECOMMENDATIONS)),))
        branches[at] = replace(branch, outcome=outcome)
    return _with_decision(graph, replace(decision, branches=tuple(branches)))


def _edit_fact(draw: st.DrawFn, graph: DecisionGraph, edit: str) -> DecisionGraph:
    fact = draw(st.sampled_from(graph.facts))
    if edit == "range" and fact.range is not None:
        assert fact.range.low is not None and fact.range.high is not None
        low = fact.range.low + Fraction(draw(st.integers(-2, 0)), 2)
        high = fact.range.high + Fraction(draw(st.integers(0, 3)), 2)
        step = draw(st.sampled_from((Fraction(1), Fraction(1, 2))))
        return _with_fact(graph, replace(fact, range=Interval(low, high), step=step))
    if edit == "choices" and fact.fact_kind == "choice":
        kept = draw(st.sets(st.sampled_from((*CHOICES, "black")), min_size=1))
        return _with_fact(graph, replace(fact, choices=tuple(Choice(c, c) for c in sorted(kept))))
    return _with_fact(graph, replace(fact, may_be_unknown=not fact.may_be_unknown))


@st.composite
def edited(draw: st.DrawFn) -> Pair:
    """A graph, and the same after one to three edits."""
    old = new = draw(graphs())
    for _ in range(draw(st.integers(1, 3))):
        edit = draw(st.sampled_from(EDITS))
        if edit in ("range", "choices", "unknown"):
            new = _edit_fact(draw, new, edit)
        elif edit == "derived":
            derived = tuple(
                replace(item, guard=Not(item.guard)) if isinstance(item, Condition) else item
                for item in new.derived
            )
            new = replace(new, derived=derived)
        elif edit == "constraint":
            new = replace(new, constraints=new.constraints[1:])
        else:
            new = _edit_branch(draw, new, edit)
    return (new, old) if draw(st.booleans()) else (old, new)


def unrelated() -> st.SearchStrategy[Pair]:
    """Two graphs that share nothing but names: facts change type, range, step and choices."""
    return st.tuples(graphs(), graphs())
