"""Definitions that depend on themselves (PW0305), and track conditions where none can be.

Facts take part through `asked when`: two facts that wait for each other are never asked. What
decides which cases there are (`impossible`, `applies when`, `asked when`) must not read the outcome
of a track (PW0410).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pathwaylang.compiler.model.names import Space
from pathwaylang.compiler.model.nodes import Model
from pathwaylang.compiler.model.reads import derived_guards, derived_names, recommends_of
from pathwaylang.compiler.model.scope import Build
from pathwaylang.diagnostics import Label, Span
from pathwaylang.ir.guards import Guard, guard_names


def find_circles(edges: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the circles of a graph, each as the way round without the return.

    Of circles that share nodes, one is yielded: repairing it shows the next.

    >>> list(find_circles({"a": ("b",), "b": ("a",), "c": ("a",)}))
    [('a', 'b')]
    """
    done: set[str] = set()
    for start in edges:
        if start in done:
            continue
        way = {start: iter(edges[start])}
        while way:
            here = next(reversed(way))
            name = next(way[here], None)
            if name is None:
                done.add(here)
                del way[here]
            elif name in way:
                nodes = list(way)
                yield tuple(nodes[nodes.index(name) :])
                done.update(nodes)
                break
            elif name in edges and name not in done:
                way[name] = iter(edges[name])


def check_circles(build: Build, model: Model) -> None:
    """Report definitions, and facts that are asked only after each other, that form a circle."""
    edges = {derived.name: derived_names(derived) for derived in model.derived}
    for fact in model.facts:
        if fact.asked_when is not None:
            edges[fact.name] = tuple(guard_names(fact.asked_when))
    for way in find_circles(edges):
        first, *others = way
        shown = " → ".join((*way, first))
        build.report.add(
            "PW0305",
            f"`{first}` depends on itself",
            Label(_place(build, first)),
            *(Label(_place(build, name), "and this") for name in others),
            notes=(f"The circle is {shown}.",),
            help="one of them must be known without the others.",
        )


def _place(build: Build, name: str) -> Span:
    return build.names.by_space[Space.FACTS][name].span


def check_track_conditions(build: Build, model: Model) -> None:
    """Report conditions on a track where cases are decided upon, directly or by definition."""
    reading = _names_reading_tracks(model)
    for constraint in model.constraints:
        if constraint.span is not None:
            _check(build, reading, constraint.guard, (constraint.span, "`impossible`"))
    if model.applies is not None:
        _check(build, reading, model.applies.guard, (model.applies.span, "`applies when`"))
    for fact in model.facts:
        if fact.asked_when is not None:
            place = (_place(build, fact.name), "`asked when`")
            _check(build, reading, fact.asked_when, place)


def _names_reading_tracks(model: Model) -> set[str]:
    """Return the derived facts that read a track, directly or through others."""
    reading = {d.name for d in model.derived if any(recommends_of(derived_guards(d)))}
    is_growing = bool(reading)
    while is_growing:
        more = {d.name for d in model.derived if reading & set(derived_names(d))} - reading
        reading |= more
        is_growing = bool(more)
    return reading


def _check(build: Build, reading: set[str], guard: Guard, place: tuple[Span, str]) -> None:
    if any(recommends_of([guard])) or reading & set(guard_names(guard)):
        span, words = place
        build.report.add(
            "PW0410",
            f"{words} reads the outcome of a track",
            Label(span),
            notes=("It says which patients there are, before any track has an outcome.",),
            help="use the facts that the track reads, or a safety rule.",
        )
