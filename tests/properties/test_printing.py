"""The formatter keeps what a file says: every file of the specifications, whole and changed."""

from __future__ import annotations

import pytest
from hypothesis import given

from pathwaylang.compiler.syntax import parse_file, print_file
from pathwaylang.diagnostics import Source
from tests.properties.test_any_text import QUICK, SPECS, changed

TEXTS = sorted({text for texts in SPECS for text in texts.values()})


def printed_again(text: str) -> None:
    source = Source("main.pw", text)
    tree = parse_file(source).file
    printed = Source("main.pw", print_file(tree, source))
    again = parse_file(printed).file
    assert again.head == tree.head
    assert again.items == tree.items
    assert [c.text for c in again.comments] == [c.text for c in tree.comments]
    assert print_file(again, printed) == printed.text


@pytest.mark.parametrize("part", range(4))
def test_files_of_the_specifications(part: int) -> None:
    for text in TEXTS[part::4]:
        printed_again(text)


@QUICK
@given(changed())
def test_changed_files(texts: dict[str, str]) -> None:
    for text in texts.values():
        printed_again(text)
