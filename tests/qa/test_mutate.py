"""Planted faults: every kind is planted, and what is said of each is true."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.qa.mutants import Mutant, find_mutants, sample
from pathwaylang.compiler.qa.mutate import Compiled, Score, Verdict, judge
from pathwaylang.diagnostics import Source
from pathwaylang.ir.graph import DecisionGraph

TEXT = """\
pathway kinds "All kinds of faults"
  version 1.0.0

fact size "Size": number in cm 0..9 step 0.5
fact fit "Fit": yes/no
  may be unknown
fact old "Old": yes/no
fact grade "Grade": choice of low, middle, high

impossible when old and grade is low
  opinion "Invented."

define frail "Frail" as any of
  - old
  - not fit
  unknown means no
    because "Invented."
  opinion "Invented."
classify extent "Extent"
  opinion "Invented."
  early "Early" when size <= 3 cm
  late "Late" when size > 3 cm
score points "Points"
  opinion "Invented."
  add 1 when grade is high
  add 2 when size in 2..5 cm

decide first "First?"
  opinion "Invented."
  when frail then recommend rest
  when not frail and extent is early then recommend cut
  when not frail and extent is late then go to second
table second "Second?"
  opinion "Invented."
  | points | grade       | then           |
  | < 2    | low         | recommend cut  |
  | < 2    | middle,high | recommend rest |
  | >= 2   | any         | recommend rest |

recommendation cut "Cut"
recommendation rest "Rest"

example "Fit"
  given size is 1 cm, fit, not old, grade is low
  expect recommend cut in first
"""


def compiled(text: str) -> Compilation:
    return Compilation(Source("kinds.pw", text), lambda path: None, try_repairs=False)


def result(mutant: Mutant) -> Compiled:
    done = compiled(mutant.source.text)
    failures = tuple(sorted({d.code for d in done.diagnostics if d.is_failure}))
    return Compiled(any(d.is_failure for d in done.reading), failures, done.graph)


@pytest.fixture(scope="module")
def verdicts() -> tuple[Verdict, ...]:
    original = compiled(TEXT)
    assert original.is_clean, [d.message for d in original.diagnostics]
    assert original.graph is not None
    mutants = find_mutants([(original.source, original.syntax)], {"size": (Fraction(1, 2), "cm")})
    graph = original.graph
    return tuple(judge(mutant, graph, result) for mutant in mutants)


def test_every_kind_is_planted(verdicts: tuple[Verdict, ...]) -> None:
    kinds = {verdict.mutant.fault.split(" to ")[0] for verdict in verdicts}
    assert kinds == {
        "branch dropped",
        "row dropped",
        "line dropped",
        "bullet dropped",
        "constraint dropped",
        "`unknown means no` dropped",
        "comparison flipped",
        "limit moved",
        "end of a range moved",
        "outcomes swapped",
    }
    texts = [verdict.mutant.source.text for verdict in verdicts]
    assert len({*texts, TEXT}) == len(texts) + 1


def test_a_limit_moves_by_a_step_of_its_fact(verdicts: tuple[Verdict, ...]) -> None:
    assert any("size <= 2.5 cm" in verdict.mutant.source.text for verdict in verdicts)


def test_endings_are_true(verdicts: tuple[Verdict, ...]) -> None:
    found = {(v.mutant.fault, v.mutant.line): v for v in verdicts}
    assert found["branch dropped", 31].ending == "caught"
    assert found["branch dropped", 31].failures == ("PW0501", "PW0803")
    swapped = found["outcomes swapped", 36]
    assert swapped.ending == "survived"
    assert swapped.change is not None and swapped.change.patient is not None
    assert (swapped.change.old, swapped.change.new) in {("cut", "rest"), ("rest", "cut")}
    assert found["comparison flipped", 37].ending == "equivalent"
    score = Score(verdicts)
    assert score.count("survived") > 0
    assert score.count("caught") + score.count("survived") > len(verdicts) / 2
    assert 0 < score.percent < 100


def test_a_refused_text_does_not_count(verdicts: tuple[Verdict, ...]) -> None:
    verdict = next(v for v in verdicts if v.mutant.fault == "branch dropped")
    refused = judge(verdict.mutant, _graph(), lambda m: Compiled(True, ("PW0209",), None))
    assert refused.ending == "invalid"
    assert Score((refused,)).percent == 100


def _graph() -> DecisionGraph:
    graph = compiled(TEXT).graph
    assert graph is not None
    return graph


def test_the_seed_chooses(verdicts: tuple[Verdict, ...]) -> None:
    mutants = tuple(verdict.mutant for verdict in verdicts)
    assert sample(mutants, 5, 1) == sample(mutants, 5, 1)
    assert sample(mutants, 5, 1) != sample(mutants, 5, 2)
    assert sample(mutants, len(mutants) + 9, 3) == mutants
