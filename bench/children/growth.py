"""Text, model, diagrams and all checks of one generated problem, with the CPU time of each."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TypeVar

from bench.measure import cpu_of, emit
from bench.peers.ours import answer_graph, graph_of
from bench.problems import named
from bench.texts import text_of
from pathwaylang.compiler.lower import lower_graph
from pathwaylang.compiler.model import build_model
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.syntax import parse_file
from pathwaylang.compiler.verify.prove import prove
from pathwaylang.diagnostics import Source, Span

T = TypeVar("T")

SHORT = 0.05


def timed(function: Callable[[], T]) -> tuple[float, T]:
    """Return CPU seconds and result; what is short is repeated, since the clock is coarse."""
    started = time.process_time()
    result = function()
    taken = time.process_time() - started
    return (taken if taken > SHORT else cpu_of(function, SHORT)), result


def main() -> None:
    problem = named(sys.argv[1])
    source = Source("generated.pw", text_of(problem, sys.argv[1].startswith("table")))
    figures: dict[str, object] = {"lines": float(source.text.count("\n"))}
    parse_file(Source("warm.pw", 'pathway warm "The tables of the parser are built"\n'))
    figures["parse s"], parsed = timed(lambda: parse_file(source))
    modules = Compilation(source, lambda name: None).modules

    def to_graph() -> bool:
        model = build_model(modules).model
        return model is not None and lower_graph(model)[0] is not None

    figures["model s"], _ = timed(to_graph)
    failures = [d.message for d in parsed.diagnostics if d.is_failure]
    graph = graph_of(problem)
    figures["diagrams s"], found = timed(lambda: answer_graph(graph))
    figures["checks s"], proved = timed(lambda: prove(graph, Span("generated.pw", 0, 0)))
    figures["findings"] = float(len(proved.diagnostics))
    figures["says"] = f"undecided: {found.undecided}" if found.undecided else "answered"
    if failures:
        figures["parse s"] = f"refused: {failures[0]}"
        figures["model s"] = ""
    emit(figures)


if __name__ == "__main__":
    main()
