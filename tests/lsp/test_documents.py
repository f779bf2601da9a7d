"""Names and addresses of files: inside the folder, outside, behind a link, not saved."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason='needs pip install "pathwaylang[lsp]"')

from pathwaylang.lsp.documents import Documents
from tests.lsp.conftest import write


def test_files_are_named_from_the_folder(tmp_path: Path) -> None:
    write(tmp_path, {"open/a b/é.pw": 'pathway p "P"\n', "other/x.pw": 'module x "X"\n'})
    documents = Documents(str(tmp_path / "open"))
    inside = (tmp_path / "open" / "a b" / "é.pw").as_uri()
    assert documents.name_of(inside) == "a b/é.pw"
    assert documents.uri_of("a b/é.pw") == inside
    outside = (tmp_path / "other" / "x.pw").as_uri()
    name = documents.name_of(outside)
    assert name == (tmp_path / "other" / "x.pw").resolve().as_posix()
    assert documents.uri_of(name) == outside
    source = documents.load(name)
    assert source is not None
    assert (source.name, source.text) == (name, 'module x "X"\n')
    assert documents.name_of("untitled:Untitled-1") == "untitled/Untitled-1"
    assert documents.load("untitled/Untitled-1") is None


def test_a_folder_behind_a_link_keeps_the_addresses_of_the_editor(tmp_path: Path) -> None:
    write(tmp_path, {"real/a.pw": 'pathway a "A"\n', "real/b.pw": 'module b "B"\n'})
    link = tmp_path / "link"
    try:
        link.symlink_to(tmp_path / "real", target_is_directory=True)
    except OSError:
        pytest.skip("no links on this system")
    documents = Documents(str(link))
    assert documents.name_of((link / "a.pw").as_uri()) == "a.pw"
    assert documents.uri_of("b.pw") == (link / "b.pw").as_uri()


def test_pathways_are_found_and_hidden_folders_are_not(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "b.pw": '# first\npathway b "B"\n',
            "sub/a.pw": 'overlay a "A"\n  of b version 1.0.0\n',
            "sub/m.pw": 'module m "M"\n',
            ".git/c.pw": 'pathway c "C"\n',
            "node_modules/d.pw": 'pathway d "D"\n',
            "e.txt": 'pathway e "E"\n',
        },
    )
    assert Documents(str(tmp_path)).pathways() == ("b.pw", "sub/a.pw")
    assert Documents(None).pathways() == ()


def test_files_are_read_again_when_they_change(tmp_path: Path) -> None:
    write(tmp_path, {"a.pw": "one"})
    documents = Documents(str(tmp_path))
    first = documents.load("a.pw")
    assert first is not None
    assert documents.load("a.pw") is first
    write(tmp_path, {"a.pw": "two"})
    os.utime(tmp_path / "a.pw", (1, 1))
    second = documents.load("a.pw")
    assert second is not None
    assert second.text == "two"
    (tmp_path / "a.pw").write_bytes(b"\xff\xfe\x00")
    assert documents.load("a.pw") is None
    (tmp_path / "a.pw").unlink()
    assert documents.load("a.pw") is None
    assert documents.load(".") is None
