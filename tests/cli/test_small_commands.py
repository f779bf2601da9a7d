"""`test`, `dump`, `new`, `units`."""

from __future__ import annotations

import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaylang.cli.new import Start, starter_text
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Source
from tests.cli.support import GAP, LESION, Program
from tests.diagnostics.samples import HOSTILE

FAILING = LESION.replace("largest is 50 mm, not fit", "largest is 50 mm, fit")


def test_examples_pass(program: Program) -> None:
    program.write("lesion.pw", LESION)
    ended = program("test", "lesion.pw")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "passed  A small lesion\npassed  A large lesion, unfit\nlesion.pw: 2 of 2 examples passed\n"
    )


def test_failing_example_says_what_was_got(program: Program) -> None:
    program.write("failing.pw", FAILING)
    ended = program("test", "failing.pw")
    assert ended.code == 1
    told = " ".join(ended.out.split())
    assert (
        "failed A large lesion, unfit expected recommend systemic got recommend resection" in told
    )
    assert "at branch local.2" in told
    assert "failing.pw: 1 of 2 examples passed" in told


def test_only_some_examples(program: Program) -> None:
    program.write("failing.pw", FAILING)
    small = program("test", "failing.pw", "--only", "SMALL")
    assert "failing.pw: 1 of 1 examples passed" in small.out
    assert program("test", "failing.pw", "--only", "large").code == 1
    program.write("lesion.pw", LESION)
    assert program("test", "lesion.pw", "--only", "small").code == 0
    nothing = program("test", "lesion.pw", "--only", "huge")
    assert nothing.code == 2
    assert "no example has `huge` in its title" in nothing.err


def test_examples_of_a_faulty_pathway(program: Program) -> None:
    program.write("gap.pw", GAP)
    ended = program("test", "gap.pw")
    assert ended.code == 1
    assert "The file itself has 1 error; `pathwaylang check` tells more." in ended.out
    program.write("bad.pw", "pathway\n")
    ended = program("test", "bad.pw", "missing.pw")
    assert ended.code == 2
    assert "error PW0" in ended.out
    assert ended.err == "missing.pw: there is no such file\n"


@pytest.mark.parametrize("name", ["syntax", "model", "graph", "diagram"])
def test_dump(name: str, program: Program) -> None:
    program.write("lesion.pw", LESION)
    ended = program("dump", name, "lesion.pw")
    assert (ended.code, ended.err) == (0, "")
    assert "largest" in ended.out
    assert program("dump", name, "lesion.pw") == ended


def test_dump_of_the_diagram_names_cells_and_outcomes(program: Program) -> None:
    program.write("lesion.pw", LESION)
    out = program("dump", "diagram", "lesion.pw").out
    assert "track local: starts at n" in out
    assert "local.1, ablation" in out
    assert "  x < 31: local.1, ablation" in out
    assert "  31 <= x: n" in out
    assert "  no: local.3, systemic" in out


@pytest.mark.parametrize("name", ["model", "graph", "diagram"])
def test_dump_of_a_faulty_file_shows_its_findings(name: str, program: Program) -> None:
    program.write("bad.pw", "pathway\n")
    ended = program("dump", name, "bad.pw")
    assert ended.code == 1
    assert "error PW0" in ended.out


def test_dump_is_safe_to_print(program: Program) -> None:
    program.write("h.pw", LESION.replace("Largest diameter", "a\u202eb"))
    for name in ("syntax", "graph"):
        assert "\u202e" not in program("dump", name, "h.pw").out


@pytest.mark.parametrize("name", ["chest_pain", "start", "if_yes", "first_question", "größe", "x"])
def test_new_file_checks_clean(name: str, program: Program) -> None:
    ended = program("new", name)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"wrote {name}.pw; next: pathwaylang check {name}.pw\n"
    checked = program("check", "--strict", f"{name}.pw")
    assert checked.code == 0, checked.out
    assert "1 example passed" in checked.out
    assert program("run", f"{name}.pw", "-s", "first_question=yes").code == 0


def test_new_file_is_in_standard_layout(program: Program) -> None:
    program("new", "chest_pain")
    assert program("fmt", "--check", "chest_pain.pw").code == 0


def test_new_never_overwrites(program: Program) -> None:
    program.write("chest_pain.pw", "mine")
    ended = program("new", "chest_pain")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "chest_pain.pw: exists already; nothing was written\n"
    assert (program.folder / "chest_pain.pw").read_text() == "mine"


def test_new_writes_where_asked(program: Program) -> None:
    (program.folder / "there").mkdir()
    assert program("new", "a", "-o", "there").out.startswith("wrote there/a.pw;")
    assert program("new", "a", "-o", "made/").out.startswith("wrote made/a.pw;")
    assert program("new", "a", "-o", "other.pw").out.startswith("wrote other.pw;")
    assert program.files() == ["made/a.pw", "other.pw", "there/a.pw"]


@pytest.mark.parametrize(
    "name", ["two words", "1st", "", "a-b", "../a", "when", "a" * 41, "e\u0301"]
)
def test_new_refuses_what_is_no_name(name: str, program: Program) -> None:
    ended = program("new", "--", name)
    assert ended.code == 2
    assert program.files() == []


def test_new_asks_on_a_terminal(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathwaylang.cli.new.is_terminal", lambda stream: True)
    answers = "Chest pain\nIs the pain severe?\nCall an ambulance; Take an ECG\n"
    ended = program("new", "chest_pain", stdin=answers)
    assert ended.code == 0
    text = (program.folder / "chest_pain.pw").read_text()
    for part in ('"Chest pain"', '"Is the pain severe?"', '"Call an ambulance"', '"Take an ECG"'):
        assert part in text
    assert program("check", "--strict", "chest_pain.pw").code == 0


def test_end_of_input_while_asking_writes_nothing(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathwaylang.cli.new.is_terminal", lambda stream: True)
    ended = program("new", "chest_pain", stdin="Chest pain\n")
    assert ended.code == 130
    assert program.files() == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.tuples(*[st.text(max_size=30) | st.just(HOSTILE)] * 4))
def test_any_answer_makes_a_file_that_checks_clean(answers: tuple[str, str, str, str]) -> None:
    compilation = Compilation(Source("x.pw", starter_text("x", Start(*answers))), lambda name: None)
    assert [d.code for d in compilation.diagnostics] == []


def test_units_table(program: Program) -> None:
    out = program("units").out
    assert "mass per volume\n" in out
    assert "  mg/dL " in out
    assert "mL/min/{1.73_m2}" in out


def test_one_unit(program: Program) -> None:
    out = program("units", "mcg/L").out
    assert "measures   mass per volume" in out
    assert "UCUM code  ug/L" in out
    assert "1 mcg/L = 1 ng/mL" in out
    assert "temperature" in program("units", "degC").out


def test_unknown_unit_suggests(program: Program) -> None:
    ended = program("units", "mgdl")
    assert ended.code == 2
    assert "did you mean mg/dL" in ended.err


def test_standard_input_may_be_closed(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    from pathwaylang.cli.files import FileProblem, read_source

    with pytest.raises(FileProblem, match="there is no standard input"):
        read_source("-")
