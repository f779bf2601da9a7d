"""The program, run in a folder of its own, as a fixture."""

from __future__ import annotations

from tests.cli.conftest import program

__all__ = ["program"]
