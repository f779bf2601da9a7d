"""Judges planted faults, one after the other or shared between processes.

A clean pathway and its mutants go in; the verdicts come out in the order of the mutants. What does
not depend on the fault is done once: the files beside the changed one are parsed once a process.
An error ends the check of a mutant at once, the cheapest question first: is the text refused, does
an example fail where it is walked, does the proof fail, does an example fail. An example that is
no case of the mutant any more, because a range was narrowed, has noticed the fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, partial

from pathwaylang.cli.parallel import in_order
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.compiler.qa.examples import run_example
from pathwaylang.compiler.qa.mutants import Mutant
from pathwaylang.compiler.qa.mutate import Compiled, Verdict, judge
from pathwaylang.compiler.qa.shortcut import fails_an_example
from pathwaylang.compiler.syntax import Parsed, parse_file
from pathwaylang.compiler.syntax.nodes_rules import ExampleItem
from pathwaylang.diagnostics import Diagnostic, Source
from pathwaylang.ir.graph import DecisionGraph, Example
from pathwaylang.runtime import Pathway

FAILING_EXAMPLE = "PW0803"


@dataclass(frozen=True, slots=True)
class Original:
    """The pathway that faults are planted in: its graph, its file, all its texts.

    `cases` are tests that are kept in files of their own.
    """

    graph: DecisionGraph
    root: Source
    texts: tuple[Source, ...]
    cases: tuple[Example, ...] = ()


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
        return Compiled(not _is_only_in_examples(compilation), failures, None)
    graph = compilation.graph
    if graph is None:
        return Compiled(True, (), None)
    with_cases = replace(graph, examples=(*graph.examples, *original.cases))
    if not _are_cases(graph, original.cases) or fails_an_example(with_cases):
        return Compiled(False, (FAILING_EXAMPLE,), graph)
    failures = _codes(compilation.findings.diagnostics) or _codes(compilation.diagnostics)
    if not failures and not _passes(compilation, original.cases):
        failures = (FAILING_EXAMPLE,)
    return Compiled(False, failures, graph)


def _is_only_in_examples(compilation: Compilation) -> bool:
    """True where a text is refused because an example is no case any more: it noticed the fault."""
    examples = [
        item.span
        for module in compilation.modules.modules
        for item in module.file.items
        if isinstance(item, ExampleItem)
    ]
    return all(
        any(e.source == d.span.source and e.start <= d.span.start < e.end for e in examples)
        for d in compilation.reading
        if d.is_failure
    )


def _are_cases(graph: DecisionGraph, cases: Iterable[Example]) -> bool:
    """Whether every number of the cases still lies in the range of its fact."""
    ranges = {fact.name: fact.range for fact in graph.facts if fact.range is not None}
    return all(
        ranges[name].holds(value)
        for one in cases
        for name, value in one.given
        if isinstance(value, Fraction) and name in ranges
    )


def _passes(compilation: Compilation, cases: Iterable[Example]) -> bool:
    """Whether a clean mutant meets what the cases of files expect."""
    artifact = compilation.artifact
    if artifact is None:
        return True
    pathway = Pathway(artifact)
    return all(result.passed for one in cases for result in run_example(pathway, one))


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
