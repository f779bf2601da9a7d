"""Our verifier: the diagrams of all orders tried, then the counts of their leaves."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bench.peers import Answer
from bench.problems import Problem, Rule, Variable
from pathwaylang.compiler.verify.choice import MISSING, Fault
from pathwaylang.compiler.verify.engines.solver import has_solver
from pathwaylang.compiler.verify.verification import Undecided, verify_graph
from pathwaylang.ir.facts import Choice, Fact
from pathwaylang.ir.graph import (
    About,
    Branch,
    Decision,
    DecisionGraph,
    Outcome,
    Recommendation,
    Stage,
)
from pathwaylang.ir.guards import All, Guard, Holds, Interval, Not, OneOf, Within


def fact_of(variable: Variable) -> Fact:
    """Return the fact of a variable."""
    match variable.kind:
        case "yes/no":
            return Fact(variable.name, variable.name, "yes/no")
        case "choice":
            choices = tuple(Choice(f"v{n}", f"v{n}") for n in range(variable.size))
            return Fact(variable.name, variable.name, "choice", choices)
        case "number":
            span = Interval(Fraction(0), Fraction(variable.size - 1))
            return Fact(
                variable.name, variable.name, "number", range=span, step=Fraction(1), whole=True
            )


def guard_of(variable: Variable, cells: Sequence[int]) -> Guard:
    """Return the condition that a variable is in some of its cells."""
    match variable.kind:
        case "yes/no":
            return Holds(variable.name) if cells[0] else Not(Holds(variable.name))
        case "choice" if len(cells) > variable.size // 2 + 1:
            rest = tuple(f"v{n}" for n in range(variable.size) if n not in cells)
            return Not(OneOf(variable.name, rest))
        case "choice":
            return OneOf(variable.name, tuple(f"v{n}" for n in cells))
        case "number":
            return Within(variable.name, (Interval(Fraction(cells[0]), Fraction(cells[-1])),))


def rule_guard(problem: Problem, rule: Rule) -> Guard:
    """Return the condition of a rule."""
    return All(tuple(guard_of(problem.variables[at], cells) for at, cells in rule.tests))


def graph_of(problem: Problem) -> DecisionGraph:
    """Return the graph of one decision with the rules as branches."""
    branches = tuple(
        Branch(
            f"R{number}",
            "when",
            rule_guard(problem, rule),
            Outcome("recommend", (f"outcome{rule.outcome}",)),
        )
        for number, rule in enumerate(problem.rules)
    )
    return DecisionGraph(
        About("generated", "Generated"),
        tuple(map(fact_of, problem.variables)),
        (),
        (Decision("what", "What?", branches, problem.in_order),),
        (Stage("main", "Main", ("what",)),),
        tuple(Recommendation(f"outcome{n}", f"Outcome {n}") for n in range(problem.outcomes)),
    )


def answer(problem: Problem) -> Answer:
    """Answer the questions by the leaves of the decision's diagram."""
    return answer_graph(graph_of(problem))


def answer_graph(graph: DecisionGraph) -> Answer:
    """Answer the questions about the one decision of a graph."""
    found = verify_graph(graph, in_haste=has_solver())
    if isinstance(found, Undecided):
        return Answer(undecided=found.reason)
    (decision,) = graph.decisions
    leaves = found.space.counts(found.flow.selection(decision.name).chosen)
    uncovered = leaves.get(MISSING, 0)
    if decision.in_order:
        dead = tuple(n for n in range(len(decision.branches)) if not leaves.get(n))
        return Answer(dead, uncovered > 0, uncovered)
    conflict = sum(
        points
        for leaf, points in leaves.items()
        if isinstance(leaf, Fault) and leaf.fault == "conflict"
    )
    return Answer(None, uncovered > 0, uncovered, conflict > 0, conflict)
