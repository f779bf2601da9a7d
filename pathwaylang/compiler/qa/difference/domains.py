"""Facts of two versions as facts of one world.

In: the facts of both, matched by name. Out: for each match one fact whose domain holds both
domains, what each version must exclude again (its own range, choices, `unknown`), and how the
domains changed. Facts that cannot be joined (another type, a unit of another kind) stand side by
side, the old one under a name of its own.

Invariants: a value of either version's fact is a value of the joined fact, after conversion into
the new unit; a number with a step in both keeps one, fine enough for both grids.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm

from pathwaylang.compiler.qa.difference.record import FactChange
from pathwaylang.compiler.qa.difference.rewrite import scaled
from pathwaylang.ir.exact import write_exact
from pathwaylang.ir.facts import Fact
from pathwaylang.ir.guards import All, Guard, Interval, Known, Not, OneOf, Within
from pathwaylang.ir.units.parse import parse_unit
from pathwaylang.ir.units.unit import UnitProblem, is_same_dimension


def before(name: str) -> str:
    """Return the name that a thing of the old version has beside one of the new version."""
    return f"{name} (before)"


@dataclass(frozen=True, slots=True)
class JoinedFact:
    """A fact of the joint world, and what each version excludes of it.

    `factor` turns old values into new ones; it is 1 unless the unit changed.
    """

    fact: Fact
    old_limits: tuple[Guard, ...] = ()
    new_limits: tuple[Guard, ...] = ()
    changes: tuple[FactChange, ...] = ()
    factor: Fraction = Fraction(1)


def only_in(fact: Fact, is_new: bool) -> JoinedFact:
    """Return a fact that one version has alone."""
    domain = domain_words(fact)
    change = (
        FactChange(fact.name, "added", None, domain)
        if is_new
        else FactChange(fact.name, "removed", domain, None)
    )
    return JoinedFact(replace(fact, asked_when=None), changes=(change,))


def join_facts(old: Fact, new: Fact, values: dict[str, str]) -> JoinedFact | None:
    """Join a fact of both versions; None where the two are different things.

    `values` renames choices of the old fact.
    """
    factor = unit_factor(old.unit, new.unit) if old.fact_kind == "number" else Fraction(1)
    if old.fact_kind != new.fact_kind or factor is None:
        return None
    joined = replace(
        new,
        may_be_unknown=old.may_be_unknown or new.may_be_unknown,
        asked_when=None,
        usually=new.usually if new.usually is not None else _converted(old.usually, factor, values),
    )
    changes = [] if old.may_be_unknown == new.may_be_unknown else [_unknown_change(old, new)]
    old_limits = [] if old.may_be_unknown or not joined.may_be_unknown else [_unknown(new.name)]
    new_limits = [] if new.may_be_unknown or not joined.may_be_unknown else [_unknown(new.name)]
    if new.fact_kind == "choice":
        mine = [values.get(choice.name, choice.name) for choice in old.choices]
        theirs = [choice.name for choice in new.choices]
        gone = tuple(word for word in mine if word not in theirs)
        come = tuple(word for word in theirs if word not in mine)
        kept = tuple(
            replace(choice, name=word)
            for choice, word in zip(old.choices, mine, strict=True)
            if word in gone
        )
        joined = replace(joined, choices=(*new.choices, *kept))
        old_limits += [OneOf(new.name, come)] if come else []
        new_limits += [OneOf(new.name, gone)] if gone else []
        if gone or come:
            changes.append(FactChange(new.name, "choices", ", ".join(mine), ", ".join(theirs)))
    elif new.fact_kind == "number":
        number = _join_numbers(old, joined, factor)
        joined = number.fact
        old_limits += number.old_limits
        new_limits += number.new_limits
        changes += number.changes
    return JoinedFact(joined, tuple(old_limits), tuple(new_limits), tuple(changes), factor)


def _join_numbers(old: Fact, new: Fact, factor: Fraction) -> JoinedFact:
    assert old.range is not None and new.range is not None
    mine = scaled(old.range, factor)
    step = None if old.step is None else old.step * factor
    whole = _hull(mine, new.range)
    joined = replace(new, range=whole, step=_common_step(mine, step, new), whole=False)
    old_limits = () if mine == whole else (_beyond(new.name, mine),)
    new_limits = () if new.range == whole else (_beyond(new.name, new.range),)
    return JoinedFact(joined, old_limits, new_limits, tuple(_number_changes(old, new, factor)))


def _number_changes(old: Fact, new: Fact, factor: Fraction) -> Iterator[FactChange]:
    assert old.range is not None and new.range is not None
    if old.unit != new.unit:
        yield FactChange(new.name, "unit", old.unit or "1", new.unit or "1")
    if scaled(old.range, factor) != new.range:
        yield FactChange(new.name, "range", range_words(old.range), range_words(new.range))
    if (None if old.step is None else old.step * factor) != new.step:
        yield FactChange(new.name, "step", _step_words(old), _step_words(new))


def unit_factor(old: str, new: str) -> Fraction | None:
    """Return how many of the new unit make one of the old, or None where none do.

    >>> unit_factor("cm", "mm"), unit_factor("cm", "kg")
    (Fraction(10, 1), None)
    """
    if old == new:
        return Fraction(1)
    first, second = parse_unit(old or "1"), parse_unit(new or "1")
    if isinstance(first, UnitProblem) or isinstance(second, UnitProblem):
        return None
    if not is_same_dimension(first, second) or first.is_scale or second.is_scale:
        return None
    return first.factor / second.factor


def _common_step(mine: Interval, step: Fraction | None, new: Fact) -> Fraction | None:
    """Return the largest step whose grid holds both grids; None if one version has none."""
    if step is None or new.step is None or new.range is None:
        return None
    assert mine.low is not None and new.range.low is not None
    return _gcd(_gcd(step, new.step), abs(mine.low - new.range.low))


def _gcd(first: Fraction, second: Fraction) -> Fraction:
    below = lcm(first.denominator, second.denominator)
    return Fraction(
        gcd(
            first.numerator * (below // first.denominator),
            second.numerator * (below // second.denominator),
        ),
        below,
    )


def _hull(first: Interval, second: Interval) -> Interval:
    assert first.low is not None and second.low is not None
    assert first.high is not None and second.high is not None
    low, low_side = min(
        (first.low, 0 if first.low_closed else 1), (second.low, 0 if second.low_closed else 1)
    )
    high, high_side = max(
        (first.high, 1 if first.high_closed else 0), (second.high, 1 if second.high_closed else 0)
    )
    return Interval(low, high, low_side == 0, high_side == 1)


def _unknown(name: str) -> Guard:
    return Not(Known(name))


def _beyond(name: str, own: Interval) -> Guard:
    return All((Known(name), Not(Within(name, (own,)))))


def _converted(
    value: bool | str | Fraction | None, factor: Fraction, values: dict[str, str]
) -> bool | str | Fraction | None:
    if isinstance(value, Fraction):
        return value * factor
    return values.get(value, value) if isinstance(value, str) else value


# ------------------------------------------------------------ words


def _unknown_change(old: Fact, new: Fact) -> FactChange:
    words = {True: "may be unknown", False: "always known"}
    return FactChange(new.name, "unknown", words[old.may_be_unknown], words[new.may_be_unknown])


def _step_words(fact: Fact) -> str:
    return "none" if fact.step is None else write_exact(fact.step)


def range_words(interval: Interval) -> str:
    """Return a range as an author writes it: `5..90`, `60..<90`."""
    assert interval.low is not None and interval.high is not None
    dots = ".." if interval.high_closed else "..<"
    return f"{write_exact(interval.low)}{dots}{write_exact(interval.high)}"


def domain_words(fact: Fact) -> str:
    """Return what a fact can be: `yes/no`, `choice of a, b`, `5..90 %`."""
    if fact.fact_kind == "choice":
        words = f"choice of {', '.join(choice.name for choice in fact.choices)}"
    elif fact.range is not None:
        unit = f" {fact.unit}" if fact.unit not in ("", "1") else ""
        words = f"{range_words(fact.range)}{unit}"
    else:
        words = fact.fact_kind
    return f"{words}, may be unknown" if fact.may_be_unknown else words


def type_change(old: Fact, new: Fact) -> FactChange:
    """Return the change of a fact that became another thing under the same name."""
    return FactChange(new.name, "type", domain_words(old), domain_words(new))
