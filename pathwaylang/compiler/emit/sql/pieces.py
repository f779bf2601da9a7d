"""The tracks of a pathway, each as one diagram or several that one walk each decides.

In: an artifact. Out: for each track its leaves, grouped by outcome, and its pieces: diagrams with a
way for each missing fact. A track whose diagram grows too large is split, by what the tracks that
it asks may say, and else by its own leaves. What may come out of a track is what may come out of
any of its pieces: the completions of a case are divided among them, none is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pathwaylang.compiler.emit.sql.completions import (
    FIRST_LEAF,
    NOTHING,
    Diagram,
    TooLarge,
    completed,
    product,
)
from pathwaylang.compiler.emit.sql.problems import SqlProblem
from pathwaylang.ir.artifact import Artifact, DiagramTable, LeafEnd
from pathwaylang.ir.guards import Recommends, guard_atoms
from pathwaylang.runtime.table import IMPOSSIBLE, Table

MOST_NODES = 80_000
"""A diagram that needs more is split."""


@dataclass(frozen=True, slots=True)
class End:
    """A leaf of a track: its outcome and the branch that decides; `outside` has no branch."""

    outcome: str
    branch: str


@dataclass(frozen=True, slots=True)
class TrackPieces:
    """A track: leaf `k` of its pieces is `ends[k]`; those with one outcome stand together."""

    stage: str
    track: str
    ends: tuple[End, ...]
    pieces: tuple[Diagram, ...]


def tracks_of(
    artifact: Artifact, stages: Iterable[str] = (), tracks: Iterable[str] = ()
) -> Iterator[TrackPieces]:
    """Yield the tracks named and those of the stages named; all of them if none is named."""
    assert artifact.diagram is not None
    of_stages, named = frozenset(stages), frozenset(tracks)
    maker = _Maker(artifact, artifact.diagram)
    for stage in artifact.graph.stages:
        for track in stage.tracks:
            if stage.name in of_stages or track in named or not (of_stages or named):
                yield maker.track(stage.name, track)


class _Maker:
    def __init__(self, artifact: Artifact, diagram: DiagramTable) -> None:
        self._graph = artifact.graph
        self._table = Table(diagram, artifact.graph)
        self._decisions = {decision.name: decision for decision in artifact.graph.decisions}

    def track(self, stage: str, track: str) -> TrackPieces:
        leaves = self._leaves(track)
        plain = self._plain(track, leaves)
        ends = tuple(self._end(leaf) for leaf in leaves)
        groups: dict[str, int] = {}
        outcomes = [groups.setdefault(end.outcome, len(groups)) for end in ends]
        return TrackPieces(stage, track, ends, self._pieces(track, plain, outcomes))

    def _pieces(self, track: str, plain: Diagram, outcomes: list[int]) -> tuple[Diagram, ...]:
        try:
            return (completed(plain.nodes, plain.root, outcomes, MOST_NODES),)
        except TooLarge:
            return tuple(self._split(track, plain, outcomes))

    def _leaves(self, track: str) -> list[int]:
        """Return the leaves of a track, those with one outcome together, ascending."""
        nodes = self._table.nodes
        found: set[int] = set()
        seen: set[int] = set()
        stack = [self._table.roots[track]]
        while stack:
            at = stack.pop()
            if at < 0:
                found.add(-1 - at)
            elif at not in seen:
                seen.add(at)
                stack.extend(nodes[at][1:])
        outcomes = self._table.outcomes
        first: dict[str, int] = {}
        for leaf in sorted(found):
            first.setdefault(outcomes[leaf], leaf)
        kept = [leaf for leaf in found if outcomes[leaf] != IMPOSSIBLE]
        return sorted(kept, key=lambda leaf: (first[outcomes[leaf]], leaf))

    def _plain(self, track: str, leaves: list[int]) -> Diagram:
        """Return the diagram of a track as it is, ends numbered by the track's own leaves."""
        place = {leaf: FIRST_LEAF - index for index, leaf in enumerate(leaves)}

        def way(at: int) -> int:
            return at if at >= 0 else place.get(-1 - at, NOTHING)

        nodes = [(node[0], tuple(map(way, node[1:]))) for node in self._table.nodes]
        return Diagram(nodes, way(self._table.roots[track])).pruned()

    def _end(self, leaf: int) -> End:
        end = self._table.leaves[leaf]
        if not isinstance(end, LeafEnd):
            return End(self._table.outcomes[leaf], "")
        branch = self._decisions[end.decision].branches[end.branch]
        return End(branch.outcome.text, branch.id)

    # ------------------------------------------------------------ too large for one walk

    def _split(self, track: str, plain: Diagram, outcomes: list[int]) -> Iterator[Diagram]:
        parts = [plain]
        for other in self._asked(track):
            leaves = self._leaves(other)
            asked = self._plain(other, leaves)
            parts = [
                product(part, asked, wanted)
                for part in parts
                for wanted in (*(FIRST_LEAF - index for index in range(len(leaves))), NOTHING)
            ]
            parts = [part for part in parts if part.root != NOTHING]
            try:
                yield from [completed(p.nodes, p.root, outcomes, MOST_NODES) for p in parts]
                return
            except TooLarge:
                continue
        for part in parts:
            yield from self._by_leaf(track, part, outcomes)

    def _by_leaf(self, track: str, part: Diagram, outcomes: list[int]) -> Iterator[Diagram]:
        for leaf in range(len(outcomes)):
            one = product(part, part, FIRST_LEAF - leaf)
            if one.root == NOTHING:
                continue
            try:
                yield completed(one.nodes, one.root, outcomes, MOST_NODES)
            except TooLarge:
                raise SqlProblem(
                    f"track `{track}` is too large for SQL: what may come out where facts are "
                    f"missing takes more than {MOST_NODES:,} steps; `pathwaylang population` "
                    "answers a cohort without SQL"
                ) from None

    def _asked(self, track: str) -> list[str]:
        """Return the tracks whose recommendations a track's decisions ask for, largest first."""
        found: set[str] = set()
        seen: set[str] = set()
        stack = [track]
        while stack:
            name = stack.pop()
            if name in seen or name not in self._decisions:
                continue
            seen.add(name)
            for branch in self._decisions[name].branches:
                if branch.outcome.target == "decision":
                    stack.extend(branch.outcome.names)
                if branch.guard is not None:
                    atoms = guard_atoms(branch.guard)
                    found |= {atom.track for atom in atoms if isinstance(atom, Recommends)}
        sizes = {name: len(self._plain(name, self._leaves(name)).nodes) for name in found}
        return sorted(found, key=lambda name: (-sizes[name], name))
