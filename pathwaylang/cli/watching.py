"""Does the same again whenever a file that it read is saved, until somebody presses Ctrl-C.

A function that reads files goes in. What it read is noted while it runs, files that were not there
too, and looked at four times a second. What goes wrong with a file is told, and waiting goes on.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import NoReturn

import click

from pathwaylang.cli.files import noting_reads, stamp_of
from pathwaylang.cli.terminal import is_terminal

_PAUSE = 0.25
_CLEAR = "\x1b[2J\x1b[3J\x1b[H"


def watch(run: Callable[[], object]) -> NoReturn:
    """Run, wait for a file to change, and run again; an interrupt ends it."""
    while True:
        if is_terminal(sys.stdout):
            click.echo(_CLEAR, nl=False)
        with noting_reads() as read:
            _once(run)
        sys.stdout.flush()
        files = "1 file" if len(read) == 1 else f"{len(read)} files"
        click.echo(f"\nwatching {files}; Ctrl-C ends it", err=True)
        while all(stamp_of(path) == stamp for path, stamp in read.items()):
            time.sleep(_PAUSE)
        _settle(list(read))


def _once(run: Callable[[], object]) -> None:
    try:
        run()
    except click.exceptions.Exit:  # findings, which have been printed
        return
    except click.ClickException as problem:
        click.echo(problem.format_message(), err=True)


def _settle(paths: list[str]) -> None:
    """Wait until an editor has finished saving: nothing changes from one look to the next."""
    before = [stamp_of(path) for path in paths]
    while True:
        time.sleep(_PAUSE / 5)
        now = [stamp_of(path) for path in paths]
        if now == before:
            return
        before = now
