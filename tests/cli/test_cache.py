"""The cache of results: what it saves, and when it must not be believed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from pathwaylang.cli import cache as cache_module
from pathwaylang.cli.cache import ResultCache, cache_folder
from pathwaylang.cli.checked import Checked, Reading
from pathwaylang.cli.checking import check_source
from pathwaylang.cli.files import make_loader
from pathwaylang.cli.plain import from_plain, to_plain
from pathwaylang.diagnostics import Severity, Source
from tests.cli.support import GAP, LESION, ROOT, Program, fresh

FACT = 'fact fit "Fit for an operation": yes/no\n  usually yes\n'
SHARED = f'module shared "Shared"\n\n{FACT}'
MAIN = LESION.replace(FACT, "").replace("fact largest", 'use fit from "shared.pw"\n\nfact largest')


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the folder of the cache, which the program uses."""
    folder = tmp_path / "kept"
    monkeypatch.setenv("PATHWAYLANG_CACHE_DIR", str(folder))
    return folder


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
@pytest.mark.parametrize("text", [LESION, GAP], ids=["clean", "gap"])
def test_a_kept_result_is_told_as_it_was(
    text: str, form: str, program: Program, kept: Path
) -> None:
    program.write("lesion.pw", text)
    first = program("check", "--format", form, "lesion.pw")
    assert len(entries(kept)) == 1
    assert program("check", "--format", form, "lesion.pw") == first
    assert program("check", "--no-cache", "--format", form, "lesion.pw") == first


