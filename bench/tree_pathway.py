"""A tree of `bench.trees` as a proved and compiled pathway: one decision, a rule for each leaf."""

from __future__ import annotations

from fractions import Fraction

from bench.trees import TOP, WORDS, Domain, Input, Leaf, Tree
from pathwaylang.compiler.emit.artifact import Stamp, emit_artifact
from pathwaylang.compiler.verify.prove import prove
from pathwaylang.diagnostics import Span
from pathwaylang.ir.compiled import Artifact
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


def tree_graph(tree: Tree) -> DecisionGraph:
    """Return the tree as a pathway."""
    outcomes = sorted({leaf.outcome for leaf in tree.leaves})
    return DecisionGraph(
        About("tree", "A tree"),
        tuple(map(_fact, tree.inputs)),
        (),
        _decisions(tree),
        (Stage("main", "Main", ("what",)),),
        tuple(Recommendation(name, name) for name in outcomes),
    )


def _decisions(tree: Tree) -> tuple[Decision, ...]:
    """Return a decision for each module, and before them, if there are several, which one."""
    modules = tuple(
        Decision(
            f"module_{number}" if len(tree.modules) > 1 else "what",
            "What is done?",
            tuple(_branch(tree, leaf, top) for leaf in tree.leaves if leaf.module == number),
        )
        for number, top in enumerate(tree.modules)
    )
    if len(modules) == 1:
        return modules
    first = tuple(
        Branch(
            f"to_{number}",
            "when",
            _all(tree, where),
            Outcome("go to", (modules[number].name,), "decision"),
        )
        for number, where in enumerate(tree.modules)
    )
    return (Decision("what", "Which module?", first), *modules)


def tree_artifact(tree: Tree) -> Artifact:
    """Return the compiled pathway of the tree."""
    graph = tree_graph(tree)
    found = prove(graph, Span("tree.pw", 0, 0))
    assert found.proof is not None and found.verification is not None
    return emit_artifact(graph, found.verification, found.proof.record, Stamp("bench", "0", ()))


def _fact(asked: Input) -> Fact:
    name = asked.name
    match asked.kind:
        case "yes/no":
            return Fact(name, name, "yes/no")
        case "choice":
            words = [f"{word}_{name}" for word in WORDS[: asked.size]]
            return Fact(name, name, "choice", tuple(Choice(word, word) for word in words))
        case "whole":
            span = Interval(Fraction(0), Fraction(asked.size - 1))
            return Fact(name, name, "number", range=span, step=Fraction(1), whole=True)
        case "tenths":
            span = Interval(Fraction(0), Fraction(asked.size - 1, 10))
            return Fact(name, name, "number", range=span, step=Fraction(1, 10))


def _branch(tree: Tree, leaf: Leaf, top: dict[int, Domain]) -> Branch:
    """Return the rule of a leaf; what led to its module is not asked again."""
    own = {index: here for index, here in leaf.where.items() if top.get(index) != here}
    outcome = Outcome("recommend", (leaf.outcome,))
    return Branch(f"rule_{leaf.number}", "when", _all(tree, own), outcome)


def _all(tree: Tree, where: dict[int, Domain]) -> Guard:
    return All(tuple(_guard(tree.inputs[index], here) for index, here in where.items()))


def _guard(asked: Input, here: Domain) -> Guard:
    if asked.kind == "yes/no":
        return Holds(asked.name) if here == (0,) else Not(Holds(asked.name))
    if asked.kind == "choice":
        return OneOf(asked.name, tuple(f"{WORDS[cell]}_{asked.name}" for cell in here))
    scale = 10 if asked.kind == "tenths" else 1
    low = Fraction(here[0], scale) if here[0] else None
    high = Fraction(here[1], scale) if here[1] < TOP[asked.kind] else None
    return Within(asked.name, (Interval(low, high, True, False),))
