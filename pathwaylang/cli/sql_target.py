"""`build --target sql`: the options of the query, and writing it.

In: an artifact and what the user asked for. Out: `PATHWAY.DIALECT.sql` in the folder; or one line
about why there is no query, and exit code 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from pathwaylang.cli.compiling import Findings
from pathwaylang.cli.files import write_file
from pathwaylang.cli.terminal import working
from pathwaylang.compiler.emit.sql import DIALECTS, SqlOptions, SqlProblem, emit_sql, sql_plan
from pathwaylang.diagnostics.visible import visible
from pathwaylang.ir.artifact import Artifact

Command = TypeVar("Command", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class SqlWish:
    """What the user asked for: dialects, table, column of the row's id; stages, tracks or all."""

    dialects: tuple[str, ...]
    options: SqlOptions
    stages: tuple[str, ...]
    tracks: tuple[str, ...]


def sql_options(command: Command) -> Command:
    """Add the options of a query: `dialects`, `table`, `row_id`, `stages` and `tracks`."""
    for option in (
        click.option(
            "--track",
            "tracks",
            metavar="TRACK",
            multiple=True,
            help="sql: only this track; repeatable.",
        ),
        click.option(
            "--stage",
            "stages",
            metavar="STAGE",
            multiple=True,
            help="sql: only this stage's tracks; repeatable.",
        ),
        click.option(
            "--row-id", default="id", show_default=True, help="sql: the column that names a row."
        ),
        click.option(
            "--table", default="cases", show_default=True, help="sql: the table of the cases."
        ),
        click.option(
            "--dialect",
            "dialects",
            type=click.Choice(tuple(DIALECTS)),
            multiple=True,
            help="sql: the database it is for; repeatable.",
        ),
    ):
        command = option(command)
    return command


def write_sql(artifact: Artifact, wish: SqlWish, folder: Path) -> list[Path]:
    """Write a query for each dialect; ends the command where the pathway cannot be a query."""
    stages = artifact.graph.stages
    _check("stage", wish.stages, [stage.name for stage in stages])
    _check("track", wish.tracks, [track for stage in stages for track in stage.tracks])
    about = artifact.graph.about
    try:
        with working(f"writing {about.name} as SQL"):
            plan = sql_plan(artifact, wish.stages, wish.tracks)
            texts = {d: emit_sql(artifact, d, wish.options, plan) for d in wish.dialects}
    except SqlProblem as problem:
        click.echo(f"{visible(about.name)}: {visible(str(problem))}", err=True)
        raise Findings from None
    paths = []
    for dialect, text in texts.items():
        path = folder / f"{about.name}.{dialect}.sql"
        write_file(path, text)
        paths.append(path)
    return paths


def _check(kind: str, wanted: tuple[str, ...], known: list[str]) -> None:
    for name in wanted:
        if name not in known:
            raise click.UsageError(f"there is no {kind} `{name}`; it has {', '.join(known)}")