def test_an_unchanged_file_does_not_load_the_compiler(program: Program, kept: Path) -> None:
    program.write("lesion.pw", LESION)
    program("check", "lesion.pw")
    code = (
        "import sys\n"
        "from pathwaylang.cli.main import run\n"
        "code = run(['check', 'lesion.pw'])\n"
        "loaded = [name for name in sys.modules if name.startswith('pathwaylang.compiler')]\n"
        "print(code, loaded, 'lark' in sys.modules, 'pydantic' in sys.modules)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=program.folder,
        env={"PYTHONPATH": str(ROOT), "PATHWAYLANG_CACHE_DIR": str(kept)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.endswith("\n0 [] False False\n")


def test_without_cache_nothing_is_kept(program: Program, kept: Path) -> None:
    program.write("lesion.pw", LESION)
    program("check", "--no-cache", "lesion.pw")
    assert entries(kept) == []


def test_a_change_of_a_module_is_seen(program: Program, kept: Path) -> None:
    program.write("main.pw", MAIN)
    program.write("shared.pw", SHARED)
    assert program("check", "main.pw").code == 0
    program.write("shared.pw", SHARED.replace("yes/no\n", "yes/no\n  may be unknown\n"))
    ended = program("check", "main.pw")
    assert ended.code == 1
    assert "PW0503" in ended.out
    program.write("shared.pw", SHARED)
    assert program("check", "main.pw").code == 0


def test_a_module_that_appears_or_goes_is_seen(program: Program, kept: Path) -> None:
    program.write("main.pw", MAIN)
    assert "PW0905" in program("check", "main.pw").out
    program.write("shared.pw", SHARED)
    assert program("check", "main.pw").code == 0
    (program.folder / "shared.pw").unlink()
    assert "PW0905" in program("check", "main.pw").out


def test_the_day_of_review_is_seen(
    program: Program, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.write("r.pw", LESION.replace("  version 1.2.0", "  review by 2026-06-30"))
    for day, is_overdue in (("1782777600", False), ("1782864000", True), ("1782777600", False)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
        assert ("PW0903" in program("check", "r.pw").out) is is_overdue


def test_another_program_has_other_entries(
    program: Program, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.write("lesion.pw", LESION)
    program("check", "lesion.pw")
    monkeypatch.setattr(cache_module, "program_hash", lambda: "another")
    program("check", "lesion.pw")
    assert len(entries(kept)) == 2


def test_the_hash_of_the_program_reads_every_file(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "a.py").write_text("x = 1\n")
    original, cache_module._PACKAGE = cache_module._PACKAGE, package
    try:
        hashes = set()
        for text in ("x = 1\n", "x = 2\n"):
            (package / "a.py").write_text(text)
            cache_module.program_hash.cache_clear()
            hashes.add(cache_module.program_hash())
        (package / "b.lark").write_text("")
        cache_module.program_hash.cache_clear()
        hashes.add(cache_module.program_hash())
    finally:
        cache_module._PACKAGE = original
        cache_module.program_hash.cache_clear()
    assert len(hashes) == 3


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"lesion", b"LESION"),
        lambda data: b"\x00" * len(data),
        lambda data: data + b"x",
    ],
    ids=["empty", "half", "changed", "zeros", "longer"],
)
def test_a_damaged_entry_is_as_good_as_none(damage, program: Program, kept: Path) -> None:  # type: ignore[no-untyped-def]
    program.write("lesion.pw", LESION)
    first = program("check", "lesion.pw")
    (entry,) = entries(kept)
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    assert program("check", "lesion.pw") == first
    assert entry.read_bytes() == whole, "and it is written anew"


def test_an_entry_of_another_shape_is_refused() -> None:
    checked = check_source(Source("gap.pw", GAP)).checked
    data = json.loads(json.dumps(to_plain(checked)))
    assert from_plain(Checked, data) == checked
    for broken in (data[:-1], [*data[:1], "x", *data[2:]], None, {"file": 1}, [[1], [], [], []]):
        with pytest.raises(ValueError, match=r"instead of|a list|is none of"):
            from_plain(Checked, broken)


def test_a_folder_that_cannot_be_written_is_no_error(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.write("lesion.pw", LESION)
    program.write("file", "")
    monkeypatch.setenv("PATHWAYLANG_CACHE_DIR", "file/below")
    ended = program("check", "lesion.pw")
    assert (ended.code, ended.err) == (0, "")


def test_what_is_undecided_is_asked_again(tmp_path: Path) -> None:
    source = Source("gap.pw", GAP)
    reading = check_source(source)
    cache = ResultCache(tmp_path, make_loader(), "2026-01-01")
    diagnostics = reading.checked.diagnostics
    found = tuple(replace(d, severity=Severity.UNDECIDED) for d in diagnostics)
    cache.put(source, Reading(replace(reading.checked, diagnostics=found), reading.sources))
    assert entries(tmp_path) == []
    cache.put(source, reading)
    assert cache.get(source) == reading


def test_old_entries_are_thinned_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "MOST_ENTRIES", 6)
    cache = ResultCache(tmp_path, make_loader(), "2026-01-01")
    for number in range(8):
        source = Source(f"gap{number}.pw", GAP)
        cache.put(source, check_source(source))
    assert len(entries(tmp_path)) <= 6
    assert cache.get(source) is not None, "the newest is kept"


def test_calls_at_the_same_time_do_not_disturb_each_other(tmp_path: Path) -> None:
    source = Source("gap.pw", GAP)
    reading = check_source(source)
    cache = ResultCache(tmp_path, make_loader(), "2026-01-01")
    cache.put(source, reading)
    wrong: list[object] = []

    def write_and_read() -> None:
        for _ in range(15):
            cache.put(source, reading)
            if cache.get(source) != reading:
                wrong.append("half an entry")

    threads = [threading.Thread(target=write_and_read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(entries(tmp_path)) == 1, "and nothing is left lying about"


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/pathwaylang"),
        ("linux", {"XDG_CACHE_HOME": ""}, "HOME/.cache/pathwaylang"),
        ("darwin", {}, "HOME/Library/Caches/pathwaylang"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/pathwaylang/Cache"),
    ],
)
def test_the_folder_of_the_platform(
    platform: str, environment: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PATHWAYLANG_CACHE_DIR")
    monkeypatch.setattr(sys, "platform", platform)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert str(cache_folder()) == folder.replace("HOME", str(Path.home()))


def test_many_files_are_the_same_by_one_or_several_processes(program: Program) -> None:
    for number in range(4):
        program.write(f"f{number}.pw", GAP if number % 2 else LESION)
    one = fresh("check", "--jobs", "1", ".", folder=program.folder)
    several = fresh("check", "--jobs", "2", ".", folder=program.folder)
    assert (several.stdout, several.stderr, several.returncode) == (one.stdout, one.stderr, 1)
    assert several.stdout.endswith("4 files, 2 without errors: 2 errors\n")
