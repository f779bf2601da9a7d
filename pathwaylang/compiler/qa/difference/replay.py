"""Replay a patient in both versions with the evaluator, before it is shown to anybody.

In: a case of the joint world. Out: how each version ends for it, in the words of the difference.
The evaluator knows nothing of diagrams or of the joint graph: each version is asked with its own
facts, names and units.
"""

from __future__ import annotations

from collections.abc import Mapping

from pathwaylang.compiler.qa.difference.merge import Joint, Version
from pathwaylang.compiler.qa.difference.record import IMPOSSIBLE, NO_OUTCOME, NO_TRACK, OUTSIDE
from pathwaylang.ir.facts import UNKNOWN, Fact, Value
from pathwaylang.runtime.walk import Walker


class Replay:
    """The evaluators of both versions."""

    def __init__(self, joint: Joint) -> None:
        self.old = Evaluated(joint.old)
        self.new = Evaluated(joint.new)

    def shows(
        self, case: Mapping[str, Value], stage: str, track: str, outcomes: tuple[str, str]
    ) -> bool:
        """Return whether a case has these outcomes, before and now."""
        return (
            self.old.outcome(case, stage, track),
            self.new.outcome(case, stage, track),
        ) == outcomes


class Evaluated:
    """One version, asked about joint cases."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.walker = Walker(version.graph)
        self._facts = {fact.name: fact for fact in version.graph.facts}

    def outcome(self, case: Mapping[str, Value], stage: str, track: str) -> str:
        """Return how a track of a stage ends for a joint case, names as in the new version."""
        version, graph = self.version, self.version.graph
        start = self._start(stage, track)
        if start is None:
            return NO_TRACK
        own = version.case(case)
        if not all(holds(self._facts[name], value) for name, value in own.items()):
            return IMPOSSIBLE
        values = self.walker.values(own)
        if any(values.truth(constraint.guard) is True for constraint in graph.constraints):
            return IMPOSSIBLE
        if graph.applies is not None and values.truth(graph.applies) is not True:
            return OUTSIDE
        walk = self.walker.walk(start, values)
        if walk.halt is not None:
            return NO_OUTCOME
        return version.writer.outcome(self.walker.branch(walk.passed[-1]).outcome).text

    def _start(self, stage: str, track: str) -> str | None:
        """Return this version's own name of a track, or None."""
        writer = self.version.writer
        for found in self.version.graph.stages:
            for start in found.tracks:
                if (writer.word(found.name), writer.track(start)) == (stage, track):
                    return start
        return None


def holds(fact: Fact, value: Value) -> bool:
    """Return whether a fact's range or choices hold a value (its step is not asked)."""
    if value == UNKNOWN:
        return fact.may_be_unknown
    if isinstance(value, bool):
        return fact.fact_kind == "yes/no"
    if isinstance(value, str):
        return any(choice.name == value for choice in fact.choices)
    return fact.range is not None and fact.range.holds(value)
