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
    """What the user asked for: dialects, table, column of the row's id, stages (none: all)."""

    dialects: tuple[str, ...]
    options: SqlOptions
    stages: tuple[str, ...]


def sql_options(command: Command) -> Command:
    """Add `--dialect`, `--table`, `--row-id` and `--stage`, handed over under these names."""
    for option in (
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
    known = [stage.name for stage in artifact.graph.stages]
    for stage in wish.stages:
        if stage not in known:
            raise click.UsageError(f"there is no stage `{stage}`; it has {', '.join(known)}")
    about = artifact.graph.about
    try:
        with working(f"writing {about.name} as SQL"):
            plan = sql_plan(artifact, wish.stages)
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
