"""One patient from the command line: a JSON file and `fact=value` pairs.

Texts go in, a `Case` of the pathway comes out, or every problem of the input at once as printable
lines. Numbers are read exactly: no value passes through a float.

INVARIANT: of a fact that is given twice, `-s` outranks the file; twice in one file is a problem.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeVar

import click

from pathwaylang.cli.compiling import today
from pathwaylang.cli.files import STDIN, read_text
from pathwaylang.diagnostics.visible import visible
from pathwaylang.runtime import Case, CaseError, Pathway

Command = TypeVar("Command", bound=Callable[..., object])

MOST_CASE_BYTES = 4 * 1024 * 1024


class CaseRefused(click.exceptions.Exit):
    """The input is no case of the pathway; the problems have been printed."""

    def __init__(self) -> None:
        super().__init__(1)


def case_options(command: Command) -> Command:
    """Add `--case`, `-s` and `--stage`, handed over as `case_file`, `settings` and `stage`."""
    for option in (
        click.option("--stage", metavar="STAGE", help="Start at this stage instead of the first."),
        click.option(
            "-s",
            "settings",
            multiple=True,
            metavar="FACT=VALUE",
            help="One fact of the patient, e.g. -s ecog=1 -s largest='2.5 cm'; repeatable.",
        ),
        click.option(
            "--case",
            "case_file",
            metavar="CASE.json",
            help="The patient: a JSON object of facts; - reads standard input.",
        ),
    ):
        command = option(command)
    return command


def read_case(pathway: Pathway, case_file: str | None, settings: tuple[str, ...]) -> Case:
    """Return the case; prints all problems and raises CaseRefused where there is none."""
    given: dict[str, object] = {}
    problems: list[str] = []
    if case_file is not None:
        text = read_text(case_file, MOST_CASE_BYTES)
        try:
            given |= parse_case(text)
        except ValueError as error:
            problems.append(f"{visible('<stdin>' if case_file == STDIN else case_file)}: {error}")
    given |= parse_settings(settings)
    try:
        case = pathway.case(given, on=today())
    except CaseError as error:
        problems += [str(problem) for problem in error.problems]
    else:
        if not problems:
            return case
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    click.echo(f"this is no case of {visible(pathway.info.name)}: {count}", err=True)
    for problem in problems:
        click.echo(f"  {visible(problem)}", err=True)
    raise CaseRefused


def parse_case(text: str) -> dict[str, object]:
    """Return the object of a JSON text; ValueError with one line where it is none.

    Decimal fractions stay texts, so that they are read exactly.

    >>> parse_case('{"largest": 2.50, "ecog": 1}')
    {'largest': '2.50', 'ecog': 1}
    """
    try:
        found = json.loads(
            text,
            parse_float=str,
            parse_int=_whole,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique,
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno} is not JSON: {error.msg.lower()}") from None
    except RecursionError:
        raise ValueError("nested too deeply for a case") from None
    if not isinstance(found, dict):
        raise ValueError('a case is a JSON object of facts, such as {"ecog": 1}')
    return found


def parse_settings(settings: tuple[str, ...]) -> dict[str, object]:
    """Return the facts of `fact=value` pairs; a usage error where one is none."""
    given: dict[str, object] = {}
    for setting in settings:
        name, sign, value = setting.partition("=")
        if not sign or not name.strip():
            raise click.UsageError(f"-s needs FACT=VALUE, not `{setting}`")
        given[name.strip()] = value.strip() or None
    return given


def check_stage(pathway: Pathway, stage: str | None) -> None:
    """Raise a usage error where the pathway has no such stage."""
    if stage is not None and stage not in pathway.stages:
        known = ", ".join(pathway.stages)
        raise click.UsageError(f"there is no stage `{stage}`; the pathway has {known}")


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) < 40 else digits  # noqa: PLR2004 - no fact is that large


def _refuse_constant(word: str) -> object:
    raise ValueError(f"`{word}` is not a value")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"`{name}` is given twice")
        found[name] = value
    return found
