"""`dump model`: the Model as text, for people who want to see what was understood.

One line per record and per branch, in the order of the model; conditions with names resolved and
numbers in the units of their facts. Stable: the same model gives the same text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from pathwaylang.compiler.model.guard_text import guard_text, interval_text, term_text
from pathwaylang.compiler.model.nodes import Model
from pathwaylang.ir.derived import (
    Basis,
    Classification,
    Condition,
    Derived,
    Formula,
    Piecewise,
    Score,
)
from pathwaylang.ir.facts import Fact
from pathwaylang.ir.graph import Branch, Decision
from pathwaylang.ir.guards import Guard
from pathwaylang.ir.units import format_number


def dump_model(model: Model) -> str:
    """Return a model as text."""
    return "\n".join(_lines(model)) + "\n"


def _lines(model: Model) -> Iterator[str]:
    about = model.about
    yield f'{model.word} {about.name} "{about.title}" {about.version} {about.status}'
    if about.base is not None:
        yield f"overlay of {about.base.text} {about.base.source_hash}"
    if model.applies is not None:
        yield f"applies when {guard_text(model.applies.guard)}"
    for fact in model.facts:
        yield f"fact {fact.name}: {_domain(fact)}"
    for derived in model.derived:
        yield from _derived(derived)
    for test in model.tests:
        yield f"test {test.name} finds {', '.join(test.finds)}"
    for stage in model.stages:
        yield f"stage {stage.name} starts at {', '.join(stage.tracks)}"
    for decision in model.decisions:
        yield from _decision(decision)
    for recommendation in model.recommendations:
        strength = f" ({recommendation.strength})" if recommendation.strength else ""
        yield f'recommendation {recommendation.name} "{recommendation.label}"{strength}'
    yield from _checks(model)
    for source in model.sources:
        yield f"source {source.name}: {', '.join(s.id for s in source.statements)}"


def _domain(fact: Fact) -> str:
    words = {"yes/no": "yes/no", "choice": " | ".join(c.name for c in fact.choices)}
    shown = words.get(fact.fact_kind, "")
    if fact.range is not None:
        step = f" step {format_number(fact.step)}" if fact.step is not None else " dense"
        shown = f"{interval_text('number', fact.range)} {fact.unit or '1'}{step}"
    unknown = " | unknown" if fact.may_be_unknown else ""
    asked = f" asked when {guard_text(fact.asked_when)}" if fact.asked_when else ""
    return shown + unknown + asked


def _derived(derived: Derived) -> Iterator[str]:
    match derived:
        case Condition():
            no = " (unknown means no)" if derived.unknown_means_no else ""
            yield f"define {derived.name}{no}: {guard_text(derived.guard)}"
        case Formula():
            yield f"define {derived.name} in {derived.unit or '1'}: {term_text(derived.term)}"
        case Piecewise():
            yield f"define {derived.name} in {derived.unit or '1'}, by lines"
            for piece in derived.pieces:
                yield _line(term_text(piece.term), piece.guard, piece.basis)
        case Classification():
            order = " in order" if derived.in_order else ""
            yield f"classify{order} {derived.name}: {' | '.join(v.name for v in derived.values)}"
            for line in derived.lines:
                yield _line(line.value, line.guard, line.basis)
        case Score():
            yield f"score {derived.name}"
            for add in derived.lines:
                yield _line(f"add {format_number(add.points)}", add.guard, add.basis)


def _line(value: str, guard: Guard | None, basis: Basis) -> str:
    condition = "otherwise" if guard is None else f"when {guard_text(guard)}"
    return f"  {value} {condition}{_sources(basis)}"


def _sources(basis: Basis) -> str:
    parts = [*basis.cites, *("opinion" for _ in basis.opinions)]
    return f"  [{', '.join(parts)}]" if parts else ""


def _decision(decision: Decision) -> Iterator[str]:
    order = " in order" if decision.in_order else ""
    no = " (unknown means no)" if decision.unknown_means_no else ""
    obtains = f" obtains {', '.join(decision.obtains)}" if decision.obtains else ""
    yield f"{decision.layout}{order} {decision.name}{no}{obtains}"
    for branch in decision.branches:
        yield _branch(branch)


def _branch(branch: Branch) -> str:
    match branch.branch_kind:
        case "when":
            condition = f"when {guard_text(branch.guard)}" if branch.guard else "when always"
        case "unknown":
            condition = "when unknown"
        case "otherwise":
            condition = "otherwise"
        case _:
            assert_never(branch.branch_kind)
    strength = f" ({branch.strength})" if branch.strength else ""
    return f"  {branch.id}: {condition} -> {branch.outcome.text}{strength}{_sources(branch.basis)}"


def _checks(model: Model) -> Iterator[str]:
    for constraint in model.constraints:
        yield f"impossible when {guard_text(constraint.guard)}"
    for rule in model.rules:
        yield rule.text
    for example in model.examples:
        yield f'example "{example.label}": {len(example.given)} facts, ' + "; ".join(
            f"expect {e.text}" for e in example.expectations
        )
