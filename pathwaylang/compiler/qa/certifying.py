"""Write the certificate of a proved pathway.

In: its artifact, what the verifier counted over, the files it was made from, its findings. Out: one
JSON text, the same from run to run, that `pathwaylang.certificate` proves again without us.

Invariant: only a pathway without errors and with a diagram gets here.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable
from dataclasses import replace

from pathwaylang.compiler.verify.verification import Verification
from pathwaylang.diagnostics import Diagnostic, Sources
from pathwaylang.diagnostics.render_json import Json, safe_json
from pathwaylang.ir.artifact import Artifact, dump_artifact, read_artifact
from pathwaylang.ir.graph import DecisionGraph

SCHEMA = 1


def write_certificate(
    artifact: Artifact,
    verification: Verification,
    files: Iterable[tuple[str, str]],
    diagnostics: Iterable[Diagnostic],
    sources: Sources,
) -> str:
    """Return the certificate as JSON text."""
    graph = artifact.graph
    counted: dict[str, Json] = {
        stage.name: list[Json](sorted(verification.stage_view(stage).facts))
        for stage in graph.stages
    }
    document: dict[str, Json] = {
        "certificate": SCHEMA,
        "tool": artifact.tool,
        "language": artifact.language_version,
        "source_hash": artifact.source_hash,
        "files": [name for name, _ in files],
        "order": artifact.diagram.order if artifact.diagram is not None else "",
        "counted": counted,
        "rules": [rule.text for rule in graph.rules],
        "constraints": [constraint.text for constraint in graph.constraints],
        "findings": [_finding(diagnostic, sources) for diagnostic in diagnostics],
        "artifact": json.loads(dump_artifact(artifact)),
    }
    lines = (f"{json.dumps(key)}: {_compact(value)}" for key, value in document.items())
    return safe_json("{\n" + ",\n".join(lines) + "\n}\n")


def _compact(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def has_graph(certificate: str, graph: DecisionGraph | None) -> bool:
    """Return whether a certificate that was read before holds this graph, approval aside."""
    if graph is None:
        return False
    artifact = read_artifact(json.dumps(json.loads(certificate)["artifact"]))
    own, other = (_bare(artifact, found) for found in (artifact.graph, graph))
    return own == other


def _bare(artifact: Artifact, graph: DecisionGraph) -> str:
    bare = replace(graph, waivers=(), about=replace(graph.about, approved=None))
    return dump_artifact(replace(artifact, graph=bare))


def _finding(diagnostic: Diagnostic, sources: Sources) -> Json:
    root = next(iter(sources)).name
    return {
        "code": diagnostic.code,
        "message": diagnostic.message,
        "file": posixpath.relpath(diagnostic.span.source, posixpath.dirname(root) or "."),
        "line": sources.line_of(diagnostic.span),
        "waived": diagnostic.waived,
    }
