"""`pathwaylang test --generate`: a covering set of cases, for people to complete.

A file and a form come in; the cases go to stdout or a file, and their number to stderr. Ends with
exit code 1 where the pathway is not clean.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from pathwaylang.cli.compiling import Findings, compile_clean, why_no_artifact
from pathwaylang.cli.files import write_file
from pathwaylang.cli.terminal import show, working
from pathwaylang.compiler.qa.generate import generate_cases
from pathwaylang.compiler.qa.generate_text import cases_csv, examples_text
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible
from pathwaylang.runtime import Pathway


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options ask for: the form, where to, today's outcomes, which goals."""

    form: str
    out: str | None
    with_current: bool
    only: str | None = None


def generate(path: str, asked: Asked, style: TextStyle) -> int:
    """Write a covering set of cases for one pathway."""
    compilation = compile_clean(path, style)
    artifact, verification = compilation.artifact, compilation.findings.verification
    if artifact is None or verification is None:
        click.echo(f"{visible(path)}: {why_no_artifact(compilation, 'run')}", err=True)
        raise Findings
    with working(f"generating cases for {path}"):
        cases = generate_cases(verification, asked.only)
        if asked.only is not None and not cases:
            raise click.UsageError(f"there is nothing to generate for `{visible(asked.only)}`")
        write = cases_csv if asked.form == "csv" else examples_text
        text = write(Pathway(artifact), cases, with_current=asked.with_current)
    if asked.out is None:
        show(text.rstrip("\n"), style)
    else:
        write_file(Path(asked.out), text)
    click.echo(f"{len(cases)} cases generated", err=True)
    return 0
