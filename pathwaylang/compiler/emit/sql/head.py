"""What stands above the query: which pathway it is, and what its columns hold.

In: the artifact and the facts that the tracks read. Out: lines of comment, each safe whatever a
label holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pathwaylang.compiler.emit.sql.codes import unknown_column
from pathwaylang.compiler.emit.sql.dialects import Dialect, comment
from pathwaylang.compiler.emit.sql.pieces import TrackPieces
from pathwaylang.ir.artifact import Artifact
from pathwaylang.ir.facts import UNKNOWN, Fact
from pathwaylang.runtime.read import allowed

if TYPE_CHECKING:
    from pathwaylang.compiler.emit.sql.query import SqlOptions


def head_lines(
    artifact: Artifact,
    tracks: Sequence[TrackPieces],
    facts: Sequence[Fact],
    dialect: Dialect,
    options: SqlOptions,
) -> list[str]:
    """Return the comment above the query."""
    about = artifact.graph.about
    lines = [
        f"{about.title} ({about.name} {about.version})",
        f"status: {about.status}; source: {artifact.source_hash}; made by {artifact.tool}",
        f"dialect: {dialect.title}. One row in, one row out, named by {options.row_id}.",
        "Information for professionals, not a medical device.",
        "",
        f"From {options.table} it reads these columns; null is not yet recorded:",
        *(line for fact in facts for line in _fact_lines(fact)),
        "",
        "For each track it gives a status (recommendation, request, outside, contradiction;",
        "invalid where a value is none of its fact, named in the column invalid), and where the",
        "status is recommendation the outcome and the branch that decides:",
        *(f"  {track.track} ({track.stage})" for track in tracks),
    ]
    return [comment(line) for line in lines]


def _fact_lines(fact: Fact) -> Iterator[str]:
    kinds = {"yes/no": "boolean", "choice": "text", "number": "number"}
    words = allowed(fact).removeprefix("it is ").removeprefix("it ")
    words = {"yes/no": "yes or no"}.get(fact.fact_kind, words)
    unknown = unknown_column(fact)
    also = ""
    if unknown is not None:
        also = f"; {unknown}: true where it cannot be known"
    elif fact.may_be_unknown:
        also = f"; or {UNKNOWN}"
    yield f"  {fact.name}: {fact.label} ({kinds[fact.fact_kind]}; {words}{also})"
