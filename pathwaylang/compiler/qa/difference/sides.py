"""One version inside the joint diagram: what it allows, and how its tracks end.

In: a version of a `Joint`, and the verification of the joint graph. Out: diagrams over the joint
space: the cases the version answers, and for each track its ends or the texts of its outcomes.

Invariant: where a version answers nothing its leaf is a word of `record`, never an outcome.
"""

from __future__ import annotations

from collections.abc import Hashable

from pathwaylang.compiler.qa.difference.merge import Version
from pathwaylang.compiler.qa.difference.record import IMPOSSIBLE, NO_OUTCOME, NO_TRACK, OUTSIDE
from pathwaylang.compiler.verify.flow import End
from pathwaylang.compiler.verify.verification import Verification, View
from pathwaylang.ir.graph import Branch
from pathwaylang.ir.guards import Guard


class Side:
    """One version in the joint diagram."""

    def __init__(self, version: Version, verification: Verification) -> None:
        self.version = version
        self._verification = verification
        self._decisions = {d.name: d for d in version.graph.decisions}

    def allowed(self, view: View) -> int:
        """The cases that no constraint or limit of this version removes."""
        guards: list[Guard] = [c.guard for c in self.version.constraints]
        guards += self.version.limits
        space, flow = self._verification.space, self._verification.flow
        kept = [
            space.neg(flow.certainly(guard))
            for guard in guards
            if self._verification.reads.guard(guard) <= view.facts
        ]
        return space.all(kept)

    @property
    def applies(self) -> int:
        """The cases that this version certainly applies to."""
        guard = self.version.applies
        flow = self._verification.flow
        return flow.space.true if guard is None else flow.certainly(guard)

    def world(self, view: View) -> int:
        """The cases that this version answers."""
        return self._verification.space.conj(self.allowed(view), self.applies)

    def track(self, stage: str, label: str) -> str | None:
        """Return the joint name of a track, or None where this version has no such track."""
        found = self.version.stage(stage)
        return next((t for t in found.tracks if self.label(t) == label), None) if found else None

    def labels(self, stage: str) -> tuple[str, ...]:
        """Return the tracks of a stage as the new version writes them; empty without the stage."""
        found = self.version.stage(stage)
        return tuple(map(self.label, found.tracks)) if found else ()

    def ends(self, track: str | None, view: View) -> int:
        """Return a track's diagram: ends, and words where the version answers nothing."""
        space, flow = self._verification.space, self._verification.flow
        if track is None:
            return space.leaf(NO_TRACK)
        applied = space.conj_leaves(self.applies, flow.track(track), OUTSIDE)
        return space.conj_leaves(self.allowed(view), applied, IMPOSSIBLE)

    def outcomes(self, track: str | None, view: View) -> int:
        """Return a track's diagram with the texts of its outcomes."""
        return self._verification.space.map(self.ends(track, view), self.text)

    def branch(self, end: Hashable) -> Branch | None:
        """Return the branch of this version's own graph at an end."""
        if not isinstance(end, End):
            return None
        return self._decisions[self.version.decision[end.decision]].branches[end.branch]

    def label(self, track: str) -> str:
        """Return a track's name as the new version writes it."""
        own = self.version.decision[track]
        return self.version.writer.track(own)

    def text(self, leaf: Hashable) -> str:
        """Return what a leaf of `ends` says."""
        if isinstance(leaf, End):
            return self._verification.flow.branch_of(leaf).outcome.text
        return leaf if isinstance(leaf, str) else NO_OUTCOME
