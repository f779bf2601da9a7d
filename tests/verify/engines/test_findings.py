"""A solver finds what the diagram finds, on generated graphs.

The diagram itself is held equal to brute force in `test_against_brute_force`. The long run takes
about four minutes.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from pathwaylang.ir.graph import DecisionGraph
from tests.verify.engines.agreement import disagreement
from tests.verify.strategies import graphs

EXAMPLES = 300
LONG_EXAMPLES = 2_000
Z3_EXAMPLES = 40


def run(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )


@pytest.fixture(scope="module")
def _pysat() -> None:
    pytest.importorskip("pysat", reason="python-sat is not installed (extra verify)")


@pytest.fixture(scope="module")
def _z3() -> None:
    pytest.importorskip("z3", reason="z3-solver is not installed (extra verify)")


@pytest.mark.usefixtures("_pysat")
@run(EXAMPLES)
@given(graphs())
def test_python_sat_equals_the_diagram(graph: DecisionGraph) -> None:
    from pathwaylang.compiler.verify.engines.with_pysat import PySolver

    assert disagreement(graph, PySolver) == set()


@pytest.mark.usefixtures("_z3")
@run(Z3_EXAMPLES)
@given(graphs())
def test_z3_equals_the_diagram(graph: DecisionGraph) -> None:
    from pathwaylang.compiler.verify.engines.with_z3 import Z3Solver

    assert disagreement(graph, Z3Solver) == set()


@pytest.mark.long
@pytest.mark.usefixtures("_pysat", "_z3")
@run(LONG_EXAMPLES)
@given(graphs())
def test_all_engines_agree_for_long(graph: DecisionGraph) -> None:
    from pathwaylang.compiler.verify.engines.with_pysat import PySolver
    from pathwaylang.compiler.verify.engines.with_z3 import Z3Solver

    assert disagreement(graph, PySolver) == set()
    assert disagreement(graph, Z3Solver) == set()
