"""`restrict fact`: a fact of the base with fewer values.

In: the fact as the overlay writes it, and as the base has it. Out: one fact with the narrower type
and the lines of both (the overlay's `ask`, `group` and `usually` win), with the values that are
gone. The unit and the step are those of the base and need not be repeated.

Finding: PW0911 (not narrower).
"""

from __future__ import annotations

from dataclasses import replace

from pathwaylang.compiler.model import attributes
from pathwaylang.compiler.model.facts import fact_type
from pathwaylang.compiler.model.report import Report
from pathwaylang.compiler.model.types import ChoiceOf, NumberOf, Type, range_words, type_words
from pathwaylang.compiler.model.values import may_be_unknown
from pathwaylang.compiler.syntax import nodes as syntax
from pathwaylang.diagnostics import Label, Span
from pathwaylang.ir.guards import Interval

_OWN = frozenset({"ask", "group", "usually"})


def restricted(
    item: syntax.FactItem, base: syntax.FactItem, report: Report
) -> tuple[syntax.FactItem, frozenset[str]] | None:
    """Return the narrower fact and the values of a choice that are gone; None after a finding."""
    attributes.check_lines(report, item.attrs, "restricted fact")
    if may_be_unknown(item) and not may_be_unknown(base):
        line = next(a for a in item.attrs if isinstance(a, syntax.MayBeUnknown))
        _report(report, base, line.span, "in the base it is never unknown")
        return None
    old = fact_type(Report(), base)
    merged = replace(item, type=_with_base(item.type, base.type), attrs=_lines(item, base))
    quiet = Report()
    new = fact_type(quiet, replace(merged, attrs=base.attrs))
    if not quiet.is_clean:
        fact_type(report, replace(merged, attrs=base.attrs))
    if old is None or new is None or not quiet.is_clean:
        return None
    problem = _problem(old, new)
    if problem:
        _report(report, base, item.type.span, problem)
        return None
    return merged, _names(old) - _names(new)


def _names(type_: Type) -> frozenset[str]:
    return frozenset(type_.names) if isinstance(type_, ChoiceOf) else frozenset()


def _report(report: Report, base: syntax.FactItem, span: Span, why: str) -> None:
    report.add(
        "PW0911",
        f"`{base.name.text}` is not narrower than in the base",
        Label(span),
        Label(base.type.span, "the base has this"),
        notes=(f"{why[:1].upper()}{why[1:]}.",),
        help="a restricted fact may only lose values; have the base changed if it needs more.",
    )


def _lines(item: syntax.FactItem, base: syntax.FactItem) -> tuple[syntax.Attr, ...]:
    own = {attributes.word_of(attr) for attr in item.attrs} & _OWN
    is_known = may_be_unknown(base)
    added = (a for a in item.attrs if not (is_known and isinstance(a, syntax.MayBeUnknown)))
    return (*(a for a in base.attrs if attributes.word_of(a) not in own), *added)


def _with_base(own: syntax.TypeNode, base: syntax.TypeNode) -> syntax.TypeNode:
    """Return the type with what the base says and the overlay need not repeat."""
    match own, base:
        case syntax.NumberType(), syntax.NumberType():
            return replace(own, unit=own.unit or base.unit, step=own.step or base.step)
        case syntax.ChoiceType(), syntax.ChoiceType():
            labels = {item.name.text: item.label for item in base.items}
            items = tuple(
                replace(item, label=item.label or labels.get(item.name.text)) for item in own.items
            )
            return replace(own, items=items)
        case _:
            return own


def _problem(old: Type, new: Type) -> str:
    """Return why a type is not narrower; nothing where it is."""
    match old, new:
        case ChoiceOf(), ChoiceOf():
            more = [name for name in new.names if not old.has(name)]
            if more:
                return f"the base has no value `{more[0]}`"
            return "it has all values of the base" if len(new.names) == len(old.names) else ""
        case NumberOf(), NumberOf():
            return _number_problem(old, new)
        case _ if type(old) is type(new):
            return "yes/no has no narrower form"
        case _:
            return f"in the base it is {type_words(old)}"


def _number_problem(old: NumberOf, new: NumberOf) -> str:
    if old.unit != new.unit:
        unit = old.unit.text if old.unit is not None else "no unit"
        return f"the base measures it in {unit}"
    if old.whole != new.whole or old.step != new.step:
        return f"the base has {type_words(old)}, in other steps"
    if not _is_inside(new.range, old.range):
        return f"the base goes from {range_words(old)}"
    if new.range == old.range:
        return "it has the same range as in the base"
    low, first = new.range.low, old.range.low
    if old.step is not None and low is not None and first is not None:
        return "it starts between two steps of the base" if (low - first) % old.step else ""
    return ""


def _is_inside(inner: Interval, outer: Interval) -> bool:
    assert inner.low is not None and inner.high is not None
    lows = outer.holds(inner.low) or (inner.low == outer.low and not inner.low_closed)
    highs = outer.holds(inner.high) or (inner.high == outer.high and not inner.high_closed)
    return lows and highs
