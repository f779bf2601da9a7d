"""Half of the 2,000 generated graphs that all engines must agree on (seed 2).

The other half stands in a file of its own, so that two workers share the time. The long run
has 20,000 more.
"""

from __future__ import annotations

import pytest

pytest.importorskip("pysat", reason="python-sat is not installed (extra verify)")
pytest.importorskip("z3", reason="z3-solver is not installed (extra verify)")
pytest.importorskip("oxidd.bdd", reason="oxidd is not installed (extra verify)")

from tests.verify.engines.differential import agree_on

SEED, GRAPHS = 2, 1_000
LONG = 2_000


def test_all_engines_agree() -> None:
    compared = agree_on(SEED, GRAPHS)
    assert compared.graphs >= GRAPHS
    assert compared.cases > 10 * GRAPHS


@pytest.mark.long
@pytest.mark.parametrize("number", range(3, 13))
def test_all_engines_agree_for_long(number: int) -> None:
    assert agree_on(number, LONG).graphs >= LONG
