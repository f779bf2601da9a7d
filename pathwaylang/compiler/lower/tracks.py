"""Tracks that wait for each other: `TRACK recommends …` must not lead back (PW0601).

A track reads another one where a decision on its way, or a definition such a decision reads, asks
what the other recommends. The way ends where it leaves the stage.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.lower.flow import Edges, reachable
from pathwaylang.compiler.model.circles import find_circles
from pathwaylang.compiler.model.reads import (
    decision_guards,
    decision_names,
    derived_guards,
    derived_names,
    recommends_of,
    unique,
)
from pathwaylang.diagnostics import Diagnostic, Label, finding
from pathwaylang.ir.derived import Derived
from pathwaylang.ir.graph import Decision, Stage


def check_tracks(
    decisions: tuple[Decision, ...],
    derived: tuple[Derived, ...],
    stages: tuple[Stage, ...],
    edges: Edges,
) -> Iterator[Diagnostic]:
    """Yield one finding per circle of tracks."""
    by_name = {decision.name: decision for decision in decisions}
    reading = _Reading(derived)
    inside = {name: edges[name] for name in by_name}
    reads: dict[str, tuple[str, ...]] = {}
    for stage in stages:
        for track in stage.tracks:
            way = [d for d in decisions if d.name in reachable((track,), inside)]
            reads[track] = unique(t for d in way for t in reading.tracks(d))
    for circle in find_circles(reads):
        shown = " → ".join((*circle, circle[0]))
        spans = [span for name in circle if (span := by_name[name].span) is not None]
        yield finding(
            "PW0601",
            "tracks wait for each other's outcome"
            if len(circle) > 1
            else f"the track `{circle[0]}` reads its own outcome",
            *(Label(span) for span in spans),
            notes=(f"The circle is {shown}.",),
            help="let one of them read facts instead of what the other recommends.",
        )


class _Reading:
    """Which tracks decisions read; each decision and definition is looked through once."""

    def __init__(self, derived: tuple[Derived, ...]) -> None:
        self._definitions = {item.name: item for item in derived}
        self._found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._decisions: dict[str, tuple[str, ...]] = {}

    def tracks(self, decision: Decision) -> tuple[str, ...]:
        """Return the tracks that a decision reads, also through definitions."""
        known = self._decisions.get(decision.name)
        if known is None:
            known = self._decisions[decision.name] = tuple(self._tracks_read(decision))
        return known

    def _tracks_read(self, decision: Decision) -> Iterator[str]:
        yield from (atom.track for atom in recommends_of(decision_guards(decision)))
        seen: set[str] = set()
        waiting = list(decision_names(decision))
        while waiting:
            name = waiting.pop(0)
            if name not in seen and name in self._definitions:
                seen.add(name)
                tracks, names = self._of_definition(name)
                yield from tracks
                waiting.extend(names)

    def _of_definition(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the tracks that a definition reads itself, and the names it reads."""
        found = self._found.get(name)
        if found is None:
            item = self._definitions[name]
            tracks = tuple(atom.track for atom in recommends_of(derived_guards(item)))
            found = self._found[name] = tracks, derived_names(item)
        return found
