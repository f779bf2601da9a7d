"""Grammar rules -> nodes: constraints, safety rules, examples and overlays.

As in build_words.py, each function is the action of one rule and gets the children of that rule.
"""

from __future__ import annotations

from typing import Literal

from pathwaylang.compiler.syntax import nodes
from pathwaylang.compiler.syntax.build_conditions import guarded_span
from pathwaylang.compiler.syntax.build_words import Parts, extent, name_of, over, text_of

_Request = Literal["ask", "obtain", "outside"]
_REQUESTS: dict[str, _Request] = {"ask": "ask", "obtain": "obtain", "outside": "outside"}


def impossible(parts: Parts) -> nodes.ImpossibleItem:
    """Return `impossible when CONDITION`."""
    first, _, guarded = parts
    return nodes.ImpossibleItem(guarded[0], guarded[1], guarded_span(first, guarded))


def recommend_rule(parts: Parts) -> nodes.RecommendRule:
    """Return `never|always [in STAGE] recommend A or B when CONDITION`."""
    word, _, stage, _, names, _, guarded = parts
    span = guarded_span(word, guarded)
    where = name_of(stage) if stage else None
    return nodes.RecommendRule(word.text, where, names, guarded[0], guarded[1], span)


def before_rule(parts: Parts) -> nodes.BeforeRule:
    """Return `always obtain T before A, B`."""
    first, _, test, _, names, _, below = parts
    span = extent(first, names[-1], below)
    return nodes.BeforeRule(name_of(test), names, below or (), span)


def never_changes(parts: Parts) -> nodes.NeverChangesRule:
    """Return `FACT never changes T1, T2`."""
    fact, _, _, tracks, _, below = parts
    span = extent(fact, tracks[-1], below)
    return nodes.NeverChangesRule(name_of(fact), tracks, below or (), span)


def given(parts: Parts) -> nodes.Given:
    """Return `given a is 1, b, not c`."""
    facts = tuple(parts[1:-1:2])
    return nodes.Given(facts, over(parts[0], facts[-1]))


def given_like(parts: Parts) -> nodes.GivenLike:
    """Return `given like "…"`."""
    return nodes.GivenLike(text_of(parts[2]), over(parts[0], parts[2]))


def given_yes(parts: Parts) -> nodes.GivenFact:
    """Return a fact that holds."""
    fact = parts[0]
    return nodes.GivenFact(name_of(fact), nodes.Truth(True, fact.span), fact.span)


def given_no(parts: Parts) -> nodes.GivenFact:
    """Return a fact that does not hold."""
    word, fact = parts
    return nodes.GivenFact(name_of(fact), nodes.Truth(False, word.span), over(word, fact))


def given_value(parts: Parts) -> nodes.GivenFact:
    """Return a fact with its value."""
    fact, _, value = parts
    if not isinstance(value, nodes.Literal_):
        value = nodes.Unknown(value.span)
    return nodes.GivenFact(name_of(fact), value, over(fact, value))


def expect_outcome(parts: Parts) -> nodes.Expect:
    """Return `expect OUTCOME [in TRACK]`."""
    first, outcome, _, track, _ = parts
    where = name_of(track) if track else None
    return nodes.Expect(outcome, None, where, over(first, track or outcome))


def expect_request(parts: Parts) -> nodes.Expect:
    """Return `expect ask FACT` or `expect obtain TEST`."""
    first, word, name, _, track, _ = parts
    where = name_of(track) if track else None
    return nodes.Expect(_REQUESTS[word.text], name_of(name), where, over(first, track or name))


def expect_outside(parts: Parts) -> nodes.Expect:
    """Return `expect outside`."""
    first, word, _, track, _ = parts
    return nodes.Expect(
        "outside", None, name_of(track) if track else None, over(first, track or word)
    )


def example(parts: Parts) -> nodes.ExampleItem:
    """Return an example."""
    lines = parts[4:-1]
    return nodes.ExampleItem(
        text_of(parts[1]),
        tuple(line for line in lines if isinstance(line, nodes.Given | nodes.GivenLike)),
        tuple(line for line in lines if isinstance(line, nodes.Expect)),
        tuple(line for line in lines if isinstance(line, nodes.Attr)),
        over(parts[0], lines[-1]),
    )


def replace_recommendation(parts: Parts) -> nodes.ReplaceRecommendation:
    """Return `replace recommendation …`."""
    return nodes.ReplaceRecommendation(parts[1], over(parts[0], parts[1]))


def replace_branch(parts: Parts) -> nodes.ReplaceBranch:
    """Return `replace branch …` with its one branch."""
    lines = parts[5:-1]
    branch = next(line for line in lines if isinstance(line, nodes.BranchLine))
    attrs = tuple(line for line in lines if isinstance(line, nodes.Attr))
    return nodes.ReplaceBranch(parts[2], attrs, branch, over(parts[0], lines[-1]))


def restrict_fact(parts: Parts) -> nodes.RestrictFact:
    """Return `restrict fact …`."""
    return nodes.RestrictFact(parts[1], over(parts[0], parts[1]))
