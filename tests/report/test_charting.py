"""Coverage drawn on the charts: what no test takes or shows is marked, and nothing else."""

from __future__ import annotations

import re

import pytest

from tests.cli.support import GAP, LESION, Program

SCANTY = LESION[: LESION.index('example "A large')]
"""Examples for the first row alone."""


def drawn(program: Program, text: str) -> dict[str, str]:
    program.write("lesion.pw", text)
    ended = program("test", "lesion.pw", "--draw", "out")
    assert ended.code == 0, ended.err
    files = [name for name in program.files() if name.startswith("out/")]
    assert [line for line in ended.out.splitlines() if line.startswith("out/")] == sorted(
        files, key=lambda name: name != "out/overview.svg"
    )
    return {name: (program.folder / name).read_text(encoding="utf-8") for name in files}


def test_rows_without_a_test_are_marked(program: Program) -> None:
    chart = drawn(program, SCANTY)["out/main.svg"]
    assert chart.count(">▲ no test takes this row<") == 2
    assert "covered by tests: 1 of 3 branches" in " ".join(chart.split())
    more = 'example "Large, fit"\n  given largest is 50 mm, fit\n  expect recommend resection\n'
    full = drawn(program, LESION + more)
    assert "no test takes" not in full["out/main.svg"]
    assert "covered by tests: 3 of 3 branches" in " ".join(full["out/main.svg"].split())


CALM = """\
pathway calm "Calm"
fact calm "Calm": yes/no
fact fit "Fit": yes/no
decide local "What?"
  opinion "Invented for a test."
  when calm and fit then recommend walk
  when not (calm and fit) then recommend rest
recommendation walk "Walk"
recommendation rest "Rest"
example "Calm and fit"
  given calm, fit
  expect recommend walk
example "Calm, not fit"
  given calm, not fit
  expect recommend rest
"""


def test_condition_that_was_never_false_is_marked(program: Program) -> None:
    chart = re.sub(r"<[^>]+>", " ", drawn(program, CALM)["out/main.svg"])
    told = " ".join(chart.split())
    assert "no test takes" not in told
    assert "Calm: yes – never seen false" in told
    assert "Fit: yes – never seen" not in told


@pytest.mark.parametrize("options", [("--only", "small"), ("--generate",)])
def test_usage(options: tuple[str, ...], program: Program) -> None:
    program.write("lesion.pw", LESION)
    assert program("test", "lesion.pw", "--draw", "out", *options).code == 2
    program.write("other.pw", LESION)
    assert program("test", "lesion.pw", "other.pw", "--draw", "out").code == 2


def test_pathway_with_errors_is_not_drawn(program: Program) -> None:
    program.write("lesion.pw", GAP)
    ended = program("test", "lesion.pw", "--draw", "out")
    assert ended.code == 1
    assert "nothing was measured" in ended.err
    assert program.files() == ["lesion.pw"]
