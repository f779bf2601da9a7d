"""Faulty snippets -> the one finding, at the word that is wrong, with what to write."""

from __future__ import annotations

import pytest

from pathwaylang.compiler.syntax import dump_syntax
from tests.syntax.reading import HEAD, printed, read, told

DECIDE = 'decide d "D?"\n'

# (text behind the head, code, line, column, part of the help); line 1 is the head
FAULTS = [
    # ---- the text
    ('fact x "X": yes/no\n\tmay be unknown', "PW0101", 3, 1, "fmt"),
    (DECIDE + "    when a then go to x\n   cite b.c", "PW0102", 4, 1, "indent it by 4"),
    (DECIDE + "   cite b.c\n  when a then go to x", "PW0102", 3, 1, "indent it by 2"),
    (DECIDE + "  when a\n    then go to x", "PW0102", 4, 5, "same column as its `when`"),
    (DECIDE + '  when a then go to b\n  cite a.b\n    note "x"', "PW0102", 5, 5, "by 2"),
    ("when a then go to b", "PW0102", 2, 1, "by two spaces"),
    ('define a "A" as all of\ncite x.y', "PW0102", 3, 1, "by two spaces"),
    ("source article “Liver”", "PW0103", 2, 16, '"Liver"'),
    ('recommendation r "Liver resection', "PW0104", 2, 18, '"""'),
    ('recommendation r "R"\n  do """never\n  closed', "PW0104", 3, 6, '"""'),
    ('fact a "A": yes/no\n  note """x\nfact b "B": yes/no', "PW0104", 3, 8, '"""'),
    ('table t "T"\n  | x | then |\n  | <= 3,5 cm | go to a |', "PW0105", 4, 8, "3.5"),
    (DECIDE + "  when a then go to b;", "PW0106", 3, 22, "semicolon"),
    ('fact x "X": yes/no\n  note "a\\n"', "PW0106", 3, 10, "\\\\n"),
    ("fact x 'X': yes/no", "PW0106", 2, 8, '"X"'),
    ('fact\u00a0x "X": yes/no', "PW0106", 2, 5, "ordinary space"),
    ('fact x\u0301\u0302 "X": yes/no', "PW0106", 2, 6, "remove it"),
    ("sex nevr changes a", "PW0209", 2, 5, "`never`"),
    # ---- words and symbols
    (DECIDE + "  when a is clear recommend b", "PW0201", 3, 19, "then recommend b"),
    (DECIDE + "  when a\n  recommend b", "PW0201", 4, 3, "then recommend b"),
    (DECIDE + "  when a\n    cite x.y", "PW0201", 3, 8, "then"),
    (DECIDE + "  when x: recommend b", "PW0201", 3, 9, "`then`"),
    (DECIDE + "  when a then go to b\n  else go to c", "PW0202", 4, 3, "`otherwise`"),
    (DECIDE + "  unless a then go to b", "PW0202", 3, 3, "when not"),
    (DECIDE + "  when a\n  or b then go to c", "PW0202", 4, 3, "round brackets"),
    ('facts x "X": yes/no', "PW0202", 2, 1, "`fact`"),
    ('fact x "X": yes/no\n  aks "X"', "PW0202", 3, 3, "`ask`"),
    ('fact when "Time of surgery": yes/no', "PW0203", 2, 6, "time_of_surgery"),
    (DECIDE + "  when stage is a then go to b", "PW0203", 3, 8, "stage_value"),
    ('fact x "X": choice of yes, no', "PW0203", 2, 23, "yes/no"),
    ('fact liver reserve "R": choice of a, b', "PW0204", 2, 6, "liver_reserve"),
    (DECIDE + "  when liver reserve is poor then go to b", "PW0204", 3, 8, "liver_reserve"),
    (DECIDE + "  when all of\n    - a\n    b is c\n  then go to x", "PW0206", 5, 5, "- b is c"),
    ('define x "X" as any of\n  • a\n  - b', "PW0206", 3, 3, "-"),
    ('define x "X" as any of\n  * a\n  * b', "PW0206", 3, 3, "-"),
    ('define fit "Fit" as 0 <= ecog <= 2', "PW0207", 2, 31, "ecog in 0..2"),
    (DECIDE + "  when 2 <= x < 3 cm then go to c", "PW0207", 3, 15, "x in 2..<3 cm"),
    (DECIDE + "  when a < b < c then go to d", "PW0207", 3, 14, "a < b and b < c"),
    (DECIDE + "  when reserve != poor then go to x", "PW0208", 3, 16, "reserve is not poor"),
    (DECIDE + "  when reserve == poor then go to x", "PW0208", 3, 16, "reserve is poor"),
    (DECIDE + "  when a && b then go to x", "PW0208", 3, 10, "a and b"),
    (DECIDE + "  when a -> go to x", "PW0208", 3, 10, "then"),
    (DECIDE + "  when x AND y then go to b", "PW0208", 3, 10, "and"),
    (DECIDE + "  when x less than 3 then go to b", "PW0208", 3, 10, "`x < 3`"),
    (DECIDE + "  when x is less than 3 cm and y then go to b", "PW0208", 3, 10, "`x < 3 cm`"),
    (DECIDE + "  when x is more than or equal to 3 then go to b", "PW0208", 3, 10, "`x >= 3`"),
    (DECIDE + "  when x between 2 and 3 then go to b", "PW0208", 3, 10, "in 2..3"),
    (DECIDE + "  when x not in 2..4 then go to b", "PW0208", 3, 10, "not x in 2..4"),
    (DECIDE + "  when x is <= 3 then go to b", "PW0208", 3, 10, "leave out `is`"),
    (DECIDE + "  when x is not known then go to b", "PW0208", 3, 17, "is unknown"),
    (DECIDE + "  when x is 2..4 then go to b", "PW0208", 3, 10, "`in`"),
    (DECIDE + "  when x in a, b then go to b", "PW0208", 3, 10, "is one of a, b"),
    (DECIDE + "  when x is a, b then go to b", "PW0208", 3, 14, "is one of a, b"),
    # ---- sentences
    (DECIDE + "  when (a or b then go to x", "PW0209", 3, 8, "`)`"),
    (DECIDE + "  when a or b) then go to x", "PW0209", 3, 14, "remove it"),
    (DECIDE + "  when a then resection", "PW0209", 3, 15, "recommend resection"),
    (DECIDE + "  when a then recomend x", "PW0209", 3, 15, "did you mean `recommend`?"),
    (DECIDE + "  when a then go staging", "PW0209", 3, 18, "go to staging"),
    (DECIDE + "  when a then recommend a, b", "PW0209", 3, 26, "`and`"),
    (DECIDE + "  when a then offer a and b", "PW0209", 3, 23, "`or`"),
    (DECIDE + '  when sex is "male" then go to b', "PW0209", 3, 15, "`male`"),
    (DECIDE + "  when a then go to b then", "PW0209", 3, 23, "remove"),
    (DECIDE + "  when x is one of a b then go to c", "PW0209", 3, 22, "a, b"),
    (DECIDE + "  when at least two of\n    - a\n  then go to b", "PW0209", 3, 17, "at least 2"),
    ('fact x "X" yes/no', "PW0209", 2, 12, '"X": yes/no'),
    ('fact x "X": date', "PW0209", 2, 13, "whole number in days"),
    ('fact x "X": number 0..30 cm', "PW0209", 2, 26, "number in cm 0..30"),
    ('fact x "X": number in cm 0-30', "PW0209", 2, 27, "0..30"),
    ('fact x "X": whole 0..3', "PW0209", 2, 19, "whole number 0..3"),
    ('fact x "X": yes/no\n  note Some text', "PW0209", 3, 8, '"Some text"'),
    ('fact x "X": yes/no\n  may be unknwon', "PW0209", 3, 10, "`unknown`"),
    ('fact x "X": yes/no\n  cite "article"', "PW0209", 3, 8, "article"),
    ('use a, from "x.pw"', "PW0209", 2, 6, "comma"),
    ('use a b from "x.pw"', "PW0209", 2, 7, "a, b"),
    ('stage s "S" starts d', "PW0209", 2, 20, "starts at d"),
    ("impossible a and b", "PW0209", 2, 12, "impossible when a and b"),
    ("never recommend a and b when c", "PW0209", 2, 19, "`or`"),
    ('table t "T"\n  | x | then |\n  | a | go to b', "PW0209", 4, 15, "`|`"),
    ('table t "T"\n  | x | then |\n  | > 3 cm and < 5 cm | go to b |', "PW0209", 4, 12, "3..5"),
    ('table t "T"\n  | x | cite |\n  | a | b.c, 3 |', "PW0209", 4, 14, "references"),
    ('define a "A" as all of a, b', "PW0209", 2, 24, "- "),
    (DECIDE + "  when a and all of\n    - b\n  then go to c", "PW0209", 3, 14, "under one heading"),
    # ---- parts
    ("recommendation r Liver resection", "PW0211", 2, 18, 'r "Liver resection"'),
    ("fact x Size in cm: yes/no", "PW0211", 2, 8, 'fact x "Size in cm": yes/no'),
    ("test ct Scan finds x", "PW0211", 2, 9, 'ct "Scan" finds x'),
    (DECIDE + "  when then go to b", "PW0211", 3, 3, "complete it"),
    (DECIDE + "  when a and then go to b", "PW0211", 3, 10, "complete it"),
    (DECIDE + "  when a then offer a", "PW0211", 3, 21, "`or`"),
    (DECIDE + "  otherwise", "PW0211", 3, 3, "recommend NAME"),
    (DECIDE, "PW0211", 2, 1, "below it"),
    ("fact x: yes/no", "PW0211", 2, 6, 'fact x "X": yes/no'),
    ('fact "X": yes/no', "PW0211", 2, 6, 'fact x "X"'),
    ('fact x "X"', "PW0211", 2, 8, ": yes/no"),
    ('fact x "X": number in cm', "PW0211", 2, 23, "0..30"),
    ('fact x "X": number in 0..30', "PW0211", 2, 20, "in cm 0..30"),
    ('step s "S"\n  obtain ct', "PW0211", 2, 1, "then go to"),
    ('table t "T"\n  | x | then |\n  | a | |', "PW0211", 4, 7, "`any`"),
    ('pathway q "Q"', "PW0212", 2, 9, "file of its own"),
    ('table t "T"\n  | x | then |\n  | a | go to b | c |', "PW0213", 4, 3, "`any`"),
]


