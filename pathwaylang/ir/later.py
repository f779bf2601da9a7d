"""A library that is loaded when it is first used.

pydantic takes as long to load as half of the runtime, and reads artifacts and inputs only; who
imports the runtime should not wait for it. Type checkers see the real module: see `ir.artifact`.
"""

from __future__ import annotations

from importlib import import_module


class Later:
    """Stands for a module; its first use loads it, for all threads once."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> object:
        return getattr(import_module(self._name), attribute)
