"""Text, model, diagrams and all checks of one generated problem, with the CPU time of each."""

from __future__ import annotations

import sys
import time

from bench.measure import emit
from bench.peers.ours import answer_graph, graph_of
from bench.problems import named
from bench.texts import text_of
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.syntax import parse_file
from pathwaylang.compiler.verify.prove import prove
from pathwaylang.diagnostics import Source, Span


def main() -> None:
    problem = named(sys.argv[1])
    source = Source("generated.pw", text_of(problem, sys.argv[1].startswith("table")))
    figures: dict[str, object] = {"lines": float(source.text.count("\n"))}
    parse_file(Source("warm.pw", 'pathway warm "The tables of the parser are built"\n'))
    compilation = Compilation(source, lambda name: None)
    started = time.process_time()
    parsed = compilation.parsed
    figures["parse s"] = time.process_time() - started
    started = time.process_time()
    _ = compilation.graph
    figures["model s"] = time.process_time() - started
    failures = [d.message for d in parsed.diagnostics if d.is_failure]
    graph = graph_of(problem)
    started = time.process_time()
    found = answer_graph(graph)
    figures["diagrams s"] = time.process_time() - started
    started = time.process_time()
    proved = prove(graph, Span("generated.pw", 0, 0))
    figures["checks s"] = time.process_time() - started
    figures["findings"] = float(len(proved.diagnostics))
    figures["says"] = f"undecided: {found.undecided}" if found.undecided else "answered"
    if failures:
        figures["model s"] = f"the text is refused: {failures[0]}"
    emit(figures)


if __name__ == "__main__":
    main()
