"""From a source to a compilation, as every command does it: with the loader, the day, the findings.

A `Source` goes in, a lazy `Compilation` comes out. Commands that need a clean pathway ask for it
here and get it, or the findings are printed and the command ends with exit code 1.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime

import click

from pathwaylang.cli.files import Loader, make_loader, read_source
from pathwaylang.cli.terminal import show, working
from pathwaylang.compiler.emit.summary import Proved
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Diagnostic, Source, Sources
from pathwaylang.diagnostics.render_json import summary_counts
from pathwaylang.diagnostics.render_text import TextStyle, render_texts

MOST_FINDINGS = 100
"""As many findings of one file are printed as text; JSON has them all."""


class Findings(click.exceptions.Exit):
    """The command cannot go on because of findings, which have been printed."""

    def __init__(self) -> None:
        super().__init__(1)


def today() -> str:
    """Return the day of the clock, or of SOURCE_DATE_EPOCH where a build must be repeatable."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and len(epoch) < 12:  # noqa: PLR2004 - the year 5138
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    return date.today().isoformat()


def compile_source(source: Source, load: Loader) -> Compilation:
    """Return the compilation of a source, with all findings made (progress is shown meanwhile)."""
    compilation = Compilation(source, load, today=today())
    with working(f"checking {source.name}"):
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


def findings_text(diagnostics: Iterable[Diagnostic], sources: Sources, style: TextStyle) -> str:
    """Return findings as text, the first hundred of them."""
    found = tuple(diagnostics)
    text = render_texts(found[:MOST_FINDINGS], sources, style)
    hidden = len(found) - MOST_FINDINGS
    return text if hidden <= 0 else f"{text}\n\nand {hidden} more; --format json lists all"


def tally(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many findings of each severity there are, in words.

    >>> tally(())
    'no findings'
    """
    found = tuple(diagnostics)
    counts = summary_counts(found)
    words = {"errors": "error", "undecided": "undecided", "warnings": "warning", "notes": "note"}
    told = [
        f"{counts[key]} {word}{'s' if counts[key] > 1 and key != 'undecided' else ''}"
        for key, word in words.items()
        if counts[key]
    ]
    waived = sum(diagnostic.waived is not None for diagnostic in found)
    return (", ".join(told) or "no findings") + (f" ({waived} waived)" if waived else "")
