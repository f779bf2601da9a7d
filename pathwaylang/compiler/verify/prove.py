"""Run all checks of a graph, and count what is proved.

In: a decision graph. Out: findings, and a `Proof` with the number of cases per stage, track and
outcome, and which engine decided it. What was not decided is a finding PW0599, never silence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pathwaylang.compiler.verify.checks import CHECKS, check_world
from pathwaylang.compiler.verify.flow import End
from pathwaylang.compiler.verify.verification import (
    BUDGET,
    Undecided,
    Verification,
    verify_graph,
)
from pathwaylang.diagnostics import Diagnostic, Label, Span, finding
from pathwaylang.ir.diagram import BudgetError
from pathwaylang.ir.graph import DecisionGraph, Stage
from pathwaylang.ir.proof import ProofRecord, StageProof, TrackProof


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved.

    `nodes` and `order` tell of the diagram; `rules` how many safety rules were checked.
    """

    record: ProofRecord
    nodes: int
    order: str
    rules: int
    constraints: int

    @property
    def unit(self) -> str:
        """`cases` or `classes`."""
        return self.record.unit

    @property
    def cases(self) -> int:
        """Cases over all facts that any stage can read."""
        return int(self.record.cases)


@dataclass(frozen=True, slots=True)
class Findings:
    """The result of a verification; `verification` and `proof` are None where it was not made."""

    diagnostics: tuple[Diagnostic, ...]
    verification: Verification | None = None
    proof: Proof | None = None


def prove(graph: DecisionGraph, head: Span, budget: int = BUDGET) -> Findings:
    """Check a graph; `head` is where findings about the whole file are shown."""
    verification = verify_graph(graph, budget)
    if isinstance(verification, Undecided):
        return Findings((_undecided(verification.reason, head),))
    found: list[Diagnostic] = []
    try:
        found.extend(check_world(verification))
        if not any(d.is_failure for d in found):
            for check in CHECKS:
                found.extend(check(verification))
            proof = count_proof(verification)
            return Findings(tuple(found), verification, proof)
    except BudgetError:
        found.append(_undecided("the checks need more nodes than the budget allows", head))
        return Findings(tuple(found))
    return Findings(tuple(found), verification)


def _undecided(reason: str, head: Span) -> Diagnostic:
    return finding(
        "PW0599",
        "this pathway could not be decided",
        Label(head),
        notes=(reason[0].upper() + reason[1:] + ".", "Nothing is claimed about it."),
    )


def count_proof(verification: Verification) -> Proof:
    """Count the cases of every stage, track and outcome."""
    graph = verification.graph
    stages = tuple(_stage_proof(verification, stage) for stage in graph.stages)
    every = frozenset().union(*(verification.reads.stage(stage) for stage in graph.stages))
    whole = verification.view(every)
    record = ProofRecord(verification.unit, str(whole.cases), stages)
    return Proof(
        record,
        verification.space.created,
        verification.order.name,
        len(graph.rules),
        len(graph.constraints),
    )


def _stage_proof(verification: Verification, stage: Stage) -> StageProof:
    view = verification.stage_view(stage)
    space, flow = verification.space, verification.flow
    tracks = []
    for track in stage.tracks:
        counts: Counter[str] = Counter()
        node = space.conj_leaves(view.world, flow.track(track), "excluded")
        for leaf, points in space.counts(node).items():
            if isinstance(leaf, End):
                counts[flow.branch_of(leaf).outcome.text] += points
        outcomes = tuple((text, str(counts[text] // view.divisor)) for text in sorted(counts))
        tracks.append(TrackProof(track, "diagram", outcomes))
    return StageProof(stage.name, str(view.cases), tuple(tracks))
