"""`pathwaylang dump`: what one pass of the compiler made of a file, for the curious.

The name of a pass and a path come in; readable text goes to stdout. Where the file is too faulty
for the pass, its findings are printed instead.
"""

from __future__ import annotations

import click

from pathwaylang.cli.compiling import Findings, compile_source, findings_text, tally
from pathwaylang.cli.files import make_loader, read_source
from pathwaylang.cli.terminal import color_option, show, text_style
from pathwaylang.compiler.emit.dump import dump_diagram, dump_graph
from pathwaylang.compiler.model import dump_model
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.syntax import dump_syntax
from pathwaylang.diagnostics.visible import visible

PASSES = ("syntax", "model", "graph", "diagram")


@click.command(
    "dump",
    epilog="""\b
Examples:
  pathwaylang dump syntax chest_pain.pw
  pathwaylang dump diagram chest_pain.pw""",
)
@click.argument("name", type=click.Choice(PASSES), metavar="PASS")
@click.argument("file", metavar="FILE")
@color_option
def command(name: str, file: str, color: str) -> int:
    """Show what one pass of the compiler made of a file.

    PASS is syntax (the tree as written), model (names and units resolved), graph (decisions and
    branches as they are proved and run) or diagram (the decision diagram of each track).
    """
    style = text_style(color)
    compilation = compile_source(read_source(file), make_loader())
    text = dump_text(compilation, name)
    if text is None:
        failures = [d for d in compilation.diagnostics if d.is_failure]
        show(findings_text(failures, compilation.sources, style), style)
        click.echo(f"\n{tally(failures)}; there is no {name} to show")
        raise Findings
    show("\n".join(map(visible, text.rstrip("\n").split("\n"))), style)
    return 0


def dump_text(compilation: Compilation, name: str) -> str | None:
    """Return the text of a pass; None where the file has none."""
    match name:
        case "syntax":
            return dump_syntax(compilation.syntax)
        case "model":
            return None if compilation.model is None else dump_model(compilation.model)
        case "graph":
            return None if compilation.graph is None else dump_graph(compilation.graph)
        case _:
            artifact = compilation.artifact
            table = artifact.diagram if artifact is not None else None
            return dump_diagram(artifact, table) if artifact and table else None
