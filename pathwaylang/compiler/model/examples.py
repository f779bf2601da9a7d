"""`example` items -> complete cases with what they must lead to.

`given like` is applied here: the other example's facts first, then the own lines, which win.
Examples see the whole pathway. Values are those of a patient: exact, in the fact's unit; a number
in another unit is rounded to the step unless that would carry it across a constant of the pathway.

Findings: PW0211 (nothing expected), PW0212 (a fact twice), PW0301 (no such example, a circle of
`given like`), PW0302 (two examples of one name), PW0408 (rounding crosses a constant), and those of
values and names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from pathwaylang.compiler.model import attributes
from pathwaylang.compiler.model.conditions import check_track
from pathwaylang.compiler.model.names import Space
from pathwaylang.compiler.model.outcomes import build_outcome
from pathwaylang.compiler.model.report import Report
from pathwaylang.compiler.model.scope import Scope
from pathwaylang.compiler.model.types import NumberOf
from pathwaylang.compiler.model.values import exact_value, is_converted, read_value
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label, finding
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import Example, Expectation
from pathwaylang.ir.guards import Interval
from pathwaylang.ir.names import nearest
from pathwaylang.ir.units import format_number

Cuts = Mapping[str, tuple[Interval, ...]]
"""Name of a number -> the intervals that conditions of the pathway ask for."""


@dataclass(slots=True)
class Draft:
    """An example before `given like` is applied."""

    scope: Scope
    item: syntax.ExampleItem
    like: list[syntax.Text] = field(default_factory=list)
    given: dict[str, Value] = field(default_factory=dict)
    excluded: set[str] = field(default_factory=set)
    is_read: bool = True


def build_examples(
    items: list[tuple[Scope, syntax.ExampleItem]], cuts: Cuts
) -> tuple[Example, ...]:
    """Return all examples of a pathway that could be read, in file order."""
    drafts: dict[str, Draft] = {}
    for scope, item in items:
        draft = _draft(scope, item, cuts)
        known = drafts.setdefault(item.label.value, draft)
        if known is not draft:
            scope.report.add(
                "PW0302",
                f"the example `{item.label.value}` stands twice",
                Label(item.label.span),
                Label(known.item.label.span, "the first"),
                help="give each example a name of its own.",
            )
    examples = [_finish(draft, drafts) for draft in drafts.values()]
    return tuple(example for example in examples if example is not None)


def _draft(scope: Scope, item: syntax.ExampleItem, cuts: Cuts) -> Draft:
    attributes.check_lines(scope.report, item.attrs, "example")
    draft = Draft(scope, item)
    places: dict[str, syntax.GivenFact] = {}
    for line in item.given:
        if isinstance(line, syntax.GivenLike):
            draft.like.append(line.example)
            continue
        for given in line.facts:
            first = places.setdefault(given.name.text, given)
            if first is not given:
                _report_twice(scope, given, first)
                draft.is_read = False
                continue
            if _is_excluded(scope, given):
                draft.excluded.add(given.name.text)
                continue
            value = _given_value(scope, given, cuts)
            if value is None:
                draft.is_read = False
            else:
                draft.given[given.name.text] = value
    return draft


def _is_excluded(scope: Scope, given: syntax.GivenFact) -> bool:
    """Tell whether an example of a base gives a value that its overlay excludes."""
    build = scope.build
    if build.overlay is None or given.name.text not in build.overlay.restricted:
        return False
    if not build.is_of_base(given.span) or isinstance(given.value, syntax.Unknown):
        return False
    quiet = replace(scope, build=replace(build, report=Report()))
    return _given_value(quiet, given, {}) is None


def _report_twice(scope: Scope, given: syntax.GivenFact, first: syntax.GivenFact) -> None:
    scope.report.add(
        "PW0212",
        f"`{given.name.text}` is given twice",
        Label(given.span),
        Label(first.span, "the first"),
        help="keep one of them.",
    )


def _given_value(scope: Scope, given: syntax.GivenFact, cuts: Cuts) -> Value | None:
    declared = scope.look_up(Space.FACTS, given.name, "fact", ("fact",))
    if declared is None or not isinstance(declared.node, syntax.FactItem):
        return None
    type_ = scope.build.types.get(declared.name)
    if type_ is None:
        return None
    value = read_value(scope, declared.node, type_, given.value)
    if isinstance(type_, NumberOf) and isinstance(given.value, syntax.Quantity):
        _check_rounding(scope, given, type_, value, cuts)
    return value


def _check_rounding(
    scope: Scope, given: syntax.GivenFact, type_: NumberOf, value: Value | None, cuts: Cuts
) -> None:
    """Report a converted number that rounding to the step would carry across a constant."""
    written = given.value
    if value is None or isinstance(value, str | bool) or not isinstance(written, syntax.Quantity):
        return
    if not is_converted(written, type_):
        return
    exact = exact_value(scope, type_, written)
    if exact is None or exact == value:
        return
    for interval in cuts.get(given.name.text, ()):
        if interval.holds(exact) is not interval.holds(value):
            scope.report.add(
                "PW0408",
                f"rounding `{given.name.text}` to its step would change the answer",
                Label(written.span),
                notes=(
                    f"The number is {format_number(exact)}, the nearest step "
                    f"{format_number(value)}; a condition of the pathway lies between.",
                ),
                help="give the value in the unit of the fact.",
            )
            return


def _finish(draft: Draft, drafts: dict[str, Draft]) -> Example | None:
    expectations = tuple(
        found for found in (_expectation(draft.scope, e) for e in draft.item.expect) if found
    )
    if not draft.item.expect:
        draft.scope.report.add(
            "PW0211",
            f"the example `{draft.item.label.value}` expects nothing",
            Label(draft.item.label.span),
            help="add a line such as `expect recommend …`.",
        )
    given = _given_with_likes(draft, drafts, ())
    gone = _excluded_with_likes(draft, drafts, ()) if given is not None else set()
    if gone:
        _report_excluded(draft, sorted(gone)[0])
        return None
    if given is None or len(expectations) < len(draft.item.expect) or not expectations:
        return None
    return Example(draft.item.label.value, tuple(given.items()), expectations, draft.item.span)


def _given_with_likes(
    draft: Draft, drafts: dict[str, Draft], way: tuple[str, ...]
) -> dict[str, Value] | None:
    label = draft.item.label.value
    if not draft.is_read:
        return None
    given: dict[str, Value] = {}
    for like in draft.like:
        other = drafts.get(like.value)
        if other is None or like.value in (*way, label):
            _report_like(draft, like, drafts)
            return None
        base = _given_with_likes(other, drafts, (*way, label))
        if base is None:
            return None
        given.update(base)
    return given | draft.given


def _excluded_with_likes(draft: Draft, drafts: dict[str, Draft], way: tuple[str, ...]) -> set[str]:
    """Return the facts whose value an overlay excludes and that no later line gives anew."""
    gone: set[str] = set()
    for like in draft.like:
        other = drafts.get(like.value)
        if other is not None and like.value not in way:
            gone -= other.given.keys()
            gone |= _excluded_with_likes(other, drafts, (*way, like.value))
    return (gone - draft.given.keys()) | draft.excluded


def _report_excluded(draft: Draft, name: str) -> None:
    label = draft.item.label
    draft.scope.report.add(
        "PW0914",
        f"the example `{label.value}` is not run: the overlay excludes its `{name}`",
        Label(label.span),
        notes=("It stays an example of the base.",),
    )


def _report_like(draft: Draft, like: syntax.Text, drafts: dict[str, Draft]) -> None:
    if like.value in draft.scope.build.names.poisoned:
        return
    near = nearest(like.value, drafts)
    is_circle = like.value in drafts
    draft.scope.report.add_once(
        ("like", "circle" if is_circle else like.value),
        finding(
            "PW0301",
            f"`given like` goes in a circle through `{like.value}`"
            if is_circle
            else f"there is no example `{like.value}`",
            Label(like.span),
            help="start from an example that does not start from this one."
            if is_circle
            else f'did you mean "{near[0]}"?'
            if near
            else "write the title of another example of this pathway, as it stands there.",
        ),
    )


def _expectation(scope: Scope, line: syntax.Expect) -> Expectation | None:
    track = line.track.text if line.track else ""
    if line.track is not None and not check_track(scope, line.track):
        return None
    text = scope.build.written(line.span).removeprefix("expect ")
    match line.what:
        case "outside":
            return Expectation("outside", track=track, text=text, span=line.span)
        case "ask" | "obtain":
            name = _requested(scope, line, line.what)
            return Expectation(line.what, None, name, track, text, line.span) if name else None
        case _:
            outcome = build_outcome(scope, line.what, ("recommendation", "branch"))
            if outcome is None:
                return None
            return Expectation("outcome", outcome, "", track, text, line.span)


def _requested(scope: Scope, line: syntax.Expect, what: Literal["ask", "obtain"]) -> str:
    if line.name is None:
        return ""
    if what == "ask":
        declared = scope.look_up(Space.FACTS, line.name, "fact", ("fact",))
    else:
        declared = scope.look_up(Space.TESTS, line.name, "test")
    return declared.name if declared is not None else ""
