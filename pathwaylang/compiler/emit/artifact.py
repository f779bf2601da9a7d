"""From a proved graph to the artifact: the diagrams of all tracks as one table of nodes.

In: a verification without errors, the proof, and what the pipeline knows (tool, hash, lines). Out:
an `Artifact`. Stable: the same source gives the same artifact.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace

from pathwaylang.compiler.verify.flow import End
from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.ir.artifact import (
    LANGUAGE_VERSION,
    SCHEMA_VERSION,
    Artifact,
    DiagramTable,
    FormulaVariable,
    Leaf,
    LeafEnd,
    LeafWord,
)
from pathwaylang.ir.diagram import Space
from pathwaylang.ir.graph import DecisionGraph, Stage
from pathwaylang.ir.guards import Guard, guard_names
from pathwaylang.ir.proof import ProofRecord
from pathwaylang.runtime.advice import derived_reads

OUTSIDE = LeafWord("outside")
IMPOSSIBLE = LeafWord("impossible")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the artifact says of its making."""

    tool: str
    source_hash: str
    lines: tuple[tuple[str, int], ...]


def emit_artifact(
    graph: DecisionGraph, verification: Verification, proof: ProofRecord, stamp: Stamp
) -> Artifact:
    """Return the artifact of a proved pathway."""
    partition = verification.partition
    facts = [fact.name for fact in graph.facts]
    return Artifact(
        SCHEMA_VERSION,
        LANGUAGE_VERSION,
        stamp.tool,
        stamp.source_hash,
        replace(graph, waivers=()),  # they point into the source, which an artifact does not carry
        tuple(partition.cells[name] for name in facts),
        tuple((name, cuts) for name in facts if (cuts := partition.constants(name))),
        emit_table(graph, verification),
        proof,
        stamp.lines,
    )


def emit_table(graph: DecisionGraph, verification: Verification) -> DiagramTable:
    """Return the diagrams of all tracks as a table."""
    roots = [
        (track, track_root(verification, stage, track))
        for stage in graph.stages
        for track in stage.tracks
    ]
    space = verification.space
    nodes, leaves, index_of = flatten(space, [node for _, node in roots])
    reads = derived_reads(graph)
    formulas = tuple(
        FormulaVariable(o.variable, o.facts, o.term, o.cuts, bool(o.failing))
        for o in verification.partition.opaques.values()
    )
    return DiagramTable(
        space.names,
        leaves,
        nodes,
        tuple((track, index_of[node]) for track, node in roots),
        tuple((track, reading_order(graph, verification, track, reads)) for track, _ in roots),
        formulas,
        verification.order.name,
    )


def track_root(verification: Verification, stage: Stage, track: str) -> int:
    """Return a track's diagram with leaves as the artifact has them."""
    space, flow = verification.space, verification.flow
    view = verification.stage_view(stage)

    def leaf(value: Hashable) -> Hashable:
        return LeafEnd(value.decision, value.branch) if isinstance(value, End) else IMPOSSIBLE

    inside = space.map(flow.track(track), leaf, "artifact")
    applied = space.conj_leaves(flow.applies, inside, OUTSIDE)
    return space.conj_leaves(flow.allowed(view.constraints), applied, IMPOSSIBLE)


def flatten(
    space: Space, roots: Iterable[int]
) -> tuple[tuple[tuple[int, ...], ...], tuple[Leaf, ...], dict[int, int]]:
    """Return nodes (children first), leaves, and the place of each node of the space."""
    reached: dict[int, None] = {}
    for root in roots:
        for node in space.reachable(root):
            reached.setdefault(node)
    inner = sorted((n for n in reached if not space.is_leaf(n)), key=lambda n: -space.level[n])
    found = [n for n in reached if space.is_leaf(n)]
    ordered = sorted(found, key=lambda n: _leaf_key(space.values[n]))
    index_of = {node: -1 - i for i, node in enumerate(ordered)}
    nodes: list[tuple[int, ...]] = []
    for node in inner:
        index_of[node] = len(nodes)
        nodes.append((space.level[node], *(index_of[child] for child in space.children[node])))
    leaves = tuple(v for n in ordered if isinstance(v := space.values[n], LeafEnd | LeafWord))
    return tuple(nodes), leaves, index_of


def _leaf_key(value: Hashable) -> tuple[str, str, int]:
    if isinstance(value, LeafEnd):
        return ("end", value.decision, value.branch)
    return ("word", str(value), 0)


def reading_order(
    graph: DecisionGraph,
    verification: Verification,
    track: str,
    reads: dict[str, tuple[str, ...]],
) -> tuple[str, ...]:
    """Return the facts of a track in the order in which its decisions read them."""
    found: dict[str, None] = {}
    facts = verification.partition.facts

    def add(guard: Guard) -> None:
        for name in guard_names(guard):
            for inner in (name,) if name in facts else reads.get(name, ()):
                found.setdefault(inner)

    if graph.applies is not None:
        add(graph.applies)
    wanted = verification.reads.track(track)
    for decision in graph.decisions:
        if verification.reads.decision(decision.name) & wanted:
            for branch in decision.branches:
                if branch.guard is not None:
                    add(branch.guard)
    inside = [name for name in found if name in wanted or _in_applies(graph, verification, name)]
    rest = [fact.name for fact in graph.facts if fact.name not in inside]
    return (*inside, *rest)


def _in_applies(graph: DecisionGraph, verification: Verification, name: str) -> bool:
    return graph.applies is not None and name in verification.reads.guard(graph.applies)
