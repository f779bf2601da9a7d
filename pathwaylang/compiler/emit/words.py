"""Conditions in words: what a reader sees instead of the code of a condition.

In comes a guard or a formula over names of a graph; out come short lines that use labels, units and
≤ signs. `Words` looks names up; nothing here evaluates anything.

Invariants: every line names the facts it reads; the lines of a condition joined in reading order
say the same as the condition. Text is as written by the author: writers clean and escape it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from pathwaylang.compiler.emit.quantities import (
    interval_words,
    number_words,
    printed,
    unit_words,
)
from pathwaylang.compiler.emit.text import listed
from pathwaylang.diagnostics import FactValue
from pathwaylang.ir.derived import Classification, Formula, Piecewise
from pathwaylang.ir.facts import UNKNOWN, Choice, Value
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.ir.guards import (
    All,
    Any,
    Arith,
    AtLeast,
    Call,
    Const,
    Guard,
    Holds,
    Interval,
    Known,
    Not,
    Number,
    OneOf,
    Recommends,
    Ref,
    Relation,
    Term,
    Within,
    guard_names,
)

_SHORT = 56
_FEW_ITEMS = 3
_FEW_ANSWERS = 2
_READ_PLACES = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a condition: its text, how deep it is indented, and the names it reads."""

    text: str
    level: int = 0
    names: tuple[str, ...] = ()


