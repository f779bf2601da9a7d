"""`certify`: a certificate holds for its files and no others; signing writes one line."""

from __future__ import annotations

import json

import pytest

from tests.cli.support import GAP, LESION, Program

APPROVED = LESION.replace("  version 1.2.0\n", "  version 1.2.0\n  status approved\n")
SIGN = ("certify", "--sign", 'Dr "A", board', "--day", "2026-12-01")


def test_a_certificate_is_proved_again(program: Program) -> None:
    program.write("lesion.pw", LESION)
    ended = program("certify", "lesion.pw", "-o", "out/cert.json")
    assert (ended.code, ended.out, ended.err) == (0, "out/cert.json\n", "")
    ended = program("certify", "--verify", "out/cert.json", "lesion.pw")
    assert ended.code == 0
    assert ended.out.startswith("The certificate holds.")
    assert "every value was tried" in " ".join(ended.out.split())
    assert "Not proved:" in ended.out and "share that evaluator" in ended.out


def test_a_certificate_is_the_same_every_time(program: Program) -> None:
    program.write("lesion.pw", LESION)
    program("certify", "lesion.pw", "-o", "one.json")
    program("certify", "lesion.pw", "-o", "two.json")
    assert (program.folder / "one.json").read_bytes() == (program.folder / "two.json").read_bytes()


def test_a_certificate_names_findings_without_the_machine(program: Program) -> None:
    text = LESION.replace(
        "\nrecommendation resection", '\nfact spare "Spare": yes/no\n\nrecommendation resection'
    )
    path = program.write("sub/lesion.pw", text)
    assert program("certify", str(path), "-o", "cert.json").code == 0
    written = (program.folder / "cert.json").read_text("utf-8")
    assert str(program.folder) not in written
    (found,) = json.loads(written)["findings"]
    assert (found["file"], found["waived"]) == ("lesion.pw", None)
    assert "spare" in found["message"]
    assert program("certify", "--verify", "cert.json", "sub/lesion.pw").code == 0


def test_changed_files_do_not_have_the_certificate(program: Program) -> None:
    program.write("lesion.pw", LESION)
    program("certify", "lesion.pw", "-o", "cert.json")
    program.write("lesion.pw", LESION.replace("30 mm", "40 mm"))
    ended = program("certify", "--verify", "cert.json", "lesion.pw")
    assert ended.code == 1
    assert "the sources are not those certified" in ended.out


def test_a_rule_taken_out_everywhere_is_missed_by_the_compiler(program: Program) -> None:
    program.write("lesion.pw", LESION)
    program("certify", "lesion.pw", "-o", "cert.json")
    document = json.loads((program.folder / "cert.json").read_text("utf-8"))
    document["rules"] = []
    document["artifact"]["graph"]["rules"] = []
    program.write("cert.json", json.dumps(document))
    ended = program("certify", "--verify", "cert.json", "lesion.pw")
    assert ended.code == 1
    assert "another graph" in ended.out


@pytest.mark.parametrize("text", ["", "{}", "[]", "not JSON", '{"artifact": {}, "files": []}'])
def test_no_certificate_at_all(program: Program, text: str) -> None:
    program.write("lesion.pw", LESION)
    program.write("cert.json", text)
    assert program("certify", "--verify", "cert.json", "lesion.pw").code == 1


def test_errors_are_not_certified(program: Program) -> None:
    program.write("gap.pw", GAP)
    ended = program("certify", "gap.pw", "-o", "cert.json")
    assert ended.code == 1 and "PW05" in ended.out
    assert program.files() == ["gap.pw"]


def test_a_formula_without_a_grid_is_not_certified(program: Program) -> None:
    dense = LESION.replace("whole number in mm 1..200", "number in mm 1..200")
    dense = dense.replace('"\n  usually yes\n', '"\n  usually yes\n')
    dense = dense.replace(
        "\ndecide local",
        '\nfact other "Other": number in mm 1..200\n\ndefine sum "Sum": number in mm 2..400'
        ' as largest + other\n  opinion "Invented."\n\ndecide local',
    )
    program.write("a.pw", dense.replace("when largest <= 30 mm", "when sum <= 30 mm").replace(
        "when largest > 30 mm", "when sum > 30 mm").split("\nexample")[0] + "\n")  # fmt: skip
    ended = program("certify", "a.pw", "-o", "cert.json")
    assert ended.code == 1
    assert "give these numbers a step" in ended.err