@pytest.mark.parametrize(("text", "code", "line", "column", "help_part"), FAULTS)
def test_a_slip_gives_one_finding_where_it_stands(
    text: str, code: str, line: int, column: int, help_part: str
) -> None:
    assert told(HEAD + text + "\n") == [(code, line, column)]
    [finding] = read(HEAD + text + "\n").diagnostics
    assert help_part in finding.help
    assert "\n" not in finding.message
    assert not finding.message.endswith(".")


def test_names_are_normalised() -> None:
    parsed = read(HEAD + 'fact e\u0301tat "E": yes/no\n')
    assert parsed.diagnostics == ()
    assert parsed.file.items == read(HEAD + 'fact \u00e9tat "E": yes/no\n').file.items


def test_the_head() -> None:
    assert told('fact a "A": yes/no\n') == [("PW0211", 1, 1)]
    assert told("# nothing\n") == [("PW0211", 1, 1)]
    assert told('fact a "A": yes/no\n' + HEAD) == [("PW0202", 2, 9)]
    assert told("pathway p\n") == [("PW0211", 1, 9)]


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "a\x00b", "a\ud800", "a" * 5_000_001])
def test_files_that_are_no_text(text: str) -> None:
    [(code, _, _)] = told(text)
    assert code == "PW0107"


