"""One item -> its records, by its kind.

Findings are those of each kind. An item whose name was declared before is not looked at again: that
it stands twice is its finding.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from pathwaylang.compiler.model.decisions import build_decide, build_step
from pathwaylang.compiler.model.derived import build_classify, build_define, build_score
from pathwaylang.compiler.model.facts import build_fact
from pathwaylang.compiler.model.head import read_waivers
from pathwaylang.compiler.model.modules import Module
from pathwaylang.compiler.model.names import Space, gives_values
from pathwaylang.compiler.model.overlay_branches import with_replaced
from pathwaylang.compiler.model.recommendations import (
    build_recommendation,
    build_stage,
    build_test,
)
from pathwaylang.compiler.model.rules import (
    build_before_rule,
    build_constraint,
    build_never_changes,
    build_recommend_rule,
)
from pathwaylang.compiler.model.scope import Build, Scope
from pathwaylang.compiler.model.sources import build_source
from pathwaylang.compiler.model.tables import build_decision_table, build_gives_table
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label, Span
from pathwaylang.ir.derived import Derived
from pathwaylang.ir.facts import Fact
from pathwaylang.ir.graph import (
    Citable,
    Constraint,
    Decision,
    Recommendation,
    Rule,
    Stage,
    Test,
    Waiver,
)

T = TypeVar("T")


@dataclass(slots=True)
class Parts:
    """The records built so far, in file order."""

    facts: list[Fact] = field(default_factory=list)
    derived: list[Derived] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    sources: list[Citable] = field(default_factory=list)
    examples: list[tuple[Scope, syntax.ExampleItem]] = field(default_factory=list)
    waivers: list[Waiver] = field(default_factory=list)
    reviews: list[tuple[str, str, Span]] = field(default_factory=list)


def is_first(build: Build, item: syntax.Item) -> bool:
    """Tell whether an item is the one that its name stands for; a second one was reported."""
    match item:
        case syntax.FactItem() | syntax.Define() | syntax.Classify() | syntax.ScoreItem():
            space = Space.FACTS
        case syntax.TableItem():
            space = Space.FACTS if gives_values(item) else Space.FLOW
        case syntax.Decide() | syntax.StepItem() | syntax.StageItem():
            space = Space.FLOW
        case syntax.RecommendationItem():
            space = Space.OUTCOMES
        case syntax.TestItem():
            space = Space.TESTS
        case syntax.SourceItem():
            space = Space.SOURCES
        case _:
            return True
    declared = build.names.find(space, item.name.text)
    return declared is not None and declared.node is item


def is_derived(item: syntax.Item) -> bool:
    """Tell whether an item is read before the others, so that they can rely on its type."""
    return isinstance(item, syntax.Define | syntax.Classify | syntax.ScoreItem)


def build_item(build: Build, module: Module, item: syntax.Item, parts: Parts) -> None:
    """Add the records of an item, as seen from its module."""
    path = build.path_of(module.path, item.span)
    scope, pathway = Scope(build, path), Scope(build, path, everywhere=True)
    parts.waivers.extend(read_waivers(item))
    match item:
        case syntax.FactItem():
            _keep(parts.facts, build_fact(scope, item))
        case syntax.Define() | syntax.Classify() | syntax.ScoreItem() | syntax.TableItem():
            _build_derived(scope, item, parts)
        case syntax.Decide():
            parts.decisions.append(with_replaced(build, build_decide(scope, item)))
        case syntax.StepItem():
            parts.decisions.append(with_replaced(build, build_step(scope, item)))
        case syntax.RecommendationItem():
            parts.recommendations.append(build_recommendation(scope, item))
        case syntax.TestItem():
            parts.tests.append(build_test(scope, item))
        case syntax.StageItem():
            parts.stages.append(build_stage(scope, item))
        case syntax.SourceItem():
            parts.sources.append(build_source(scope, item))
        case syntax.ExampleItem():
            parts.examples.append((pathway, item))
        case _:
            _build_rule(scope, pathway, item, parts)


def _build_derived(
    scope: Scope,
    item: syntax.Define | syntax.Classify | syntax.ScoreItem | syntax.TableItem,
    parts: Parts,
) -> None:
    match item:
        case syntax.Define():
            _keep(parts.derived, build_define(scope, item))
        case syntax.Classify():
            _keep(parts.derived, build_classify(scope, item))
        case syntax.ScoreItem():
            _keep(parts.derived, build_score(scope, item))
        case syntax.TableItem() if gives_values(item):
            _keep(parts.derived, build_gives_table(scope, item))
        case syntax.TableItem():
            table = build_decision_table(scope, item)
            parts.decisions.append(with_replaced(scope.build, table))


def _build_rule(scope: Scope, pathway: Scope, item: syntax.Item, parts: Parts) -> None:
    match item:
        case syntax.ImpossibleItem():
            _keep(parts.constraints, build_constraint(scope, item))
        case syntax.RecommendRule():
            _keep(parts.rules, build_recommend_rule(pathway, item))
        case syntax.BeforeRule():
            _keep(parts.rules, build_before_rule(pathway, item))
        case syntax.NeverChangesRule():
            _keep(parts.rules, build_never_changes(pathway, item))
        case syntax.ReplaceRecommendation() | syntax.ReplaceBranch() | syntax.RestrictFact():
            if scope.build.overlay is not None:
                return
            scope.report.add(
                "PW0202",
                "this line belongs into an overlay",
                Label(item.span),
                help="start the file with `overlay`, or change the item itself.",
            )
        case _:
            return


def _keep(records: list[T], record: T | None) -> None:
    """Keep a record that could be built."""
    if record is not None:
        records.append(record)
