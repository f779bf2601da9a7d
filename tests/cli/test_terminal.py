"""Colours and progress: the conventions of the environment, and `--color` above them."""

from __future__ import annotations

import io
import sys
import time

import pytest

from pathwaylang.cli import terminal
from pathwaylang.cli.terminal import wants_colour, working
from tests.cli.support import fresh


@pytest.mark.parametrize(
    ("choice", "is_terminal", "environment", "expected"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"FORCE_COLOR": "0"}, False),
        ("auto", True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("auto", False, {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ("always", False, {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours(
    choice: str, is_terminal: bool, environment: dict[str, str], expected: bool
) -> None:
    assert wants_colour(choice, is_terminal, environment) is expected


def test_colour_reaches_a_pipe_only_when_asked() -> None:
    assert "\x1b[" not in fresh("units").stdout
    assert "\x1b[" in fresh("units", "--color", "always").stdout
    assert "\x1b[" in fresh("units", FORCE_COLOR="1").stdout
    assert "\x1b[" not in fresh("units", FORCE_COLOR="1", NO_COLOR="1").stdout


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_only_on_a_terminal_and_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "_PATIENCE", 0.05)
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    with working("checking a\x1b.pw"):
        pass
    assert screen.getvalue() == "", "short work says nothing"
    with working("checking a\x1b.pw"):
        deadline = time.monotonic() + 10
        while not screen.getvalue() and time.monotonic() < deadline:
            time.sleep(0.01)
    assert screen.getvalue().startswith("checking a<U+001B>.pw …")
    assert screen.getvalue().endswith("\r")
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with working("x"):
        time.sleep(0.1)
    assert pipe.getvalue() == ""
