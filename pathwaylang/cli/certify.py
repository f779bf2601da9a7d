"""`pathwaylang certify`: write a certificate, check one, or sign a pathway.

A pathway comes in; a certificate goes to a file, or the verdict of the independent checker to
stdout, or the head line `approved` into the pathway. Exit code 0, 1 for a pathway with errors or a
certificate that does not hold, 2 for wrong usage or an unreadable file.

INVARIANT: signing changes the line `approved` and nothing else, whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from pathwaylang.certificate import Verdict, check_certificate
from pathwaylang.cli.compiling import Findings, compile_clean, compile_clean_source, today
from pathwaylang.cli.files import (
    STDIN,
    FileProblem,
    make_loader,
    read_bytes,
    read_source,
    source_of,
    write_file,
)
from pathwaylang.cli.signing import approval_line, check_day, signed_text
from pathwaylang.cli.terminal import color_option, show, text_style, working
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.qa.certifying import has_graph, write_certificate
from pathwaylang.diagnostics.paint import Paint
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible, wrapped
from pathwaylang.ir.artifact import MOST_BYTES


@click.command(
    "certify",
    epilog="""\b
Examples:
  pathwaylang certify chest_pain.pw -o chest_pain.cert.json
  pathwaylang certify --verify chest_pain.cert.json chest_pain.pw
  pathwaylang certify --sign "Dr A. Example, tumour board" --day 2026-12-01 chest_pain.pw""",
)
@click.argument("file", metavar="FILE")
@click.option("-o", "out", metavar="CERT", help="Write a certificate to this file.")
@click.option("--verify", metavar="CERT", help="Check a certificate against the files as they are.")
@click.option("--sign", metavar="NAME", help='Approve the pathway: "name, role".')
@click.option("--day", metavar="DAY", help="The day of the approval; today unless given.")
@color_option
def command(  # noqa: PLR0913, PLR0917 - one argument per option of the command
    file: str, out: str | None, verify: str | None, sign: str | None, day: str | None, color: str
) -> int:
    """Write a certificate of what was proved, check one, or sign a pathway.

    A certificate holds the compiled pathway with its proof; --verify proves it again by other code
    and says what that does not cover. --sign binds an approval to the files as they are.
    """
    if sum(choice is not None for choice in (out, verify, sign)) != 1:
        raise click.UsageError("choose one of -o, --verify and --sign")
    if day is not None and sign is None:
        raise click.UsageError("--day goes with --sign")
    if file == STDIN:
        raise click.UsageError("a pathway that is certified must be a file")
    style = text_style(color)
    if verify is not None:
        return _verify(verify, file, style)
    if sign is not None:
        return _sign(sign, day, file, style)
    compilation = compile_clean(file, style)
    write_file(Path(out or ""), _certificate(compilation, file))
    click.echo(visible(out or ""))
    return 0


def _certificate(compilation: Compilation, file: str) -> str:
    artifact, verification = compilation.artifact, compilation.findings.verification
    if artifact is None or verification is None or artifact.diagram is None:
        click.echo(f"{visible(file)}: there is no diagram to certify", err=True)
        raise Findings
    if artifact.diagram.formulas:
        click.echo(
            f"{visible(file)}: a formula over numbers without a step is decided by bounds, which "
            "no checker can replay; give these numbers a step",
            err=True,
        )
        raise Findings
    return write_certificate(
        artifact, verification, compilation.files, compilation.diagnostics, compilation.sources
    )


# ------------------------------------------------------------ checking


def _verify(certificate: str, file: str, style: TextStyle) -> int:
    text = read_bytes(certificate, MOST_BYTES).decode("utf-8", "replace")
    source = read_source(file)
    compilation = Compilation(source, make_loader(), today=today())
    with working(f"checking {certificate}"):
        verdict = check_certificate(text, dict(compilation.files))
        is_read_alike = not verdict.refused and has_graph(text, compilation.graph)
    show("\n".join(_lines(verdict, is_read_alike, style)), style)
    return int(bool(verdict.refused) or not is_read_alike)


def _lines(verdict: Verdict, is_read_alike: bool, style: TextStyle) -> Iterator[str]:
    paint = Paint(style.colour)
    if verdict.refused:
        yield paint.bold("The certificate does not hold.")
        yield from wrapped(verdict.refused, style.width, "    ", "  ")
        return
    if not is_read_alike:
        yield paint.bold("The certificate does not hold.")
        yield "  this compiler reads another graph from the files than the certificate has"
        return
    yield paint.good("The certificate holds.")
    yield "Proved again by the independent checker:"
    for told in verdict.proved:
        yield from wrapped(told, style.width, "    ", "  ✓ ")
    yield "Compared by the compiler, and so not independent:"
    yield "  ✓ the graph is what this version reads from the files"
    yield "Not proved:"
    for told in verdict.not_proved:
        yield from wrapped(told, style.width, "    ", "  – ")


# ------------------------------------------------------------ signing


def _sign(name: str, day: str | None, file: str, style: TextStyle) -> int:
    problem = check_day(day)
    if problem:
        raise click.UsageError(problem)
    if not name.strip() or not name.isprintable():
        raise click.UsageError('write who approves: --sign "name, role"')
    before = Compilation(read_source(file), make_loader())
    line = approval_line(name.strip(), day or today(), before.source_hash)
    text = signed_text(before.source, before.syntax.head, line)
    if text is None:
        raise FileProblem(f"{visible(file)}: this is no pathway whose head could be signed")
    signed = compile_clean_source(source_of(file, text), style)
    if signed.graph is None or signed.source_hash != before.source_hash:
        raise FileProblem(f"{visible(file)}: only a pathway can be signed")
    write_file(Path(file), text)
    show(f"{visible(file)}: {visible(line.strip())}", style)
    status = signed.graph.about.status
    if status != "approved":
        told = f"its status is still `{status}`; write `status approved` and sign again to show it"
        click.echo(visible(f"{file}: {told}"), err=True)
    return 0
