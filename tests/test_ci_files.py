"""The hooks, the action and docs/ci.md: what they call is called, and does what the page says."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pathwaylang.cli.main import COMMANDS
from tests.cli.conftest import program  # noqa: F401 - a fixture
from tests.cli.support import GAP, LESION, ROOT, Program

yaml = pytest.importorskip("yaml", reason="yaml (no extra `bulk`)")

PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
WARNED = LESION.replace("fact fit", 'fact spare "Not read by anything": yes/no\nfact fit')


def block(kind: str, name: str) -> str:
    """Return a block of the page by its language and file name."""
    found = re.search(rf"^```{kind} {re.escape(name)}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None, name
    return found[1]


# ------------------------------------------------------------ hooks


def hook(name: str) -> dict[str, Any]:
    (found,) = (one for one in HOOKS if one["id"] == name)
    return found


@pytest.mark.parametrize("one", HOOKS, ids=lambda one: one["id"])
def test_hooks_call_commands_that_exist(one: dict[str, Any]) -> None:
    words = shlex.split(one["entry"])
    assert (
        words[0]
        in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    )
    assert words[1] in COMMANDS
    assert one["language"] == "python"


def test_the_hook_fmt_lays_out_changed_files(program: Program) -> None:  # noqa: F811
    one = hook("pathwaylang-fmt")
    changed = [name for name in ("a.pw", "notes.md", "b/c.pw") if re.search(one["files"], name)]
    assert changed == ["a.pw", "b/c.pw"]
    for name in changed:
        program.write(name, LESION + "\n\n\n")
    assert program(*shlex.split(one["entry"])[1:], *changed).code == 0
    assert (program.folder / "a.pw").read_text("utf-8") == LESION


def test_the_hook_check_proves_what_the_settings_name(program: Program) -> None:  # noqa: F811
    one = hook("pathwaylang-check")
    assert one["pass_filenames"] is False
    assert re.search(one["files"], "a/b.pw") and re.search(one["files"], "pathwaylang.toml")
    assert not re.search(one["files"], "a.pwx")
    call = shlex.split(one["entry"])[1:]
    program.write("pathways/lesion.pw", LESION)
    assert program(*call).code == 2, "without settings it says what is missing"
    assert program(*call, "pathways/").code == 0, "`args` may say it"
    program.write("pathwaylang.toml", block("toml", "pathwaylang.toml"))
    assert program(*call).code == 0
    program.write("pathways/lesion.pw", GAP)
    assert program(*call).code == 1


# ------------------------------------------------------------ the page


def test_the_settings_of_the_page_do_what_it_says(program: Program) -> None:  # noqa: F811
    program.write("pathwaylang.toml", block("toml", "pathwaylang.toml"))
    program.write("pathways/a.pw", WARNED)
    program.write("pathways/b.pw", GAP)
    ended = program("check")
    assert ended.code == 1
    assert ended.out.splitlines()[-1] == "2 files, 1 without errors: 1 error, 1 warning"
    assert "`2 files, 1 without errors: 1 error`" in " ".join(PAGE.split())
    assert program("check", "pathways/a.pw").code == 0, "unused-fact is allowed"
    assert program("test", "pathways/a.pw").code == 0


def test_settings_and_formats_of_the_page_are_all_there_are() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    assert told == {"strict", "allow", "threshold", "paths", "text", "json", "github", "sarif"}


def test_the_pre_commit_example_names_the_hooks() -> None:
    (repo,) = yaml.safe_load(block("yaml", ".pre-commit-config.yaml"))["repos"]
    assert [one["id"] for one in repo["hooks"]] == [one["id"] for one in HOOKS]


def test_the_workflow_gives_inputs_that_the_action_has() -> None:
    workflow = yaml.safe_load(block("yaml", ".github/workflows/pathways.yml"))
    *_, step = workflow["jobs"]["check"]["steps"]
    assert set(step["with"]) <= set(ACTION["inputs"])


# ------------------------------------------------------------ the action


def scripts() -> dict[str, dict[str, Any]]:
    return {step["name"]: step for step in ACTION["runs"]["steps"] if "run" in step}


def check(folder: Path, **inputs: object) -> subprocess.CompletedProcess[str]:
    """Run the step `Check` as a runner would: inputs into `env`, then bash with -e and pipefail."""
    step = scripts()["Check"]
    given = {name: str(one["default"]) for name, one in ACTION["inputs"].items()}
    given |= {name: str(value) for name, value in inputs.items()}
    environment = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], text)
        for name, text in step["env"].items()
    }
    programs = folder / ".programs"
    programs.mkdir(exist_ok=True)
    shim = programs / "pathwaylang"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pathwaylang "$@"\n')
    shim.chmod(0o755)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PATHWAYLANG_CACHE_DIR": str(folder / ".kept"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_script_holds_an_input_itself() -> None:
    """An input in the text of a script could run as a command; through `env` it cannot."""
    assert all("${{" not in step["run"] for step in scripts().values())
    assert all(step["shell"] == "bash" for step in scripts().values())


def test_the_action_marks_and_writes_findings(tmp_path: Path) -> None:
    (tmp_path / "path ways").mkdir()
    (tmp_path / "path ways" / "gap.pw").write_text(GAP)
    ended = check(tmp_path, files="path ways\n\n")
    assert ended.returncode == 1, ended.stderr
    assert ended.stdout.startswith("::error file=path ways/gap.pw,line=9")
    log = json.loads((tmp_path / "pathwaylang.sarif").read_text("utf-8"))
    (result,) = log["runs"][0]["results"]
    assert result["ruleId"] == "PW0502"


def test_the_action_passes_strictness_on(tmp_path: Path) -> None:
    (tmp_path / "warned.pw").write_text(WARNED)
    (tmp_path / "pathwaylang.toml").write_text('paths = ["warned.pw"]\nstrict = true\n')
    assert check(tmp_path).returncode == 1
    assert check(tmp_path, strict="false", sarif="other.sarif").returncode == 0
    assert (tmp_path / "other.sarif").is_file()


def test_the_action_fails_where_a_file_is_missing_or_an_input_is_hostile(tmp_path: Path) -> None:
    ended = check(tmp_path, files="gone.pw")
    assert ended.returncode == 2
    assert "gone.pw: there is no such file" in ended.stderr
    (run,) = json.loads((tmp_path / "pathwaylang.sarif").read_text("utf-8"))["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    ended = check(tmp_path, files="$(touch made); touch made\n`touch made`\n--help")
    assert ended.returncode == 2
    assert not (tmp_path / "made").exists()
    assert check(tmp_path).returncode == 2, "neither files nor settings"
    assert not (tmp_path / "pathwaylang.sarif").exists(), "no empty file is left to upload"
