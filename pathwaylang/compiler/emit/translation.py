"""The labels of a pathway in another language.

In comes a graph whose records carry `label xx` lines, out comes the same graph with the labels of
that language. What has no label in it keeps its own; nothing but labels changes.
"""

from __future__ import annotations

from dataclasses import replace

from pathwaylang.ir.graph import DecisionGraph


def languages_of(graph: DecisionGraph) -> tuple[str, ...]:
    """Return the pathway's own language first, then those it has labels in."""
    labels = [record.labels for record in graph.facts]
    labels += [record.labels for record in graph.decisions]
    labels += [record.labels for record in graph.recommendations]
    labels += [record.labels for record in graph.tests]
    labels += [record.labels for record in graph.stages]
    found = {language for each in labels for language, _ in each}
    own = graph.about.language
    return (own, *sorted(found - {own}))


def in_language(graph: DecisionGraph, language: str) -> DecisionGraph:
    """Return the graph with the labels of a language, where it has them."""
    if language == graph.about.language:
        return graph

    def label(labels: tuple[tuple[str, str], ...], own: str) -> str:
        return dict(labels).get(language, own)

    return replace(
        graph,
        facts=tuple(replace(f, label=label(f.labels, f.label)) for f in graph.facts),
        decisions=tuple(replace(d, label=label(d.labels, d.label)) for d in graph.decisions),
        recommendations=tuple(
            replace(r, label=label(r.labels, r.label)) for r in graph.recommendations
        ),
        tests=tuple(replace(t, label=label(t.labels, t.label)) for t in graph.tests),
        stages=tuple(replace(s, label=label(s.labels, s.label)) for s in graph.stages),
    )
