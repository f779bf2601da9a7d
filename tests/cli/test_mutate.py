"""`pathwaylang mutate`: survivors with the changed lines and a patient, a score, exit codes."""

from __future__ import annotations

import json

import pytest

from tests.cli.support import GAP, LESION, ROOT, Program, fresh

UNTESTED = LESION.partition("never")[0]


def test_survivors_are_told_with_a_patient(program: Program) -> None:
    program.write("lesion.pw", UNTESTED)
    ended = program("mutate", "lesion.pw")
    assert (ended.code, ended.err) == (0, "")
    assert "lesion.pw:11 outcomes swapped: nothing noticed\n" in ended.out
    assert "    +  when largest <= 30 mm then recommend resection\n" in ended.out
    assert "for instance largest" in ended.out
    assert "faults (" in ended.out


def test_examples_raise_the_score(program: Program) -> None:
    program.write("lesion.pw", LESION)
    program.write("untested.pw", UNTESTED)
    scores = [
        int(program("mutate", name).out.partition("noticed: ")[2].split(" ")[0])
        for name in ("lesion.pw", "untested.pw")
    ]
    assert scores[0] > scores[1]


def test_least_score_and_sample(program: Program) -> None:
    program.write("lesion.pw", UNTESTED)
    assert program("mutate", "lesion.pw", "--min-score", "100").code == 1
    ended = program("mutate", "lesion.pw", "--sample", "3", "--seed", "7")
    assert "planted 3 of " in ended.out
    assert ended.out == program("mutate", "lesion.pw", "--sample", "3", "--seed", "7").out
    assert program("mutate", "lesion.pw", "--sample", "0").code == 2


def test_a_faulty_pathway_is_not_mutated(program: Program) -> None:
    program.write("gap.pw", GAP)
    assert program("mutate", "gap.pw").code == 1
    assert program("mutate", "missing.pw").code == 2


def test_faults_in_modules(program: Program) -> None:
    fact = LESION.index("fact largest"), LESION.index("fact fit")
    program.write("parts.pw", f'module parts "Parts"\n\n{LESION[fact[0] : fact[1]]}')
    use = 'use largest from "parts.pw"\n\n'
    program.write("lesion.pw", LESION[: fact[0]] + use + LESION[fact[1] :])
    assert (
        "parts.pw:3 end of a range moved to 199: nothing noticed"
        in program("mutate", "lesion.pw").out
    )


@pytest.mark.long
def test_the_large_pathway(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "pathways")
    ended = program("mutate", "liver_mets.pw", "--sample", "30")
    assert ended.code == 0
    assert "planted 30 of " in ended.out


def survivors(out: str) -> int:
    caught, of = out.partition("noticed: ")[2].split(" faults")[0].split(" of ")
    return int(of) - int(caught)


@pytest.mark.parametrize("name", ["more.csv", "more.json"])
def test_cases_in_files_count_as_tests(name: str, program: Program) -> None:
    program.write("lesion.pw", UNTESTED)
    limits = [(30, "ablation"), (31, "resection")]
    if name.endswith("csv"):
        rows = "".join(f"{size},{size} mm,yes,{outcome}\n" for size, outcome in limits)
        program.write(name, f"id,largest,fit,expect.local\n{rows}")
    else:
        cases = [
            {"id": str(size), "largest": f"{size} mm", "fit": True, "expect.local": outcome}
            for size, outcome in limits
        ]
        program.write(name, json.dumps(cases))
    without, with_cases = (
        program("mutate", "lesion.pw", *more) for more in ((), ("--cases", name))
    )
    assert (with_cases.code, with_cases.err) == (0, "")
    assert survivors(with_cases.out) < survivors(without.out)
    assert "outcomes swapped: nothing noticed" not in with_cases.out