class Words:
    """The labels of a graph, and conditions told with them."""

    __slots__ = ("_choices", "_labels", "_outcomes", "_ranges", "_results", "_tracks", "_units")

    def __init__(self, graph: DecisionGraph) -> None:
        named = (*graph.facts, *graph.derived)
        self._labels = {item.name: item.label or item.name for item in named}
        self._units: dict[str, str] = {fact.name: unit_words(fact.unit) for fact in graph.facts}
        self._ranges: dict[str, Interval] = {f.name: f.range for f in graph.facts if f.range}
        choices: dict[str, tuple[Choice, ...]] = {f.name: f.choices for f in graph.facts}
        for item in graph.derived:
            if isinstance(item, Formula | Piecewise):
                self._units[item.name] = unit_words(item.unit)
                self._ranges[item.name] = item.range
            elif isinstance(item, Classification):
                choices[item.name] = item.values
        self._choices = {
            name: {value.name: value.label or value.name for value in values}
            for name, values in choices.items()
        }
        self._tracks = {decision.name: decision.label for decision in graph.decisions}
        self._results = {item.name: item.label or item.name for item in graph.recommendations}
        self._outcomes = {
            branch.id: branch.outcome.names
            for decision in graph.decisions
            for branch in decision.branches
            if branch.outcome.outcome_kind != "go to"
        }

    def label(self, name: str) -> str:
        """Return the label of a fact or derived fact."""
        return self._labels.get(name, name)

    def title(self, name: str) -> str:
        """Return the label of anything a message may name, in quotes; else the name as it is."""
        label = self._tracks.get(name) or self._results.get(name) or self._labels.get(name)
        return f"“{label}”" if label else f"`{name}`"

    def choice(self, name: str, value: str) -> str:
        """Return the label of a value of a choice fact or classification."""
        return self._choices.get(name, {}).get(value, value)

    def value(self, name: str, value: FactValue) -> str:
        """Return a fact and its value."""
        if isinstance(value, bool):
            told = "yes" if value else "no"
        else:
            told = self.choice(name, str(value))
        return f"{self.label(name)}: {told}"

    def reading(self, name: str, value: Value) -> str:
        """Return the value of a fact or derived fact of one case."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, str):
            return "not known" if value == UNKNOWN else self.choice(name, value)
        unit = self._units.get(name, "")
        after = f" {unit}" if unit and unit != "%" else unit
        return number_words(round(value, _READ_PLACES)) + after

    def sentence(self, guard: Guard) -> str:
        """Return a condition in one line, however long, with brackets inside."""
        match guard:
            case All(items):
                return " and ".join(map(self._clause, items))
            case Any(items):
                return " or ".join(map(self._clause, items))
            case AtLeast(count, items):
                return f"at least {count} of ({'; '.join(map(self.sentence, items))})"
            case Not(Any(items)):
                return f"none of ({'; '.join(map(self.sentence, items))})"
            case Not(All(items)):
                return f"not all of ({'; '.join(map(self.sentence, items))})"
            case Not(AtLeast(count, items)):
                return f"fewer than {count} of ({'; '.join(map(self.sentence, items))})"
            case Not(Not(item)):
                return self.sentence(item)
            case Not(item):
                return self._denied(item)
            case _:
                return self._atom(guard)

    def _clause(self, guard: Guard) -> str:
        told = self.sentence(guard)
        return f"({told})" if isinstance(guard, All | Any) else told

    def condition(self, guard: Guard) -> tuple[Line, ...]:
        """Return a condition as lines; those after the first begin with `and` where they add up."""
        items = _flat(guard)
        lines: list[Line] = []
        for index, item in enumerate(items):
            first, *rest = self._lines(item, 0)
            lead = "and " if index else ""
            if len(items) > 1 and isinstance(item, Any) and not rest:
                lead += "either "
            lines += [Line(lead + first.text, first.level, first.names), *rest]
        return tuple(lines)

    def _lines(self, guard: Guard, level: int) -> tuple[Line, ...]:
        names = tuple(dict.fromkeys(guard_names(guard)))
        short = self._short(guard)
        if short and len(short) <= _SHORT:
            return (Line(short, level, names),)
        match guard:
            case All(items):
                return self._group("all of:", items, level)
            case Any(items):
                return self._group("any of:", items, level)
            case AtLeast(count, items):
                return self._group(f"at least {count} of:", items, level)
            case Not(Any(items)):
                return self._group("none of:", items, level)
            case Not(All(items)):
                return self._group("not all of:", items, level)
            case Not(AtLeast(count, items)):
                return self._group(f"fewer than {count} of:", items, level)
            case Not(Not(item)):
                return self._lines(item, level)
            case _:
                return (Line(short, level, names),)

    def _group(self, head: str, items: tuple[Guard, ...], level: int) -> tuple[Line, ...]:
        lines = [Line(head, level)]
        for item in items:
            first, *rest = self._lines(item, level + 1)
            lines += [Line(f"• {first.text}", first.level, first.names), *rest]
        return tuple(lines)

    def _short(self, guard: Guard) -> str:
        """Return a condition in one line; nothing where it needs bullets."""
        match guard:
            case All(items) | Any(items) if len(items) <= _FEW_ITEMS:
                parts = tuple(self._short(item) for item in items)
                if not all(parts) or any(isinstance(item, All | Any) for item in items):
                    return ""
                return (" and " if isinstance(guard, All) else " or ").join(parts)
            case All() | Any() | AtLeast() | Not(All()) | Not(Any()) | Not(AtLeast()) | Not(Not()):
                return ""
            case Not(item):
                return self._denied(item)
            case _:
                return self._atom(guard)

    def _atom(self, guard: Guard) -> str:
        match guard:
            case Const(value):
                return "always" if value else "never"
            case Holds(name):
                return f"{self.label(name)}: yes"
            case OneOf(name, values):
                return f"{self.label(name)}: {self._values(name, values)}"
            case Within(name, intervals):
                return self._between(name, intervals)
            case Known(name):
                return f"{self.label(name)}: known"
            case Relation(left, right, strict):
                return f"{self.term(left)} {'<' if strict else '≤'} {self.term(right)}"
            case Recommends(track, names):
                return f"“{self._tracks.get(track, track)}” answers {self._answers(names)}"
            case Not() | All() | Any() | AtLeast():
                return ""
        assert_never(guard)

    def _denied(self, guard: Guard) -> str:
        """Return the opposite of a condition without further conditions inside."""
        match guard:
            case Holds(name):
                return f"{self.label(name)}: no"
            case OneOf(name, (value,)):
                return f"{self.label(name)}: not {self.choice(name, value)}"
            case OneOf(name, values):
                told = tuple(self.choice(name, value) for value in values)
                return f"{self.label(name)}: neither {listed(told, 'nor')}"
            case Known(name):
                return f"{self.label(name)}: unknown"
            case Relation(left, right, strict):
                return f"{self.term(left)} {'≥' if strict else '>'} {self.term(right)}"
            case Within(name, (Interval(None, high, _, closed),)) if high is not None:
                return self._between(name, (Interval(high, None, not closed),))
            case Within(name, (Interval(low, None, closed, _),)) if low is not None:
                return self._between(name, (Interval(None, low, True, not closed),))
            case _:
                return f"not ({self._atom(guard)})"

    def answered(self, track: str, branch: str) -> str:
        """Return what another track answered by one of its rows."""
        return f"“{self._tracks.get(track, track)}” answers {self._answers((branch,))}"

    def _answers(self, names: tuple[str, ...]) -> str:
        """Return recommendations by label and rows by id; one or two rows also by what they say."""
        told = []
        for name in names:
            outcome = self._outcomes.get(name, ()) if len(names) <= _FEW_ANSWERS else ()
            labels = listed(tuple(self._results.get(each, each) for each in outcome), "and")
            told.append(f"{labels} ({name})" if labels else self._results.get(name, name))
        return listed(tuple(told))

    def _values(self, name: str, values: tuple[str, ...]) -> str:
        return listed(tuple(self.choice(name, value) for value in values))

    def _between(self, name: str, intervals: tuple[Interval, ...]) -> str:
        unit, bounds = self._units.get(name, ""), self._ranges.get(name)
        told = tuple(interval_words(interval, unit, bounds) for interval in intervals)
        if len(told) == 1 and told[0][0] in "<≤>≥":
            return f"{self.label(name)} {told[0]}"
        return f"{self.label(name)}: {listed(told)}"

    def term(self, term: Term) -> str:
        """Return a formula in words and signs."""
        match term:
            case Number(value):
                return number_words(value)
            case Ref(name):
                return self.label(name)
            case Arith(operator, left, right):
                sign = {"*": "×", "-": "−"}.get(operator, operator)
                return f"({self.term(left)} {sign} {self.term(right)})"
            case Call(function, arguments):
                return f"{function}({', '.join(self.term(item) for item in arguments)})"
        assert_never(term)

    def cell(self, column: str, text: str) -> str:
        """Return a table cell with the labels of the values it names and printed signs."""
        known = self._choices.get(column, {})
        lead, rest = ("not ", text[4:]) if text.startswith("not ") else ("", text)
        if not known:
            return lead + printed(rest)
        return lead + ", ".join(known.get(part.strip(), part.strip()) for part in rest.split(","))


def _flat(guard: Guard) -> tuple[Guard, ...]:
    """Return the conditions that must all hold, without nested `all of`."""
    if isinstance(guard, All):
        return tuple(inner for item in guard.items for inner in _flat(item))
    return (guard,)
