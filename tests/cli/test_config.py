"""Settings of a project: where they are found, what they do, and what is refused."""

from __future__ import annotations

import pytest

from tests.cli.support import LESION, Program

WARNED = LESION.replace("fact fit", 'fact spare "Not read by anything": yes/no\nfact fit')
UNTESTED = LESION.partition("example")[0]


def test_strict_by_the_settings_and_the_command_line_outranks_them(program: Program) -> None:
    program.write("pathwaylang.toml", "strict = true\n")
    program.write("deep/down/warned.pw", WARNED)
    assert program("check", "deep/down/warned.pw").code == 1
    assert program("check", "deep").code == 1
    assert program("check", "--no-strict", "deep").code == 0
    program.write("deep/pathwaylang.toml", "")
    assert program("check", "deep").code == 0, "the nearest file decides alone"
    assert program("check", "--strict", "deep").code == 1


def test_each_file_is_judged_by_its_own_settings(program: Program) -> None:
    program.write("a/pathwaylang.toml", "strict = true\n")
    program.write("a/warned.pw", WARNED)
    program.write("b/warned.pw", WARNED)
    assert program("check", "b").code == 0
    assert program("check", "b", "a").code == 1


def test_settings_in_pyproject(program: Program) -> None:
    program.write("pyproject.toml", "[tool.pathwaylang]\nstrict = true\n")
    program.write("warned.pw", WARNED)
    assert program("check", "warned.pw").code == 1
    program.write("pyproject.toml", "[tool.other]\nstrict = true\n")
    assert program("check", "warned.pw").code == 0
    program.write("pyproject.toml", "[tool.pathwaylang]\nstrict = true\n")
    program.write("pathwaylang.toml", "strict = false\n")
    assert program("check", "warned.pw").code == 0, "pathwaylang.toml stands before pyproject.toml"


@pytest.mark.parametrize("allowed", ["PW0304", "unused-fact"])
def test_allowed_warnings_pass_but_are_told(allowed: str, program: Program) -> None:
    program.write("pathwaylang.toml", f'strict = true\nallow = ["{allowed}"]\n')
    program.write("warned.pw", WARNED)
    ended = program("check", "warned.pw")
    assert ended.code == 0
    assert "warning PW0304 unused-fact" in ended.out


def test_paths_stand_in_for_missing_arguments(program: Program, tmp_path: object) -> None:
    program.write("lesion.pw", LESION)
    program.write("more/other.pw", LESION)
    assert program("check").code == 2
    program.write("pathwaylang.toml", 'paths = ["lesion.pw", "more"]\n')
    assert program("check").out.endswith("2 files, all without errors: no findings\n")
    assert program("check", "more").out.endswith("1 file: no findings\n")
    assert program("test").code == 0


def test_threshold_of_the_tests(program: Program) -> None:
    program.write("lesion.pw", LESION)
    program.write("pathwaylang.toml", "threshold = 100\n")
    ended = program("test", "lesion.pw")
    assert ended.code == 1
    assert "100 % are asked for" in ended.err
    assert program("test", "--threshold", "50", "lesion.pw").code == 0
    assert program("test", "--only", "small", "lesion.pw").code == 0, "coverage is of all tests"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("strct = true", "there is no setting `strct` in pathwaylang.toml; did you mean `strict`?"),
        ("zebra = 1", "there are strict, threshold, allow, paths"),
        ('strict = "yes"', "`strict` must be true or false"),
        ("threshold = 101", "`threshold` must be a number from 0 to 100, in percent"),
        ("threshold = true", "`threshold` must be a number from 0 to 100, in percent"),
        ('allow = "PW0304"', "`allow` must be a list of texts"),
        ("paths = [1]", "`paths` must be a list of texts"),
        ('allow = ["PW0501"]', "PW0501, which is an error: only warnings pass"),
        ('allow = ["unused-fct"]', "which is no code; did you mean `unused-fact`?"),
        ("strict = ", "this is no TOML: invalid value (at line 1"),
    ],
)
def test_mistakes_in_the_settings_end_the_call(settings: str, told: str, program: Program) -> None:
    program.write("lesion.pw", LESION)
    program.write("pathwaylang.toml", settings + "\n")
    ended = program("check", "lesion.pw")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("pathwaylang.toml: ")
    assert told in ended.err


def test_a_mistake_in_a_section_of_pyproject_names_it(program: Program) -> None:
    program.write("lesion.pw", LESION)
    program.write("pyproject.toml", "[tool.pathwaylang]\nallows = []\n")
    assert "no setting `allows` in tool.pathwaylang" in program("check", "lesion.pw").err
    program.write("pyproject.toml", "[tool]\npathwaylang = 3\n")
    assert "`tool.pathwaylang` must be a table" in program("check", "lesion.pw").err


def test_standard_input_has_the_settings_of_the_current_folder(program: Program) -> None:
    program.write("pathwaylang.toml", "strict = true\n")
    assert program("check", "-", stdin=WARNED).code == 1
