"""The program as a fixture, as in the tests of the other commands."""

from tests.cli.conftest import program

__all__ = ["program"]
