"""The shortcut of `mutate`: what it calls a failure is one by the whole check."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.qa.mutants import find_mutants
from pathwaylang.compiler.qa.shortcut import fails_an_example
from pathwaylang.diagnostics import Source
from tests.qa.test_mutate import TEXT

SIZE = {"size": (Fraction(1, 2), "cm")}
EXAMPLES = """\
example "Frail"
  given not fit, size is 2 cm, grade is high, old
  expect recommend rest in first
example "Size alone"
  given size is 3 cm, fit, not old
  expect recommend F2 in first
example "Large"
  given size is 3.5 cm, fit, not old, grade is middle
  expect recommend rest in first
example "Everything is missing"
  given grade is low
  expect ask fit in first
"""
NAMED = TEXT.replace("early then recommend cut\n", "early then recommend cut\n    id F2\n")
SCOPED = NAMED.replace("version 1.0.0\n", "version 1.0.0\n  applies when size < 8 cm\n")


def compiled(text: str) -> Compilation:
    return Compilation(Source("kinds.pw", text), lambda path: None, try_repairs=False)


@pytest.mark.parametrize("text", [NAMED + EXAMPLES, SCOPED + EXAMPLES], ids=["all", "applies"])
def test_it_never_says_more_than_the_whole_check(text: str) -> None:
    original = compiled(text)
    assert original.is_clean, [d.message for d in original.diagnostics]
    assert original.graph is not None
    assert not fails_an_example(original.graph)
    found, missed = 0, 0
    for mutant in find_mutants([(original.source, original.syntax)], SIZE):
        whole = compiled(mutant.source.text)
        if whole.graph is None or any(d.is_failure for d in whole.reading):
            continue
        if fails_an_example(whole.graph):
            found += 1
            assert not whole.is_clean, (mutant.fault, mutant.line)
        else:
            missed += any(d.code == "PW0803" for d in whole.diagnostics)
    assert found >= 8
    assert missed <= found / 2, "it is there to save most of the proofs"


def test_a_wrong_expectation_is_seen_only_where_it_is_certain() -> None:
    wrong = TEXT.replace("expect recommend cut in first", "expect recommend rest in first")
    graph = compiled(wrong).graph
    assert graph is not None and fails_an_example(graph)
    open_ = TEXT.replace("expect recommend cut in first", "expect ask old in first")
    graph = compiled(open_).graph
    assert graph is not None and not fails_an_example(graph)
    assert not compiled(open_).is_clean
