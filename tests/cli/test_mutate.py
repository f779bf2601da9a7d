"""`pathwaylang mutate`: survivors with the changed lines and a patient, a score, exit codes."""

from __future__ import annotations

import pytest

from tests.cli.support import GAP, LESION, ROOT, Program

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
