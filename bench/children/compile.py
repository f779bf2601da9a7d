"""Compile the liver pathway and print its artifact."""

from __future__ import annotations

import sys

from bench.measure import LIVER
from pathwaylang.cli.files import make_loader, read_source
from pathwaylang.compiler.emit.artifact import Stamp, emit_artifact
from pathwaylang.compiler.pipeline import TOOL, Compilation
from pathwaylang.ir.artifact import dump_artifact


def main() -> None:
    compilation = Compilation(read_source(LIVER), make_loader())
    graph, found = compilation.graph, compilation.findings
    if graph is None or found.verification is None or found.proof is None:
        raise SystemExit("the liver pathway has errors at present")
    stamp = Stamp(TOOL, compilation.source_hash, ())
    sys.stdout.write(
        dump_artifact(emit_artifact(graph, found.verification, found.proof.record, stamp))
    )


if __name__ == "__main__":
    main()
