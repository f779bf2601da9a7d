"""Many lines that hold together: one that disagrees is found however many agree before it."""

from __future__ import annotations

import pytest

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Source


def _codes(agreeing: int, last: str, condition: str = "size >= {}") -> set[str]:
    lines = [
        f"  when {condition.format(number)} then recommend a" for number in range(1, agreeing + 1)
    ]
    text = "\n".join(
        [
            'pathway hold "Many branches hold together"',
            'fact size "Size": whole number 1..100',
            'fact fit "Fit": yes/no',
            'decide local "What is done?"',
            '  opinion "Invented."',
            *lines,
            f"  when {condition.format(50)} then recommend {last}",
            'recommendation a "A"',
            *(['recommendation b "B"'] if last == "b" else []),
        ]
    )
    return {d.code for d in Compilation(Source("hold.pw", text + "\n"), lambda _: None).diagnostics}


@pytest.mark.parametrize("agreeing", [1, 3, 4, 5, 8, 20])
@pytest.mark.parametrize("condition", ["size >= {}", "size >= {} and (fit or not fit)"])
def test_the_one_that_disagrees_is_a_conflict(agreeing: int, condition: str) -> None:
    assert "PW0504" in _codes(agreeing, "b", condition)
    assert "PW0504" not in _codes(agreeing, "a", condition)
