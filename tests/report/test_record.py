"""`report`: what the record says of a pathway that is in order, and of one that is not."""

from __future__ import annotations

import hashlib

import pytest

from pathwaylang.cli.reporting import record_of
from pathwaylang.compiler.emit.report import write_html
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.verify.engines.solver import find_solver
from pathwaylang.diagnostics import Source
from tests.cli.support import GAP, LESION, Program
from tests.diagnostics.samples import HOSTILE, RAW_CHARACTERS
from tests.report.support import STAGED, links_of, pdf_texts, words_of


def record(program: Program, text: str, code: int = 0, name: str = "r.html") -> str:
    program.write("lesion.pw", text)
    ended = program("report", "lesion.pw", "-o", name)
    assert (ended.code, ended.out) == (code, f"{name}\n"), ended.err
    return (program.folder / name).read_text(encoding="utf-8")


def test_record_of_a_proved_pathway(program: Program) -> None:
    told = words_of(record(program, STAGED))
    for part in (
        "PROVED: each case reaches exactly one outcome in each track",
        "The logic is proved, the medicine is not. This is not a medical device.",
        "IN REVIEW, not approved for use with patients",
        "nobody has signed it",
        "child and largest > 100 mm lesion.pw:21 A child's liver holds no such lesion.",
        "What is done about the lesion? local 900 cases 4 diagram",
        "✓ proved by diagram",
        "1 of 1 example passed",
        "branches 1 of 4 25.0 %",
        "s3 p. 9 Patients were adults. background: tells whom the guideline is about",
        "To verify (2)",
        "the choice for the unfit. local.3",
        "whole number, 1 to 200 mm",
        "For the content: the medicine in this pathway is right Name Date Signature",
    ):
        assert part in told, part
    assert "NOT IN ORDER" not in told


def test_statements_and_lines_lead_to_each_other(program: Program) -> None:
    page = record(program, STAGED)
    statements = page[page.index('id="statements"') : page.index('id="lines"')]
    lines = page[page.index('id="lines"') : page.index('id="opinions"')]
    for goal in ("line-Decision-local-local.1", "line-Decision-local-local.2"):
        assert f'href="#{goal}"' in statements
        assert f'id="{goal}"' in lines
    assert lines.count('href="#says-guide.s1"') == 3
    assert 'id="says-guide.s1"' in statements


def test_every_link_arrives_and_nothing_is_loaded(program: Program) -> None:
    found = links_of(record(program, STAGED))
    assert len(found.ids) == len(set(found.ids))
    inside = [goal for goal in found.goals if goal.startswith("#")]
    assert inside == found.goals, "no link leads out of the file"
    assert {goal[1:] for goal in inside} <= set(found.ids)
    assert "#pw-chart-management" in inside
    assert not {"script", "img", "link", "iframe", "object"} & set(found.tags)


def test_load_bearing_constraint_is_marked(program: Program) -> None:
    needed = LESION.replace(
        "decide local",
        'impossible when not fit and largest > 30 mm and largest < 40 mm\n  because "Invented."\n'
        "\ndecide local",
    )
    needed = needed.replace("> 30 mm and not fit then", ">= 40 mm and not fit then")
    told = words_of(record(program, needed))
    assert "▲ the proof rests on it" in told
    useless = needed.replace(">= 40 mm and not fit then", "> 30 mm and not fit then")
    told = words_of(record(program, useless))
    assert "nothing rests on it" in told
    assert "▲ the proof rests on it" not in told


def test_gap_gives_a_record_that_says_so(program: Program) -> None:
    told = words_of(record(program, GAP, 1))
    assert "▲ NOT IN ORDER The check found 1 error" in told
    assert "PROVED:" not in told
    assert "error PW0502 gap-between-rows" in told
    assert "For instance the patient with largest = 31 mm" in told
    assert "Cases looked at" in told
    assert "Nothing was measured" in told


def test_broken_rule_is_told_with_its_patient(program: Program) -> None:
    broken = LESION.replace(
        "never recommend resection when not fit", "never recommend systemic when not fit"
    )
    told = words_of(record(program, broken, 1))
    assert "▲ BROKEN" in told
    assert "`systemic` can be recommended in track `local`, against this rule" in told


def test_failing_example_is_told(program: Program) -> None:
    failing = LESION.replace("  expect recommend systemic", "  expect recommend resection")
    told = words_of(record(program, failing, 1))
    assert "▲ FAILED" in told
    assert "1 of 2 examples passed" in told
    assert "recommend systemic at local.3" in told


@pytest.mark.parametrize("text", ["", "pathway", "fact x", 'pathway x "X"\n  version 1\n', "\x00"])
@pytest.mark.parametrize("name", ["r.html", "r.pdf"])
def test_file_that_cannot_be_read_has_a_record_or_one_line(
    text: str,
    name: str,
    program: Program,
) -> None:
    program.write("lesion.pw", text)
    ended = program("report", "lesion.pw", "-o", name)
    if ended.code == 2:
        assert ended.err.count("\n") == 1
        return
    assert ended.code == 1
    data = (program.folder / name).read_bytes()
    told = pdf_texts(data)[0] if name.endswith("pdf") else words_of(data.decode())
    assert "NOT IN ORDER" in told


