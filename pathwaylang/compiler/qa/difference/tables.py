"""The tables of a difference: per stage and track, which cases move from what to what.

In: a `Joint` and the verification of its graph. Out: a `TrackTable` for every track, with exact
counts, boxes, a patient for each move, and the branches that decide before and now.

Invariants: a table's changes and its `unchanged` make up its cases; a patient is shown only after
both evaluators have confirmed the move.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pathwaylang.compiler.qa.difference.bounding import common_cells
from pathwaylang.compiler.qa.difference.merge import Joint
from pathwaylang.compiler.qa.difference.record import (
    IMPOSSIBLE,
    NO_TRACK,
    OUTSIDE,
    Change,
    Deciders,
    TrackTable,
)
from pathwaylang.compiler.qa.difference.replay import Replay
from pathwaylang.compiler.qa.difference.sides import Side
from pathwaylang.compiler.verify.verification import Verification, View
from pathwaylang.compiler.verify.wording import cells_words
from pathwaylang.diagnostics.counts import share_of

SAME = "same"
_NOWHERE = frozenset((OUTSIDE, IMPOSSIBLE, NO_TRACK))


class Comparison:
    """Two versions over one diagram space."""

    def __init__(self, joint: Joint, verification: Verification) -> None:
        self.joint = joint
        self.verification = verification
        self.space = verification.space
        self.old = Side(joint.old, verification)
        self.new = Side(joint.new, verification)
        self.replay = Replay(joint)

    def view(self, facts: frozenset[str]) -> View:
        """Return the view over facts, widened by what limits them in either version."""
        reads = self.verification.reads
        for version in (self.joint.old, self.joint.new):
            if version.applies is not None:
                facts |= reads.guard(version.applies)
        widened, _ = reads.constraints(facts)
        return self.verification.view(widened)

    def tables(self) -> Iterator[TrackTable]:
        """Yield the table of every track of every stage: the new ones, then those that are gone."""
        stages = dict.fromkeys(
            stage.name for version in (self.joint.new, self.joint.old) for stage in version.stages
        )
        for stage in stages:
            view = self.view(self.stage_facts(stage))
            for name in dict.fromkeys((*self.new.labels(stage), *self.old.labels(stage))):
                tracks = self.old.track(stage, name), self.new.track(stage, name)
                yield self._table(stage, name, tracks, view)

    def stage_facts(self, stage: str) -> frozenset[str]:
        """Return the facts that either version's tracks of a stage can read."""
        found: frozenset[str] = frozenset()
        for version in (self.joint.old, self.joint.new):
            own = version.stage(stage)
            if own is not None:
                found |= self.verification.reads.stage(own)
        return found

    def _table(
        self, stage: str, name: str, tracks: tuple[str | None, str | None], view: View
    ) -> TrackTable:
        space = self.space
        before = self.old.world(view) if tracks[0] is not None else space.false
        now = self.new.world(view) if tracks[1] is not None else space.false
        cases = self.verification.count(space.disj(before, now), view)
        old, new = self.old.outcomes(tracks[0], view), self.new.outcomes(tracks[1], view)
        moves = space.combine(old, new, self._decide, {})
        found = space.counts(moves)
        pairs = sorted(
            (pair for pair in found if isinstance(pair, tuple)),
            key=lambda pair: (-found[pair], str(pair)),
        )
        moved = space.map(moves, lambda leaf: isinstance(leaf, tuple))
        deciders = self._deciders(moved, tracks, view) if pairs else {}
        changes = []
        for pair in pairs:
            where = (stage, name, str(pair[0]), str(pair[1]))
            node = space.map(moves, lambda leaf, pair=pair: leaf == pair)  # type: ignore[misc]
            change = self._change(where, node, view)
            share = float(f"{share_of(change.count, cases):.6g}")
            changes.append(replace(change, share=share, deciders=deciders.get(pair, ())))
        unchanged = cases - sum(change.count for change in changes)
        return TrackTable(stage, name, cases, unchanged, tuple(changes))

    def _decide(self, a: int, b: int) -> int | None:
        space = self.space
        if a == b:
            return space.leaf(SAME)
        if not (space.is_leaf(a) and space.is_leaf(b)):
            return None
        first, second = space.values[a], space.values[b]
        if first in _NOWHERE and second in _NOWHERE:
            return space.leaf(SAME)
        return space.leaf((first, second))

    def _change(self, where: tuple[str, str, str, str], node: int, view: View) -> Change:
        stage, track, old, new = where
        patient = self.verification.patient(
            node, view, lambda case: self.replay.shows(case, stage, track, (old, new))
        )
        boxes, more = self.verification.boxes(node, view)
        count = self.verification.count(node, view)
        common = self._common(node)
        return Change(stage, track, old, new, count, 0.0, patient, common, boxes, more, ())

    def _common(self, node: int) -> tuple[tuple[str, str], ...]:
        """Return what all cases of a region have in common, in the order of the facts."""
        partition, rank = self.verification.partition, self.verification.fact_order
        found = [
            (name, cells_words(partition.facts[name], partition.cells[name], cells))
            for level, cells in common_cells(self.space, node).items()
            if (name := self.space.names[level]) in partition.facts
        ]
        return tuple(sorted(found, key=lambda pair: rank[pair[0]]))

    def _deciders(
        self, moved: int, tracks: tuple[str | None, str | None], view: View
    ) -> dict[tuple[str, str], tuple[Deciders, ...]]:
        """Return for each pair of outcomes the branches that decide, and for how many cases."""
        space = self.space
        old = space.conj_leaves(moved, self.old.ends(tracks[0], view), SAME)
        new = space.conj_leaves(moved, self.new.ends(tracks[1], view), SAME)

        def decide(a: int, b: int) -> int | None:
            if space.is_leaf(a) and space.is_leaf(b):
                return space.leaf((space.values[a], space.values[b]))
            return None

        counts = space.counts(space.combine(old, new, decide, {}))
        found: dict[tuple[str, str], list[Deciders]] = {}
        for ends, points in counts.items():
            assert isinstance(ends, tuple)
            if ends == (SAME, SAME):
                continue
            texts = self.old.text(ends[0]), self.new.text(ends[1])
            entry = Deciders(
                self.old.branch(ends[0]), self.new.branch(ends[1]), points // view.divisor
            )
            found.setdefault(texts, []).append(entry)
        return {texts: tuple(sorted(entries, key=_rank)) for texts, entries in found.items()}


def _rank(entry: Deciders) -> tuple[int, str, str]:
    return -entry.count, entry.old.id if entry.old else "", entry.new.id if entry.new else ""
