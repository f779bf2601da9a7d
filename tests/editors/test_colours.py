"""Highlighters made from the table of colours are up to date and colour every word."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename
from pygments.token import Generic, Keyword, Literal, Name, Text, Token

from pathwaylang.compiler.syntax.keywords import KEYWORDS, STARTERS
from pathwaylang.render.adapters.highlight import PathwayLexer
from tools.editors import GRAMMAR, textmate_text

ROOT = Path(__file__).parents[2]
PATHWAYS = sorted((ROOT / "pathways").rglob("*.pw"))


def split(text: str) -> list[tuple[object, str]]:
    return [(kind, word) for _, kind, word in PathwayLexer().get_tokens_unprocessed(text)]


def test_the_grammar_of_the_extension_is_what_the_table_makes() -> None:
    assert GRAMMAR.read_text(encoding="utf-8") == textmate_text()


def test_pygments_finds_the_lexer() -> None:
    assert entry_points(group="pygments.lexers", name="pathwaylang")
    assert isinstance(get_lexer_by_name("pw"), PathwayLexer)
    assert isinstance(get_lexer_for_filename("liver_mets.pw"), PathwayLexer)


@pytest.mark.parametrize("path", PATHWAYS, ids=lambda path: path.name)
def test_every_word_of_a_pathway_has_a_colour(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = split(text)
    assert "".join(word for _, word in found) == text
    odd = [word for kind, word in found if kind in (Token.Error, Text, Generic.Error)]
    assert odd == []


@given(st.text(alphabet=st.sampled_from('abz09 "\\\n\t#|.<=>µé\u0301”fact when')))
def test_any_text_is_split_without_loss(text: str) -> None:
    assert "".join(word for _, word in split(text)) == text


@pytest.mark.parametrize("word", KEYWORDS)
def test_no_reserved_word_looks_like_a_name(word: str) -> None:
    line = f"{word} x" if word in STARTERS else f"  x {word} y"
    kinds = {kind for kind, found in split(line) if found == word}
    assert kinds
    assert not kinds & {Name.Variable, Name.Class, Token.Error, Text}


def test_units_are_told_from_words() -> None:
    found = dict(map(reversed, split("  when size <= 3 cm and count is 2 then go to x")))  # type: ignore[arg-type]
    assert found["cm"] is Keyword.Type
    assert found["2"] is Literal.Number
    assert found["then"] is Keyword.Reserved
