"""What a newcomer writes: each slip gives one message, at the right place, with what to write.

The file is right as it stands; each case changes one stretch of it and checks the whole file, as
`pathwaylang check` does it, proof and examples included.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import Program

GOOD = (Path(__file__).parent / "newcomer.pw").read_text(encoding="utf-8")

TREATED = "when reserve is poor or not fit then recommend supportive_care"

SLIPS = [
    # what stands there, what the newcomer writes, code, the word it points at, what to write
    ('"Liver lesions"', "Liver lesions", "PW0211", "Liver", '"Liver'),
    ('ablation "Ablation"', 'ablation "Ablation', "PW0104", '"', '"""'),
    ('"Largest lesion"', "“Largest lesion”", "PW0103", "“", '"Largest lesion"'),
    ("largest is 2 cm,", "largest is 2,5 cm,", "PW0105", "2,5", "2.5"),
    ("| > 3 cm  | no, yes", "| > 3,0 cm  | no, yes", "PW0105", "3,0", "3.0"),
    ("reserve is poor or", "reserve = poor or", "PW0208", "=", "reserve is poor"),
    ("reserve is poor or", "reserve == poor or", "PW0208", "==", "reserve is poor"),
    ("is not poor and", "!= poor and", "PW0208", "!=", "reserve is not poor"),
    ("as ecog <= 2", "as ecog =< 2", "PW0208", "=<", "<="),
    ("as ecog <= 2", "as largest =< 2 cm", "PW0208", "=<", "largest <= 2 cm`"),
    ("as ecog <= 2", "as largest == 2 cm", "PW0208", "==", "largest is 2 cm`"),
    ("as ecog <= 2", "as largest is at least 2 cm", "PW0208", "is at", "largest >= 2 cm`"),
    ("as ecog <= 2", "as largest is at most 2 cm", "PW0208", "is at", "largest <= 2 cm`"),
    ("as ecog <= 2", "as 0 <= ecog <= 2", "PW0207", "<=", "ecog in 0..2"),
    (
        'fit "Fit for treatment" as ecog <= 2',
        'fit "Fit for treatment" as largest <= 3',
        "PW0403",
        "3",
        "3 cm",
    ),
    ("usually 2 cm", "usually 2", "PW0403", "2", "2 cm"),
    ("usually 2 cm", "usually 2 kg", "PW0404", "2 kg", "cm"),
    ("number in cm 0..30", "number in cms 0..30", "PW0405", "cms", "cm"),
    ("reserve is poor or", "reserv is poor or", "PW0301", "reserv", "reserve"),
    (
        "recommend liver_meeting ",
        "recommend liver_meting ",
        "PW0301",
        "liver_meting",
        "liver_meeting",
    ),
    ("reserve is poor or", "reserve is bad or", "PW0303", "bad", "add `bad`"),
    ("reserve is poor or", "reserve is pooor or", "PW0303", "pooor", "poor"),
    ("  may be unknown", "\tmay be unknown", "PW0101", "\t", "two spaces"),
    ("  cite guide.size\n  when", "   cite guide.size\n  when", "PW0102", "   ", "2"),
    (
        TREATED,
        "when reserve is poor or not fit recommend supportive_care",
        "PW0201",
        "recommend",
        "then recommend",
    ),
    (
        TREATED,
        "when reserve is poor or not fit, recommend supportive_care",
        "PW0201",
        ",",
        "`then rec",
    ),
    (
        TREATED,
        "reserve is poor or not fit then recommend supportive_care",
        "PW0202",
        "reserve",
        "write `when reserve …`",
    ),
    (
        TREATED,
        "if reserve is poor or not fit then recommend supportive_care",
        "PW0202",
        "if",
        "when",
    ),
    (
        TREATED,
        "when reserve is poor or not fit and bleeding then recommend supportive_care",
        "PW0205",
        "reserve",
        "`reserve is poor or (not fit and bleeding)`",
    ),
    (
        TREATED,
        "when reserve is poor or not fit then supportive_care",
        "PW0209",
        "supportive_care",
        "recommend supportive_care",
    ),
    (
        TREATED,
        "when reserve is poor or ecog then recommend supportive_care",
        "PW0401",
        "ecog",
        "ecog <=",
    ),
    (
        TREATED,
        "when reserve >= borderline or not fit then recommend supportive_care",
        "PW0402",
        "reserve",
        "is one of",
    ),
    (
        "when reserve is not poor and fit then go to local",
        "else go to local",
        "PW0202",
        "else",
        "otherwise",
    ),
    ("then go to local", "then local", "PW0209", "local", "go to local"),
    ("then go to local", "then recommend local", "PW0307", "local", "go to local"),
    (
        'fact bleeding "Bleeding',
        'fact bleeding disorder "Bleeding',
        "PW0204",
        "bleeding",
        "bleeding_disorder",
    ),
    ('fact ecog "ECOG performance status":', "fact ecog:", "PW0211", "ecog", 'fact ecog "Ecog"'),
    ('disorder": yes/no', 'disorder": boolean', "PW0209", "boolean", "yes/no"),
    ("whole number 0..4", "whole number 0-4", "PW0209", "-", "0..4"),
    ("  | <= 3 cm | unknown  | recommend coagulation_tests |\n", "", "PW0503", "table", "unknown"),
    ("| > 3 cm  | no, yes ", "| >= 4 cm | no, yes ", "PW0502", "table", "> 3 cm"),
    ("ecog is 1,", "ecog is 5,", "PW0406", "5", "range"),
    ("expect recommend ablation", "expect recommend resection", "PW0803", "expect", "branch"),
    ("  cite guide.size\n  when", "  when", "PW0701", "when", "opinion"),
    ("largest is 2 cm, not bleeding", "largest is 2 cm", "PW0803", "given", "cm, not bleeding`"),
    (
        "given ecog is 1, reserve is good, largest is 2 cm,",
        "given reserve is good,",
        "PW0803",
        "given",
        "not bleeding, ecog is 0, largest is 2 cm`",
    ),
    (
        "  when reserve is not poor and fit then",
        "  when reserve is good and fit then",
        "PW0501",
        "decide",
        'then …\n               opinion "…"\n',
    ),
]


def test_the_file_is_right(program: Program) -> None:
    program.write("lesion.pw", GOOD)
    ended = program("check", "lesion.pw")
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "1 file: no findings")


def test_there_are_more_than_ten_kinds() -> None:
    assert len({slip[2] for slip in SLIPS}) > 20


@pytest.mark.parametrize(
    ("right", "wrong", "code", "word", "advice"), SLIPS, ids=[slip[1][:40] for slip in SLIPS]
)
def test_one_slip_one_message(
    right: str, wrong: str, code: str, word: str, advice: str, program: Program
) -> None:
    assert right in GOOD
    at = GOOD.index(right)
    text = GOOD.replace(right, wrong, 1)
    program.write("lesion.pw", text)
    ended = program("check", "--format", "json", "lesion.pw")
    assert ended.code == 1
    found = json.loads(ended.out)["findings"]
    assert [entry["code"] for entry in found] == [code]
    told = program("check", "lesion.pw").out.partition("help:")[2]
    assert advice in told or advice in " ".join(told.split())
    start = found[0]["start"]
    line = text.splitlines()[start["line"] - 1]
    assert line[start["column"] - 1 :].startswith(word)
    first, last = (text.count("\n", 0, place) + 1 for place in (at, at + len(wrong)))
    assert first <= start["line"] <= last or word in ("table", "decide")
