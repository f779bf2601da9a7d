"""The pathway as a document in Markdown, for a meeting or for review.

A proved pathway goes in, one text comes out: title and status, what was proved, scope, facts, what
is derived from them, the decisions as tables, recommendations, safety rules, opinions to review,
sources with where each statement is used, examples.

INVARIANT: pure and deterministic; the order is that of the pathway; every text of an author passes
`md` and so stays text.
"""

from __future__ import annotations

from pathwaylang import __version__
from pathwaylang.compiler.emit.doc_decisions import decision_section
from pathwaylang.compiler.emit.doc_facts import derived_section, fact_section
from pathwaylang.compiler.emit.doc_sources import Uses, opinion_rows, source_section
from pathwaylang.compiler.emit.markdown import bullets, md, md_lines, section, table
from pathwaylang.compiler.emit.summary import Proved, summary_lines
from pathwaylang.compiler.emit.text import counted
from pathwaylang.compiler.emit.words import Words
from pathwaylang.ir.graph import DecisionGraph, Example, Recommendation, Rule


def emit_doc(proved: Proved, source_hash: str = "") -> str:
    """Return the document of a pathway that was proved."""
    graph = proved.graph
    words = Words(graph)
    uses = Uses(graph)
    lines = [
        *_title(graph, source_hash),
        *section("What was proved", _proof(proved)),
        *section("Scope", _scope(graph, words)),
        *section("Facts", fact_section(graph)),
        *section("Derived facts", derived_section(graph, words)),
        *section("Tests", _tests(graph, words)),
        *section("Decisions", decision_section(graph, words)),
        *section("Recommendations", _recommendations(graph)),
        *section("Safety rules", _rules(graph)),
        *section("Assumed to be impossible", _constraints(graph)),
        *section("Opinions to review", opinion_rows(uses)),
        *section("Sources", source_section(graph, uses)),
        *section("Examples", _examples(graph)),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _title(graph: DecisionGraph, source_hash: str) -> list[str]:
    about = graph.about
    approved = ", ".join(about.approved[:2]) if about.approved else ""
    rows = [
        ("Pathway", about.name),
        ("Version", about.version),
        ("Status", about.status.replace("_", " ")),
        ("Approved by", approved),
        ("Authors", "; ".join(about.authors)),
        ("Grading", about.grading),
        ("Review by", about.review_by),
        ("Hash of the source", source_hash),
        ("Compiled by", f"pathwaylang {__version__}"),
    ]
    head = [f"# {md(about.title)}", ""]
    told = table(["", ""], [(f"**{word}**", md(value)) for word, value in rows if value])
    notes = [line for note in about.notes for line in (f"> {md(note)}", "")]
    return [*head, *told, *notes]


def _proof(proved: Proved) -> list[str]:
    lines = summary_lines(proved)
    return ["```text", *(line.replace("```", "'''") for line in lines), "```", ""]


def _scope(graph: DecisionGraph, words: Words) -> list[str]:
    lines: list[str] = []
    if graph.applies is not None:
        told = md_lines(line.text for line in words.condition(graph.applies))
        lines += [f"For patients with: {told}", ""]
    labels = {decision.name: decision.label for decision in graph.decisions}
    rows = [
        (md(stage.label), md(stage.name), md_lines(labels.get(t, t) for t in stage.tracks))
        for stage in graph.stages
    ]
    return [*lines, *table(["Stage", "Name", "Tracks, each with exactly one outcome"], rows)]


def _tests(graph: DecisionGraph, words: Words) -> list[str]:
    rows = [
        (md(test.label), md(test.name), md_lines(map(words.label, test.finds)))
        for test in graph.tests
    ]
    return table(["Test", "Name", "Finds"], rows)


def _recommendations(graph: DecisionGraph) -> list[str]:
    lines: list[str] = []
    for item in graph.recommendations:
        lines += [f"### {md(item.label)}", "", *_recommendation(item)]
    return lines


def _recommendation(item: Recommendation) -> list[str]:
    told = [f"Name: `{item.name}`"]
    told += [f"Do: {md(text)}" for text in item.do]
    told += [f"Avoid: {md(text)}" for text in item.avoid]
    if item.strength:
        told.append(f"Strength: {md(item.strength)}")
    if item.evidence:
        told.append(f"Evidence: {md(item.evidence)}")
    told += [f"Look again {md(again.when)} at `{again.at}`" for again in item.reassess]
    told += [f"Code: {md(f'{c.system} {c.code} {c.display}'.strip())}" for c in item.codes]
    if item.basis.cites:
        told.append(f"Sources: {md(', '.join(item.basis.cites))}")
    told += [f"Opinion: {md(text)}" for text in item.basis.opinions]
    return bullets([*told, *(f"Note: {md(text)}" for text in item.basis.notes)])


def _rules(graph: DecisionGraph) -> list[str]:
    rows = [
        (md(_rule_text(rule)), _why(rule.basis.cites, rule.basis.opinions)) for rule in graph.rules
    ]
    return table(["Rule, proved over all cases", "Rests on"], rows)


def _rule_text(rule: Rule) -> str:
    if rule.text and rule.rule_kind in ("before", "never changes"):
        return rule.text
    place = f" in {rule.stage}" if rule.stage else ""
    match rule.rule_kind:
        case "never" | "always":
            names = " or ".join(rule.names)
            return f"{rule.rule_kind}{place} recommend {names} when {rule.text}"
        case "before":
            return f"always obtain {rule.fact_or_test} before {', '.join(rule.names)}"
        case "never changes":
            return f"{rule.fact_or_test} never changes {', '.join(rule.names)}"


def _constraints(graph: DecisionGraph) -> list[str]:
    rows = [
        (
            md(constraint.text),
            md_lines(constraint.basis.because),
            _why(constraint.basis.cites, constraint.basis.opinions),
        )
        for constraint in graph.constraints
    ]
    return table(["Never happens", "Because", "Rests on"], rows)


def _why(cites: tuple[str, ...], opinions: tuple[str, ...]) -> str:
    return md_lines((", ".join(cites), *(f"opinion: {text}" for text in opinions)))


def _examples(graph: DecisionGraph) -> list[str]:
    if not graph.examples:
        return []
    head = f"{counted(len(graph.examples), 'example')}, run with every check."
    rows = [(md(item.label), _expected(item)) for item in graph.examples]
    return [head, "", *table(["Example", "Expected"], rows)]


def _expected(item: Example) -> str:
    return md_lines(
        expectation.text or f"{expectation.expect_kind} {expectation.name}"
        for expectation in item.expectations
    )
