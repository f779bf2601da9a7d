"""The page's evaluator run beside the Python runtime, and both told in the same plain form."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import playwright

from pathwaylang.compiler.emit.artifact import Stamp, emit_artifact
from pathwaylang.compiler.emit.page import CORE, script_text
from pathwaylang.compiler.emit.page.data import model_data
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.verify.prove import prove
from pathwaylang.diagnostics import Source, Span
from pathwaylang.ir.artifact import Artifact, dump_artifact, read_artifact
from pathwaylang.ir.exact import write_exact
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime import Answer, Case, Pathway

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
# Node comes with the browser driver that the tests use anyway.
NODE = Path(playwright.__file__).parent / "driver" / "node"
Plain = dict[str, Any]


@dataclass
class Question:
    """A case put to both; `what` are (track, fact) pairs to be asked what would change."""

    pathway: Pathway
    given: dict[str, Value]
    stage: str | None = None
    what: list[tuple[str, str]] = field(default_factory=list)


def raw(value: Value) -> object:
    return value if isinstance(value, bool | str) else write_exact(value)


def told_by_page(questions: list[Question], texts: list[tuple[str, str]] | None = None) -> Plain:
    """Return what the page's scripts say, run by Node."""
    models: dict[int, int] = {}
    pathways: list[Pathway] = []
    cases: list[Plain] = []
    for question in questions:
        place = models.setdefault(id(question.pathway), len(models))
        if place == len(pathways):
            pathways.append(question.pathway)
        cases.append(as_data(question, place))
    script = script_text(*CORE) + (HERE / "telling.js").read_text()
    data = {
        "models": [model_data(p.artifact) for p in pathways],
        "cases": cases,
        "texts": texts or [],
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "core.js"
        path.write_text(script, encoding="utf-8")
        done = subprocess.run(
            [str(NODE), str(HERE / "harness.js"), str(path)],
            input=json.dumps(data),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    answer: Plain = json.loads(done.stdout)
    return answer


def as_data(question: Question, model: int = 0) -> Plain:
    given = {name: raw(value) for name, value in question.given.items()}
    return {
        "model": model,
        "stage": question.stage,
        "given": given,
        "what": question.what,
    }


def told_by_runtime(question: Question) -> Plain:
    """Return what the Python runtime says."""
    answer = question.pathway.evaluate(Case(question.given), question.stage)
    return {
        "status": answer.status,
        "tracks": [_track(answer, entry.track) for entry in answer.tracks],
    }


def _track(answer: Answer, track: str) -> Plain:
    entry = answer[track]
    return {
        "stage": entry.stage,
        "track": entry.track,
        "status": entry.status,
        "outcome": entry.outcome,
        "branch": entry.branch,
        "branches": list(entry.branches),
        "goesTo": entry.goes_to,
        "requests": [
            [item.action, item.name, list(item.facts), list(item.separates)]
            for item in entry.requests
        ],
        "possible": list(entry.possible),
        "way": [[v.decision, v.branch] for v in answer.trace if v.track == track],
        "breach": [name for name, _ in entry.breach.facts] if entry.breach else None,
    }


HEAD = Span("generated", 0, 0)
STUCK = ("PW0501", "PW0502", "PW0503", "PW0504")


def pathway_of(graph: DecisionGraph) -> Pathway | None:
    """Return the pathway of a generated graph; None where it is no sound one."""
    found = prove(graph, HEAD)
    if found.proof is None or found.verification is None:
        return None
    if any(d.code in STUCK for d in found.diagnostics):
        return None
    stamp = Stamp("test", "0", ())
    artifact = emit_artifact(graph, found.verification, found.proof.record, stamp)
    return Pathway(read_artifact(dump_artifact(artifact)))


@cache
def liver_artifact() -> Artifact:
    """Return the artifact of the liver pathway, compiled once a run."""
    return compiled(ROOT / "pathways" / "liver_mets.pw")


def compiled(path: Path) -> Artifact:
    """Return the artifact of a file; its failing examples do not matter here."""

    def load(name: str) -> Source | None:
        file = ROOT / name
        return Source(name, file.read_text(encoding="utf-8")) if file.is_file() else None

    name = str(path.relative_to(ROOT))
    compilation = Compilation(Source(name, path.read_text(encoding="utf-8")), load)
    artifact = compilation._unchecked_artifact
    assert artifact is not None, [d.message for d in compilation.diagnostics][:5]
    return read_artifact(dump_artifact(artifact))
