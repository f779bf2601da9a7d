"""From an artifact to SQL.

In: an artifact with a diagram, a dialect's name, where the rows come from, and the stages wanted.
Out: the text of the query, or `SqlProblem` with the reason why there is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pathwaylang.compiler.emit.sql.breaches import breaches_of
from pathwaylang.compiler.emit.sql.codes import unknown_column
from pathwaylang.compiler.emit.sql.completions import Diagram
from pathwaylang.compiler.emit.sql.dialects import DIALECTS
from pathwaylang.compiler.emit.sql.pieces import TrackPieces, tracks_of
from pathwaylang.compiler.emit.sql.problems import SqlProblem
from pathwaylang.compiler.emit.sql.query import Query, SqlOptions
from pathwaylang.ir.artifact import Artifact

MOST_FACTS = 600


@dataclass(frozen=True, slots=True)
class SqlPlan:
    """What the query walks through, the same in all dialects."""

    tracks: tuple[TrackPieces, ...]
    breaches: tuple[Diagram, ...]


def emit_sql(
    artifact: Artifact,
    dialect: str,
    options: SqlOptions | None = None,
    plan: SqlPlan | None = None,
) -> str:
    """Return the query of a plan, by default that of all stages."""
    found = sql_plan(artifact) if plan is None else plan
    return Query(
        artifact, found.tracks, found.breaches, DIALECTS[dialect], options or SqlOptions()
    ).text()


def sql_plan(artifact: Artifact, stages: Iterable[str] = (), tracks: Iterable[str] = ()) -> SqlPlan:
    """Return the walks of some stages and tracks (all, if none is named): the long part."""
    table = artifact.diagram
    if table is None:
        raise SqlProblem("there is no decision diagram to write as SQL")
    if len(table.variables) > MOST_FACTS:
        raise SqlProblem(f"more than {MOST_FACTS} facts are too many for SQL")
    if table.formulas:
        names = ", ".join(sorted({name for formula in table.formulas for name in formula.facts}))
        raise SqlProblem(
            f"a formula over numbers without steps ({names}) is not written as SQL: "
            "give these facts a step (such as `step 0.1`), or use `pathwaylang population`"
        )
    facts = {fact.name for fact in artifact.graph.facts}
    for fact in artifact.graph.facts:
        column = unknown_column(fact)
        if column is not None and column in facts:
            raise SqlProblem(
                f"fact `{column}` has the name of the column that says that `{fact.name}` cannot "
                "be known: call it otherwise"
            )
    return SqlPlan(tuple(tracks_of(artifact, stages, tracks)), tuple(breaches_of(artifact)))
