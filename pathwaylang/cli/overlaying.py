"""What an overlay changes in its base, for commands that tell of an overlay.

In: the compilation of a file. Out: plain lines, none where the file is no overlay or is not clean.
"""

from __future__ import annotations

import shlex

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.qa.difference import NotCompared, compare_graphs
from pathwaylang.compiler.qa.difference.short import short_lines
from pathwaylang.compiler.qa.difference.words import Report
from pathwaylang.ir.graph import Branch


def base_lines(compilation: Compilation) -> tuple[str, ...]:
    """Return how the overlay of a compilation differs from its base, in a few lines."""
    base, graph = compilation.base, compilation.graph
    if base is None or graph is None or graph.about.base is None or not compilation.is_clean:
        return ()
    command = (
        f"pathwaylang diff {shlex.quote(base.source.name)} {shlex.quote(compilation.source.name)}"
    )
    if base.graph is None:
        found = NotCompared("the base has errors of its own")
        return short_lines(graph.about.base, found, None, command)
    difference = compare_graphs(base.graph, graph)
    if isinstance(difference, NotCompared):
        return short_lines(graph.about.base, difference, None, command)
    labels = {fact.name: fact.label for g in (base.graph, graph) for fact in g.facts}
    about, of = graph.about, graph.about.base
    report = Report(
        about.name, about.title, of.version, about.version, difference, _no_place, _no_place, labels
    )
    return short_lines(of, difference, report, command)


def _no_place(branch: Branch) -> str:
    return branch.id
