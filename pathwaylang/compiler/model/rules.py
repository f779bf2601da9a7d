"""`impossible`, `never`, `always`, `never changes` -> constraints and safety rules.

Rules see the whole pathway without `use`. Findings: those of conditions and names, PW0701 (a rule
that rests on nothing; `impossible` may have a reason instead).
"""

from __future__ import annotations

from pathwaylang.compiler.model import attributes
from pathwaylang.compiler.model.bases import check_basis, read_basis
from pathwaylang.compiler.model.conditions import check_track, compile_condition
from pathwaylang.compiler.model.names import Space
from pathwaylang.compiler.model.scope import Numbered, Scope
from pathwaylang.compiler.model.texts import condition_text
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label
from pathwaylang.ir.graph import Constraint, Rule


def build_constraint(scope: Scope, item: syntax.ImpossibleItem) -> Constraint | None:
    """Return an `impossible`, or None after a finding in its condition."""
    attributes.check_lines(scope.report, item.attrs, "rule")
    basis = read_basis(scope, item.attrs)
    if not (basis.cites or basis.opinions or basis.because):
        scope.report.add(
            "PW0701",
            "this `impossible` gives no reason",
            Label(item.span),
            help='add `because "why there is no such patient"`, or `cite SOURCE.STATEMENT`.',
        )
    guard = compile_condition(scope, item.condition)
    if guard is None:
        return None
    scope.build.numbered.append(Numbered(item.condition, basis))
    text = condition_text(scope.build, item.condition)
    return Constraint(guard, basis, text, item.span)


def build_recommend_rule(scope: Scope, item: syntax.RecommendRule) -> Rule | None:
    """Return a rule `never … recommend` or `always … recommend`."""
    attributes.check_lines(scope.report, item.attrs, "rule")
    basis = read_basis(scope, item.attrs)
    check_basis(scope, basis, item.span, "safety rule")
    names = _names(scope, item.names)
    stage = item.stage.text if item.stage else ""
    if item.stage is not None and _stage(scope, item.stage) is None:
        names = None
    guard = compile_condition(scope, item.condition)
    if guard is None or names is None:
        return None
    scope.build.numbered.append(Numbered(item.condition, basis))
    where = f" in {stage}" if stage else ""
    condition = condition_text(scope.build, item.condition)
    text = f"{item.word}{where} recommend {' or '.join(names)} when {condition}"
    return Rule(item.word, names, guard, stage, "", basis, text, item.span)


def _stage(scope: Scope, name: syntax.Name) -> str | None:
    declared = scope.look_up(Space.FLOW, name, "stage", ("stage",))
    return declared.name if declared is not None else None


def _names(scope: Scope, names: tuple[syntax.Name, ...]) -> tuple[str, ...] | None:
    found = [scope.look_up(Space.OUTCOMES, name) for name in names]
    if not all(found):
        return None
    return tuple(dict.fromkeys(name.text for name in names))


def build_before_rule(scope: Scope, item: syntax.BeforeRule) -> Rule | None:
    """Return a rule `always obtain T before A, B`."""
    attributes.check_lines(scope.report, item.attrs, "rule")
    basis = read_basis(scope, item.attrs)
    check_basis(scope, basis, item.span, "safety rule")
    test = scope.look_up(Space.TESTS, item.test, "test")
    names = _names(scope, item.names)
    if test is None or names is None:
        return None
    text = f"always obtain {test.name} before {', '.join(names)}"
    return Rule("before", names, None, "", test.name, basis, text, item.span)


def build_never_changes(scope: Scope, item: syntax.NeverChangesRule) -> Rule | None:
    """Return a rule `FACT never changes TRACK, …`."""
    attributes.check_lines(scope.report, item.attrs, "rule")
    basis = read_basis(scope, item.attrs)
    check_basis(scope, basis, item.span, "safety rule")
    fact = scope.look_up(Space.FACTS, item.fact, "fact", ("fact",))
    tracks = [check_track(scope, track) for track in item.tracks]
    if fact is None or not all(tracks):
        return None
    names = tuple(dict.fromkeys(track.text for track in item.tracks))
    text = f"{fact.name} never changes {', '.join(names)}"
    return Rule("never changes", names, None, "", fact.name, basis, text, item.span)
