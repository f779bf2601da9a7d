"""Names: what they stand for, where they are declared and used, and new ones for them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pathwaylang.compiler.syntax.lines import Lines
from pathwaylang.compiler.syntax.scanner import scan_items
from pathwaylang.diagnostics import Source
from pathwaylang.service import Workspace, definition, references, rename, renamed_at
from tests.service.support import FILES, applied, at_cursor, place, told, view, workspace

ROOT = Path(__file__).resolve().parents[2]
LIVER = "pathways/liver_mets.pw"
NO_SYMBOL = re.compile(
    r"^\s*(?:pathway|module|overlay|label|code|accept|strength|evidence|grading|status|language|of)\b"
)
FUNCTIONS = ("min", "max", "abs", "sqrt", "log10", "round")


def liver() -> Workspace:
    def load(name: str) -> Source | None:
        path = ROOT / name
        return Source(name, path.read_text(encoding="utf-8")) if path.is_file() else None

    return Workspace(load, pathways=[LIVER])


def test_every_name_of_the_liver_pathway_stands_for_something() -> None:
    seen = liver().view(LIVER)
    assert seen is not None
    lost = []
    for module in seen.compilation.modules.modules:
        known = {found.span for found in seen.occurrences(module.path)}
        for chunk in scan_items(Lines(module.source)):
            for lexeme in chunk.lexemes:
                if lexeme.type != "NAME" or lexeme.text in FUNCTIONS or lexeme.span in known:
                    continue
                line = module.source.line_text(module.source.position(lexeme.span.start).line)
                if not NO_SYMBOL.match(line):
                    lost.append(f"{module.path}: {lexeme.text}: {line}")
    assert lost == []


def test_every_name_of_the_liver_pathway_is_declared_somewhere() -> None:
    seen = liver().view(LIVER)
    assert seen is not None
    paths = [module.path for module in seen.compilation.modules.modules]
    declared = {o.symbol for path in paths for o in seen.occurrences(path) if o.is_declaration}
    for path in paths:
        before = -1
        for found in seen.occurrences(path):
            assert found.span.start >= before, "two names overlap"
            before = found.span.end
            symbols = seen.meant(found, path)
            assert symbols, found
            assert declared.issuperset(symbols), found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('define able "Able" as f¦it and', "shared.pw:2:fit"),
        ("use fit, ec¦og", "shared.pw:4:ecog"),
        ("cite trial.si¦ze", "shared.pw:9:size"),
        ("cite tri¦al.size", "shared.pw:8:trial"),
        ("stage_of is ear¦ly then", "main.pw:6:early"),
        ("go to sec¦ond", "main.pw:25:second"),
        ("offer abl¦ation", "main.pw:11:ablation"),
        ("obtain c¦t", "main.pw:8:ct"),
        ('like "Sm¦all"', 'main.pw:31:"Small"'),
        ('from "sha¦red.pw"', "shared.pw:1:"),
    ],
)
def test_definition(text: str, expected: str) -> None:
    plain = text.replace("¦", "")
    main = FILES["main.pw"]
    assert main.count(plain) == 1, plain
    seen, offset = at_cursor(main.replace(plain, text))
    assert told(seen, definition(seen, offset)) == [expected]


def test_references_in_all_files() -> None:
    seen = view()
    at = place(seen, "fit and")
    assert told(seen, references(seen, at)) == [
        "main.pw:3:fit", "main.pw:7:fit", "main.pw:36:fit", "shared.pw:2:fit",
    ]  # fmt: skip
    assert len(references(seen, at, with_declaration=False)) == 3


def test_references_from_a_module_see_all_pathways_that_use_it() -> None:
    other = 'pathway other "O"\nuse fit from "shared.pw"\ndefine unfit "U" as not fit\n'
    files = {**FILES, "other.pw": other}
    seen = workspace(files).view("shared.pw")
    assert seen is not None
    found = told(seen, references(seen, place(seen, "fit")), files)
    assert found == [
        "main.pw:3:fit", "main.pw:7:fit", "main.pw:36:fit", "other.pw:2:fit", "other.pw:3:fit",
        "shared.pw:2:fit",
    ]  # fmt: skip


RENAMES = [
    "fit and", "ecog <=", "size <= 3", "early then", "able and", "ct\n", "ablation\n    id", "A1",
    "first\n", "second\n", "size\n  when able", "trial.size", '"Small"\n  given fit',
]  # fmt: skip


@pytest.mark.parametrize("words", RENAMES)
def test_rename_changes_every_place_and_no_meaning(words: str) -> None:
    seen = view()
    at = place(seen, words, 1)
    found = rename(seen, at, "renamed_thing")
    assert found.problem == ""
    assert found.edits
    texts = applied(FILES, found.edits)
    again = view(texts)
    codes = [d.code for d in again.compilation.diagnostics]
    assert codes == [d.code for d in seen.compilation.diagnostics]
    span = renamed_at(seen, at)
    assert span is not None
    old = seen.source.text[span.start : span.end]
    back_at = texts["main.pw"].index("renamed_thing") + 1
    back = rename(again, back_at, old)
    assert applied(texts, back.edits) == FILES


@pytest.mark.parametrize(
    ("words", "new", "reason"),
    [
        ("fit and", "when", "word of the language"),
        (", none", "nothing", "`none` is a word of the language"),
        ("fit and", "two words", "is no name"),
        ("fit and", "3rd", "is no name"),
        ("fit and", "", "is no name"),
        ("fit and", "size", "is a fact already"),
        ("fit and", "ECOG", "`ecog` is a fact already"),
        ("fit and", "Ablation", "`ablation` is a recommendation already"),
        ("ablation\n    id", "A2", "is a branch already"),
        ("early then", "late", "is a value of `stage_of` already"),
        ("size\n  when able", "age", "`trial.age` is a statement already"),
        ('"Small"\n  given fit', 'a "b"', "quotation marks"),
        ("because", "x", "no name here"),
    ],
)
def test_rename_is_refused(words: str, new: str, reason: str) -> None:
    seen = view()
    found = rename(seen, place(seen, words, 2), new)
    assert reason in found.problem
    assert found.edits == ()


def test_rename_is_refused_while_a_file_cannot_be_read() -> None:
    files = {**FILES, "shared.pw": FILES["shared.pw"] + "\nfact broken when\n"}
    seen = view(files)
    found = rename(seen, place(seen, "able and"), "strong_enough")
    assert found.problem.startswith("shared.pw has a part that cannot be read")


def test_renaming_a_fact_of_the_liver_pathway_keeps_it_clean() -> None:
    desk = liver()
    seen = desk.view("pathways/liver_mets/scores.pw")
    assert seen is not None
    before = [d.code for d in seen.compilation.reading]
    found = rename(seen, place(seen, "dfi < 12"), "interval_free")
    files = {e.span.source for e in found.edits}
    assert len(files) > 2
    for name in files:
        source = desk.source(name)
        assert source is not None
        edits = [e for e in found.edits if e.span.source == name]
        desk.put(name, applied({name: source.text}, edits)[name])
    again = desk.view("pathways/liver_mets/scores.pw")
    assert again is not None
    assert [d.code for d in again.compilation.reading] == before
