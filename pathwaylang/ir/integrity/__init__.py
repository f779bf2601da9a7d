"""Whether the parts of an artifact fit together, so that evaluating it cannot fail.

In: an artifact whose fields have the right types. Out: nothing, or `ArtifactError` with the first
thing that does not fit. What passes is safe to evaluate: names resolve, ways end, cells and nodes
match, and neither the stack nor a number can grow without bound.
"""

from __future__ import annotations

from pathwaylang.ir.compiled import Artifact
from pathwaylang.ir.integrity.depth import check_depth
from pathwaylang.ir.integrity.domains import check_domains
from pathwaylang.ir.integrity.flow import check_flow
from pathwaylang.ir.integrity.table import check_table

__all__ = ["check_artifact"]


def check_artifact(artifact: Artifact) -> None:
    """Raise `ArtifactError` where something does not fit."""
    check_domains(artifact)
    check_flow(artifact.graph)
    check_depth(artifact.graph)
    if artifact.diagram is not None:
        check_table(artifact, artifact.diagram)