def test_ten_faulty_items_give_ten_findings_and_the_rest_is_read() -> None:
    items = []
    for number in range(10):
        items.append(f'decide d{number} "D"\n  when (a then go to b\n  else go to c\n')
        items.append(f'fact f{number} "F": yes/no\n')
    parsed = read(HEAD + "".join(items))
    assert len(parsed.diagnostics) == 10
    assert len(parsed.file.items) == 10
    assert len(parsed.file.broken) == 10


def test_repairable_slips_do_not_hide_the_item() -> None:
    parsed = read(HEAD + "decide d “D”\n\twhen a != 3,5 cm && b then go to x\n")
    assert [d.code for d in parsed.diagnostics] == ["PW0103", "PW0101", "PW0208", "PW0105"]
    assert len(parsed.file.items) == 1


@pytest.mark.parametrize(
    "body",
    [
        "(" * 101 + "a" + ")" * 101,
        "(" * 10_000,
        "not " * 10_000 + "a",
        "a + " * 10_000 + "a > 1",
        "all of\n" + "".join("  " * (n + 1) + "- all of\n" for n in range(101)),
    ],
)
def test_deep_nesting_is_told_once(body: str) -> None:
    [(code, _, _)] = told(HEAD + f'define x "X" as {body}\n')
    assert code == "PW0210"


@pytest.mark.parametrize(
    "body",
    [
        "(" * 100 + "a" + ")" * 100,
        "(not a and " * 70 + "a" + ")" * 70,
        "all of\n" + "".join("  " * (n + 1) + "- all of\n" for n in range(98)) + "  " * 99 + "- a",
    ],
)
def test_what_is_nested_less_deeply_is_read_printed_and_dumped(body: str) -> None:
    text = HEAD + f'\ndefine x "X" as {body}\n'
    assert told(text) == []
    assert read(printed(text)).file == read(text).file
    assert dump_syntax(read(text).file)


@pytest.mark.parametrize(
    "text",
    ["fact\n" * 300_000, 'x "' * 1_000_000, '"""' * 1_000_001, "| a " * 500_000, "-" * 4_000_000],
)
def test_large_nonsense_is_refused_in_bounded_time(text: str) -> None:
    assert 1 <= len(told(text)) <= 201