def test_cases_must_pass_before_faults_are_planted(program: Program) -> None:
    program.write("lesion.pw", UNTESTED)
    program.write("wrong.csv", "id,largest,fit,expect.local\na,5 mm,yes,resection\n")
    ended = program("mutate", "lesion.pw", "--cases", "wrong.csv")
    assert ended.code == 1
    assert "failed  a (line 2)" in ended.out
    assert "must pass first" in ended.out
    assert "noticed" not in ended.out


@pytest.mark.parametrize("name", ["decide.csv", "decide.pw"])
def test_survivors_become_cases_that_notice_them(name: str, program: Program) -> None:
    program.write("lesion.pw", UNTESTED)
    before = program("mutate", "lesion.pw", "-o", name, "--with-current")
    assert before.code == 0
    assert before.err.startswith(f"{name}: ")
    written = (program.folder / name).read_text("utf-8")
    assert "outcomes swapped" in written
    if name.endswith(".csv"):
        after = program("mutate", "lesion.pw", "--cases", name)
    else:
        program.write("lesion.pw", UNTESTED + "\n" + written)
        after = program("mutate", "lesion.pw")
    assert after.code == 0, after.out
    assert survivors(after.out) < survivors(before.out) / 2
    assert all(
        "end of a range moved" in line for line in after.out.splitlines() if "nothing" in line
    )


def test_what_is_right_is_left_to_people(program: Program) -> None:
    program.write("lesion.pw", UNTESTED)
    assert program("mutate", "lesion.pw", "-o", "decide.pw").code == 0
    written = (program.folder / "decide.pw").read_text("utf-8")
    assert "TODO" in written and "expect recommend" not in written
    assert program("mutate", "lesion.pw", "--with-current").code == 2


def test_an_example_at_the_end_of_a_range_notices_that_it_is_narrowed(program: Program) -> None:
    at_the_end = 'example "The least"\n  given largest is 1 mm, fit\n  expect recommend ablation\n'
    told = "end of a range moved to 2: nothing noticed"
    program.write("lesion.pw", LESION)
    assert told in program("mutate", "lesion.pw").out
    program.write("lesion.pw", LESION + at_the_end)
    assert told not in program("mutate", "lesion.pw").out
    program.write("lesion.pw", LESION)
    program.write("least.csv", "id,largest,fit,expect.local\nleast,1 mm,yes,ablation\n")
    assert told not in program("mutate", "lesion.pw", "--cases", "least.csv").out


def test_one_process_and_several_give_the_same(program: Program) -> None:
    program.write("lesion.pw", LESION)
    one, two = (
        fresh("mutate", "lesion.pw", "--sample", "8", "--jobs", jobs, folder=program.folder)
        for jobs in ("1", "2")
    )
    assert one.returncode == 0
    assert (one.stdout, one.stderr) == (two.stdout, two.stderr)


def test_a_weakened_rule_is_told_with_whom_it_no_longer_protects(program: Program) -> None:
    """Nobody is answered otherwise, since the branches keep to the rule by themselves."""
    rule = 'never recommend resection when not fit\n  opinion "Invented for a test."\n'
    assert rule in LESION
    bulleted = LESION.replace(
        rule,
        'define risky "Risky" as any of\n  - not fit\n  - largest > 150 mm\n'
        '  opinion "Invented for a test."\nnever recommend ablation when risky\n'
        '  opinion "Invented for a test."\n',
    ).replace(
        "largest <= 30 mm then recommend ablation",
        "largest <= 30 mm and fit then recommend ablation",
    )
    bulleted = bulleted.replace("when largest > 30 mm and not fit then", "when not fit then")
    program.write("lesion.pw", bulleted)
    ended = program("mutate", "lesion.pw")
    assert ended.code == 0, ended.out
    assert "    -  - largest > 150 mm\n  no answer changes, but the safety rule" in ended.out
    told = ended.out.partition("    -  - largest > 150 mm\n")[2].partition("\n\n")[0]
    told = " ".join(told.split())
    assert "“never recommend ablation when risky” says less than before: it no longer binds" in told
    assert "for instance largest = 151 mm" in told
