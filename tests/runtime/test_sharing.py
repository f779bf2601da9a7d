"""A pathway can be shared between threads, and importing the runtime loads little."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from pathwaylang.runtime import Pathway, loads
from tests.runtime.small import artifact_json

CASES: tuple[dict[str, object], ...] = (
    {},
    {"adult": True, "bilirubin": "51 umol/L"},
    {"adult": True, "bilirubin": 1, "scan": "spot"},
    {"adult": True, "bilirubin": 1, "scan": "spot", "size": 4, "fever": "unknown"},
    {"adult": True, "awake": False, "pain": True},
    {"adult": False},
)


def answers(subject: Pathway) -> list[str]:
    """200 evaluations, with the model and the next question among them."""
    found = []
    for number in range(200):
        case = CASES[number % len(CASES)]
        found.append(subject.evaluate(subject.model.model_validate(case)).to_json())
        found.append(str(subject.next_question(case)))
    return found


def test_four_threads_agree() -> None:
    # Fresh, so that the threads also make the cached parts at the same time.
    subject = loads(artifact_json())
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(answers, [subject] * 4))
    assert results == [answers(loads(artifact_json()))] * 4


def test_importing_loads_no_pydantic() -> None:
    program = (
        "import sys, pathwaylang.runtime\n"
        "heavy = {'pydantic', 'pydantic.main', 'numpy', 'pyarrow', 'lark', 'decimal'}\n"
        "print(sorted(name for name in sys.modules if name in heavy))\n"
        "print(any(name.startswith('pathwaylang.compiler') for name in sys.modules))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert result.stdout.split("\n")[1] == "False"
    assert "pydantic" not in result.stdout
    assert "numpy" not in result.stdout
    assert "lark" not in result.stdout
