"""`check`: findings, proof in words, JSON, workflow commands, exit codes."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest

from pathwaylang import __version__
from pathwaylang.cli.checked import check_all
from pathwaylang.cli.checking import check_source
from pathwaylang.diagnostics import Severity, Source
from tests.cli.support import GAP, LESION, Program
from tests.diagnostics.samples import HOSTILE, RAW_CHARACTERS

WARNED = LESION.replace("fact fit", 'fact spare "Not read by anything": yes/no\nfact fit')


def escaped(text: str) -> str:
    """Return a text as a string of the language may hold it."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def test_clean_pathway_says_what_was_proved(program: Program) -> None:
    program.write("lesion.pw", LESION)
    ended = program("check", "lesion.pw")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Proved: lesion 1.2.0 (draft)\n")
    told = " ".join(ended.out.split())
    assert "each of 400 cases reaches exactly one of 3 outcomes (engine: diagram)" in told
    assert "resection 170 42.5 % systemic 170 42.5 % ablation 60 15.0 %" in told
    assert "1 safety rule proved, 2 examples passed." in told
    assert "the medicine is not" in told
    assert "not a medical device" in told
    assert ended.out.endswith("1 file: no findings\n")


def test_gap_is_shown_with_a_patient(program: Program) -> None:
    program.write("gap.pw", GAP)
    ended = program("check", "gap.pw")
    assert ended.code == 1
    assert ended.out.startswith("gap.pw:9:1 error PW0502 gap-between-rows\n")
    assert "patient: largest is 31 mm" in ended.out
    assert "see: pathwaylang explain PW0502" in ended.out
    assert "Proved" not in ended.out
    assert ended.out.endswith("1 file: 1 error\n")


def test_strict_lets_warnings_fail(program: Program) -> None:
    program.write("warned.pw", WARNED)
    assert program("check", "warned.pw").code == 0
    strict = program("check", "--strict", "warned.pw")
    assert strict.code == 1
    assert "warning PW0304 unused-fact" in strict.out
    assert "1 file: 1 warning" in strict.out


def test_waived_warning_passes_strict(program: Program) -> None:
    waived = WARNED.replace(
        '"Not read by anything": yes/no', '"Spare": yes/no\n  accept PW0304 because "For later."'
    )
    program.write("waived.pw", waived)
    ended = program("check", "--strict", "waived.pw")
    assert ended.code == 0
    assert "PW0304 unused-fact (waived)" in ended.out
    assert "waived: For later." in ended.out
    assert ended.out.endswith("1 file: no findings (1 waived)\n")


