"""Outcomes in words and as boxes: recommendations, offers, links, and when to look again.

In come a branch and the atlas; out come a `Then`, the box of an outcome, the link to another page,
and the dashed boxes of reassessment. `do` and `avoid` stand with the outcome on detail pages only.

Invariants: an offer is always told as a choice of the patient; what is advised against is never
told in the word of a recommendation, nor is what the evidence does not settle.
"""

from __future__ import annotations

from typing import assert_never

from pathwaylang.compiler.emit.pages.atlas import Atlas
from pathwaylang.compiler.emit.pages.nodes import Box, Kind, Then
from pathwaylang.compiler.emit.pages.plan import StagePlan
from pathwaylang.compiler.emit.text import plain
from pathwaylang.ir.graph import Branch, Outcome, Reassess, Recommendation

CHOICE = "more than one is reasonable, the patient decides"
_LETTERS = 26


def outcome_then(atlas: Atlas, plan: StagePlan, branch: Branch) -> Then:
    """Return what a branch leads to, in words, with the page it continues on."""
    outcome = branch.outcome
    strength = branch.strength or _own_strength(atlas, outcome)
    match outcome.outcome_kind:
        case "recommend":
            return Then(_recommend_kind(strength), _bundle(atlas, outcome), strength)
        case "offer":
            return Then("choice", _options(atlas, outcome), strength)
        case "go to":
            return _continue(atlas, plan, outcome, strength)
    assert_never(outcome.outcome_kind)


def outcome_notes(atlas: Atlas, outcome: Outcome) -> tuple[str, ...]:
    """Return what stands below an outcome: what to do and to avoid, and whose choice it is."""
    notes: list[str] = [CHOICE] if outcome.outcome_kind == "offer" else []
    found = _recommendations(atlas, outcome)
    for number, item in enumerate(found):
        whose = f" ({item.label or item.name})" if len(found) > 1 else ""
        whose = f" ({letter(number)})" if outcome.outcome_kind == "offer" else whose
        notes += [f"do{whose}: {text}" for text in item.do]
        notes += [f"avoid{whose}: {text}" for text in item.avoid]
    return tuple(notes)


def reassessments(atlas: Atlas, outcome: Outcome) -> tuple[Reassess, ...]:
    """Return when to look again after an outcome, each once."""
    found = (again for item in _recommendations(atlas, outcome) for again in item.reassess)
    return tuple(dict.fromkeys(found))


def reassess_box(atlas: Atlas, plan: StagePlan, again: Reassess, key: str) -> Box:
    """Return the dashed box that says when to look again, and where."""
    page = atlas.page_of(again.at, plan)
    lines = (again.when, f"at: {atlas.question(again.at)}")
    return Box(key, "reassess", lines, page=page)


def link_box(atlas: Atlas, then: Then, key: str, branch: Branch) -> Box:
    """Return the box that leads to another page."""
    state = atlas.branch_state(branch.id)
    return Box(key, "continue", then.lines, page=then.page, state=state)


def outcome_box(atlas: Atlas, then: Then, key: str, branch: Branch) -> Box:
    """Return the box of a recommendation or an offer."""
    return Box(
        key,
        then.kind,
        then.lines,
        detail=then.strength,
        small=outcome_notes(atlas, branch.outcome),
        tooltip=tooltip(atlas, branch, then),
        state=atlas.branch_state(branch.id),
    )


def tooltip(atlas: Atlas, branch: Branch, then: Then) -> str:
    """Return condition, outcome, strength, evidence and sources, line by line."""
    written = branch.text or " ".join(line.text for line in atlas.condition(branch))
    lines = [f"{branch.id}: {written}", f"then {' '.join(then.lines)}"]
    if then.strength:
        lines.append(f"strength: {then.strength}")
    for item in _recommendations(atlas, branch.outcome):
        lines += [f"evidence: {item.evidence}"] if item.evidence else []
    lines += atlas.source_lines(branch.basis)
    return "\n".join(dict.fromkeys(map(plain, lines)))


def _recommend_kind(strength: str) -> Kind:
    if strength.endswith("against"):
        return "against"
    if strength.startswith("equipoise"):
        return "option"
    return "procedural" if strength.startswith("procedural") else "recommend"


def _own_strength(atlas: Atlas, outcome: Outcome) -> str:
    found = (item.strength for item in _recommendations(atlas, outcome) if item.strength)
    return next(found, "")


def _recommendations(atlas: Atlas, outcome: Outcome) -> tuple[Recommendation, ...]:
    if outcome.outcome_kind == "go to":
        return ()
    found = (atlas.recommendation(name) for name in outcome.names)
    return tuple(item for item in found if item)


def letter(index: int) -> str:
    """Return the letter of an alternative; a number beyond the alphabet.

    >>> letter(0), letter(1), letter(26)
    ('A', 'B', '27')
    """
    return chr(ord("A") + index) if index < _LETTERS else str(index + 1)


def _options(atlas: Atlas, outcome: Outcome) -> tuple[str, ...]:
    labels = (atlas.advice(name) for name in outcome.names)
    return tuple(f"{letter(index)}: {label}" for index, label in enumerate(labels))


def _bundle(atlas: Atlas, outcome: Outcome) -> tuple[str, ...]:
    first, *rest = (atlas.advice(name) for name in outcome.names)
    return (first, *(f"and {label}" for label in rest))


def _continue(atlas: Atlas, plan: StagePlan, outcome: Outcome, strength: str) -> Then:
    name = outcome.names[0]
    if outcome.target == "stage":
        stage = atlas.stage(name)
        label = atlas.stage_label(stage.stage) if stage else name
        return Then("continue", (f"Stage “{label}”",), strength, stage.page if stage else "")
    if outcome.target == "pathway":
        return Then("continue", (f"Another pathway: {name}",), strength)
    return Then("continue", (atlas.question(name),), strength, atlas.page_of(name, plan))
