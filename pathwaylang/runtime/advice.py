"""What answers show of a pathway: recommendations, sources, the reasons of a step.

In: a graph. Out: look-ups made once, shared by all answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pathwaylang.ir.derived import Basis, Derived
from pathwaylang.ir.graph import DecisionGraph, Outcome
from pathwaylang.ir.guards import Guard, guard_names, term_names
from pathwaylang.runtime.answer import Advice, Source


class Advisor:
    """Look-ups of one pathway."""

    def __init__(self, graph: DecisionGraph, derived_reads: Mapping[str, tuple[str, ...]]) -> None:
        self._derived_reads = derived_reads
        self._facts = {fact.name: fact for fact in graph.facts}
        self.sources = {
            f"{source.name}.{statement.id}": Source(
                source.name, source.label, statement.id, statement.at, statement.text
            )
            for source in graph.sources
            for statement in source.statements
        } | {s.name: Source(s.name, s.label, "", "", "") for s in graph.sources}
        self.advice = {
            item.name: Advice(
                item.name,
                item.label,
                item.do,
                item.avoid,
                item.strength,
                item.evidence,
                tuple(f"{r.when}: {r.at}" for r in item.reassess),
                tuple(f"{c.system} {c.code}" for c in item.codes),
                self.citations(item.basis),
                item.basis.opinions,
            )
            for item in graph.recommendations
        }

    def citations(self, basis: Basis) -> tuple[Source, ...]:
        """Return the cited statements of a basis."""
        return tuple(self.sources[ref] for ref in basis.cites if ref in self.sources)

    def named(self, outcome: Outcome, strengths: Sequence[str]) -> tuple[Advice, ...]:
        """Return the recommendations an outcome names, in the order written.

        `strengths` are those of the branches that lead there, empty where a branch has none of its
        own: they outrank the strength of the recommendation. Where they differ, all are told.
        """
        found = (self.advice[name] for name in outcome.names if name in self.advice)
        return tuple(
            replace(
                item, strength=" or ".join(dict.fromkeys(own or item.strength for own in strengths))
            )
            for item in found
        )

    def facts_of(self, guard: Guard) -> list[str]:
        """Return the facts a condition reads, in the order written, each once."""
        found: dict[str, None] = {}
        for name in guard_names(guard):
            if name in self._facts:
                found.setdefault(name)
            for inner in self._derived_reads.get(name, ()):
                found.setdefault(inner)
        return list(found)


def derived_reads(graph: DecisionGraph) -> dict[str, tuple[str, ...]]:
    """Return for each derived fact the facts it reads, through other derived facts too."""
    facts = {fact.name for fact in graph.facts}
    result: dict[str, tuple[str, ...]] = {}
    for item in graph.derived:
        found: dict[str, None] = {}
        for name in _direct(item):
            if name in facts:
                found.setdefault(name)
            for inner in result.get(name, ()):
                found.setdefault(inner)
        result[item.name] = tuple(found)
    return result


def _direct(item: Derived) -> list[str]:
    match item.kind:
        case "condition":
            return list(guard_names(item.guard))
        case "formula":
            return list(term_names(item.term))
        case "piecewise":
            names = [n for p in item.pieces if p.guard is not None for n in guard_names(p.guard)]
            return names + [n for p in item.pieces for n in term_names(p.term)]
        case "classification":
            guards = [line.guard for line in item.lines if line.guard is not None]
            return [name for guard in guards for name in guard_names(guard)]
        case "score":
            return [n for line in item.lines for n in guard_names(line.guard)]
