"""From a source to a compilation, as every command does it: with the loader, the day, the findings.

A `Source` goes in, a lazy `Compilation` comes out. Commands that need a clean pathway ask for it
here and get it, or the findings are printed and the command ends with exit code 1.
"""

from __future__ import annotations

import click

from pathwaylang.cli.files import Loader, make_loader, read_source
from pathwaylang.cli.telling import findings_text, tally, today
from pathwaylang.cli.terminal import show, working
from pathwaylang.compiler.emit.summary import Proved
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.verify.resting import collector_rests
from pathwaylang.diagnostics import Source
from pathwaylang.diagnostics.render_text import TextStyle

__all__ = [
    "Findings",
    "compile_clean",
    "compile_clean_source",
    "compile_source",
    "findings_text",
    "proved_of",
    "tally",
    "today",
    "why_no_artifact",
]


class Findings(click.exceptions.Exit):
    """The command cannot go on because of findings, which have been printed."""

    def __init__(self) -> None:
        super().__init__(1)


def compile_source(source: Source, load: Loader) -> Compilation:
    """Return the compilation of a source, with all findings made (progress is shown meanwhile)."""
    compilation = Compilation(source, load, today=today())
    with working(f"checking {source.name}"), collector_rests():
        _ = compilation.diagnostics
    return compilation


def compile_clean(path: str, style: TextStyle) -> Compilation:
    """Return the compilation of a file that has no error; else print the findings and end."""
    return compile_clean_source(read_source(path), style)


def compile_clean_source(source: Source, style: TextStyle) -> Compilation:
    """Return the compilation of a source that has no error; else print the findings and end."""
    compilation = compile_source(source, make_loader())
    failures = [d for d in compilation.diagnostics if d.is_failure]
    if failures:
        show(findings_text(failures, compilation.sources, style), style)
        click.echo(f"\n{tally(failures)}; `pathwaylang check` must pass first")
        raise Findings
    return compilation


def why_no_artifact(compilation: Compilation, verb: str) -> str:
    """Return why a clean file gives no artifact: a module, or proved without a diagram."""
    if compilation.proof is None:
        return f"this is a module; {verb} a pathway that uses it"
    return f"its decision diagram is too large to {verb} it, though a solver proved it"


def proved_of(compilation: Compilation) -> Proved | None:
    """Return what the words about a proof are made from; None where the pathway is not clean."""
    graph, proof = compilation.graph, compilation.proof
    if graph is None or proof is None or not compilation.is_clean:
        return None
    results, _ = compilation.examples
    passed = len(dict.fromkeys(result.example.label for result in results))
    return Proved(graph, proof.record, passed, compilation.diagnostics, compilation.sources)