def test_signing_writes_one_line(program: Program) -> None:
    program.write("lesion.pw", APPROVED)
    ended = program(*SIGN, "lesion.pw")
    assert (ended.code, ended.err) == (0, "")
    lines = (program.folder / "lesion.pw").read_text("utf-8").splitlines()
    line = next(line for line in lines if line.startswith("  approved"))
    assert line.startswith('  approved "Dr \\"A\\", board" 2026-12-01 of ')
    lines.remove(line)
    assert "\n".join(lines) + "\n" == APPROVED
    assert program("check", "lesion.pw").code == 0
    run = json.loads(program("run", "lesion.pw", "-s", "largest=20mm", "--json").out)
    assert run["pathway"]["status"] == "approved"
    assert run["pathway"]["approved"] == 'Dr "A", board, 2026-12-01'


def test_a_change_after_signing_is_an_error_until_signed_again(program: Program) -> None:
    program.write("lesion.pw", APPROVED.replace("\n", "\r\n"))
    program(*SIGN, "lesion.pw")
    signed = (program.folder / "lesion.pw").read_bytes().decode()
    assert signed.count("\n") == signed.count("\r\n")
    program.write("lesion.pw", signed.replace("30 mm", "40 mm"))
    ended = program("check", "lesion.pw")
    assert ended.code == 1 and "PW0902" in ended.out
    assert program(*SIGN, "lesion.pw").code == 0
    again = (program.folder / "lesion.pw").read_text("utf-8")
    assert again.count("approved") == 2, "the older line is replaced"
    assert program("check", "lesion.pw").code == 0


def test_a_certificate_outlives_the_signature(program: Program) -> None:
    program.write("lesion.pw", APPROVED)
    program("certify", "lesion.pw", "-o", "cert.json")
    program(*SIGN, "lesion.pw")
    assert program("certify", "--verify", "cert.json", "lesion.pw").code == 0


def test_a_status_that_nobody_signed_is_shown_as_such(program: Program) -> None:
    program.write("lesion.pw", APPROVED)
    run, draw = ("run", "lesion.pw", "-s", "largest=20mm"), ("draw", "lesion.pw", "-o", "out")
    assert "approved, but signed by nobody; not approved" in program(*run).out
    program(*draw, "--format", "dot")
    chart = program.folder / "out" / "overview.dot"
    assert "APPROVED, but signed by nobody" in chart.read_text("utf-8")
    program(*SIGN, "lesion.pw")
    assert 'Status: approved by Dr "A", board, 2026-12-01.' in program(*run).out
    program(*draw, "--format", "dot")
    assert "signed by nobody" not in chart.read_text("utf-8")


def test_signing_a_draft_says_so(program: Program) -> None:
    program.write("lesion.pw", LESION)
    ended = program(*SIGN, "lesion.pw")
    assert ended.code == 0
    assert "its status is still `draft`" in ended.err


def test_errors_and_modules_are_not_signed(program: Program) -> None:
    program.write("gap.pw", GAP)
    program.write("part.pw", 'module part "Part"\n  version 1.0.0\n')
    assert program(*SIGN, "gap.pw").code == 1
    assert program(*SIGN, "part.pw").code == 2
    assert (program.folder / "gap.pw").read_text("utf-8") == GAP


@pytest.mark.parametrize(
    "arguments",
    [
        ("lesion.pw",),
        ("lesion.pw", "--sign", "A", "-o", "x.json"),
        ("lesion.pw", "--day", "2026-12-01", "-o", "x.json"),
        ("lesion.pw", "--sign", "A", "--day", "2026-02-30"),
        ("lesion.pw", "--sign", "A", "--day", "20261201"),
        ("lesion.pw", "--sign", " "),
        ("lesion.pw", "--sign", "A\nB"),
        ("-", "-o", "x.json"),
        ("lesion.pw", "--verify", "none.json"),
    ],
)
def test_wrong_usage(program: Program, arguments: tuple[str, ...]) -> None:
    program.write("lesion.pw", LESION)
    assert program("certify", *arguments).code == 2
    assert program.files() == ["lesion.pw"]
