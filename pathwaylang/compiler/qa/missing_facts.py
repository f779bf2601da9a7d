"""What an example forgets to say: the facts without which the pathway asks instead of answering.

In: an example that is answered with a request, and a test of whether a case is answered as it
expects. Out: the facts that are missing, with values with which it passes if some were found: first
the usual values, then other values of the fact that is asked for.

Invariant: a value that is offered was tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pathwaylang.compiler.model.modules import Module
from pathwaylang.compiler.qa.difference.domains import domain_words
from pathwaylang.compiler.syntax.nodes import ExampleItem, Given
from pathwaylang.diagnostics import Span
from pathwaylang.ir.facts import Fact, Value, shown_value
from pathwaylang.ir.graph import Example
from pathwaylang.runtime import Pathway, TrackAnswer

_MOST_FACTS = 6
_MOST_VALUES = 12

Judge = Callable[[Mapping[str, Value]], TrackAnswer | None]
"""A case -> the answer that keeps it from being as expected; None where it is as expected."""


@dataclass(frozen=True, slots=True)
class GivenLine:
    """The last line `given` of an example, as it is written."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Facts that an example does not give; `parts` is what to write, empty where nothing fits."""

    facts: tuple[Fact, ...]
    parts: tuple[str, ...] = ()

    def help(self, line: GivenLine | None) -> str:
        """Return what to write; `line` is where."""
        names = " and ".join(f"`{fact.name}`" for fact in self.facts)
        told = f"the example does not say {names}"
        it = "it" if len(self.facts) == 1 else "them"
        if self.parts:
            written = f"{line.text}, " if line else "given "
            return f"{told}; add {it} to `given`, for instance `{written}{', '.join(self.parts)}`"
        values = "; ".join(f"`{fact.name}`: {domain_words(fact)}" for fact in self.facts)
        return f"{told}; add {it} to `given` ({values}), or correct `expect` or the branch"


def given_lines(modules: Iterable[Module]) -> dict[Span, GivenLine]:
    """Return the last line `given` of each example, by the place of the example."""
    found = {}
    for module in modules:
        for item in module.file.items:
            if not isinstance(item, ExampleItem):
                continue
            lines = [line for line in item.given if isinstance(line, Given)]
            if lines:
                place = lines[-1].span
                text = " ".join(module.source.text[place.start : place.end].split())
                found[item.span] = GivenLine(place, text)
    return found


def missing_facts(pathway: Pathway, example: Example, judge: Judge) -> Missing | None:
    """Return what the example does not give; None where the pathway does not ask for a fact."""
    facts = {fact.name: fact for fact in pathway.facts}
    first = _asked(judge(dict(example.given)), facts)
    if first is None:
        return None
    usual = _with_usual_values(example, judge, facts)
    if usual:
        return Missing(tuple(facts[name] for name in usual), _parts(facts, usual))
    for value in _values(pathway, first):
        if judge({**dict(example.given), first.name: value}) is None:
            return Missing((first,), _parts(facts, {first.name: value}))
    return Missing((first,))


def _asked(answer: TrackAnswer | None, facts: Mapping[str, Fact]) -> Fact | None:
    if answer is None or answer.status != "request" or answer.requests[0].action != "ask":
        return None
    return facts.get(answer.requests[0].name)


def _with_usual_values(
    example: Example, judge: Judge, facts: Mapping[str, Fact]
) -> dict[str, Value]:
    """Return the usual values of the facts asked for, if with them the example passes."""
    added: dict[str, Value] = {}
    while len(added) < _MOST_FACTS:
        answer = judge({**dict(example.given), **added})
        if answer is None:
            return added
        fact = _asked(answer, facts)
        if fact is None or fact.usually is None or fact.name in added:
            break
        added[fact.name] = fact.usually
    return {}


def _values(pathway: Pathway, fact: Fact) -> Iterator[Value]:
    """Yield values to try: all of a choice, for a number its ends and the constants on its grid."""
    if fact.fact_kind == "yes/no":
        yield from (False, True)
        return
    if fact.fact_kind == "choice":
        yield from [choice.name for choice in fact.choices][:_MOST_VALUES]
        return
    cells = [cells for cells in pathway.artifact.cells if cells.fact == fact.name]
    cuts = [cut for each in cells for cut, _ in each.cuts]
    low, high = (fact.range.low, fact.range.high) if fact.range else (None, None)
    numbers = [number for number in (low, *cuts, high) if number is not None]
    for number in dict.fromkeys(numbers[:_MOST_VALUES]):
        is_inside = fact.range is None or fact.range.holds(number)
        on_grid = not fact.step or low is None or (number - low) % fact.step == 0
        if is_inside and on_grid:
            yield number


def _parts(facts: Mapping[str, Fact], values: Mapping[str, Value]) -> tuple[str, ...]:
    parts = []
    for name, value in values.items():
        shown = shown_value(facts[name], value)
        is_truth = isinstance(shown, bool)
        parts.append((name if shown else f"not {name}") if is_truth else f"{name} is {shown}")
    return tuple(parts)
