"""The part of the document about decisions: each is a table of conditions and outcomes.

A graph goes in, Markdown comes out. The conditions are told in the words of the labels, the ids of
branches stand beside them, so that a trace, a chart and this page name the same line.
"""

from __future__ import annotations

from pathwaylang.compiler.emit.doc_facts import basis_cell, condition_cell
from pathwaylang.compiler.emit.doc_order import decisions_of_stages
from pathwaylang.compiler.emit.markdown import md, md_lines, table
from pathwaylang.compiler.emit.words import Words
from pathwaylang.ir.graph import Branch, Decision, DecisionGraph, Outcome


def decision_section(graph: DecisionGraph, words: Words) -> list[str]:
    """Return every decision as a table, by stages, in the order in which they can be reached."""
    labels = _outcome_labels(graph)
    tests = {test.name: test.label for test in graph.tests}
    lines: list[str] = []
    by_stage = len(graph.stages) > 1
    for stage, decisions in decisions_of_stages(graph):
        if by_stage and stage is not None and decisions:
            lines += [f"### Stage: {md(stage.label)}", ""]
        for decision in decisions:
            level = "####" if by_stage else "###"
            lines += [f"{level} {md(decision.label)}", "", f"Name: `{decision.name}`", ""]
            lines += _first(decision, tests)
            lines += _manner(decision)
            rows = [
                (f"`{b.id}`", _when(b, words), _then(b, labels), basis_cell(b.basis))
                for b in decision.branches
            ]
            lines += table(["Branch", "When", "Then", "Rests on"], rows)
    return lines


def _first(decision: Decision, tests: dict[str, str]) -> list[str]:
    """Return what is obtained and done before the decision."""
    lines: list[str] = []
    if decision.obtains:
        lines += [f"First: {md(', '.join(tests.get(t, t) for t in decision.obtains))}", ""]
    return lines + [line for text in decision.does for line in (f"Do: {md(text)}", "")]


def _manner(decision: Decision) -> list[str]:
    lines: list[str] = []
    if decision.in_order:
        why = md(" ".join(decision.basis.because))
        lines += [
            "The first branch that holds is taken" + (f", because: {why}" if why else "."),
            "",
        ]
    if decision.unknown_means_no:
        lines += ["A condition that is unknown counts as not met.", ""]
    lines += [line for text in decision.basis.notes for line in (md(text), "")]
    return lines


def _when(branch: Branch, words: Words) -> str:
    match branch.branch_kind:
        case "unknown":
            return "what matters here is unknown"
        case "otherwise":
            return "in all other cases"
        case "when":
            return "always" if branch.guard is None else condition_cell(branch.guard, words)


def _then(branch: Branch, labels: dict[str, str]) -> str:
    strength = f"strength: {branch.strength}" if branch.strength else ""
    return md_lines((_outcome(branch.outcome, labels), strength))


def _outcome(outcome: Outcome, labels: dict[str, str]) -> str:
    told = [labels.get(name, name) for name in outcome.names]
    match outcome.outcome_kind:
        case "recommend":
            return "; and ".join(told)
        case "offer":
            return "Offer, the patient chooses: " + "; or ".join(told)
        case "go to":
            return f"Continue at: {told[0]}"


def _outcome_labels(graph: DecisionGraph) -> dict[str, str]:
    stages = {stage.name: stage.label for stage in graph.stages}
    decisions = {decision.name: decision.label for decision in graph.decisions}
    return stages | decisions | {item.name: item.label for item in graph.recommendations}
