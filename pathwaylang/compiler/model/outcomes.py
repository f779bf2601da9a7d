"""What a branch leads to: `recommend A and B`, `offer A or B`, `go to X`.

Findings: PW0301 (no such name), PW0307 (a name of another kind), PW0410 (a name twice, an offer of
one thing).
"""

from __future__ import annotations

from pathwaylang.compiler.model.names import Declared, Kind, Space
from pathwaylang.compiler.model.scope import Scope
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label
from pathwaylang.ir.graph import Outcome, Target

_FLOW_WORDS = "decision or stage"


def build_outcome(
    scope: Scope, node: syntax.OutcomeNode, kinds: tuple[Kind, ...] = ("recommendation",)
) -> Outcome | None:
    """Return an outcome with its names resolved, or None after a finding.

    `kinds` may let branch ids stand beside recommendations (examples).
    """
    match node:
        case syntax.RecommendOutcome():
            names = _outcome_names(scope, node.names, kinds)
            return None if names is None else Outcome("recommend", names)
        case syntax.OfferOutcome():
            names = _outcome_names(scope, node.names, kinds)
            if names is not None and len(names) == 1:
                _report_single_offer(scope, node)
                return None
            return None if names is None else Outcome("offer", names)
        case syntax.GoTo():
            return _go_to(scope, node)


def _report_single_offer(scope: Scope, node: syntax.OfferOutcome) -> None:
    scope.report.add(
        "PW0410",
        "`offer` needs two things to choose from",
        Label(node.span),
        help=f"write `recommend {node.names[0].text}`, or name the alternative.",
    )


def _outcome_names(
    scope: Scope, names: tuple[syntax.Name, ...], kinds: tuple[Kind, ...]
) -> tuple[str, ...] | None:
    words = "recommendation" if kinds == ("recommendation",) else Space.OUTCOMES.value
    found = [scope.look_up(Space.OUTCOMES, name, words, kinds) for name in names]
    seen: set[str] = set()
    for name in names:
        if name.text in seen:
            scope.report.add(
                "PW0410", f"`{name.text}` stands twice", Label(name.span), help="keep one of them."
            )
            return None
        seen.add(name.text)
    if not all(found):
        return None
    return tuple(name.text for name in names)


def _go_to(scope: Scope, node: syntax.GoTo) -> Outcome | None:
    parts = node.target.parts
    if len(parts) == 1 or _is_here(scope, parts[0].text):
        declared = scope.look_up(Space.FLOW, parts[-1], _FLOW_WORDS)
        if declared is None:
            return None
        return Outcome("go to", (declared.name,), _target(declared))
    return Outcome("go to", (".".join(part.text for part in parts),), "pathway")


def _is_here(scope: Scope, name: str) -> bool:
    """Tell whether a name is that of this pathway, or of the one that it is an overlay of."""
    roots = (scope.build.modules.root, scope.build.modules.base)
    heads = [module.file.head for module in roots if module is not None]
    return any(head is not None and head.name.text == name for head in heads)


def _target(declared: Declared) -> Target:
    return "stage" if declared.kind == "stage" else "decision"
