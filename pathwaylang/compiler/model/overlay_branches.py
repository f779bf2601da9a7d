"""The branches of an overlay in the decisions of its base; examples and constraints of both.

In: a decision as the base has it. Out: the same with the overlay's branches in their places, under
their old ids. A table with such a branch is a list of branches from then on: the new one need not
fit its columns. The reason of a branch that cites nothing counts as opinion.

Finding: PW0913 (an `impossible` that would take cases away from the base).
"""

from __future__ import annotations

from dataclasses import replace

from pathwaylang.compiler.model import attributes
from pathwaylang.compiler.model.bases import read_basis
from pathwaylang.compiler.model.decisions import branch_strength
from pathwaylang.compiler.model.derived import compile_line
from pathwaylang.compiler.model.lines import check_order
from pathwaylang.compiler.model.names import Space
from pathwaylang.compiler.model.nodes import Model
from pathwaylang.compiler.model.outcomes import build_outcome
from pathwaylang.compiler.model.reads import derived_names
from pathwaylang.compiler.model.scope import Build, Scope
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label
from pathwaylang.ir.facts import Fact
from pathwaylang.ir.graph import Branch, Decision, Example
from pathwaylang.ir.guards import guard_names


def with_replaced(build: Build, decision: Decision) -> Decision:
    """Return a decision with the branches that an overlay replaces; others as they are."""
    replaced = build.overlay.branches.get(decision.name) if build.overlay is not None else None
    if build.overlay is None or not replaced:
        return decision
    scope = Scope(build, build.overlay.path)
    new = {name: _branch(scope, name, item) for name, item in replaced.items()}
    branches = [new.get(b.id, b) for b in decision.branches]
    kept = tuple(branch for branch in branches if branch is not None)
    if [b.branch_kind for b in kept] != [b.branch_kind for b in decision.branches]:
        check_order(build.report, [(b.branch_kind, b.span) for b in kept if b.span is not None])
    if decision.layout != "table":
        return replace(decision, branches=kept)
    kept = tuple(replace(branch, cells=()) for branch in kept)
    return replace(decision, branches=kept, layout="decide", columns=())


def _branch(scope: Scope, name: str, item: syntax.ReplaceBranch) -> Branch | None:
    attrs, line = (*item.attrs, *item.branch.attrs), item.branch
    attributes.check_lines(scope.report, attrs, "replaced branch")
    basis = read_basis(scope, attrs)
    if not basis.cites and not basis.opinions:
        basis = replace(basis, opinions=basis.because, because=())
    guard, text, is_read = compile_line(scope, line.condition, basis)
    outcome = build_outcome(scope, line.outcome)
    strength = branch_strength(scope, attrs, outcome)
    if outcome is None or not is_read:
        return None
    if line.word != "when":
        text = "unknown" if line.word == "unknown" else "otherwise"
    return Branch(
        name,
        line.word,
        guard,
        outcome,
        text,
        basis,
        strength,
        span=line.span,
        labels=attributes.labels(attrs),
    )


def with_usual_values(
    build: Build, examples: tuple[Example, ...], facts: tuple[Fact, ...]
) -> tuple[Example, ...]:
    """Return the examples, those of a base with the usual values of the overlay's own facts.

    The base could not give them; a fact without a usual value stays not recorded.
    """
    if build.overlay is None:
        return examples
    usual = {
        fact.name: fact.usually
        for fact in facts
        if fact.usually is not None
        and fact.span is not None
        and not build.is_of_base(fact.span)
        and fact.name not in build.overlay.restricted
    }
    return tuple(
        replace(example, given=tuple({**usual, **dict(example.given)}.items()))
        if example.span is not None and build.is_of_base(example.span)
        else example
        for example in examples
    )


def check_own_constraints(build: Build, model: Model) -> None:
    """Report an `impossible` of an overlay that reads facts of the base (PW0913)."""
    if build.overlay is None:
        return
    derived = {item.name: item for item in model.derived}
    for constraint in model.constraints:
        if constraint.span is None or build.is_of_base(constraint.span):
            continue
        read, waiting = set[str](), list(guard_names(constraint.guard))
        while waiting:
            name = waiting.pop()
            if name not in read:
                read.add(name)
                waiting += derived_names(derived[name]) if name in derived else ()
        facts = build.names.by_space[Space.FACTS]
        foreign = sorted(
            name
            for name in read - derived.keys()
            if name in facts and build.is_of_base(facts[name].node.span)
        )
        if foreign:
            build.report.add(
                "PW0913",
                f"an overlay cannot call cases of its base impossible (`{foreign[0]}`)",
                Label(constraint.span),
                notes=("What the base answers for them would be lost, its safety rules included.",),
                help="narrow a fact with `restrict fact`, or speak of facts of your own only.",
            )
