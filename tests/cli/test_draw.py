"""`draw --findings` and `draw --language`: what is marked, and when a call is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import GAP, LESION, Program
from tests.cli.test_run import STAGED

CONFLICT = LESION.replace("<= 30 mm", "<= 40 mm")
UNSAFE = LESION.replace("when largest > 30 mm and fit", "when largest > 30 mm").replace(
    "  when largest > 30 mm and not fit then recommend systemic\n", ""
)
UNUSED = LESION.replace(
    "decide local", 'fact remark "A remark": yes/no\n  usually yes\n\ndecide local'
)
WAIVED = UNUSED.replace(
    "  usually yes\n\ndecide", '  usually yes\n  accept PW0304 because "Shown."\n\ndecide'
)


def drawn(program: Program, text: str, *more: str) -> tuple[int, dict[str, str], str]:
    """Return exit code, the outlines by page, and stderr."""
    program.write("lesion.pw", text)
    ended = program("draw", "lesion.pw", "-o", "out", "--format", "text", "--findings", *more)
    folder = program.folder / "out"
    pages = {path.stem: path.read_text() for path in sorted(folder.glob("*.txt"))}
    return ended.code, pages, ended.err


def marks(outline: str) -> list[str]:
    return [line.strip() for line in outline.splitlines() if line.strip().startswith("! ")]


def test_a_gap_stands_on_the_question_with_its_patient(program: Program) -> None:
    code, pages, told = drawn(program, GAP)
    assert code == 1
    assert told == "drawn with 1 error\n"
    assert marks(pages["main"]) == [
        "! NOT PROVED: the check found errors. Not for use with patients.",
        "! ERROR: “Largest diameter” falls between two branches of this question; "
        "for instance Largest diameter: 31 mm [PW0502]",
    ]
    before = pages["main"].split("  1. ")[0]
    assert "PW0502" in before, "on the question, not on a row"
    assert marks(pages["overview"])[1:] == ["! 1 error"]


def test_a_conflict_stands_on_both_rows(program: Program) -> None:
    code, pages, _ = drawn(program, CONFLICT)
    assert code == 1
    rows = pages["main"].split("if Largest diameter")[1:]
    found = [[line for line in marks(row) if "PW0504" in line] for row in rows]
    assert [len(lines) for lines in found] == [2, 1, 1]
    assert found[0][0].startswith("! ERROR: row 1 and row 2: ")
    assert "for instance Largest diameter: 31 mm; Fit for an operation: no" in found[0][1]
    assert [lines[0] for lines in found[1:]] == ["! ERROR: see row 1 [PW0504]"] * 2


def test_a_broken_safety_rule_stands_on_the_row_that_breaks_it(program: Program) -> None:
    code, pages, _ = drawn(program, UNSAFE)
    assert code == 1
    first, second = pages["main"].split("if Largest diameter")[1:]
    assert not marks(first)
    assert [line[-9:] for line in marks(second)] == [" [PW0801]", " [PW0803]"]
    assert all(line.startswith("! ERROR: ") for line in marks(second))
    assert "[PW0308]" in pages["overview"], "what no box shows is told on the overview"


def test_a_warning_alone_claims_no_error_and_ends_with_zero(program: Program) -> None:
    code, pages, told = drawn(program, UNUSED)
    assert (code, told) == (0, "drawn with 1 warning\n")
    assert marks(pages["overview"]) == ["! WARNING: the fact “A remark” is never used [PW0304]"]
    assert not marks(pages["main"])


def test_a_waived_finding_is_not_marked(program: Program) -> None:
    code, pages, told = drawn(program, WAIVED)
    assert code == 0
    assert "1 waived" in told
    assert not any(marks(page) for page in pages.values())


def test_without_findings_the_charts_are_the_same_as_before(program: Program) -> None:
    program.write("lesion.pw", LESION)
    for folder, more in (("plain", ()), ("marked", ("--findings",))):
        assert program("draw", "lesion.pw", "-o", folder, "--format", "dot", *more).code == 0
    plain, marked = program.folder / "plain", program.folder / "marked"
    for path in plain.iterdir():
        assert path.read_text() == (marked / path.name).read_text()


@pytest.mark.parametrize("form", ["svg", "png", "pdf", "dot", "mermaid"])
def test_findings_in_every_form(form: str, program: Program) -> None:
    program.write("lesion.pw", GAP)
    ended = program("draw", "lesion.pw", "-o", "out", "--format", form, "--findings")
    assert ended.code == 1
    assert all(Path(program.folder / line).exists() for line in ended.out.splitlines())
    if form in ("svg", "dot", "mermaid"):
        assert "PW0502" in "".join(p.read_text() for p in (program.folder / "out").iterdir())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LESION.replace("mm and fit then", "mm and fitt then"), "PW0301"),
        (LESION.replace("then recommend ablation", "than recommend ablation"), "PW0201"),
        ("", "nothing to draw"),
    ],
)
def test_a_file_without_a_graph_is_refused_with_its_findings(
    text: str, told: str, program: Program
) -> None:
    program.write("lesion.pw", text)
    ended = program("draw", "lesion.pw", "-o", "out", "--findings")
    assert ended.code == 1
    assert told in ended.out
    assert program.files() == ["lesion.pw"]


def test_a_module_is_refused(program: Program) -> None:
    program.write("lesion.pw", 'module m "M"\nfact fit "Fit": yes/no\n')
    ended = program("draw", "lesion.pw", "-o", "out", "--findings")
    assert ended.code == 1
    assert program.files() == ["lesion.pw"]


def test_a_patient_is_refused_where_there_are_errors_and_lit_up_where_not(program: Program) -> None:
    program.write("gap.pw", GAP)
    ended = program("draw", "gap.pw", "-o", "out", "--findings", "-s", "largest=20 mm")
    assert ended.code == 1
    assert "no patient's way" in ended.out
    assert program.files() == ["gap.pw"]
    code, pages, _ = drawn(program, UNUSED, "-s", "largest=20 mm")
    assert code == 0
    assert "this patient: Thermal ablation (row 1)" in pages["main"]


def test_findings_need_the_source_and_charts(program: Program) -> None:
    program.write("staged.pw", STAGED)
    program("build", "staged.pw", "-o", "out", "--target", "json")
    ended = program("draw", "out/staged.json", "-o", "two", "--findings")
    assert ended.code == 2
    assert "--findings needs the pathway itself" in ended.err
    for more in (("--findings",), ("--language", "de")):
        assert program("draw", "staged.pw", "-o", "two", "--format", "html", *more).code == 2
    assert not (program.folder / "two").exists()


GERMAN = (
    LESION.replace(
        '"What is done about the lesion?"\n',
        '"What is done about the lesion?"\n  label de "Was geschieht mit dem Herd?"\n',
    )
    .replace('"Resection"\n', '"Resection"\n  label de "Resektion"\n')
    .replace(
        '"Fit for an operation": yes/no\n',
        '"Fit for an operation": yes/no\n  label de "Operabel"\n',
    )
)


def test_labels_in_another_language(program: Program) -> None:
    code, pages, _ = drawn(program, GERMAN, "--language", "de")
    assert code == 0
    for told in ("Was geschieht mit dem Herd?", "Resektion", "Operabel: yes", "Thermal ablation"):
        assert told in pages["main"]
    assert "Fit for an operation" not in pages["main"]
    program("build", "lesion.pw", "-o", "built", "--target", "json")
    more = ("--format", "text", "--language", "de")
    assert program("draw", "built/lesion.json", "-o", "two", *more).code == 0
    assert (program.folder / "two" / "main.txt").read_text() == pages["main"]


def test_a_language_nobody_wrote_is_refused(program: Program) -> None:
    program.write("lesion.pw", GERMAN)
    ended = program("draw", "lesion.pw", "-o", "out", "--language", "fr")
    assert ended.code == 2
    assert "it has en, de" in ended.err
    assert program.files() == ["lesion.pw"]