def test_review_date_is_judged_by_the_clock(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.write("r.pw", LESION.replace("  version 1.2.0", "  review by 2026-06-30"))
    for day, is_overdue in (("1782777600", False), ("1782864000", True)):  # 30 June, 1 July 2026
        monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
        assert ("PW0903" in program("check", "r.pw").out) is is_overdue


def test_one_bad_file_hides_no_other(program: Program) -> None:
    program.write("lesion.pw", LESION)
    program.write("gap.pw", GAP)
    ended = program("check", "missing.pw", "gap.pw", "lesion.pw", ".")
    assert ended.code == 2
    assert ended.err == "missing.pw: there is no such file\n"
    assert "gap.pw:9:1 error PW0502" in ended.out
    assert "Proved: lesion" in ended.out
    assert ended.out.endswith("4 files, 2 without errors: 2 errors\n"), (
        "both again as ./gap.pw and ./lesion.pw"
    )


def test_findings_in_a_shared_module_are_told_once(program: Program) -> None:
    program.write("m.pw", 'module m "M"\nfact fit "Fit": yes/no\nfact spare "Spare": yes/no;\n')
    for name in ("a", "b"):
        text = LESION.replace("pathway lesion", f"pathway {name}")
        text = text.replace('fact fit "Fit for an operation": yes/no\n  usually yes\n', "")
        program.write(
            f"{name}.pw", text.replace("fact largest", 'use fit from "m.pw"\nfact largest')
        )
    ended = program("check", "a.pw", "b.pw")
    assert ended.code == 1
    assert ended.out.count("m.pw:3:") == 1
    assert ended.out.endswith("2 files, none without errors: 1 error\n")


def test_json_of_a_clean_and_a_faulty_file(program: Program) -> None:
    program.write("lesion.pw", LESION)
    program.write("gap.pw", GAP)
    ended = program("check", "--format", "json", "lesion.pw", "gap.pw")
    assert ended.code == 1
    document = json.loads(ended.out)
    assert list(document) == ["schema", "tool", "files", "findings", "summary"]
    assert (document["schema"], document["tool"]) == (1, f"pathwaylang {__version__}")
    assert document["files"][0] == {
        "path": "lesion.pw",
        "pathway": "lesion",
        "cases": "400",
        "unit": "cases",
        "stages": {
            "main": {
                "local": {
                    "engine": "diagram",
                    "outcomes": {"ablation": "60", "resection": "170", "systemic": "170"},
                }
            }
        },
    }
    (found,) = document["findings"]
    assert (found["code"], found["name"], found["file"]) == (
        "PW0502", "gap-between-rows", "gap.pw",
    )  # fmt: skip
    assert found["start"] == {"line": 9, "column": 1}
    assert found["patient"]["facts"] == {"largest": "31 mm"}
    assert found["patient"]["complete"] == {"largest": "31 mm", "fit": True}
    assert (found["count"], found["unit"], found["waived"]) == ("9", "cases", None)
    assert document["summary"] == {"errors": 1, "warnings": 0, "notes": 0, "undecided": 0}


def test_json_of_a_file_that_cannot_be_parsed(program: Program) -> None:
    program.write("bad.pw", "pathway\n")
    document = json.loads(program("check", "--format", "json", "bad.pw").out)
    assert document["files"] == [
        {"path": "bad.pw", "pathway": None, "cases": None, "unit": None, "stages": {}}
    ]
    assert document["summary"]["errors"] >= 1


def test_dense_facts_count_classes(program: Program) -> None:
    dense = LESION.replace("whole number in mm 1..200", "number in mm 1..200")
    program.write("dense.pw", dense)
    document = json.loads(program("check", "--format", "json", "dense.pw").out)
    assert document["files"][0]["unit"] == "classes"
    assert "classes of cases reaches exactly one" in program("check", "dense.pw").out


def test_github_format(program: Program) -> None:
    program.write("gap.pw", GAP)
    ended = program("check", "--format", "github", "gap.pw")
    assert ended.code == 1
    assert ended.out.startswith("::error file=gap.pw,line=9,")
    assert ended.out.count("\n") == 1


def test_standard_input(program: Program) -> None:
    ended = program("check", "-", stdin=GAP)
    assert ended.code == 1
    assert ended.out.startswith("<stdin>:9:1 error PW0502")


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_hostile_labels_stay_text(form: str, program: Program) -> None:
    text = GAP.replace("Largest diameter", escaped(HOSTILE)).replace(
        "What is done about the lesion?", escaped(HOSTILE)
    )
    program.write("hostile.pw", text)
    ended = program("check", "--format", form, "hostile.pw")
    assert ended.code == 1
    assert "PW0502" in ended.out or "PW01" in ended.out
    assert not any(c in ended.out for c in RAW_CHARACTERS)
    if form == "github":
        assert all(line.startswith("::error file=") for line in ended.out.splitlines())


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_direction_marks_in_labels_of_a_clean_pathway(form: str, program: Program) -> None:
    label = escaped('"><script> */ -- \u202egnp\u2066')
    program.write("marks.pw", LESION.replace("Largest diameter", label))
    ended = program("check", "--format", form, "marks.pw")
    assert ended.code in (0, 1)
    assert not any(c in ended.out for c in RAW_CHARACTERS)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "PW0107"),
        ("x" * 10_000_000, "PW0107"),
        ("\n" * 3, "PW0107"),
        ('pathway x "x"\n\ndefine a "A" as ' + "(" * 10_000 + "b" + ")" * 10_000, "PW0210"),
        ('pathway x "x"\n\ndefine a "A" as ' + "not " * 10_000 + "b", None),
        ('pathway x "x"\n' + "  " * 10_000 + "note", None),
        ('pathway x "x"\n\ndefine a "A": number 0..9 as ' + "b + " * 10_000 + "b", None),
        ('pathway x "x"\n\ndefine a "A" as ' + "b and " * 10_000 + "b", None),
        ("(" * 100_000, None),
        ('"' * 100_001, None),
        ("é\n" * 50_000, None),
    ],
    ids=[
        "empty",
        "10MB",
        "blank",
        "brackets",
        "nots",
        "indent",
        "sum",
        "ands",
        "open",
        "quotes",
        "lines",
    ],
)
def test_extreme_files_end_in_time_with_a_finding(
    text: str, code: str | None, program: Program
) -> None:
    program.write("extreme.pw", text)
    started = time.monotonic()
    ended = program("check", "extreme.pw")
    assert time.monotonic() - started < 30, "bounded; a second or two on a quiet machine"
    assert ended.code == 1
    assert " error PW" in ended.out
    assert code is None or code in ended.out
    assert len(ended.out) < 200_000


def test_many_findings_are_capped_in_text_and_whole_in_json(program: Program) -> None:
    lines = "".join(f'fact f{n} "F": yes/no\n' for n in range(130))
    program.write("many.pw", LESION + lines)
    ended = program("check", "many.pw")
    assert "and 30 more; --format json lists all" in ended.out
    document = json.loads(program("check", "--format", "json", "many.pw").out)
    assert len(document["findings"]) == document["summary"]["warnings"] == 130


def test_output_is_the_same_twice(program: Program) -> None:
    program.write("gap.pw", GAP)
    program.write("lesion.pw", LESION)
    for form in ("text", "json", "github"):
        first = program("check", "--format", form, ".")
        assert program("check", "--format", form, ".") == first


def test_what_an_overlay_notes_of_its_base_is_told_with_the_base_alone() -> None:
    source = Source("lesion.pw", WARNED)
    reading = check_source(source)
    (warning,) = reading.checked.diagnostics
    noted = replace(warning, severity=Severity.NOTE, notes=("It stands in the base.",))
    own = replace(noted, message="something else")
    overlay = replace(reading, checked=replace(reading.checked, diagnostics=(noted, own)))
    assert set(check_all([overlay]).diagnostics) == {noted, own}
    assert set(check_all([reading, overlay]).diagnostics) == {warning, own}
