"""The frame: help, lazy commands, endings. No traceback reaches a user, whatever happens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module

import click
import pytest

from pathwaylang import __version__
from pathwaylang.cli import main
from pathwaylang.cli.main import COMMANDS, commands
from pathwaylang.diagnostics import InternalError
from tests.cli.support import ROOT, Program, fresh

HEAVY = ("lark", "pydantic", "rich", "pygraphviz", "graphviz", "z3", "pathwaylang.compiler")


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import json, sys\n"
        "from pathwaylang.cli.main import run\n"
        "code = run(['--help'])\n"
        "print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    code, loaded = json.loads(done.stderr)
    assert code == 0
    assert "check" in done.stdout
    assert [name for name in loaded if name.startswith(HEAVY)] == []


def test_help_lists_every_command_in_order(program: Program) -> None:
    ended = program("--help")
    table = ended.out.partition("Commands:")[2].partition("Examples:")[0]
    assert [line.split()[0] for line in table.splitlines() if line.strip()] == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(name: str, program: Program) -> None:
    ended = program(name, "--help")
    assert ended.code == 0
    assert f"Usage: pathwaylang {name}" in ended.out
    assert f"\n    pathwaylang {name}" in ended.out, "an example"
    assert all(len(line) <= 100 for line in ended.out.splitlines())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_module_holds_its_command(name: str) -> None:
    assert import_module(f"pathwaylang.cli.{name}").command.name == name


def test_version(program: Program) -> None:
    assert program("--version").out == f"pathwaylang {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("chek", "a.pw"), "did you mean `check`?"),
        (("check",), "Missing argument 'FILE...'"),
        (("check", "--formt", "json", "a.pw"), "No such option"),
        (("check", "--format", "yaml", "a.pw"), "'yaml' is not one of"),
        (("run", "a.pw", "-s", "ecog"), "a.pw: there is no such file"),
        (("run", "-", "--case", "-"), "only one of FILE and --case"),
        (("explain", "PW0000"), "there is no code `PW0000`"),
        (("units", "furlongs-per-fortnight"), "is not a unit that is known"),
        (("new", "two words"), "cannot be a name"),
        (("new", "when"), "word of the language"),
        (("dump", "nothing", "a.pw"), "is not one of"),
    ],
)
def test_usage_errors_end_with_two(arguments: tuple[str, ...], hint: str, program: Program) -> None:
    ended = program(*arguments)
    assert ended.code == 2
    assert hint in ended.err
    assert ended.out == ""


def test_no_command_prints_help_and_ends_with_two(program: Program) -> None:
    ended = program()
    assert ended.code == 2
    assert "Commands:" in ended.out + ended.err


def test_hostile_argument_is_shown_safely(program: Program) -> None:
    ended = program("\x1b[2Jcheck")
    assert ended.code == 2
    assert "\x1b" not in ended.err
    assert "<U+001B>" in ended.err


def _ends_with(fault: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def command() -> None:
        raise fault

    monkeypatch.setattr(main.LazyGroup, "get_command", lambda *_: command)


@pytest.mark.parametrize(
    ("fault", "code", "told"),
    [
        (RecursionError("deep"), "PW9901", "RecursionError: deep"),
        (MemoryError(), "PW9901", "MemoryError"),
        (ValueError("a\nb\x1b[2J"), "PW9901", "ValueError: a b<U+001B>[2J"),
        (InternalError("PW9902", "the patient does not show it"), "PW9902", "does not show it"),
    ],
    ids=["recursion", "memory", "text", "internal"],
)
def test_faults_are_told_calmly(
    fault: Exception, code: str, told: str, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ends_with(fault, monkeypatch)
    ended = program("check")
    assert ended.code == 3
    assert ended.out == ""
    text = " ".join(ended.err.split())
    assert text.startswith(f"internal error {code}: this is a fault of pathwaylang")
    assert told in text
    assert f"`pathwaylang explain {code}`" in text
    assert str(ROOT) not in text, "no path of the machine"


def test_fault_says_which_module(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathwaylang.cli.units.unit_table", lambda paint: 1 // 0)
    ended = program("units")
    assert ended.code == 3
    assert "pathwaylang.cli.units, line" in " ".join(ended.err.split())


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), click.Abort()])
def test_interrupt(fault: BaseException, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    _ends_with(fault, monkeypatch)
    ended = program("check")
    assert (ended.code, ended.err.strip()) == (130, "")


def test_full_disk_is_one_line(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    _ends_with(OSError(28, "No space left on device", "out.json"), monkeypatch)
    ended = program("check")
    assert (ended.code, ended.err) == (2, "out.json: No space left on device\n")


def test_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m pathwaylang explain | true; echo ${{PIPESTATUS[0]}}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for _ in range(3):
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        assert done.stdout.strip() in ("0", "141")


def test_output_that_the_encoding_lacks_is_escaped() -> None:
    done = fresh("units", "umol/L", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "\\xb5mol/L" in done.stdout or "umol/L" in done.stdout


def test_short_name(monkeypatch: pytest.MonkeyPatch, program: Program) -> None:
    monkeypatch.setattr(sys, "argv", ["/somewhere/pw"])
    assert "Usage: pw " in program("--help").out
    monkeypatch.setattr(sys, "argv", ["/somewhere/pytest"])
    assert "Usage: pathwaylang " in program("--help").out


def test_completion_script_of_the_shell() -> None:
    done = fresh(_PATHWAYLANG_COMPLETE="bash_source")
    assert "complete" in done.stdout


def test_group_is_the_lazy_one() -> None:
    assert isinstance(commands, main.LazyGroup)
