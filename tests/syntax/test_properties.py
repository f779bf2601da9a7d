"""No text makes the front end raise; what it prints, it reads again as the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathwaylang.compiler.syntax import KEYWORDS, dump_syntax
from pathwaylang.compiler.syntax.lexemes import Chunk, Lexeme
from pathwaylang.compiler.syntax.lines import Lines
from pathwaylang.compiler.syntax.parse import read_chunk
from pathwaylang.compiler.syntax.scanner import scan_items
from pathwaylang.diagnostics import Source
from tests.syntax.reading import SAMPLES, printed, read

TEXTS = [path.read_text(encoding="utf-8") for path in SAMPLES]
SNIPPETS = [*KEYWORDS, "(", ")", "|", ",", '"', '"""', "..", "..<", "-", "#", "\n", "\n  ", "\t"]
SNIPPETS += ["•", "–", "=", "'a'", "\u00a0", "1/min", "%", "10*9/L", "approved", '\nfact a "A": ']
SNIPPETS += ["3,5", "1.2.0", "2027-11-23", "cm", "x", "“", "!=", "\r\n", " ", ":", "é", "0", "\\"]
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def check(text: str) -> None:
    """Hold the promises of the front end on a text."""
    parsed = read(text)
    dump_syntax(parsed.file)
    again = printed(text)
    second = read(again)
    assert second.file == parsed.file
    assert printed(again) == again
    for diagnostic in parsed.diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)


@given(st.text(max_size=200))
@SLOW
def test_any_text(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from(SNIPPETS), max_size=40), st.sampled_from([" ", ""]))
@SLOW
def test_any_words(words: list[str], between: str) -> None:
    check('pathway p "P"\n' + between.join(words))


@given(st.data())
@SLOW
def test_mutated_files(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        end = at + data.draw(st.integers(0, 12))
        text = text[:at] + data.draw(st.sampled_from([*SNIPPETS, ""])) + text[end:]
    check(text)


KINDS = ("NAME", "STRING", "THEN", "NL")
TYPED = {"STRING": "s", "NL": "\n"}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_any_word_left_out_or_replaced_is_told_within_its_item(path: Path) -> None:
    source = Source("test.pw", path.read_text(encoding="utf-8"))
    for chunk in scan_items(Lines(source)):
        for at, old in enumerate(chunk.lexemes):
            if old.type in ("INDENT", "DEDENT"):
                continue
            others = [[Lexeme(kind, TYPED.get(kind, kind.lower()), old.span)] for kind in KINDS]
            for new in ([], *others):
                lexemes = [*chunk.lexemes[:at], *new, *chunk.lexemes[at + 1 :]]
                _, findings = read_chunk(Chunk(chunk.start, chunk.end, lexemes))
                for finding in findings:
                    assert chunk.start <= finding.span.start <= finding.span.end <= chunk.end
                    assert finding.message
