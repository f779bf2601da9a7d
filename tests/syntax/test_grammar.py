"""The grammar: without conflict, its words published, every rule with its action."""

from __future__ import annotations

import re

import pytest

from pathwaylang.compiler.syntax import KEYWORDS
from pathwaylang.compiler.syntax.build import ACTIONS
from pathwaylang.compiler.syntax.foreign import read_foreign
from pathwaylang.compiler.syntax.parser import grammar_text, item_parser
from pathwaylang.compiler.syntax.patterns import TOKEN


def test_the_grammar_has_no_conflict() -> None:
    # Lark refuses a conflict under `strict`, which the parser is always built with.
    assert item_parser().options.strict
    assert item_parser().options.parser == "lalr"


def test_the_published_keywords_are_those_of_the_grammar() -> None:
    text = re.sub(r"//[^\n]*", "", grammar_text())
    literals = {word for word in re.findall(r'"([^"]+)"', text) if word.isalpha()}
    assert set(KEYWORDS) == literals
    assert list(KEYWORDS) == sorted(KEYWORDS)


def test_every_rule_has_its_action_and_no_action_is_idle() -> None:
    names = {
        rule.alias or str(rule.options.template_source or rule.origin.name) for rule in rules()
    }
    assert names == set(vars(ACTIONS))


FOREIGN = """
    == != <> && => =< -> ... ≠ & ! = → ⇒ − – — × ÷ · • … ∧ ∨ ¬
"""


@pytest.mark.parametrize("symbol", FOREIGN.split())
def test_every_foreign_symbol_has_a_reading(symbol: str) -> None:
    match = TOKEN.match(symbol)
    assert match is not None
    assert (match.lastgroup, match["FOREIGN"]) == ("FOREIGN", symbol)
    assert read_foreign(symbol, "a", " b").lexemes


def rules() -> list:
    """The rules that make a node: not the helpers of Lark, not those that pass one child on."""
    kept = []
    for rule in item_parser().rules:
        is_helper = rule.origin.name.startswith("_")
        passes_on = rule.options.expand1 and not rule.alias and len(rule.expansion) == 1
        if not is_helper and not passes_on:
            kept.append(rule)
    return kept
