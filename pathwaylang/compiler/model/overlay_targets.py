"""What the lines of an overlay change in its base.

In: one `replace` or `restrict`, and what the base has. Out: the item it means, or a finding.

Findings: PW0211 (no `because`), PW0910 (the base has no such thing), PW0912 (changed twice), PW0913
(a branch that would get another id).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pathwaylang.compiler.model import attributes
from pathwaylang.compiler.model.names import branch_ids, id_line
from pathwaylang.compiler.model.report import Report
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label, Span
from pathwaylang.ir.about import Change
from pathwaylang.ir.names import nearest

Changing = syntax.ReplaceRecommendation | syntax.ReplaceBranch | syntax.RestrictFact
DecisionNode = syntax.Decide | syntax.TableItem | syntax.StepItem


@dataclass(frozen=True, slots=True)
class Overlay:
    """What an overlay changes beyond nodes: branches by decision and id, values that are gone."""

    path: str
    source: str
    branches: dict[str, dict[str, syntax.ReplaceBranch]] = field(default_factory=dict)
    dropped: dict[str, frozenset[str]] = field(default_factory=dict)
    restricted: frozenset[str] = frozenset()

    def has(self, span: Span) -> bool:
        """Tell whether something is written in the overlay itself."""
        return span.source == self.source

    def is_dropped(self, name: str, value: syntax.Literal_) -> bool:
        """Tell whether the base names a value that a fact no longer has."""
        is_name = isinstance(value, syntax.Name) and value.text in self.dropped.get(name, ())
        return is_name and not self.has(value.span)


@dataclass(frozen=True, slots=True)
class Targets:
    """What the base declares; `is_partial` where part of it could not be read."""

    recommendations: Mapping[str, syntax.RecommendationItem]
    facts: Mapping[str, syntax.FactItem]
    decisions: Mapping[str, DecisionNode]
    is_partial: bool

    def decision_of(self, item: syntax.ReplaceBranch, report: Report) -> DecisionNode | None:
        """Return the decision whose branch is replaced, or None after a finding."""
        name, *rest = item.target.parts
        found = self.decisions.get(name.text)
        if found is not None and rest:
            return found
        if found is not None:
            ids = [_short(name.text, branch.text) for branch in branch_ids(found)]
            advice = f"`{name.text}` has the branches {', '.join(ids[:8])}."
            _report_target(report, "which branch is replaced?", name.span, advice)
        elif not self.is_partial:
            self._report_no_decision(item, report)
        return None

    def _report_no_decision(self, item: syntax.ReplaceBranch, report: Report) -> None:
        wanted = item.target.parts[-1].text
        owner = next(
            (
                name
                for name, decision in self.decisions.items()
                if wanted in [branch.text for branch in branch_ids(decision)]
            ),
            "",
        )
        name = item.target.parts[0]
        near = nearest(name.text, self.decisions)
        advice = f"write `replace branch {owner}.{wanted}`." if owner else _did_you_mean(near)
        told = f"the base has no decision `{name.text}`"
        _report_target(report, told, name.span, advice)


def _report_target(report: Report, message: str, span: Span, advice: str) -> None:
    report.add("PW0910", message, Label(span), help=advice)


def _did_you_mean(near: Iterable[str]) -> str:
    first = next(iter(near), "")
    return f"did you mean `{first}`?" if first else ""


def _short(decision: str, branch: str) -> str:
    return branch.removeprefix(f"{decision}.")


def find_recommendation(
    item: syntax.ReplaceRecommendation, targets: Targets, report: Report
) -> syntax.RecommendationItem | None:
    """Return the recommendation of the base that is replaced."""
    name = item.item.name
    found = targets.recommendations.get(name.text)
    if found is None and not targets.is_partial:
        near = nearest(name.text, targets.recommendations)
        advice = _did_you_mean(near) or "write `recommendation …` if it is a new one."
        told = f"the base has no recommendation `{name.text}`"
        _report_target(report, told, name.span, advice)
    return found


def find_fact(
    item: syntax.RestrictFact, targets: Targets, report: Report
) -> syntax.FactItem | None:
    """Return the fact of the base that is restricted."""
    name = item.item.name
    found = targets.facts.get(name.text)
    if found is None and not targets.is_partial:
        near = nearest(name.text, targets.facts)
        advice = _did_you_mean(near) or "write `fact …` if it is a new one."
        _report_target(report, f"the base has no fact `{name.text}`", name.span, advice)
    return found


def find_branch(item: syntax.ReplaceBranch, decision: DecisionNode, report: Report) -> str:
    """Return the id of the branch that is replaced, or nothing after a finding."""
    name, wanted = decision.name.text, item.target.parts[-1]
    ids = [branch.text for branch in branch_ids(decision)]
    full = f"{name}.{wanted.text}"
    found = next((i for i in (wanted.text, full) if i in ids), "")
    if not found:
        at = int(wanted.text) - 1 if wanted.text.isdecimal() and len(wanted.text) < 6 else -1  # noqa: PLR2004
        shown = [_short(name, branch) for branch in ids]
        near = [shown[at]] if 0 <= at < len(ids) else nearest(wanted.text, shown)
        advice = f"did you mean `{name}.{near[0]}`?" if near else ""
        advice = advice or f"its branches are {', '.join(shown[:8])}."
        _report_target(report, f"`{name}` has no branch `{wanted.text}`", wanted.span, advice)
        return ""
    own = id_line((*item.attrs, *item.branch.attrs))
    if own is not None and own.text != found:
        report.add(
            "PW0913",
            f"the branch `{found}` keeps its id in an overlay",
            Label(own.span),
            notes=("Safety rules and reports know it by this id.",),
            help="delete the line `id`.",
        )
        return ""
    return found


def check_once(item: Changing, seen: dict[tuple[str, str], Changing], report: Report) -> bool:
    """Report a second change of one thing (PW0912)."""
    told = told_change(item)
    key = (told.what.partition(" ")[2], told.name)
    first = seen.setdefault(key, item)
    if first is item:
        return True
    report.add(
        "PW0912",
        f"the {key[0]} `{key[1]}` is changed twice",
        Label(_head(item)),
        Label(_head(first), "the first"),
        help="keep one of them.",
    )
    return False


def _head(item: Changing) -> Span:
    return item.target.span if isinstance(item, syntax.ReplaceBranch) else item.item.name.span


def check_reason(item: Changing, report: Report) -> None:
    """Report a change without `because` (PW0211)."""
    told = told_change(item)
    if told.because:
        return
    report.add(
        "PW0211",
        f"`{told.what}` gives no reason",
        Label(_head(item)),
        notes=("Whoever reads the overlay must see why this place differs from the base.",),
        help='add the line `because "…"` below it.',
    )


def changes_of(file: syntax.File) -> tuple[Changing, ...]:
    """Return the lines of an overlay that change its base, in file order."""
    return tuple(item for item in file.items if isinstance(item, Changing))


def told_change(item: Changing) -> Change:
    """Return what a line changes, and why."""
    match item:
        case syntax.ReplaceBranch():
            name = ".".join(part.text for part in item.target.parts)
            attrs = (*item.attrs, *item.branch.attrs)
            return Change("replace branch", name, attributes.prose(attrs, "because"))
        case syntax.ReplaceRecommendation():
            because = attributes.prose(item.item.attrs, "because")
            return Change("replace recommendation", item.item.name.text, because)
        case _:
            because = attributes.prose(item.item.attrs, "because")
            return Change("restrict fact", item.item.name.text, because)
