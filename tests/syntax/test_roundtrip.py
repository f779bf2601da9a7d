"""Printing: the standard layout, nothing lost, nothing moved, the same again."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathwaylang.compiler.syntax import dump_syntax
from tests.syntax.reading import HEAD, PATHWAYS, ROOT, SAMPLES, printed, read

FILES = [*SAMPLES, *PATHWAYS]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_read_clean_and_come_back_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    parsed = read(text)
    assert parsed.diagnostics == ()
    again = printed(text)
    assert read(again).file == parsed.file
    assert printed(again) == again


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_samples_stand_in_the_standard_layout(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert printed(text) == text


GOOD = [
    'fact a   "A" :yes/no\n',
    'fact a "A": number in cm 0..30 step 0.5\n   may be unknown\n',
    'define d "D" as (a and b) or not c\n',
    'define d "D" as x ≥ 3 cm\n',
    'define d "D" as x in -3..<-1\n',
    'define d "D": number 0..9 as -2 * (a - -1)\n',
    'define d "D" as x is one of a,\n  b\n',
    'fact åß "Æ": choice of α, β\n',
    'decide d "D"\n  when (a\n    and b) then go to c\n',
    'decide d "D"\n    when a then go to c\n         id x\n',
    'decide d "D"\n  otherwise\n  recommend x\n',
    'recommendation r "say \\"ah\\" and \\\\"\n',
    'source s "S"\n  says a at "b" """\n   x\n\n     y\n  """\n',
    'fact a "A": yes/no\n  note """one line"""\n',
    'fact a "A": yes/no\n  note """first\n    second\n  third"""\n',
    'fact a "A": yes/no\r\n  ask "?"\r\n',
]


@pytest.mark.parametrize("text", GOOD)
def test_snippets_read_clean_and_come_back_the_same(text: str) -> None:
    parsed = read(HEAD + text)
    assert parsed.diagnostics == ()
    again = printed(HEAD + text)
    assert read(again).file == parsed.file
    assert printed(again) == again


LAYOUT = [
    # two spaces per level, single spaces between words
    (
        'decide d "D"\n    when a   then go to c\n         id x\n',
        'decide d "D"\n  when a then go to c\n    id x\n',
    ),
    # unlike items are parted, like items stay as close as they were, blank lines become one
    (
        'fact a "A": yes/no\nfact b "B": yes/no\n\n\n\nfact c "C": yes/no\ndefine d "D" as a\n',
        'fact a "A": yes/no\nfact b "B": yes/no\n\nfact c "C": yes/no\n\ndefine d "D" as a\n',
    ),
    # comments keep their place
    (
        '# one\nfact a "A": yes/no   # two\n  # three\n  may be unknown\n  # four\n# five\n',
        '# one\nfact a "A": yes/no  # two\n  # three\n  may be unknown\n  # four\n# five\n',
    ),
    # a comment inside a logical line keeps the line as it is
    (
        'use a,   # first\n    b,\n    # between\n  c from "x.pw"  # last\n',
        'use a,   # first\n    b,\n    # between\n  c from "x.pw"  # last\n',
    ),
    # a blank line before a branch stays
    (
        'decide d "D"\n  when a then go to b\n\n\n  when c then go to b\n',
        'decide d "D"\n  when a then go to b\n\n  when c then go to b\n',
    ),
    # tables are aligned
    (
        'table t "T"\n  |a|then|\n  |any|go to b|\n',
        'table t "T"\n  | a   | then    |\n  | any | go to b |\n',
    ),
    # what the scanner can repair is repaired
    ("fact a “A”: yes/no\n\tmay be unknown\n", 'fact a "A": yes/no\n  may be unknown\n'),
    # a block gets its margin
    (
        'fact a "A": yes/no\n  note """\n          x\n            y\n\n     """\n',
        'fact a "A": yes/no\n  note """\n    x\n      y\n    """\n',
    ),
]


@pytest.mark.parametrize(("before", "after"), LAYOUT)
def test_layout(before: str, after: str) -> None:
    assert printed(HEAD + "\n" + before) == HEAD + "\n" + after


def test_long_lists_are_wrapped_after_commas() -> None:
    names = ", ".join(f"a_rather_long_name_{i}" for i in range(30))
    text = HEAD + f'\nuse {names} from "x.pw"\n'
    lines = printed(text).splitlines()
    assert max(map(len, lines)) <= 120
    assert all(line.startswith("    a_rather") for line in lines[3:])
    assert read(printed(text)).file == read(text).file


def test_long_branches_are_broken_before_then_and_inside_brackets() -> None:
    condition = " or ".join(f"a_rather_long_name_{i} is known" for i in range(9))
    text = HEAD + f'\ndecide d "D"\n  when b and ({condition}) then go to x\n'
    again = printed(text)
    assert max(map(len, again.splitlines())) <= 120
    assert "\n  then go to x\n" in again
    assert read(again).file == read(text).file
    assert printed(again) == again


def test_items_that_were_not_read_are_copied() -> None:
    broken = 'decide d "D"\n     when x  != 3   # why\n   when (  then\n'
    text = HEAD + "\n" + broken + '\nfact   a "A": yes/no\n'
    assert printed(text) == HEAD + "\n" + broken + '\nfact a "A": yes/no\n'


def test_an_unreadable_file_is_left_alone() -> None:
    assert printed("a\x00b") == "a\x00b"


def test_strings_keep_their_value() -> None:
    parsed = read(HEAD + '  note "a \\"b\\" \\\\ c # | d"\n')
    assert parsed.file.head is not None
    [note] = parsed.file.head.attrs
    assert note.text.value == 'a "b" \\ c # | d'


def test_the_dump_names_every_item() -> None:
    text = SAMPLES[0].read_text(encoding="utf-8")
    dump = dump_syntax(read(text).file)
    for word in ("Head", "SourceItem", "TableItem", "RecommendRule", "comment # the end"):
        assert word in dump
