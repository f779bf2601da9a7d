"""Time one case on several ways in turn: prints nanoseconds a case, for each way one a round.

python -m bench.children.evaluate small 6
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench import small
from bench.kept import liver_artifact
from bench.measure import cpu_of, emit
from pathwaylang.compiler.emit.artifact import Stamp, emit_artifact
from pathwaylang.compiler.pipeline import TOOL, Compilation
from pathwaylang.diagnostics import Source
from pathwaylang.ir.facts import shown_value
from pathwaylang.runtime import Case, Pathway, loads
from pathwaylang.runtime.evaluate import Evaluator
from pathwaylang.runtime.table import Table
from tests.liver_mets import oracle
from tests.liver_mets.oracle.cases import WORKED
from tests.liver_mets.oracle.gate import gate_row
from tests.liver_mets.oracle.local import local_row
from tests.liver_mets.oracle.overlays import Results, overlay_rows
from tests.liver_mets.oracle.systemic import systemic_row

LEAST = 0.05


@dataclass(frozen=True, slots=True)
class Subject:
    """A pathway with its cases in all forms, and what a programmer wrote by hand for it."""

    pathway: Pathway
    stage: str
    raw: list[dict[str, object]]
    partial: list[dict[str, object]]
    by_hand: Callable[[], object]
    agreed: str


def small_subject() -> Subject:
    compilation = Compilation(Source("lesion.pw", small.TEXT), lambda name: None)
    found, graph = compilation.findings, compilation.graph
    assert graph is not None and found.verification is not None and found.proof is not None
    stamp = Stamp(TOOL, compilation.source_hash, ())
    pathway = Pathway(emit_artifact(graph, found.verification, found.proof.record, stamp))
    plain = small.cases(40)
    raw = [small.as_json(case) for case in plain]
    for case, given in zip(plain, raw, strict=True):
        said = pathway.evaluate(given).tracks[0].outcome
        if said != small.by_hand(case):
            raise SystemExit(f"{case}: {said}, by hand {small.by_hand(case)}")
    hidden = ("reserve", "site", "fit")
    partial = [{k: v for k, v in given.items() if k not in hidden} for given in raw]
    by_hand = small.by_hand

    def run() -> None:
        for case in plain:
            by_hand(case)

    return Subject(pathway, pathway.stages[0], raw, partial, run, "40 of 40 cases")


def _management(case: Mapping[str, oracle.Value]) -> dict[str, str]:
    opened = gate_row(case)
    treatment = local_row(case, opened)
    drugs = systemic_row(case, opened, treatment)
    rows = overlay_rows(case, Results(opened, treatment, drugs))
    return {"gate": opened, "local": treatment, "systemic": drugs, **rows}


def liver_subject() -> Subject:
    pathway = loads(liver_artifact())
    facts = {fact.name: fact for fact in pathway.facts}
    cases = [worked.case for worked in WORKED]
    raw: list[dict[str, object]] = [
        {n: shown_value(facts[n], v) for n, v in case.items() if n in facts} for case in cases
    ]
    same = total = 0
    for case, given in zip(cases, raw, strict=True):
        answer = pathway.evaluate(given, "management")
        for track, row in _management(case).items():
            if row != "NONE":
                total += 1
                same += answer[track].branch == row
    partial = [{k: v for k, v in given.items() if v != "unknown"} for given in raw]

    def run() -> None:
        for case in cases:
            _management(case)

    return Subject(
        pathway, "management", raw, partial, run, f"{same} of {total} rows of {len(cases)} cases"
    )


def ways_of(subject: Subject) -> dict[str, Callable[[], object]]:
    pathway, stage = subject.pathway, subject.stage
    graph, diagram = pathway.artifact.graph, pathway.artifact.diagram
    assert diagram is not None
    table = Table(diagram, graph)
    evaluator = Evaluator(pathway.artifact, table, pathway.walker)
    tracks = pathway.tracks(stage)
    complete = [pathway.case(given) for given in subject.raw]
    partial = [pathway.case(given) for given in subject.partial]

    def look_up() -> None:
        for case in complete:
            fixed = evaluator.fixed(case)
            for track in tracks:
                table.step(table.roots[track], fixed)

    def each(cases: list[Case]) -> Callable[[], object]:
        return lambda: [pathway.evaluate(case, stage) for case in cases]

    return {
        "by hand": subject.by_hand,
        "the diagram alone: all tracks, no words": look_up,
        "evaluate, complete case read before": each(complete),
        "evaluate, partial case read before": each(partial),
        "read the input, check it, evaluate": lambda: [
            pathway.evaluate(given, stage) for given in subject.raw
        ],
        "the same and the answer as JSON": lambda: [
            pathway.evaluate(given, stage).to_json() for given in subject.raw
        ],
    }


def main() -> None:
    subject = small_subject() if sys.argv[1] == "small" else liver_subject()
    ways = ways_of(subject)
    times: dict[str, list[float]] = {name: [] for name in ways}
    for run in ways.values():
        run()
    gc.disable()
    for _ in range(int(sys.argv[2])):
        for name, run in ways.items():
            times[name].append(cpu_of(run, LEAST) / len(subject.raw) * 1e9)
        gc.collect()
    statuses = [subject.pathway.evaluate(c, subject.stage).status for c in subject.partial]
    emit(
        {
            "times": times,
            "agreed": subject.agreed,
            "requests": sum(status == "request" for status in statuses),
            "cases": len(statuses),
        }
    )


if __name__ == "__main__":
    main()
