"""`pathwaylang explain`: the page of a code, or the list of all codes.

A code (or the name of a finding) comes in; its page, which is shipped with the package, goes to
stdout. On a terminal with colours the page is laid out, elsewhere it is the plain Markdown.
"""

from __future__ import annotations

import sys
from difflib import get_close_matches
from importlib.resources import files

import click

from pathwaylang.cli.terminal import color_option, is_terminal, show, text_style
from pathwaylang.diagnostics.codes import CODES, Code

OWN_FAULTS = "PW99"
_PAGES = "pages"


@click.command(
    "explain",
    epilog="""\b
Examples:
  pathwaylang explain
  pathwaylang explain PW0501
  pathwaylang explain missing-case""",
)
@click.argument("code", required=False)
@color_option
def command(code: str | None, color: str) -> int:
    """Tell what a finding means, why it matters to a patient and how to mend it.

    CODE is a code such as PW0501, or the name beside it. Without one, all codes are listed.
    """
    style = text_style(color)
    if code is None:
        show(code_list(), style)
        return 0
    found = find_code(code)
    page = read_page(found)
    if style.colour and is_terminal(sys.stdout):
        from rich.console import Console
        from rich.markdown import Markdown

        Console(width=style.width).print(Markdown(page))
    else:
        show(page.rstrip("\n"), style)
    return 0


def code_list() -> str:
    """Return all codes, one a line."""
    name_width = max(len(code.name) for code in CODES.values())
    lines = [
        f"{code.code}  {code.severity:<9}  {code.name:<{name_width}}  {code.summary}"
        for code in CODES.values()
    ]
    return "\n".join([*lines, "", "`pathwaylang explain CODE` tells more about one of them."])


def find_code(text: str) -> Code:
    """Return the code meant; raises a usage error with the nearest one."""
    wanted = text.strip()
    by_name = {code.name: code for code in CODES.values()}
    found = CODES.get(wanted.upper()) or by_name.get(wanted.lower())
    if found is not None:
        return found
    near = get_close_matches(wanted.upper(), CODES, n=1) or get_close_matches(
        wanted.lower(), by_name, n=1
    )
    hint = f"; did you mean `{near[0]}`?" if near else "; `pathwaylang explain` lists all"
    raise click.UsageError(f"there is no code `{text}`{hint}")


def read_page(code: Code) -> str:
    """Return the page of a code; our own faults share one."""
    name = f"{OWN_FAULTS}xx" if code.code.startswith(OWN_FAULTS) else code.code
    page = files("pathwaylang.diagnostics").joinpath(_PAGES, f"{name}.md")
    return page.read_text(encoding="utf-8")
