"""`pathwaylang test` with case files, coverage, a threshold and JUnit."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.cli.support import GAP, LESION, Program
from tests.diagnostics.samples import HOSTILE

HEAD = "id,largest,fit,expect.local\n"
GOOD = HEAD + "small,20 mm,yes,ablation\nlarge,31,yes,recommend resection\nunfit,31,no,local.3\n"


@pytest.fixture
def lesion(program: Program) -> Program:
    program.write("lesion.pw", LESION)
    return program


def test_cases_pass_and_cover_everything(lesion: Program) -> None:
    lesion.write("cases.csv", GOOD)
    ended = lesion("test", "lesion.pw", "--cases", "cases.csv", "--threshold", "100")
    assert (ended.code, ended.err) == (0, "")
    assert "cases.csv: 3 of 3 cases passed" in ended.out
    assert "branches                     3 of 3   100.0 %" in ended.out
    assert "independent effects          4 of 5    80.0 %" in ended.out
    assert "local.3: (30 < largest) (no effect while false)" in ended.out


def test_failure_names_the_fewest_facts(lesion: Program) -> None:
    lesion.write("cases.csv", HEAD + "edge,30,yes,resection\nboth,30,no,resection\nno,,yes,wait\n")
    ended = lesion("test", "lesion.pw", "--cases", "cases.csv")
    told = " ".join(ended.out.split())
    assert ended.code == 1
    assert "failed edge (line 2) track local expected resection got recommend ablation" in told
    assert "at branch local.1 it takes largest = 31 mm instead of 30 mm failed both" in told
    assert "it takes largest = 31 mm instead of 30 mm, fit = yes instead of no" in told
    assert "`wait` is neither an outcome nor a branch" in told
    assert "cases.csv: 0 of 3 cases passed" in told


def test_what_is_no_case_is_said_whole(lesion: Program) -> None:
    lesion.write("a.json", '[{"largset": 2, "fit": "maybe", "expect.locl": "ablation"}]')
    lesion.write("b.csv", "id,id\n")
    ended = lesion("test", "lesion.pw", "--cases", "a.json", "--cases", "b.csv")
    told = " ".join(ended.out.split())
    assert ended.code == 1
    assert "did you mean `largest`?" in told
    assert "`maybe` is not yes or no" in told
    assert "there is no such track; did you mean `local`?" in told
    assert "b.csv: the column `id` stands twice" in told


def test_request_and_outside_may_be_expected(program: Program) -> None:
    applies = LESION.replace("  version 1.2.0", "  version 1.2.0\n  applies when largest >= 5 mm")
    program.write("lesion.pw", applies)
    program.write("cases.csv", HEAD + "a,31,,ask fit\nb,2,yes,outside\n")
    assert "2 of 2 cases passed" in program("test", "lesion.pw", "--cases", "cases.csv").out


def test_threshold(lesion: Program) -> None:
    ended = lesion("test", "lesion.pw", "--threshold", "66")
    assert ended.code == 0
    ended = lesion("test", "lesion.pw", "--threshold", "67")
    assert ended.code == 1
    assert "66.6 % of the branches are covered, 67 % are asked for" in ended.err
    assert lesion("test", "lesion.pw", "--threshold", "101").code == 2


def test_failing_example_does_not_hide_the_cases(program: Program) -> None:
    program.write("lesion.pw", LESION.replace("largest is 50 mm, not fit", "largest is 50 mm, fit"))
    program.write("cases.csv", GOOD)
    ended = program("test", "lesion.pw", "--cases", "cases.csv")
    assert ended.code == 1
    assert "3 of 3 cases passed" in ended.out


def test_nothing_runs_on_a_faulty_pathway(program: Program) -> None:
    program.write("gap.pw", GAP)
    program.write("cases.csv", GOOD)
    ended = program("test", "gap.pw", "--cases", "cases.csv", "--junit", "out.xml")
    assert ended.code == 1
    assert "no cases were run" in ended.err
    root = ElementTree.parse(program.folder / "out.xml").getroot()
    assert root.get("errors") == "1"


def test_junit(lesion: Program) -> None:
    title = HOSTILE.replace('"', '""')
    lesion.write("cases.csv", GOOD + f'"{title}",30,yes,resection\nbad,0,yes,ablation\n')
    ended = lesion("test", "lesion.pw", "--cases", "cases.csv", "--junit", "out.xml")
    assert ended.code == 1
    root = ElementTree.parse(lesion.folder / "out.xml").getroot()
    assert [root.get(name) for name in ("tests", "failures", "errors")] == ["7", "1", "1"]
    assert [suite.get("name") for suite in root] == ["lesion.pw", "cases.csv"]
    failure = root.find(".//failure")
    assert failure is not None
    assert "it takes largest = 31 mm instead of 30 mm" in str(failure.text)


def test_usage(lesion: Program) -> None:
    lesion.write("other.pw", LESION)
    lesion.write("cases.csv", GOOD)
    assert lesion("test", "lesion.pw", "--cases", "none.csv").code == 2
    assert lesion("test", "lesion.pw", "other.pw", "--cases", "cases.csv").code == 2
    assert lesion("test", "lesion.pw", "--coverage", "--only", "x").code == 2
    assert lesion("test", "lesion.pw", "--cases", "cases.csv", "--only", "huge").code == 2
    assert (
        "1 of 1 cases" in lesion("test", "lesion.pw", "--cases", "cases.csv", "--only", "UNF").out
    )


def test_generated_examples_pass_where_they_are_appended(lesion: Program) -> None:
    ended = lesion("test", "lesion.pw", "--generate", "--with-current", "-o", "more.pw")
    assert (ended.code, ended.out, ended.err) == (0, "", "3 cases generated\n")
    more = (lesion.folder / "more.pw").read_text(encoding="utf-8")
    assert "  given largest is 31 mm, not fit\n  expect recommend systemic in local\n" in more
    lesion.write("both.pw", f"{LESION}\n{more}")
    assert "5 of 5 examples passed" in lesion("test", "both.pw", "--threshold", "100").out


def test_generated_blanks_are_comments(lesion: Program) -> None:
    text = lesion("test", "lesion.pw", "--generate").out
    assert "#   TODO expect … in local\n" in text
    lesion.write("both.pw", f"{LESION}\n{text}")
    assert "2 of 2 examples passed" in lesion("test", "both.pw").out


def test_generated_case_file_passes(lesion: Program) -> None:
    lesion("test", "lesion.pw", "--generate", "--format", "csv", "--with-current", "-o", "c.csv")
    ended = lesion("test", "lesion.pw", "--cases", "c.csv", "--threshold", "100")
    assert "c.csv: 3 of 3 cases passed" in ended.out
    assert ended.code == 0
    lesion("test", "lesion.pw", "--generate", "--format", "csv", "-o", "c.csv")
    ended = lesion("test", "lesion.pw", "--cases", "c.csv")
    assert ended.out.count("nothing is expected; write `expect.TRACK`") == 3


def test_generate_only(lesion: Program) -> None:
    text = lesion("test", "lesion.pw", "--generate", "--only", "local.2").out
    assert 'example "branch local.2 in local' in text
    assert "largest 30 mm at a limit of local.2" in text
    assert "local.3" not in text
    text = lesion("test", "lesion.pw", "--generate", "--only", "LOCAL.2 largest").out
    assert text.count("example ") == 2
    assert "branch" not in text
    ended = lesion("test", "lesion.pw", "--generate", "--only", "nothing")
    assert ended.code == 2
    assert "there is nothing to generate for `nothing`" in ended.err


def test_generated_examples_start_from_an_example(lesion: Program) -> None:
    facts = "".join(f'fact f{n} "Fact {n}": yes/no\n  usually no\n' for n in range(6))
    more = "".join(f"  when f{n} then recommend ablation\n" for n in range(6))
    text = LESION.replace("decide local", f"{facts}decide in order local").replace(
        '  opinion "Invented for a test."\n  when', f'  because "x"\n  opinion "x"\n{more}  when', 1
    )
    given = ", ".join(f"not f{n}" for n in range(6))
    text = text.replace("20 mm, fit\n", f"20 mm, fit, {given}\n")
    text = text.replace("50 mm, not fit\n", f"50 mm, not fit, {given}\n")
    text = text.replace("A small lesion", 'A \\"small\\" lesion')
    lesion.write("lesion.pw", text)
    ended = lesion("test", "lesion.pw", "--generate", "--with-current")
    assert '  given like "A \\"small\\" lesion"\n  given f3\n' in ended.out
    lesion.write("both.pw", f"{text}\n{ended.out}")
    assert "failed" not in lesion("test", "both.pw", "--threshold", "100").out


def test_generate_usage(lesion: Program) -> None:
    assert lesion("test", "lesion.pw", "-o", "x").code == 2
    assert lesion("test", "lesion.pw", "--generate", "--only", "x").code == 2
    lesion.write("gap.pw", GAP)
    assert lesion("test", "gap.pw", "--generate").code == 1
