"""Run all checks of a graph, and count what is proved.

In: a decision graph. Out: findings, and a `Proof` with the number of cases per stage, track and
outcome, and which engine decided it. Where no diagram fits the budget a solver decides, without
numbers of cases by outcome. What was not decided is a finding PW0599, never silence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pathwaylang.compiler.verify.checks import CHECKS, check_world
from pathwaylang.compiler.verify.engines.proving import solve_graph
from pathwaylang.compiler.verify.engines.solver import INSTALL, find_solver, has_solver
from pathwaylang.compiler.verify.flow import End, Flow
from pathwaylang.compiler.verify.order import Order
from pathwaylang.compiler.verify.partition import Partition
from pathwaylang.compiler.verify.reads import Reads
from pathwaylang.compiler.verify.resting import collector_rests
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


def prove(
    graph: DecisionGraph, head: Span, budget: int = BUDGET, before: Verification | None = None
) -> Findings:
    """Check a graph; `head` is where findings about the whole file are shown.

    `before` is the verification of an earlier version of the graph: what it has in common with this
    one is not worked out again. The findings are the same with and without it.
    """
    with collector_rests():
        return _prove(graph, head, budget, before)


def _prove(graph: DecisionGraph, head: Span, budget: int, before: Verification | None) -> Findings:
    verification = verify_graph(graph, budget, has_solver(), before)
    if isinstance(verification, Undecided):
        return _by_solver(graph, verification, head, budget)
    found: list[Diagnostic] = []
    try:
        found.extend(check_world(verification))
        if not any(d.is_failure for d in found):
            for check in CHECKS:
                found.extend(check(verification))
            proof = count_proof(verification)
            return Findings(tuple(found), verification, proof)
    except BudgetError:
        if before is not None:
            return _prove(graph, head, budget, None)
        reason = "the checks need more nodes than the budget allows"
        return _by_solver(graph, Undecided(reason, verification.partition), head, budget)
    return Findings(tuple(found), verification)


class Prover:
    """Proves version after version of a pathway, each time only what an edit touches.

    Kept between versions are the diagrams of all conditions and decisions, who arrives where, and
    counts and boxes, all of them keyed by content. They hold as long as facts, constants and the
    order of the variables stay the same; any other edit is proved from scratch.
    """

    def __init__(self) -> None:
        self._before: Verification | None = None

    def __call__(self, graph: DecisionGraph, head: Span, budget: int = BUDGET) -> Findings:
        """Check a version of the graph, as `prove` does."""
        found = prove(graph, head, budget, self._before)
        self._before = found.verification or self._before
        return found


def _undecided(reason: str, head: Span, help_text: str = "") -> Diagnostic:
    return finding(
        "PW0599",
        "this pathway could not be decided",
        Label(head),
        notes=(reason[0].upper() + reason[1:] + ".", "Nothing is claimed about it."),
        help=help_text,
    )


def _by_solver(graph: DecisionGraph, undecided: Undecided, head: Span, budget: int) -> Findings:
    """Let a solver decide what no diagram could; it answers without numbers of cases."""
    make, partition = find_solver(), undecided.partition
    if partition is None:
        return Findings((_undecided(undecided.reason, head),))
    if make is None:
        help_text = f"install the solvers, which need no diagram: {INSTALL}"
        return Findings((_undecided(undecided.reason, head, help_text),))
    solved = solve_graph(graph, partition, make, head)
    found = solved.diagnostics
    if any(d.is_failure for d in found):
        return Findings(found)
    proof = uncounted(graph, partition, solved.engine, budget)
    if proof is None:
        reason = "the cases that the pathway speaks about could not be counted"
        return Findings((*found, _undecided(reason, head)))
    return Findings(found, None, proof)


def uncounted(graph: DecisionGraph, partition: Partition, engine: str, budget: int) -> Proof | None:
    """Return a proof with the cases of each stage, but not of each outcome."""
    variables = [fact.name for fact in graph.facts]
    variables += [opaque.variable for opaque in partition.opaques.values()]
    order = Order("declared", tuple(variables))
    stages: list[StageProof] = []
    try:
        flow = Flow(graph, partition, order, budget)
        world = Verification(graph, partition, flow, Reads(graph), order)
        for stage in graph.stages:
            tracks = tuple(TrackProof(track, engine, ()) for track in stage.tracks)
            stages.append(StageProof(stage.name, str(world.stage_view(stage).cases), tracks))
        cases = world.view(frozenset().union(*map(world.reads.stage, graph.stages))).cases
    except BudgetError:
        return None
    record = ProofRecord(world.unit, str(cases), tuple(stages))
    return Proof(record, 0, "", len(graph.rules), len(graph.constraints))


def count_proof(verification: Verification) -> Proof:
    """Count the cases of every stage, track and outcome."""
    graph = verification.graph
    stages = tuple(_stage_proof(verification, stage) for stage in graph.stages)
    every = frozenset().union(*(verification.reads.stage(stage) for stage in graph.stages))
    whole = verification.view(every)
    record = ProofRecord(verification.unit, str(whole.cases), stages)
    return Proof(
        record,
        verification.nodes,
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
        for leaf, points in flow.kept.counts(node).items():
            if isinstance(leaf, End):
                counts[flow.branch_of(leaf).outcome.text] += points
        outcomes = tuple((text, str(counts[text] // view.divisor)) for text in sorted(counts))
        tracks.append(TrackProof(track, "diagram", outcomes))
    return StageProof(stage.name, str(view.cases), tuple(tracks))
