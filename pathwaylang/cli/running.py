"""A pathway that can answer, from a `.pw` file or from its compiled form.

A path goes in; a `Pathway` comes out, or the findings (or one line about a damaged artifact) are
printed and the command ends with exit code 1. The content decides which form a file has, not its
name.
"""

from __future__ import annotations

import click

from pathwaylang.cli.compiling import Findings, compile_clean_source, why_no_artifact
from pathwaylang.cli.files import STDIN, decode_text, read_bytes, source_of
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible
from pathwaylang.ir.artifact import MOST_BYTES
from pathwaylang.runtime import ArtifactError, Pathway, loads


def open_pathway(path: str, style: TextStyle) -> Pathway:
    """Return the pathway of a file; ends the command where it is not clean."""
    data = read_bytes(path, MOST_BYTES)
    if data.lstrip()[:1] == b"{":
        return _open_artifact(path, data)
    compilation = compile_clean_source(source_of(path, decode_text(path, data)), style)
    artifact = compilation.artifact
    if artifact is None:
        click.echo(f"{visible(path)}: {why_no_artifact(compilation, 'run')}", err=True)
        raise Findings
    return Pathway(artifact)


def _open_artifact(path: str, data: bytes) -> Pathway:
    try:
        return loads(data)
    except ArtifactError as error:
        name = "<stdin>" if path == STDIN else path
        click.echo(f"{visible(name)}: {visible(str(error))}", err=True)
        raise Findings from None
