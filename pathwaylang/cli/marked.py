"""A pathway with its findings, for charts that show both; it need not be clean.

The path of a source goes in; its graph, the findings as marks, and, where the pathway is clean,
what can answer for a patient come out. A file too broken to have a graph is refused with its
findings, exit code 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

import click

from pathwaylang.cli.compiling import Findings, compile_source, findings_text, tally
from pathwaylang.cli.files import decode_text, make_loader, read_bytes, source_of
from pathwaylang.cli.terminal import show
from pathwaylang.compiler.emit.dot import Marks, marks_of
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible
from pathwaylang.ir.artifact import MOST_BYTES
from pathwaylang.ir.graph import DecisionGraph
from pathwaylang.runtime import Pathway


@dataclass(frozen=True, slots=True)
class Marked:
    """A graph with marks; `pathway` is None where errors forbid an answer."""

    graph: DecisionGraph
    marks: Marks
    compilation: Compilation
    pathway: Pathway | None

    @property
    def exit_code(self) -> int:
        """1 where the check fails."""
        return int(not self.compilation.is_clean)


def open_marked(path: str, style: TextStyle) -> Marked:
    """Return a pathway with its findings; ends the command where there is nothing to draw."""
    data = read_bytes(path, MOST_BYTES)
    if data.lstrip()[:1] == b"{":
        raise click.UsageError(
            "--findings needs the pathway itself; this is a compiled form, and only a pathway "
            "without errors has one"
        )
    compilation = compile_source(source_of(path, decode_text(path, data)), make_loader())
    graph = compilation.graph
    if graph is None or not graph.decisions:
        refuse(compilation, style, "there is nothing to draw yet")
    artifact = compilation.artifact
    pathway = Pathway(artifact) if artifact is not None else None
    return Marked(graph, marks_of(graph, compilation.diagnostics), compilation, pathway)


def answering(marked: Marked, style: TextStyle) -> Pathway:
    """Return what answers for a patient; ends the command where errors forbid that."""
    if marked.pathway is None:
        refuse(marked.compilation, style, "no patient's way is drawn before `check` passes")
    return marked.pathway


def tell(marked: Marked) -> None:
    """Say on stderr how many findings were drawn."""
    click.echo(f"drawn with {tally(marked.compilation.diagnostics)}", err=True)


def refuse(compilation: Compilation, style: TextStyle, why: str) -> NoReturn:
    """Print the findings and end the command."""
    failures = [d for d in compilation.diagnostics if d.is_failure]
    if not failures:
        name = visible(compilation.source.name)
        click.echo(f"{name}: this is a module; draw a pathway that uses it", err=True)
        raise Findings
    show(findings_text(failures, compilation.sources, style), style)
    click.echo(f"\n{tally(failures)}; {why}")
    raise Findings
