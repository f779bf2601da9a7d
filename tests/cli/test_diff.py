"""`diff`: text, JSON and page; safety; renames; files, folders and revisions; exit codes."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.support import LESION, Program
from tests.diagnostics.samples import HOSTILE, RAW_CHARACTERS

MOVED = LESION.replace("30 mm", "40 mm")
UNSAFE = LESION.replace(
    'never recommend resection when not fit\n  opinion "Invented for a test."\n', ""
)


def both(program: Program, old: str, new: str) -> None:
    program.write("old.pw", old)
    program.write("new.pw", new)


def test_text_counts_who_moves_and_by_which_lines(program: Program) -> None:
    both(program, LESION, MOVED)
    ended = program("diff", "old.pw", "new.pw")
    assert (ended.code, ended.err) == (0, "")
    assert "20 of 400 cases change (5.0 %)" in ended.out
    assert "10 cases move from resection to ablation (2.5 %)" in ended.out
    assert "patients with Largest diameter: 31..40 mm; Fit for an operation: yes" in ended.out
    lines = LESION.splitlines()
    before = next(i for i, line in enumerate(lines, 1) if "> 30 mm and fit" in line)
    now = next(i for i, line in enumerate(MOVED.splitlines(), 1) if "<= 40 mm" in line)
    assert f"(old.pw:{before})" in ended.out and f"(new.pw:{now})" in ended.out


def test_json_is_as_documented(program: Program) -> None:
    both(program, LESION, MOVED.replace("1..200", "1..250"))
    document = json.loads(program("diff", "old.pw", "new.pw", "--format", "json").out)
    assert list(document) == ["schema", "unit", "changes", "facts", "unchanged"]
    assert (document["schema"], document["unit"]) == (1, "cases")
    assert document["facts"] == [
        {"name": "largest", "change": "range", "old": "1..200", "new": "1..250"}
    ]
    moves = {(c["old"], c["new"]): c for c in document["changes"]}
    assert moves["resection", "ablation"]["count"] == "10"
    assert moves["impossible", "resection"]["count"] == "50"
    change = moves["resection", "ablation"]
    assert list(change) == (
        ["stage", "track", "old", "new", "count", "share", "patient", "old_line", "new_line"]
    )
    assert change["patient"]["facts"] == {"largest": "31 mm"}
    assert change["patient"]["complete"] == {"largest": "31 mm", "fit": True}
    assert moves["impossible", "resection"]["old_line"] is None
    total = sum(int(c["count"]) for c in document["changes"]) + int(document["unchanged"])
    assert total == 500


def test_equal_versions_say_so(program: Program) -> None:
    both(program, LESION, LESION.replace('"Resection"', '"Removal"'))
    ended = program("diff", "old.pw", "new.pw", "--fail-on", "any")
    assert ended.code == 0
    assert "Both versions mean the same." in ended.out


@pytest.mark.parametrize(
    ("new", "fail_on", "code"),
    [
        (MOVED, "none", 0),
        (MOVED, "any", 1),
        (MOVED, "safety", 0),
        (UNSAFE, "safety", 1),
        (LESION.replace("when not fit\n  opinion", "when not fit and largest > 50 mm\n  opinion"),
         "safety", 1),
        (LESION.replace("never recommend resection", "never recommend resection or ablation"),
         "safety", 0),
    ],
)  # fmt: skip
def test_what_fails(program: Program, new: str, fail_on: str, code: int) -> None:
    both(program, LESION, new)
    assert program("diff", "old.pw", "new.pw", "--fail-on", fail_on).code == code


def test_a_removed_rule_is_told_with_its_cases(program: Program) -> None:
    both(program, LESION, UNSAFE)
    ended = program("diff", "old.pw", "new.pw", "--fail-on", "safety")
    assert "never recommend resection when not fit" in ended.out
    told = "is gone, and no other rule says as much for 200 cases"
    assert told in " ".join(ended.out.split())
    assert told in ended.err


def test_a_broken_rule_is_told_with_a_patient(program: Program) -> None:
    both(
        program,
        LESION,
        UNSAFE.replace("not fit then recommend systemic", "not fit then recommend resection"),
    )
    ended = program("diff", "old.pw", "new.pw")
    assert "forbade what 170 cases get now in track local" in ended.out
    assert "Fit for an operation: no" in ended.out


def test_renames_make_names_no_difference(program: Program) -> None:
    renamed = LESION.replace("largest", "diameter").replace("ablation", "thermal")
    renamed = renamed.replace("decide local", "decide liver").replace("at local", "at liver")
    both(program, LESION, renamed)
    program.write(
        "map.yaml", "# what was renamed\nlargest: diameter\nablation: thermal\nlocal: liver\n"
    )
    ended = program("diff", "old.pw", "new.pw", "--renames", "map.yaml", "--fail-on", "any")
    assert (ended.code, ended.err) == (0, "")
    assert program("diff", "old.pw", "new.pw", "--fail-on", "any").code == 1
    program.write("bad.yaml", "largest = diameter\n")
    assert program("diff", "old.pw", "new.pw", "--renames", "bad.yaml").code == 2


def test_another_unit_is_the_same_fact(program: Program) -> None:
    metric = re.sub(r"(\d+)0 mm", r"\1 cm", LESION).replace("in mm 1..200", "in cm 1..20")
    both(program, LESION, metric)
    document = json.loads(program("diff", "old.pw", "new.pw", "--format", "json").out)
    assert [fact["change"] for fact in document["facts"]] == ["unit", "range", "step"]
    moves = {(c["old"], c["new"]) for c in document["changes"]}
    assert moves == {("ablation", "impossible")}, "1 to 9 mm are less than 1 cm"


def test_page_is_whole_and_escaped(program: Program) -> None:
    hostile = "<script>alert(1)</script>"
    both(
        program,
        LESION,
        MOVED.replace("Largest diameter", hostile).replace("One liver lesion", hostile),
    )
    ended = program("diff", "old.pw", "new.pw", "--format", "html", "-o", "out/changes.html")
    assert (ended.code, ended.out) == (0, "")
    page = (program.folder / "out" / "changes.html").read_text("utf-8")
    assert "<script" not in page and "&lt;script&gt;" in page
    assert not re.search(r"(?:src|href)\s*=|url\(|https?:", page)
    assert "10 cases move from resection to ablation" in page
    assert page.startswith("<!DOCTYPE html>") and page.endswith("</html>\n")


def test_hostile_texts_reach_no_terminal(program: Program) -> None:
    both(program, LESION, MOVED.replace("Largest diameter", HOSTILE))
    for form in ("text", "json", "html"):
        printed = program("diff", "old.pw", "new.pw", "--format", form).out
        assert not set(printed) & set(RAW_CHARACTERS)


def test_folders_are_matched_by_pathway(program: Program) -> None:
    other = LESION.replace("pathway lesion", "pathway second")
    program.write("old/a.pw", LESION)
    program.write("old/gone.pw", other)
    program.write("new/b.pw", MOVED)
    ended = program("diff", "old", "new")
    assert "10 cases move from resection to ablation" in ended.out
    assert "second: only in old" in ended.err
    assert program("diff", "old", "new", "--fail-on", "any").code == 1


def test_a_name_that_stands_twice_is_matched_by_file(program: Program) -> None:
    for folder, text in (("old", LESION), ("new", MOVED)):
        program.write(f"{folder}/a.pw", LESION)
        program.write(f"{folder}/b.pw", text)
    ended = program("diff", "old", "new")
    assert ended.err == ""
    assert ended.out.count("Both versions mean the same.") == 1
    assert ended.out.count("10 cases move from resection to ablation") == 1


def test_files_with_errors_are_refused(program: Program) -> None:
    both(program, LESION, LESION.replace("recommend ablation", "recommend nothing_known", 1))
    ended = program("diff", "old.pw", "new.pw")
    assert ended.code == 1
    assert "nothing_known" in ended.out


def test_missing_files_are_usage(program: Program) -> None:
    program.write("old.pw", LESION)
    assert program("diff", "old.pw", "nowhere.pw").code == 2
    assert program("diff", "--fail-on", "all", "old.pw", "old.pw").code == 2


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_revisions_are_read_from_git(program: Program) -> None:
    shared = 'module shared "Shared"\n  version 1.0.0\n\nfact fit "Fit for an operation": yes/no\n'
    using = LESION.replace('fact fit "Fit for an operation": yes/no\n  usually yes\n', "")
    using = using.replace("  version 1.2.0\n", '  version 1.2.0\n\nuse fit from "shared.pw"\n')
    program.write("sub/a.pw", using)
    program.write("sub/shared.pw", shared)
    git(program.folder, "init", "-q")
    git(program.folder, "add", ".")
    git(program.folder, "commit", "-q", "-m", "one")
    program.write("sub/a.pw", using.replace("30 mm", "40 mm"))
    for old in ("HEAD:sub/a.pw", "HEAD:./sub/a.pw", "HEAD:sub"):
        ended = program("diff", old, "sub/a.pw")
        assert "10 cases move from resection to ablation" in ended.out, (old, ended)
    for wrong in ("HEAD:none.pw", "--help:x", "--output=x:sub/a.pw", "no such:sub/a.pw"):
        assert program("diff", "--", wrong, "sub/a.pw").code == 2
    assert program.files().count("x") == 0
