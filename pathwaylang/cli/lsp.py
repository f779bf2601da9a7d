"""`pathwaylang lsp`: the language server, for editors; docs/editors.md tells how they start it.

It speaks the Language Server Protocol over standard input and output, and prints nothing else.
"""

from __future__ import annotations

import click

NEEDS = 'the language server needs the library pygls: pip install "pathwaylang[lsp]"'


@click.command(
    "lsp",
    epilog="""\b
Examples:
  pathwaylang lsp
  (an editor starts it; docs/editors.md has the lines for Vim, Emacs, Helix and VS Code)""",
)
@click.option("--stdio", is_flag=True, help="Standard input and output: the only way, the default.")
def command(stdio: bool) -> int:
    """Serve an editor: findings as you type, help at the cursor.

    It tells what a name means, completes what may stand here, finds and renames names in all files,
    formats, repairs, and shows how many cases take each branch.
    """
    try:
        from pathwaylang.lsp.server import serve
    except ImportError as error:
        if (error.name or "").split(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise click.UsageError(NEEDS) from None
    return serve()
