"""The pathway as a document in Markdown, for a meeting or for review.

A proved pathway goes in, one text comes out: title and status, scope, facts, what is derived from
them, the decisions as tables, recommendations with their sources, safety rules, opinions to review,
what was proved, sources with where each statement is used, examples. A citation is a link to the
row of its statement.

INVARIANT: pure and deterministic; the order is that of the pathway; every text of an author passes
`md` and so stays text.
"""

from __future__ import annotations

from pathwaylang import __version__
from pathwaylang.compiler.emit.doc_decisions import decision_section
from pathwaylang.compiler.emit.doc_facts import (
    basis_cell,
    condition_cell,
    derived_section,
    fact_section,
)
from pathwaylang.compiler.emit.doc_sources import Uses, opinion_rows, source_section
from pathwaylang.compiler.emit.markdown import (
    BREAK,
    bullets,
    cite_links,
    md,
    md_lines,
    section,
    table,
)
from pathwaylang.compiler.emit.summary import Proved, summary_lines
from pathwaylang.compiler.emit.text import counted
from pathwaylang.compiler.emit.words import Words
from pathwaylang.ir.graph import Branch, DecisionGraph, Example, Recommendation, Rule

HOW_RULES_BIND = (
    "A rule with never is broken also where its condition is unknown, unless it says that it is"
    " known; a rule with always binds where its condition surely holds."
)


def emit_doc(proved: Proved, source_hash: str = "") -> str:
    """Return the document of a pathway that was proved."""
    graph = proved.graph
    words = Words(graph)
    uses = Uses(graph)
    lines = [
        *_title(graph, source_hash),
        *section("What this place does otherwise", _changes(graph)),
        *section("Scope", _scope(graph, words)),
        *section("Facts", fact_section(graph)),
        *section("Derived facts", derived_section(graph, words)),
        *section("Tests", _tests(graph, words)),
        *section("Decisions", decision_section(graph, words)),
        *section("Recommendations", _recommendations(graph)),
        *section("Safety rules", _rules(graph, words)),
        *section("Assumed to be impossible", _constraints(graph)),
        *section("Opinions to review", opinion_rows(uses)),
        *section("What was proved", _proof(proved)),
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
        ("Overlay of", about.base.text if about.base else ""),
        ("Approved by", approved),
        ("Authors", "; ".join(about.authors)),
        ("Grading", about.grading),
        ("Review by", about.review_by),
        ("Hash of the source", source_hash),
        ("Hash of the base", about.base.source_hash if about.base else ""),
        ("Compiled by", f"pathwaylang {__version__}"),
    ]
    head = [f"# {md(about.title)}", ""]
    told = table(["", ""], [(f"**{word}**", md(value)) for word, value in rows if value])
    notes = [line for note in about.notes for line in (f"> {md(note)}", "")]
    return [*head, *told, *notes]


def _changes(graph: DecisionGraph) -> list[str]:
    """Return what an overlay changes in its base, and why."""
    base = graph.about.base
    if base is None:
        return []
    rows = [(md(change.what), md(change.name), md_lines(change.because)) for change in base.changes]
    intro = f"All else is that of {md(base.text)}, and was proved together with these changes."
    return [intro, "", *table(["Change", "Of", "Why"], rows)]


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
    given = _given_by(graph)
    lines: list[str] = []
    for item in graph.recommendations:
        branches = given.get(item.name, [])
        lines += [f"### {md(item.label)}", "", *_recommendation(item, branches)]
    return lines


def _given_by(graph: DecisionGraph) -> dict[str, list[Branch]]:
    """Return for each recommendation the branches that lead to it."""
    found: dict[str, list[Branch]] = {}
    for decision in graph.decisions:
        for branch in decision.branches:
            if branch.outcome.outcome_kind != "go to":
                for name in branch.outcome.names:
                    found.setdefault(name, []).append(branch)
    return found


def _recommendation(item: Recommendation, branches: list[Branch]) -> list[str]:
    told = [f"Name: `{item.name}`"]
    told += [f"Do: {md(text)}" for text in item.do]
    told += [f"Avoid: {md(text)}" for text in item.avoid]
    if item.strength:
        told.append(f"Strength: {md(item.strength)}")
    if item.evidence:
        told.append(f"Evidence: {md(item.evidence)}")
    told += [f"Look again {md(again.when)} at `{again.at}`" for again in item.reassess]
    told += [f"Code: {md(f'{c.system} {c.code} {c.display}'.strip())}" for c in item.codes]
    if branches:
        told.append(f"Given by: {', '.join(f'`{branch.id}`' for branch in branches)}")
    bases = (item.basis, *(branch.basis for branch in branches))
    cites = dict.fromkeys(cite for basis in bases for cite in basis.cites)
    if cites:
        told.append(f"Sources: {cite_links(cites)}")
    told += [f"Opinion: {md(text)}" for text in item.basis.opinions]
    return bullets([*told, *(f"Note: {md(text)}" for text in item.basis.notes)])


def _rules(graph: DecisionGraph, words: Words) -> list[str]:
    rows = [
        (str(number), _rule_cell(rule, words), basis_cell(rule.basis))
        for number, rule in enumerate(graph.rules, 1)
    ]
    told = table(["No.", "Rule, proved over all cases", "Rests on"], rows)
    return [HOW_RULES_BIND, "", *told] if told else []


def _rule_cell(rule: Rule, words: Words) -> str:
    if rule.guard is None:
        return md(rule.text)
    place = f" in {rule.stage}" if rule.stage else ""
    head = md(f"{rule.rule_kind}{place} recommend {' or '.join(rule.names)}")
    return BREAK.join((head, "when:", condition_cell(rule.guard, words)))


def _constraints(graph: DecisionGraph) -> list[str]:
    rows = [
        (
            md(constraint.text),
            basis_cell(constraint.basis),
        )
        for constraint in graph.constraints
    ]
    return table(["Never happens", "Rests on"], rows)


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
