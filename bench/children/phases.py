"""The steps of `pathwaylang check` on the liver pathway, each with its CPU time."""

import time

_interpreter = time.process_time()

from bench.measure import LIVER, emit  # noqa: E402 - what comes before is measured

_own = time.process_time()

from pathwaylang.cli.checked import Reading, check_all, check_text  # noqa: E402
from pathwaylang.cli.checking import checked_of  # noqa: E402
from pathwaylang.cli.files import make_loader, read_source  # noqa: E402
from pathwaylang.cli.terminal import text_style  # noqa: E402
from pathwaylang.compiler.emit.artifact import Stamp, emit_artifact  # noqa: E402
from pathwaylang.compiler.pipeline import TOOL, Compilation  # noqa: E402
from pathwaylang.compiler.qa.examples import check_examples  # noqa: E402
from pathwaylang.runtime import Pathway  # noqa: E402

_imported = time.process_time()


def main() -> None:
    times: dict[str, object] = {"interpreter": _interpreter, "import": _imported - _own}
    clock = time.process_time()

    def lap(name: str) -> None:
        nonlocal clock
        now = time.process_time()
        times[name] = now - clock
        clock = now

    compilation = Compilation(read_source(LIVER), make_loader())
    _ = compilation.modules
    lap("parse")
    _ = compilation.model
    lap("model")
    graph = compilation.graph
    lap("lower")
    found = compilation.findings
    lap("prove")
    if graph is None or found.verification is None or found.proof is None:
        times["pathway"] = "The pathway has errors at present, so later steps are missing."
        emit(times)
        return
    stamp = Stamp(TOOL, compilation.source_hash, ())
    artifact = emit_artifact(graph, found.verification, found.proof.record, stamp)
    lap("artifact")
    check_examples(graph, Pathway(artifact))
    lap("examples")
    _ = compilation.diagnostics
    clock = time.process_time()
    reading = Reading(checked_of(compilation), tuple(compilation.sources))
    check_text(check_all([reading]), text_style("never"))
    lap("text")
    branches = sum(len(decision.branches) for decision in graph.decisions)
    times["pathway"] = (
        f"The pathway has {len(graph.facts)} facts, {len(graph.derived)} derived facts, "
        f"{len(graph.decisions)} decisions with {branches} branches, {len(graph.rules)} safety "
        f"rules and {len(graph.examples)} examples."
    )
    emit(times)


if __name__ == "__main__":
    main()
