"""Judges planted faults, one after the other or shared between processes.

A clean pathway and its mutants go in; the verdicts come out in the order of the mutants. What does
not depend on the fault is done once: the files beside the changed one are parsed once a process.
An error ends the check of a mutant at once, the cheapest question first: is the text refused, does
an example fail where it is walked, does the proof fail, does an example fail.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from pathwaylang.cli.parallel import in_order
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.qa.mutants import Mutant
from pathwaylang.compiler.qa.mutate import Compiled, Verdict, judge
from pathwaylang.compiler.qa.shortcut import fails_an_example
from pathwaylang.compiler.syntax import Parsed, parse_file
from pathwaylang.diagnostics import Diagnostic, Source
from pathwaylang.ir.graph import DecisionGraph


@dataclass(frozen=True, slots=True)
class Original:
    """The pathway that faults are planted in: its graph, its file, and all its texts."""

    graph: DecisionGraph
    root: Source
    texts: tuple[Source, ...]


_original: list[Original] = []
"""What the mutants of this process are held against; set once by `_begin`."""


def judge_all(mutants: Sequence[Mutant], original: Original, jobs: int | None) -> Iterator[Verdict]:
    """Yield the verdicts in order."""
    return in_order(_judged, mutants, jobs, partial(_begin, original))


def compiled(mutant: Mutant, original: Original) -> Compiled:
    """Return what came of a mutant, as far as it takes to know whether it is noticed."""
    texts = {source.name: source for source in original.texts}
    texts[mutant.source.name] = mutant.source
    parse = partial(_parse, changed=mutant.source)
    root = texts[original.root.name]
    compilation = Compilation(root, texts.get, try_repairs=False, parse=parse)
    failures = _codes(compilation.reading)
    if failures:
        return Compiled(True, failures, None)
    graph = compilation.graph
    if graph is not None and fails_an_example(graph):
        return Compiled(False, ("PW0803",), graph)
    failures = _codes(compilation.findings.diagnostics) or _codes(compilation.diagnostics)
    return Compiled(False, failures, graph)


def _begin(original: Original) -> None:
    _original[:] = [original]


def _judged(mutant: Mutant) -> Verdict:
    (original,) = _original
    return judge(mutant, original.graph, lambda one: compiled(one, original))


def _codes(found: Sequence[Diagnostic]) -> tuple[str, ...]:
    return tuple(sorted({diagnostic.code for diagnostic in found if diagnostic.is_failure}))


def _parse(source: Source, changed: Source) -> Parsed:
    """Parse the changed file; of the others remember what came out."""
    return parse_file(source) if source is changed else _remembered(source)


@cache
def _remembered(source: Source) -> Parsed:
    return parse_file(source)
