"""`pathwaylang run`: answer for one patient.

A pathway (source or compiled) and a case come in; the answer goes to stdout, as text or as JSON.
Exit code 0 for each of the four endings, 1 for a pathway with errors or an input that is no case.
"""

from __future__ import annotations

import click

from pathwaylang.cli.answer_text import answer_text
from pathwaylang.cli.case_input import case_options, check_stage, read_case
from pathwaylang.cli.files import STDIN
from pathwaylang.cli.running import open_pathway
from pathwaylang.cli.terminal import color_option, show, text_style
from pathwaylang.diagnostics.render_json import safe_json


@click.command(
    "run",
    epilog="""\b
Examples:
  pathwaylang run chest_pain.pw -s severe=yes -s age=61
  pathwaylang run chest_pain.pw --case patient.json --stage management
  pathwaylang run build/chest_pain.json --case patient.json --json
  cat patient.json | pathwaylang run chest_pain.pw --case -
  pathwaylang run chest_pain.pw --ask""",
)
@click.argument("file", metavar="FILE")
@case_options
@click.option(
    "--ask", is_flag=True, help="Ask for what is missing, one question at a time; `?` helps."
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@color_option
def command(  # noqa: PLR0913, PLR0917 - one argument per option of the command
    file: str,
    case_file: str | None,
    settings: tuple[str, ...],
    stage: str | None,
    ask: bool,
    as_json: bool,
    color: str,
) -> int:
    """Answer for one patient: what to do and why, or what is missing and why it matters.

    FILE is a pathway or its compiled form. Facts that are not given count as not yet recorded. A
    value may carry a unit, and `unknown` says that a fact cannot be known. With --ask the questions
    are put here, each only if it can still change the answer.
    """
    if STDIN == file == case_file:
        raise click.UsageError("only one of FILE and --case can be standard input")
    if ask and STDIN in (file, case_file):
        raise click.UsageError("--ask reads replies from standard input; give files by name")
    style = text_style(color)
    pathway = open_pathway(file, style)
    check_stage(pathway, stage)
    case = read_case(pathway, case_file, settings)
    if ask:
        from pathwaylang.cli.asking import Interview

        case = Interview(pathway, stage, style, case).run()
    answer = pathway.evaluate(case, stage)
    if as_json:
        show(safe_json(answer.to_json(2)), style)
    else:
        show(answer_text(answer, pathway, style), style)
    return 0
