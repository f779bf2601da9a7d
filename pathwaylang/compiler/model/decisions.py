"""`decide` and `step` -> decisions with resolved branches.

Every branch gets its id, the cites and opinions of its decision where it has none, and the strength
of its recommendation where it states none. A step is a decision with one branch, `otherwise`.

Findings: those of conditions and outcomes, PW0202 and PW0212 (lines), PW0211 (`in order` without a
reason), PW0303 (a word that is no strength), PW0701.
"""

from __future__ import annotations

from pathwaylang.compiler.model import attributes
from pathwaylang.compiler.model.bases import check_basis, inherit, read_basis, with_opinions
from pathwaylang.compiler.model.derived import check_reason, compile_line
from pathwaylang.compiler.model.lines import check_any, check_order
from pathwaylang.compiler.model.names import Space, branch_ids
from pathwaylang.compiler.model.outcomes import build_outcome
from pathwaylang.compiler.model.recommendations import read_strength
from pathwaylang.compiler.model.scope import Scope
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.ir.derived import Basis
from pathwaylang.ir.graph import Branch, Decision, Outcome


def build_decide(scope: Scope, item: syntax.Decide) -> Decision:
    """Return a decision; branches with a finding are left out."""
    attributes.check_lines(scope.report, item.attrs, "decision")
    basis = read_basis(scope, item.attrs)
    means_no = attributes.unknown_means_no(scope.report, item.attrs)
    check_reason(scope, item.in_order, basis, f"decide in order {item.name.text}", item.name)
    check_any(scope.report, item.name, len(item.branches), "branch")
    check_order(scope.report, [(branch.word, branch.span) for branch in item.branches])
    ids = branch_ids(item)
    found = [
        _branch(scope, (item, name.text), line, basis)
        for name, line in zip(ids, item.branches, strict=True)
    ]
    return Decision(
        item.name.text,
        item.label.value,
        tuple(branch for branch in found if branch is not None),
        item.in_order,
        means_no,
        read_obtains(scope, item.attrs),
        "decide",
        (),
        basis,
        labels=attributes.labels(item.attrs),
        span=item.span,
    )


def _branch(
    scope: Scope, named: tuple[syntax.Decide, str], line: syntax.BranchLine, whole: Basis
) -> Branch | None:
    item, name = named
    attributes.check_lines(scope.report, line.attrs, "branch")
    basis = inherit(read_basis(scope, line.attrs), whole)
    check_basis(scope, basis, line.span, "branch", f"decide {item.name.text}")
    guard, text, is_read = compile_line(scope, line.condition, with_opinions(basis, whole))
    outcome = build_outcome(scope, line.outcome)
    strength = branch_strength(scope, line.attrs, outcome)
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
        labels=attributes.labels(line.attrs),
    )


def branch_strength(scope: Scope, attrs: attributes.Attrs, outcome: Outcome | None) -> str:
    """Return the strength of a branch: its own line, else that of its first recommendation."""
    own = read_strength(scope.report, attrs)
    if own or outcome is None or outcome.outcome_kind == "go to":
        return own
    declared = scope.build.names.find(Space.OUTCOMES, outcome.names[0])
    if declared is None or not isinstance(declared.node, syntax.RecommendationItem):
        return ""
    return " ".join(word.text for word in attributes.words(declared.node.attrs, "strength"))


def read_obtains(scope: Scope, attrs: attributes.Attrs) -> tuple[str, ...]:
    """Return the tests of all `obtain` lines."""
    names = [name for a in attrs if isinstance(a, syntax.Obtain) for name in a.tests]
    found = [scope.look_up(Space.TESTS, name, "test") for name in names]
    return tuple(dict.fromkeys(test.name for test in found if test is not None))


def build_step(scope: Scope, item: syntax.StepItem) -> Decision:
    """Return a step as a decision with one branch."""
    attributes.check_lines(scope.report, item.attrs, "step")
    basis = read_basis(scope, item.attrs)
    check_basis(scope, basis, item.name.span, "step")
    outcome = build_outcome(scope, item.outcome)
    strength = branch_strength(scope, item.attrs, outcome)
    name = branch_ids(item)[0].text
    branches = (
        (Branch(name, "otherwise", None, outcome, "otherwise", basis, strength, span=item.span),)
        if outcome is not None
        else ()
    )
    return Decision(
        item.name.text,
        item.label.value,
        branches,
        obtains=read_obtains(scope, item.attrs),
        layout="step",
        basis=basis,
        does=attributes.prose(item.attrs, "do"),
        labels=attributes.labels(item.attrs),
        span=item.span,
    )
