"""The specifications tell what the compiler says without optional solvers, wherever they run."""

from __future__ import annotations

import pytest

from pathwaylang.compiler.verify.engines import reals, solver


@pytest.fixture(autouse=True)
def _no_solvers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the solvers that may be installed."""
    for module in (reals, solver):
        monkeypatch.setattr(module, "find_spec", lambda name: None)
