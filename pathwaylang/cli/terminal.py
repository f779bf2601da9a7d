"""What the terminal can do and wants: colours, width, encoding, a word on long work.

The environment and the streams go in, decisions come out. NO_COLOR, FORCE_COLOR and TERM=dumb are
honoured as their conventions say; `--color` outranks them. Progress is shown on stderr only, only
on a terminal, and only after one second.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Literal, TextIO, TypeVar

import click

from pathwaylang.diagnostics.render_text import DEFAULT_WIDTH, TextStyle
from pathwaylang.diagnostics.visible import visible

Choice = Literal["auto", "always", "never"]
Command = TypeVar("Command", bound=Callable[..., object])

_LEAST_WIDTH, _MOST_WIDTH = 60, 120
_PATIENCE = 1.0


def color_option(command: Command) -> Command:
    """Add the option `--color`, handed to the command as `color`."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="Colours; auto honours NO_COLOR, FORCE_COLOR and TERM=dumb.",
    )(command)


def wants_colour(choice: str, is_terminal: bool, environment: Mapping[str, str]) -> bool:
    """Decide whether to colour.

    >>> wants_colour("auto", True, {"NO_COLOR": "1"}), wants_colour("always", False, {})
    (False, True)
    """
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return is_terminal and environment.get("TERM") != "dumb"


def text_style(choice: str) -> TextStyle:
    """Return colours and width for stdout."""
    colour = wants_colour(choice, is_terminal(sys.stdout), os.environ)
    columns = shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns
    return TextStyle(colour, min(max(columns, _LEAST_WIDTH), _MOST_WIDTH))


def is_terminal(stream: TextIO | None) -> bool:
    """True if a person sees this stream."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def prepare_streams() -> None:
    """Let no character stop the output: what the encoding lacks is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def show(text: str, style: TextStyle) -> None:
    """Print a result; nothing for an empty text."""
    if text:
        click.echo(text, color=style.colour)


@contextmanager
def working(what: str) -> Iterator[None]:
    """Say what takes so long, on a terminal and after a second; wipe it away at the end."""
    if not is_terminal(sys.stderr):
        yield
        return
    told = f"{visible(what)} …"
    is_told = threading.Event()

    def tell() -> None:
        is_told.set()
        click.echo(told, err=True, nl=False)

    timer = threading.Timer(_PATIENCE, tell)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        if is_told.is_set():
            click.echo(f"\r{' ' * len(told)}\r", err=True, nl=False)