def test_changed_after_approval_is_told(program: Program) -> None:
    program.write("lesion.pw", LESION.replace("1.2.0", "1.2.0\n  status approved"))
    assert (
        program(
            "certify", "lesion.pw", "--sign", "Dr A. Example, board", "--day", "2026-12-01"
        ).code
        == 0
    )
    signed = (program.folder / "lesion.pw").read_text()
    told = words_of(record(program, signed))
    assert "by Dr A. Example, board on 2026-12-01, bound to the hash below" in told
    assert "lesion 1.2.0 · APPROVED" in record(program, signed).replace("\\0000B7 ", "·")
    told = words_of(record(program, signed.replace("A small lesion", "A tiny lesion"), 1))
    assert "The files were changed since. The approval does not hold." in told
    assert "bound to the hash below" not in told


def test_waivers_stand_with_their_reason(program: Program) -> None:
    text = LESION.replace(
        "  usually yes\n", '  usually yes\nfact age "Age": whole number in years 1..99\n', 1
    )
    text = text.replace(
        "1..99\n", '1..99\n  accept PW0304 because "Shown <b>beside</b> the case."\n'
    )
    page = record(program, text)
    assert "Shown &lt;b&gt;beside&lt;/b&gt; the case." in page
    assert "1 finding waived by the authors" in words_of(page)


CASES = """\
id,largest,fit,child,expect.local
large,45 mm,yes,no,resection
unfit,45 mm,no,no,{unfit}
"""


def test_case_files_are_run_and_counted(program: Program) -> None:
    program.write("lesion.pw", STAGED)
    program.write("good.csv", CASES.format(unfit="local.3"))
    ended = program("report", "lesion.pw", "-o", "r.html", "--cases", "good.csv")
    assert (ended.code, ended.err) == (0, "")
    told = words_of((program.folder / "r.html").read_text(encoding="utf-8"))
    assert "2 of 2 cases of case files passed" in told
    assert "branches 3 of 4 75.0 %" in told
    assert "unfit good.csv, line 3 local.3 in local recommend systemic at local.3 ✓ passed" in told


def test_failing_case_is_told_on_top(program: Program) -> None:
    program.write("lesion.pw", STAGED)
    program.write("bad.csv", CASES.format(unfit="resection") + "huge,999 mm,yes,no,resection\n")
    ended = program("report", "lesion.pw", "-o", "r.html", "--cases", "bad.csv")
    assert (ended.code, ended.err) == (1, "2 cases failed\n")
    told = words_of((program.folder / "r.html").read_text(encoding="utf-8"))
    assert "▲ PROVED, BUT TESTS FAIL" in told
    assert "but 2 tests expected another" in told
    assert program("report", "lesion.pw", "-o", "x.html", "--cases", "none.csv").code == 2
    assert "x.html" not in program.files()


def test_hashes_are_those_of_the_files(program: Program) -> None:
    text = STAGED.replace("\n", "\r\n")
    told = words_of(record(program, text))
    assert hashlib.sha256(text.encode()).hexdigest() in told


@pytest.mark.skipif(find_solver() is None, reason="no solver is installed (extra verify)")
def test_record_of_what_a_solver_proved() -> None:
    text = STAGED[: STAGED.index("example ")]
    compilation = Compilation(Source("lesion.pw", text), lambda name: None, budget=20)
    assert compilation.proof is not None
    assert compilation.findings.verification is None
    made, charts = record_of(compilation)
    told = words_of(write_html(made))
    assert [chart.name for chart in charts] == ["overview", "management"]
    for part in ("PROVED", "not counted", "A solver decided"):
        assert part in told, part
    assert "proved by diagram" not in told


def test_same_files_give_the_same_bytes(program: Program) -> None:
    for name in ("r.html", "r.pdf"):
        program.write("lesion.pw", STAGED)
        assert program("report", "lesion.pw", "-o", name).code == 0
        first = (program.folder / name).read_bytes()
        assert program("report", "lesion.pw", "-o", name).code == 0
        assert (program.folder / name).read_bytes() == first


def hostile() -> str:
    label = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    label = "".join(c for c in label if c not in RAW_CHARACTERS)
    text = STAGED
    for plain in ("One liver lesion", "Ablation up to 30 mm", "What is done?", "A small lesion"):
        text = text.replace(plain, f"{label} 30 30 mm </style><script>x</script> {plain}")
    return text


def test_hostile_labels_are_text(program: Program) -> None:
    page = record(program, hostile())
    tags = links_of(page).tags
    assert "script" not in tags
    assert page.count("</style>") == 1
    assert "&lt;/style&gt;&lt;script&gt;x&lt;/script&gt; A small lesion" in page
    program.write("lesion.pw", hostile())
    assert program("report", "lesion.pw", "-o", "r.pdf").code == 0
    told = "".join(pdf_texts((program.folder / "r.pdf").read_bytes()))
    assert "</style><script>x</script> A small lesion" in told


def test_usage(program: Program) -> None:
    program.write("lesion.pw", LESION)
    program.write("module.pw", 'module m "M"\nfact fit "Fit": yes/no\n')
    for out in ("r.txt", "report"):
        ended = program("report", "lesion.pw", "-o", out)
        assert ended.code == 2
        assert f"`{out}` must end in .html or .pdf" in ended.err
    ended = program("report", "module.pw", "-o", "r.html")
    assert ended.code == 2
    assert "this is a module" in ended.err
    assert program.files() == ["lesion.pw", "module.pw"]


def test_build_writes_the_record(program: Program) -> None:
    program.write("lesion.pw", LESION)
    ended = program("build", "lesion.pw", "-o", "out", "--target", "report")
    assert ended.code == 0
    assert program.files() == ["lesion.pw", "out/report.html", "out/summary.txt"]
