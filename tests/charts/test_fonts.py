"""Letters on machines without fonts, and silence where fontconfig has something to say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pathwaylang.render.adapters.fonts import PLACES, has_font_file, named_places, write_fonts

ROOT = Path(__file__).parents[2]


def run(code: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FONTCONFIG")}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**kept, **more},
        capture_output=True,
        text=True,
        check=True,
    )


def test_a_font_is_found_in_folders_below(tmp_path: Path) -> None:
    assert not has_font_file([str(tmp_path), str(tmp_path / "nowhere")])
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "fonts.dir").write_text("0")
    assert not has_font_file([str(tmp_path)])
    (tmp_path / "a" / "b" / "Some.TTF").write_bytes(b"")
    assert has_font_file([str(tmp_path)])


def test_folders_named_in_the_settings_of_the_machine_are_found(tmp_path: Path) -> None:
    (tmp_path / "conf.d").mkdir()
    (tmp_path / "conf.d" / "00.conf").write_text("<fontconfig><dir> /a/b </dir></fontconfig>")
    (tmp_path / "fonts.conf").write_text("<fontconfig>\n<dir>/c</dir></fontconfig>")
    assert named_places(str(tmp_path)) == ("/a/b", "/c")
    assert named_places(str(tmp_path / "nowhere")) == ()


def test_the_settings_name_the_folder(tmp_path: Path) -> None:
    settings = write_fonts({"A": b"1", "B": b"2"}, tmp_path)
    assert f"<dir>{tmp_path}</dir>" in settings.read_text()
    assert (tmp_path / "A.ttf").read_bytes() == b"1"


def test_a_machine_without_fonts_gets_those_of_the_wheel_and_keeps_nothing(tmp_path: Path) -> None:
    code = (
        "import os\n"
        "from pathwaylang.render.adapters import fonts\n"
        "fonts.PLACES, fonts.SETTINGS = (), 'nowhere'\n"
        "from pathwaylang.render.adapters.drawing import draw, has_fonts\n"
        "print(has_fonts(), os.environ['FONTCONFIG_FILE'])\n"
        "print(b'FiraGO' in draw('digraph { a [fontname=Helvetica] }', 'pdf'))\n"
    )
    done = run(code, TMPDIR=str(tmp_path))
    first, second = done.stdout.splitlines()
    assert first.startswith(f"True {tmp_path}")
    assert second == "True"
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_without_the_wheel_nothing_is_changed() -> None:
    code = (
        "import os\n"
        "from pathwaylang.render.adapters import fonts\n"
        "fonts.PLACES, fonts.SETTINGS, fonts._WHEEL = (), 'nowhere', 'no_such_wheel'\n"
        "fonts.provide_fonts()\n"
        "print('FONTCONFIG_FILE' in os.environ)\n"
    )
    assert run(code).stdout == "False\n"


def test_settings_of_the_user_are_kept(tmp_path: Path) -> None:
    code = (
        "import os\n"
        "from pathwaylang.render.adapters import fonts\n"
        "fonts.PLACES, fonts.SETTINGS = (), 'nowhere'\n"
        "fonts.provide_fonts()\n"
        "print(os.environ['FONTCONFIG_FILE'])\n"
    )
    assert run(code, FONTCONFIG_FILE=str(tmp_path / "own.conf")).stdout.strip().endswith("own.conf")


def test_settings_newer_than_the_library_are_no_reason_to_warn(tmp_path: Path) -> None:
    places = "".join(f"<dir>{Path(place).expanduser()}</dir>" for place in PLACES)
    own = tmp_path / "own.conf"
    own.write_text(f"<fontconfig><reset-dirs/><new-element/>{places}</fontconfig>")
    code = (
        "from pathwaylang.render.adapters.drawing import draw\nprint(draw('digraph{a}','png')[:4])"
    )
    done = run(code, FONTCONFIG_FILE=str(own))
    assert done.stdout == "b'\\x89PNG'\n"
    assert done.stderr == ""
