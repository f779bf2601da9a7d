"""`pathwaylang new`: a commented starter file that checks clean.

A name comes in, and on a terminal the answers to three questions; a `.pw` file comes out, never
over one that exists. What the author answers is escaped, so that any text makes a valid file.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import click

from pathwaylang.cli.files import FileProblem, write_file
from pathwaylang.cli.terminal import is_terminal
from pathwaylang.compiler.syntax.keywords import KEYWORDS
from pathwaylang.diagnostics.visible import is_hazard, visible

_NAME = re.compile(r"[^\W\d]\w*\Z")
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Start:
    """What the starter file is about."""

    title: str
    question: str = "Is there an alarm sign?"
    yes: str = "Refer to hospital today"
    no: str = "Review in two weeks"


@click.command(
    "new",
    epilog="""\b
Examples:
  pathwaylang new chest_pain
  pathwaylang new chest_pain -o pathways/""",
)
@click.argument("name", metavar="NAME")
@click.option(
    "-o", "out", metavar="PATH", help="The file or folder to write to; default is NAME.pw here."
)
def command(name: str, out: str | None) -> int:
    """Write a starter file NAME.pw: a small pathway with comments that checks clean.

    On a terminal up to three questions are asked; elsewhere their defaults are taken. A file that
    exists is never overwritten.
    """
    check_name(name)
    path = _target(name, out)
    _refuse_existing(path)
    start = Start(name.replace("_", " ").capitalize())
    if is_terminal(sys.stdin) and is_terminal(sys.stdout):
        start = ask(start)
    text = starter_text(name, start)
    _refuse_existing(path)
    write_file(path, text)
    shown = visible(str(path))
    click.echo(f"wrote {shown}; next: pathwaylang check {shown}")
    return 0


def check_name(name: str) -> None:
    """Raise a usage error where a text cannot be the name of a pathway."""
    if not _NAME.match(name) or unicodedata.normalize("NFC", name) != name:
        raise click.UsageError(
            f"`{name}` cannot be a name: use letters, digits and underscores, such as chest_pain"
        )
    if name in KEYWORDS:
        raise click.UsageError(f"`{name}` is a word of the language; choose another name")
    if len(name) > _LONGEST_NAME:
        raise click.UsageError(f"a name has at most {_LONGEST_NAME} characters")


def ask(start: Start) -> Start:
    """Return what the author answers; an empty answer keeps the default."""
    title = click.prompt("Title of the pathway", default=start.title)
    question = click.prompt("First yes/no question about the patient", default=start.question)
    both = click.prompt("What is recommended if yes; and if no", default=f"{start.yes}; {start.no}")
    yes, _, no = both.partition(";")
    return Start(title, question, yes.strip() or start.yes, no.strip() or start.no)


def starter_text(name: str, start: Start) -> str:
    """Return the text of a starter file; it checks clean whatever the answers are."""
    if same_text(start.yes, start.no):
        start = Start(start.title, start.question, start.yes, f"{start.no} (otherwise)")
    title, question, yes, no = map(quoted, (start.title, start.question, start.yes, start.no))
    return f"""\
# A pathway is a list of items; lines indented under an item describe it.
# Check it with:   pathwaylang check {name}.pw
# Run a patient:   pathwaylang run {name}.pw -s first_question=yes

pathway {name} {title}
  version 0.1.0
  status draft
  grading none

# What may be known of a patient. The range is the world that is checked.
fact first_question {question}: yes/no
  usually no

# A question with its answers: exactly one `when` must hold for every patient.
# Each branch names its source with `cite`, or says `opinion` and why.
decide start {question}
  when first_question then recommend if_yes
    opinion "To be replaced by a cited source."
  when not first_question then recommend if_no
    opinion "To be replaced by a cited source."

recommendation if_yes {yes}
recommendation if_no {no}

# A rule that must hold for every patient, whatever the branches say.
never recommend if_no when first_question
  opinion "To be replaced by a cited source."

# Examples are run with every check.
example "Yes leads to the first recommendation"
  given first_question
  expect recommend if_yes
"""


def same_text(one: str, other: str) -> bool:
    """True if two answers read alike."""
    return one.split() == other.split()


def quoted(text: str) -> str:
    """Return any text as a string of the language, on one line and never empty."""
    line = " ".join("".join(" " if is_hazard(c) else c for c in text).split()) or "To be written"
    escaped = unicodedata.normalize("NFC", line).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _target(name: str, out: str | None) -> Path:
    path = Path(out) if out is not None else Path(f"{name}.pw")
    is_folder = path.is_dir() or (out is not None and out.endswith(("/", "\\")))
    return path / f"{name}.pw" if is_folder else path


def _refuse_existing(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise FileProblem(f"{visible(str(path))}: exists already; nothing was written")
