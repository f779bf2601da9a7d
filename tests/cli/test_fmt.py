"""`fmt`: rewrites what needs it, changes nothing under `--check` and `--diff`, filters stdin."""

from __future__ import annotations

from tests.cli.support import LESION, Program

MESSY = LESION.replace("\n\nfact largest", "\n\n\n\nfact   largest").replace(
    "  usually yes\n", "  usually   yes   # as a rule\n"
)


def test_formats_in_place_and_is_then_content(program: Program) -> None:
    path = program.write("messy.pw", MESSY)
    ended = program("fmt", "messy.pw")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    text = path.read_text()
    assert "\nfact largest " in text
    assert "# as a rule" in text
    assert program("fmt", "--check", "messy.pw").code == 0
    before = path.stat().st_mtime_ns
    assert program("fmt", "messy.pw").code == 0
    assert path.stat().st_mtime_ns == before, "a file in order is not written"


def test_check_and_diff_change_nothing(program: Program) -> None:
    path = program.write("messy.pw", MESSY)
    checked = program("fmt", "--check", "messy.pw")
    assert (checked.code, checked.out) == (1, "messy.pw: would be changed\n")
    shown = program("fmt", "--diff", "messy.pw")
    assert shown.code == 1
    assert "-fact   largest" in shown.out
    assert "+fact largest" in shown.out
    assert path.read_text() == MESSY


def test_filter_from_standard_input(program: Program) -> None:
    program.write("messy.pw", MESSY)
    filtered = program("fmt", "-", stdin=MESSY)
    assert filtered.code == 0
    program("fmt", "messy.pw")
    assert filtered.out == (program.folder / "messy.pw").read_text()
    assert program.files() == ["messy.pw"]


def test_line_ends_of_the_file_are_kept(program: Program) -> None:
    path = program.write("dos.pw", MESSY.replace("\n", "\r\n"))
    assert program("fmt", "dos.pw").code == 0
    text = path.read_bytes().decode()
    assert text.count("\r\n") == text.count("\n") > 5
    assert program("fmt", "--check", "dos.pw").code == 0


def test_broken_item_is_copied_and_told(program: Program) -> None:
    broken = MESSY.replace("never recommend", "nevr   recommend")
    path = program.write("broken.pw", broken)
    ended = program("fmt", "broken.pw")
    assert ended.code == 1, "there is a mistake that fmt cannot mend"
    assert "error PW0" in ended.err
    text = path.read_text()
    assert "nevr   recommend resection when not fit" in text
    assert "\nfact largest " in text, "the rest is in order"


def test_empty_file_is_left_alone(program: Program) -> None:
    path = program.write("empty.pw", "")
    ended = program("fmt", "empty.pw")
    assert ended.code == 1
    assert "PW0107" in ended.err
    assert path.read_bytes() == b""


def test_folder_with_modules_and_a_missing_file(program: Program) -> None:
    program.write("a/m.pw", 'module m "M"\nfact   fit "Fit": yes/no\n')
    program.write("a/p.pw", MESSY)
    ended = program("fmt", "a", "missing.pw")
    assert ended.code == 2
    assert ended.err == "missing.pw: there is no such file\n"
    assert "fact fit" in (program.folder / "a/m.pw").read_text()
    assert program("fmt", "--check", "a").code == 0
