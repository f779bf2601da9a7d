"""The program `pathwaylang`: chooses a command, loads only that one, turns endings into codes.

Arguments come in; results go to stdout, everything else to stderr. Exit codes: 0 clean, 1 findings
or invalid input, 2 wrong usage or an unreadable file, 3 a fault of this program, 130 interrupted,
141 the reader of the output went away.

INVARIANT: no traceback reaches a user, and no command is imported to print the list of commands.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import NoReturn

import click

from pathwaylang import __version__
from pathwaylang.cli.fault import tell_fault
from pathwaylang.cli.files import FileProblem
from pathwaylang.cli.terminal import prepare_streams
from pathwaylang.diagnostics.visible import visible

EXIT_CLEAN, EXIT_FINDINGS, EXIT_USAGE, EXIT_FAULT = 0, 1, 2, 3
EXIT_INTERRUPTED, EXIT_NO_READER = 130, 141

COMMANDS = {
    "check": "prove that each case reaches exactly one recommendation",
    "fmt": "bring files into the standard layout",
    "test": "run examples and case files, or generate cases to decide",
    "run": "answer for one patient",
    "population": "answer a whole cohort and count what comes out",
    "draw": "draw flowcharts, also with one patient's way",
    "build": "write the compiled pathway, its documents and charts",
    "report": "write the verification record, for quality assurance",
    "certify": "write or check a certificate of the proof, or sign a pathway",
    "diff": "count which cases another version answers differently",
    "mutate": "plant small faults and count how many the checks and examples notice",
    "serve": "answer over HTTP, with the clinician's page",
    "lsp": "serve an editor: findings as you type, help at the cursor",
    "dump": "show what one pass of the compiler made of a file",
    "explain": "tell what a finding means and how to mend it",
    "new": "write a starter file",
    "units": "list the units and their spellings",
}
"""Every command with the line that `--help` shows; each lives in the module of its name."""


class NoReader(click.exceptions.Exit):
    """Whoever read the output has gone away, for instance `head`."""

    def __init__(self) -> None:
        super().__init__(EXIT_NO_READER)


class LazyGroup(click.Group):
    """Commands that are imported when they are called, not when they are listed."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; that nobody reads its output is no error."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise NoReader from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table above."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and return the command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"pathwaylang.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command asked for; an unknown one is a usage error with the nearest name."""
        if args[0] in COMMANDS or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        near = get_close_matches(args[0], COMMANDS, n=1)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        raise click.UsageError(f"there is no command `{args[0]}`{hint}", ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  pathwaylang new chest_pain
  pathwaylang check chest_pain.pw
  pathwaylang run chest_pain.pw -s severe=yes

`pathwaylang COMMAND --help` tells the options of a command.
The logic of a pathway is proved, the medicine in it is not; this is not a medical device.""",
)
@click.version_option(__version__, message="pathwaylang %(version)s")
def commands() -> None:
    """Write clinical pathways, prove them complete, draw them and run them."""


def main() -> NoReturn:
    """Run the program with the arguments of the process and end it."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the program and return its exit code; raises nothing."""
    prepare_streams()
    try:
        result = commands.main(list(arguments), prog_name=_own_name(), standalone_mode=False)
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        return result if isinstance(result, int) else EXIT_CLEAN
    except (click.Abort, KeyboardInterrupt):
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return EXIT_NO_READER
    except FileProblem as problem:
        _say(problem.message)
        return EXIT_USAGE
    except click.ClickException as problem:
        return _tell_usage(problem)
    except OSError as problem:
        _say(f"{visible(str(problem.filename or 'output'))}: {problem.strerror or problem}")
        return EXIT_USAGE
    except Exception as fault:
        _say(tell_fault(fault))
        return EXIT_FAULT


def _own_name() -> str:
    name = os.path.basename(sys.argv[0]).removesuffix(".exe") if sys.argv else ""
    return name if name in ("pw", "pathwaylang") else "pathwaylang"


def _tell_usage(problem: click.ClickException) -> int:
    context = problem.ctx if isinstance(problem, click.UsageError) else None
    if context is not None:
        _say(context.get_usage())
    told = "\n".join(map(visible, problem.format_message().split("\n")))
    _say(f"Error: {told}")
    if context is not None:
        _say(f"`{context.command_path} --help` tells more.")
    return EXIT_USAGE


def _say(text: str) -> None:
    try:
        click.echo(text, err=True)
    except OSError:  # nobody reads stderr either; the exit code still tells
        return


def _forget_output() -> None:
    """Let the interpreter's last flush go nowhere, so that it does not complain."""
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        except (OSError, ValueError, AttributeError):
            continue
