"""The examples in the docstrings of units and names are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import pathwaylang.ir.units

MODULES = sorted(
    ["pathwaylang.ir.names"]
    + [f"pathwaylang.ir.units.{found.name}" for found in pkgutil.iter_modules(
        pathwaylang.ir.units.__path__)]
)  # fmt: skip
WITHOUT_EXAMPLES = {"pathwaylang.ir.units.aliases"}


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0
    assert (result.attempted > 0) == (name not in WITHOUT_EXAMPLES)
