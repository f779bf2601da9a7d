"""Conditions: an expression -> a guard over names, in the units that the facts declare.

Every part of a condition is read even where another part is wrong, so that two slips give two
findings; a condition with a slip gives no guard. `and` beside `or` without brackets is kept for
later (mixing.py), when every definition it reads is known.

Findings: PW0401 (a number or choice as a condition), PW0410 (a count of bullets that cannot be),
and those of comparisons and formulas.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar, assert_never

from pathwaylang.compiler.model.comparisons import (
    compile_compare,
    compile_in_range,
    type_of,
)
from pathwaylang.compiler.model.memberships import compile_is, compile_is_known
from pathwaylang.compiler.model.names import Space
from pathwaylang.compiler.model.scope import Mixed, Scope
from pathwaylang.compiler.model.types import ChoiceOf, NumberOf, YesNo, listed, range_words
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label, finding
from pathwaylang.ir.guards import All, Any, AtLeast, Guard, Holds, Not, Recommends
from pathwaylang.ir.names import nearest

T = TypeVar("T")


def compile_condition(scope: Scope, expr: syntax.Expr) -> Guard | None:
    """Return the guard of a condition, or None after a finding."""
    match expr:
        case syntax.Reference():
            return _reference(scope, expr)
        case syntax.Paren():
            return compile_condition(scope, expr.item)
        case syntax.Compare():
            return compile_compare(scope, expr)
        case syntax.InRange():
            return compile_in_range(scope, expr)
        case syntax.Is():
            return compile_is(scope, expr)
        case syntax.IsKnown():
            return compile_is_known(scope, expr)
        case syntax.TrackRecommends():
            return _recommends(scope, expr)
        case syntax.Quantity() | syntax.Arithmetic() | syntax.CallExpr():
            _report_number(scope, expr)
            return None
        case syntax.NotExpr() | syntax.AndExpr() | syntax.OrExpr() | syntax.Bullets():
            return _joined(scope, expr)


def _joined(
    scope: Scope, expr: syntax.NotExpr | syntax.AndExpr | syntax.OrExpr | syntax.Bullets
) -> Guard | None:
    match expr:
        case syntax.NotExpr():
            inner = compile_condition(scope, expr.item)
            return None if inner is None else Not(inner)
        case syntax.AndExpr():
            items = compile_all(scope, expr.items)
            return None if items is None else All(items)
        case syntax.OrExpr():
            return _or(scope, expr)
        case syntax.Bullets():
            return _bullets(scope, expr)


def compile_all(scope: Scope, items: Iterable[syntax.Expr]) -> tuple[Guard, ...] | None:
    """Return the guards of several conditions, or None if one of them has a finding."""
    found = [compile_condition(scope, item) for item in items]
    guards = tuple(guard for guard in found if guard is not None)
    return guards if len(guards) == len(found) else None


def _reference(scope: Scope, expr: syntax.Reference) -> Guard | None:
    type_ = type_of(scope, expr)
    name = expr.parts[0].text
    match type_:
        case None:
            return None
        case YesNo():
            return Holds(name)
        case NumberOf():
            note = f"`{name}` is a {'whole ' if type_.whole else ''}number, {range_words(type_)}."
            advice = f"compare it, such as `{name} <= …`."
        case ChoiceOf():
            note = f"`{name}` can be {listed(type_.names)}."
            advice = f"say which value is meant, such as `{name} is {type_.names[0]}`."
        case _:
            assert_never(type_)
    scope.report.add(
        "PW0401",
        f"`{name}` is not a yes/no condition",
        Label(expr.span),
        notes=(note,),
        help=advice,
    )
    return None


def _report_number(scope: Scope, expr: syntax.Expr) -> None:
    written = scope.build.written(expr.span) or "a number"
    scope.report.add(
        "PW0401",
        f"`{written}` is a number, not a yes/no condition",
        Label(expr.span),
        help="compare it with something, such as `… <= 3`.",
    )


def _bullets(scope: Scope, expr: syntax.Bullets) -> Guard | None:
    items = compile_all(scope, expr.items)
    if items is None:
        return None
    match expr.quantifier:
        case "all":
            return All(items)
        case "any":
            return Any(items)
        case "none":
            return Not(Any(items))
        case "at least":
            if 1 <= expr.count <= len(items):
                return AtLeast(expr.count, items)
    scope.report.add(
        "PW0410",
        f"`at least {expr.count} of` cannot be met by {len(items)} criteria",
        Label(expr.span),
        help=f"choose a count from 1 to {len(items)}.",
    )
    return None


def _recommends(scope: Scope, expr: syntax.TrackRecommends) -> Guard | None:
    track = check_track(scope, expr.track)
    found = [_outcome_name(scope, name) for name in expr.names]
    if not track or not all(found):
        return None
    return Recommends(expr.track.text, tuple(name.text for name in expr.names))


def _outcome_name(scope: Scope, name: syntax.Name) -> bool:
    pathway = Scope(scope.build, scope.path, everywhere=True)
    return pathway.look_up(Space.OUTCOMES, name) is not None


def check_track(scope: Scope, name: syntax.Name) -> bool:
    """Tell whether a name is a track (the start of a stage); report it if not (PW0301)."""
    names = scope.build.names
    if name.text in names.tracks:
        return True
    if name.text in names.poisoned or names.is_partial or names.has_lost_tracks:
        return False
    near = nearest(name.text, names.tracks)
    declared = names.find(Space.FLOW, name.text)
    note = f"`{name.text}` is a {declared.kind}, but no stage starts at it." if declared else ""
    scope.report.add_once(
        ("track", name.text),
        finding(
            "PW0301",
            f"there is no track `{name.text}`",
            Label(name.span),
            notes=(note,) if note else (),
            help=f"did you mean `{near[0]}`?"
            if near
            else "a track is named after the decision that a stage starts at.",
        ),
    )
    return False


def _or(scope: Scope, expr: syntax.OrExpr) -> Guard | None:
    groups = [item.items if isinstance(item, syntax.AndExpr) else (item,) for item in expr.items]
    compiled = [compile_all(scope, group) for group in groups]
    guards = [group for group in compiled if group is not None]
    if len(guards) < len(compiled):
        return None
    joined = Any(tuple(group[0] if len(group) == 1 else All(group) for group in guards))
    if all(len(group) == 1 for group in groups):
        return joined
    other = _and_last(guards)
    texts = [[scope.build.written(item.span) for item in group] for group in groups]
    first = " or ".join(_bracketed(" and ".join(group), len(group)) for group in texts)
    second = " and ".join(_bracketed(" or ".join(run), len(run)) for run in _runs(texts))
    scope.build.mixed.append(Mixed(expr.span, ((first, joined), (second, other))))
    return None


def _bracketed(text: str, parts: int) -> str:
    return f"({text})" if parts > 1 else text


def _and_last(groups: list[tuple[Guard, ...]]) -> Guard:
    """Return the reading in which `or` binds more tightly than `and`."""
    runs = _runs([list(group) for group in groups])
    return All(tuple(run[0] if len(run) == 1 else Any(tuple(run)) for run in runs))


def _runs(groups: list[list[T]]) -> list[list[T]]:
    """Regroup `a and b or c and d` as its stretches between the `and`s: a | b, c | d."""
    runs: list[list[T]] = [[groups[0][0]]]
    for index, group in enumerate(groups):
        for place, item in enumerate(group):
            if place > 0:
                runs.append([item])
            elif index > 0:
                runs[-1].append(item)
    return runs
