"""The check itself: sources, cells, diagrams, counts, safety rules; and the verdict in words.

In: the text of a certificate and the texts of the files it names. Out: a `Verdict`. A certificate
holds only if nothing refuses it; what the checker cannot prove again it says.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypedDict

from pathwaylang.certificate.proof import Proof
from pathwaylang.certificate.values import RefusedError, require
from pathwaylang.ir.artifact import ArtifactError, read_artifact

SCHEMA = 1
LIMITS = (
    "that the graph says what the text says: the compiler reads it, the hash only binds the two",
    "that a single condition is evaluated rightly: compiler and checker share that evaluator",
    "that the medicine is right",
)
_APPROVED = re.compile(
    r'^  approved[ ]+"(?:\\.|[^"\\\n])*"[ ]+[0-9-]+[ ]+of[ ]+[0-9A-Za-z]+[ ]*(?:\#[^\n]*)?\n'
    r'|"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|(?<!\S)\#[^\n]*',
    re.MULTILINE,
)
"""The line that the hash leaves out, or a block, text or comment, which may hold its words."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was proved here and what was not; `refused` says why the certificate does not hold."""

    proved: tuple[str, ...]
    not_proved: tuple[str, ...]
    refused: str = ""


class Finding(TypedDict):
    """A finding that stood open, or was waived, when the certificate was made."""

    code: str
    message: str
    file: str
    line: int
    waived: str | None


class Document(TypedDict):
    """A certificate as JSON."""

    certificate: int
    tool: str
    language: str
    source_hash: str
    files: list[str]
    order: str
    counted: dict[str, list[str]]
    rules: list[str]
    constraints: list[str]
    findings: list[Finding]
    artifact: object


def check_certificate(text: str, sources: Mapping[str, str]) -> Verdict:
    """Check a certificate against the texts of the files it names."""
    try:
        document: Document = json.loads(text)
        proof = Proof(read_artifact(json.dumps(document["artifact"])))
        proved = tuple(_prove(document, proof, sources))
        return Verdict(proved, (*proof.left, *LIMITS))
    except RefusedError as refusal:
        return Verdict((), (), str(refusal))
    except (ArtifactError, ValueError, LookupError, TypeError, RecursionError) as error:
        return Verdict((), (), f"this is no certificate that can be read: {error}")


def _prove(document: Document, proof: Proof, sources: Mapping[str, str]) -> Iterator[str]:
    require(document["certificate"] == SCHEMA, "this checker reads another kind of certificate")
    artifact = proof.artifact
    said = {document["source_hash"], artifact.source_hash}
    require(said == {hash_of(document["files"], sources)}, "the sources are not those certified")
    yield f"the source files are those that were certified ({len(document['files'])} by hash)"
    graph = artifact.graph
    require(document["tool"] == artifact.tool, "the tool is not the one that made the artifact")
    require(document["language"] == artifact.language_version, "the language is another")
    require(document["order"] == proof.table.order, "the order of the diagram is another")
    require(document["rules"] == [r.text for r in graph.rules], "the safety rules are others")
    texts = [constraint.text for constraint in graph.constraints]
    require(document["constraints"] == texts, "the constraints are others")
    yield from proof.cells()
    yield from proof.diagrams(document["counted"])
    yield from proof.lines()
    yield from proof.counts(document["counted"])
    yield from proof.rules()


def hash_of(names: list[str], sources: Mapping[str, str]) -> str:
    """Return the hash of source files, without the line `approved`; refuse where one is missing."""
    digest = hashlib.sha256()
    for name in names:
        require(name in sources, f"the file {name} is missing")
        for part in (name, _APPROVED.sub(_kept, sources[name].replace("\r\n", "\n"))):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _kept(part: re.Match[str]) -> str:
    return "" if part[0].startswith("  approved") else part[0]
