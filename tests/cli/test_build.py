"""`build` and `draw`: what is written, and that nothing is written for a pathway with errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Source
from pathwaylang.runtime import load
from tests.cli.support import GAP, LESION, Program
from tests.cli.test_run import STAGED
from tests.diagnostics.samples import HOSTILE, RAW_CHARACTERS


def test_build_writes_everything(program: Program) -> None:
    program.write("lesion.pw", LESION)
    ended = program("build", "lesion.pw", "-o", "out")
    assert (ended.code, ended.err) == (0, "")
    written = program.files()
    for name in ("out/lesion.json", "out/lesion.md", "out/lesion.pdf", "out/summary.txt"):
        assert name in written
    assert "out/charts/overview.svg" in written
    assert sorted(ended.out.split()) == [name for name in written if name != "lesion.pw"]
    assert not any("/." in name for name in written), "no temporary file is left"


def test_artifact_is_loaded_by_the_runtime(program: Program) -> None:
    program.write("lesion.pw", LESION)
    program("build", "lesion.pw", "-o", "out", "--target", "json")
    assert program.files() == ["lesion.pw", "out/lesion.json", "out/summary.txt"]
    pathway = load(program.folder / "out" / "lesion.json")
    answer = pathway.evaluate(pathway.case({"largest": "2.5 cm"}))
    assert answer["local"].outcome == "ablation"


def test_targets_add_up(program: Program) -> None:
    program.write("lesion.pw", LESION)
    program("build", "lesion.pw", "-o", "out", "--target", "json", "--target", "doc")
    written = program.files()
    assert written == ["lesion.pw", "out/lesion.json", "out/lesion.md", "out/summary.txt"]


def test_summary_says_what_check_says(program: Program) -> None:
    program.write("lesion.pw", LESION)
    program("build", "lesion.pw", "-o", "out", "--target", "doc")
    summary = (program.folder / "out" / "summary.txt").read_text()
    assert summary.strip() in program("check", "lesion.pw").out
    assert summary.strip() in (program.folder / "out" / "lesion.md").read_text()


def test_building_twice_gives_the_same_bytes(program: Program) -> None:
    program.write("staged.pw", STAGED)
    targets = ("--target", "json", "--target", "doc")
    program("build", "staged.pw", "-o", "one", *targets)
    program("build", "staged.pw", "-o", "two", *targets)
    one, two = program.folder / "one", program.folder / "two"
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes(), path.name


@pytest.mark.parametrize("command", ["build", "draw"])
@pytest.mark.parametrize("text", [GAP, "", 'module m "M"\nfact fit "Fit": yes/no\n'])
def test_faulty_pathway_is_refused_and_nothing_written(
    command: str, text: str, program: Program
) -> None:
    program.write("faulty.pw", text)
    ended = program(command, "faulty.pw", "-o", "out")
    assert ended.code == 1
    assert ended.out + ended.err
    assert program.files() == ["faulty.pw"]


@pytest.mark.parametrize("command", ["build", "draw"])
def test_folder_that_cannot_be_made(command: str, program: Program) -> None:
    program.write("lesion.pw", LESION)
    program.write("out", "a file")
    ended = program(command, "lesion.pw", "-o", "out/below")
    assert ended.code == 2
    assert ended.err.count("\n") == 1


def test_document_has_all_that_the_pathway_says(program: Program) -> None:
    program.write("staged.pw", STAGED)
    program("build", "staged.pw", "-o", "out", "--target", "doc")
    text = (program.folder / "out" / "staged.md").read_text()
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings == [
        "## Scope",
        "## Facts",
        "## Tests",
        "## Decisions",
        "## Recommendations",
        "## Assumed to be impossible",
        "## Opinions to review",
        "## What was proved",
        "## Sources",
    ]
    for part in (
        "# Two stages",
        "| Good reserve or poor, or unknown |",
        "| `local.1` | Largest diameter ≤ 3 cm | Offer, the patient chooses: Thermal ablation; or",
        "| Larger ones are resected. | local.2 |",
        "[guide.limit](#guide.limit)",
        '| `limit` | <a id="guide.limit"></a>Table 2 | Ablation up to 30 mm | local.1 |',
        "Cited as a whole by: first.1, first.2",
        "First: Contrast CT",
    ):
        assert part in text, part


def test_document_of_derived_facts_rules_and_examples(program: Program) -> None:
    text = LESION.replace(
        "decide local",
        'define small "Small" as largest <= 10 mm\n  opinion "Invented."\n'
        'score points "Points"\n  opinion "Invented."\n  add 2 when small\n  add 1 when fit\n'
        'classify class "Class"\n  opinion "Invented."\n  A "Class A" when points >= 2\n'
        "  B otherwise\n"
        'define volume "Volume": number in mm2 1..40000 as largest * largest\n'
        '  opinion "Invented."\n\ndecide local',
    ).replace("largest > 30 mm and fit", "largest > 30 mm and fit and class is one of A, B")
    program.write("derived.pw", text)
    assert "error" not in program("check", "derived.pw").out
    program("build", "derived.pw", "-o", "out", "--target", "doc")
    document = (program.folder / "out" / "lesion.md").read_text()
    for part in (
        "### Small",
        "| Largest diameter ≤ 10 mm | opinion: Invented. |",
        "| 2 | Small: yes | opinion: Invented. |",
        "| Class A | Points ≥ 2 | opinion: Invented. |",
        "| B | in all other cases | opinion: Invented. |",
        "never recommend resection<br>when:<br>Fit for an operation: no |",
        "| A small lesion | recommend ablation |",
    ):
        assert part in document, part


def test_hostile_labels_are_text_in_the_document(program: Program) -> None:
    label = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    label = "".join(c for c in label if c not in "\x1b\x9b\x07")
    text = LESION
    for plain in ("One liver lesion", "Largest diameter", "Thermal ablation", "Plan a margin"):
        text = text.replace(plain, f"{label} | `x` [l](u)")
    source = Source("hostile.pw", text)
    if not Compilation(source, lambda name: None).is_clean:
        source = Source("hostile.pw", text.replace("\u202e", "").replace("\u2066", ""))
    program.write("hostile.pw", source.text)
    assert program("build", "hostile.pw", "-o", "out").code == 0
    document = (program.folder / "out" / "lesion.md").read_text()
    assert "<script" not in document
    assert not any(c in document for c in RAW_CHARACTERS)
    rows = [line for line in document.splitlines() if line.startswith("| ") and "script" in line]
    assert rows
    assert all(" | ".join(("", "")) in row and "\\|" in row for row in rows)
    assert "[l](u)" not in document
    for path in (program.folder / "out").rglob("*.svg"):
        assert "<script" not in path.read_text(), path.name


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("svg", "overview.svg"),
        ("png", "overview.png"),
        ("dot", "overview.dot"),
        ("pdf", "staged.pdf"),
    ],
)
def test_draw_formats(form: str, name: str, program: Program) -> None:
    program.write("staged.pw", STAGED)
    ended = program("draw", "staged.pw", "-o", "out", "--format", form)
    assert (ended.code, ended.err) == (0, "")
    assert (program.folder / "out" / name).stat().st_size > 100
    listed = [Path(line).as_posix() for line in ended.out.splitlines()]
    assert sorted(listed) == [path for path in program.files() if path.startswith("out/")]


@pytest.mark.parametrize("form", ["mermaid", "text"])
def test_draw_as_text(form: str, program: Program) -> None:
    program.write("staged.pw", STAGED)
    ended = program("draw", "staged.pw", "-o", "out", "--format", form)
    assert ended.code == 0
    drawn = "".join(path.read_text() for path in (program.folder / "out").iterdir())
    assert "What is done about the lesion?" in drawn


def test_draw_lights_up_the_way_of_a_patient(program: Program) -> None:
    program.write("staged.pw", STAGED)
    program.write("case.json", json.dumps({"largest": "2 cm", "reserve": "good"}))
    for folder, way in (("plain", ()), ("lit", ("--case", "case.json", "--stage", "management"))):
        ended = program("draw", "staged.pw", "-o", folder, "--format", "dot", *way)
        assert ended.code == 0
    plain, lit = program.folder / "plain", program.folder / "lit"
    assert {path.name for path in plain.iterdir()} == {path.name for path in lit.iterdir()}
    assert (plain / "management.dot").read_text() != (lit / "management.dot").read_text()


def test_draw_from_the_compiled_form(program: Program) -> None:
    program.write("staged.pw", STAGED)
    program("build", "staged.pw", "-o", "out", "--target", "json")
    program("draw", "staged.pw", "-o", "one", "--format", "dot")
    program("draw", "out/staged.json", "-o", "two", "--format", "dot")
    one, two = program.folder / "one", program.folder / "two"
    for path in one.iterdir():
        assert path.read_text() == (two / path.name).read_text()


def test_draw_with_a_wrong_case(program: Program) -> None:
    program.write("staged.pw", STAGED)
    ended = program("draw", "staged.pw", "-o", "out", "-s", "largest=900")
    assert ended.code == 1
    assert "this is no case of staged: 1 problem" in ended.err
    assert program("draw", "staged.pw", "-o", "out", "--stage", "nowhere").code == 2
    assert program.files() == ["staged.pw"]
