"""Files: each thing that cannot be read gives one clear line; writing is all or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pathwaylang.cli import files
from pathwaylang.cli.files import (
    FileProblem,
    make_loader,
    read_inputs,
    read_source,
    read_text,
    write_file,
)
from tests.cli.support import Program


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("nul.pw", b"pathway\0x", "nul.pw: this is not a text file"),
        ("picture.pw", b"\x89PNG\r\n\x1a\n\0\0", "picture.pw: this is not a text file"),
        (
            "latin.pw",
            b'pathway x "x"\nfact a "M\xe4rz": yes/no\n',
            "line 2 is not UTF-8 text (byte",
        ),
        ("wide.pw", "pathway".encode("utf-16"), "wide.pw: this is UTF-16 text; save it as UTF-8"),
    ],
)
def test_what_is_no_text(name: str, data: bytes, told: str, program: Program) -> None:
    program.write(name, data)
    with pytest.raises(FileProblem) as caught:
        read_source(name)
    assert told in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("missing.pw", "missing.pw: there is no such file"),
        (".", ".: this is a folder, not a file"),
        ("nul\0.pw", "nul<U+0000>.pw: "),
        ("\x1b[2J.pw", "<U+001B>[2J.pw: there is no such file"),
        ("x" * 5000, "file name too long"),
    ],
)
def test_what_cannot_be_opened(path: str, told: str, program: Program) -> None:
    with pytest.raises(FileProblem) as caught:
        read_text(path)
    assert told in caught.value.message


def test_reading_is_bounded(program: Program) -> None:
    program.write("large.pw", "x" * 2_000_001)
    with pytest.raises(FileProblem, match="larger than 1 MB"):
        read_text("large.pw", 2_000_000)
    with pytest.raises(FileProblem, match="larger than 16 MB"):
        read_text("/dev/zero")


def test_byte_order_mark_and_line_ends_are_kept(program: Program) -> None:
    program.write("dos.pw", b"\xef\xbb\xbfone\r\ntwo\r\n")
    assert read_text("dos.pw") == "\ufeffone\r\ntwo\r\n"


def test_folders_are_read_in_order_without_modules(program: Program) -> None:
    program.write("a/z.pw", 'pathway z "z"\n')
    program.write("a/b/y.pw", '\ufeff# first\n\npathway y "y"\n')
    program.write("a/m.pw", '# shared\nmodule m "m"\n')
    program.write("a/o.pw", 'overlay o "o"\n')
    program.write("a/.hidden/h.pw", 'pathway h "h"\n')
    program.write("a/broken.pw", "pathway_x")
    program.write("a/notes.txt", "x")
    program.write("a/nul.pw", b"\0")
    inputs = read_inputs(["a", "a/m.pw", "missing.pw"], with_modules=False)
    names = [source.name for source in inputs.sources]
    assert names == ["a/broken.pw", "a/o.pw", "a/z.pw", "a/b/y.pw", "a/m.pw"]
    assert inputs.problems == (
        "a/nul.pw: this is not a text file",
        "missing.pw: there is no such file",
    )
    everything = read_inputs(["a"], with_modules=True)
    assert "a/m.pw" in [source.name for source in everything.sources]


def test_deciding_what_is_a_module_takes_no_time_on_comments(program: Program) -> None:
    program.write("a/m.pw", "#" * 200_000 + "\n" + "# x # y\n" * 20_000 + 'module m "m"\n')
    assert read_inputs(["a"], with_modules=False).problems == (
        "a: this folder holds no pathway (a file ending in .pw)",
    )


def test_empty_folder(program: Program) -> None:
    (program.folder / "empty").mkdir()
    assert read_inputs(["empty"], with_modules=True).problems == (
        "empty: this folder holds no file ending in .pw",
    )


def test_loader_gives_none_for_what_cannot_be_read(program: Program) -> None:
    program.write("m.pw", "text")
    load = make_loader()
    source = load("m.pw")
    assert source is not None
    assert source.text == "text"
    assert load("m.pw") is source, "read once"
    assert load("missing.pw") is None
    assert load("-") is None, "a pathway cannot ask for standard input"


def test_written_file_is_whole_and_has_ordinary_rights(program: Program) -> None:
    path = program.folder / "new" / "a.json"
    write_file(path, "{}\n")
    assert path.read_text() == "{}\n"
    mask = os.umask(0)
    os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask
    path.chmod(0o640)
    write_file(path, "[]\n")
    assert path.read_text() == "[]\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert program.files() == ["new/a.json"], "no temporary file is left"


def test_failed_write_leaves_the_old_file(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = program.write("a.json", "old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "replace", fail)
    with pytest.raises(FileProblem, match=r"a\.json: cannot be written: no space left"):
        write_file(path, "new")
    assert path.read_text() == "old"
    assert program.files() == ["a.json"]


def test_write_into_a_file_as_folder_and_through_a_link(program: Program) -> None:
    program.write("file", "x")
    with pytest.raises(FileProblem, match="cannot be written"):
        write_file(Path("file/a.json"), "x")
    real = program.write("real/a.pw", "old")
    link = program.folder / "link.pw"
    link.symlink_to(real)
    write_file(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"
