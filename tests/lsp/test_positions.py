"""Offsets and positions: there and back again, in every way of counting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("lsprotocol", reason='needs pip install "pathwaylang[lsp]"')

from lsprotocol import types

from pathwaylang.diagnostics import Source, Span
from pathwaylang.lsp.positions import Positions

TEXTS = st.text(alphabet="ab é😀\n\r\u2028\t", max_size=40)
ENCODINGS = ("utf-16", "utf-8", "utf-32")
CODECS = {"utf-16": ("utf-16-le", 2), "utf-8": ("utf-8", 1), "utf-32": ("utf-32-le", 4)}


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS)
def test_there_and_back(encoding: str, text: str) -> None:
    positions = Positions(Source("a.pw", text), encoding)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n":
            continue  # the middle of a line end is no place
        assert positions.offset(positions.position(offset)) == offset


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS)
def test_columns_are_the_length_of_what_stands_before(encoding: str, text: str) -> None:
    positions = Positions(Source("a.pw", text), encoding)
    codec, size = CODECS[encoding]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines):
        end = positions.offset(types.Position(number, 10_000))
        assert positions.position(end) == types.Position(number, len(line.encode(codec)) // size)
    assert positions.offset(types.Position(len(lines) + 3, 0)) == len(text)


def test_the_middle_of_a_character_is_its_start() -> None:
    positions = Positions(Source("a.pw", "a😀b"))
    found = [positions.offset(types.Position(0, column)) for column in range(6)]
    assert found == [0, 1, 1, 2, 3, 3]


def test_a_span_over_lines_has_a_part_on_each() -> None:
    text = 'x """a\r\n\r\n  😀b""" y'
    positions = Positions(Source("a.pw", text))
    parts = positions.lines_of(Span("a.pw", 2, text.index(" y")))
    told = [(p.start.line, p.start.character, p.end.character) for p in parts]
    assert told == [(0, 2, 6), (2, 0, 8)]
