"""What may stand here: at each kind of place the right names, words, values and units."""

from __future__ import annotations

import pytest

from pathwaylang.service import complete, row_signature
from tests.service.support import FILES, at_cursor

HEAD = 'pathway p "P"\n'
BASE = FILES["main.pw"]


def offered(text: str) -> list[str]:
    seen, offset = at_cursor(text)
    return [found.text for found in complete(seen, offset)]


FACTS = ["able", "ecog", "fit", "size", "stage_of"]
RECOMMENDATIONS = ["ablation", "care", "resection"]
CONDITION_WORDS = ["all of", "any of", "at least", "none of", "not"]

PLACES = [
    # reserved words by place
    ("¦", ["module", "overlay", "pathway"]),
    ("decide third ¦", []),
    ('decide in ¦', ["order"]),
    ("stage s \"S\" ¦", ["starts at"]),
    ('fact x "X": ¦', ["choice of", "number", "whole number", "yes/no"]),
    ('fact x "X": yes/no\n  ma¦', ["may be unknown"]),
    ('decide t "T?"\n  when fit then ¦', ["go to", "offer", "recommend"]),
    ('decide t "T?"\n  when fit then ¦ care', ["go to", "offer", "recommend"]),
    # names by kind
    ('decide t "T?"\n  when ¦', [*FACTS, *CONDITION_WORDS, "unknown"]),
    ('decide t "T?"\n  when fit and ¦', [*FACTS, "not"]),
    ('decide t "T?"\n  when fit and si¦ze', [*FACTS, "not"]),
    ('decide t "T?"\n  when not ¦', [*FACTS, "not"]),
    ('decide t "T?"\n  when all of\n    - ¦', [*FACTS, *CONDITION_WORDS]),
    ('decide t "T?"\n  when fit then recommend ¦', RECOMMENDATIONS),
    ('decide t "T?"\n  when fit then recommend care and ¦', RECOMMENDATIONS),
    ('decide t "T?"\n  when fit then offer care or ¦', RECOMMENDATIONS),
    ('decide t "T?"\n  when fit then go to ¦', ["entry", "first", "second"]),
    ('stage s "S" starts at ¦', ["first", "second"]),
    ('test t "T" finds size, ¦', FACTS),
    ('decide t "T?"\n  obtain ¦', ["ct"]),
    ("never recommend ¦", ["A1", "A2", "ablation", "care", "resection"]),
    ("never in ¦", ["entry"]),
    ("always obtain ¦", ["ct"]),
    ("fit never changes ¦", ["first"]),
    ('example "E"\n  given size is 1 cm, ¦', [*FACTS, "not"]),
    ('example "E"\n  expect recommend care in ¦', ["first"]),
    ('example "E"\n  expect ask ¦', FACTS),
    ('example "E"\n  given like ¦', ['"Small"', '"Small and fit"']),
    # values, units, statements
    ('decide t "T?"\n  when stage_of is ¦',
     ["early", "late", "none", "known", "not", "one of", "unknown"]),
    ('decide t "T?"\n  when stage_of is one of early, ¦', ["early", "late", "none"]),
    ('define d "D" as stage_of is not ¦', ["early", "late", "none", "one of"]),
    ('decide t "T?"\n  when fit is ¦', ["yes", "no", "known", "none", "not", "one of", "unknown"]),
    ('fact x "X": choice of a, b\n  usually ¦', ["a", "b"]),
    ('recommendation r "R"\n  evidence ¦', ["high", "moderate", "low", "very low"]),
    ('decide t "T?"\n  opinion "x"\n  when fit then recommend care\n    cite trial.¦',
     ["size", "age"]),
    ('decide t "T?"\n  cite ¦', ["trial.size", "trial.age", "trial"]),
    # a new name is the author's own
    ("fact ¦", []),
    ('fact x "X": choice of a, ¦', ["none"]),
    ('decide t "T?"\n  when fit then recommend care\n    id ¦', ["A3"]),
    ('source t "T"\n  says s1 at "x" "y"\n  says s2 at "x" "y"\n  says ¦', ["s3"]),
    # texts and comments
    ('fact x "say ¦', []),
    ("# recomm¦", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PLACES, ids=[text for text, _ in PLACES])
def test_what_may_stand_here(text: str, expected: list[str]) -> None:
    if text == "¦":
        found = [word for word in offered(text) if word in ("module", "overlay", "pathway")]
    else:
        found = offered(BASE + text)
    if text.endswith("ma¦"):
        assert set(expected) <= set(found)
        return
    assert found == expected


def test_units_of_the_fact_come_first() -> None:
    found = offered(BASE + 'decide t "T?"\n  when size <= 3 ¦')
    assert found[0] == "cm"
    assert "mm" in found
    assert "kg" not in found
    assert offered(BASE + 'decide t "T?"\n  when ecog <= 3 ¦') == ["and", "or", "then"]
    every = offered(BASE + 'fact w "W": number in ¦')
    assert {"kg", "mg/dL", "x10^9/L"} <= set(every)


def test_only_lines_that_belong_under_an_item_are_offered() -> None:
    under_fact = offered(BASE + 'fact x "X": yes/no\n  ¦')
    assert "ask" in under_fact
    assert "when" not in under_fact
    assert "obtain" not in under_fact
    under_branch = offered(BASE + 'decide t "T?"\n  when fit then recommend care\n    ¦')
    assert set(under_branch) == {
        "accept", "because", "cite", "id", "label", "note", "opinion", "strength",
    }  # fmt: skip


def test_names_of_other_files_are_offered_to_use_only() -> None:
    module = FILES["shared.pw"] + 'fact age "Age": whole number in years 0..120\n'
    text = BASE.replace("use fit, ", "use fit, ¦")
    seen, offset = at_cursor(text, files={"shared.pw": module})
    assert "age" in [found.text for found in complete(seen, offset)]
    seen, offset = at_cursor(BASE + 'define d "D" as ¦', files={"shared.pw": module})
    assert "age" not in [found.text for found in complete(seen, offset)]


def test_the_word_begun_is_replaced() -> None:
    seen, offset = at_cursor(BASE + 'define d "D" as si¦ze <= 2 cm\n')
    found = next(each for each in complete(seen, offset) if each.text == "stage_of")
    assert seen.source.text[found.span.start : found.span.end] == "size"
    assert found.detail == "Stage"


TABLE = """table t "T"
  opinion "x"
  | fit | stage_of | size    | then           | cite       |
  | yes | early    | <= 3 cm | recommend care | trial.size |
"""

CELLS = [
    ("  | ¦", ["yes", "no", "any", "go to"], "fit"),
    ("  | yes | ¦", ["early", "late", "any", "not"], "stage_of"),
    ("  | yes | early | any | ¦", ["recommend", "offer", "go to"], "then"),
    ("  | yes | early | any | recommend ¦", ["ablation", "care", "resection"], "then"),
    ("  | yes | early | any | go to ¦", ["first", "second"], "then"),
    ("  | yes | early | any | recommend care | ¦", ["trial.size", "trial"], "cite"),
    ("  | yes | early | <= 3 ¦", ["cm"], "size"),
]


@pytest.mark.parametrize(("row", "expected", "column"), CELLS, ids=[row for row, _, _ in CELLS])
def test_cells_of_tables(row: str, expected: list[str], column: str) -> None:
    seen, offset = at_cursor(BASE + TABLE + row)
    found = [each.text for each in complete(seen, offset)]
    assert set(expected) <= set(found)
    signature = row_signature(seen, offset)
    assert signature is not None
    assert signature.table == "t"
    assert signature.columns[signature.active].name == column


def test_signature_tells_labels_and_types_and_counts_no_bar_in_a_text() -> None:
    columns = TABLE.replace("| cite       |", "| note |").replace("| trial.size |", '| "a" |')
    seen, offset = at_cursor(BASE + columns + '  | yes | early | any | recommend care | "a | b ¦')
    found = row_signature(seen, offset)
    assert found is not None
    assert [column.about for column in found.columns] == [
        "Fit for surgery: yes/no",
        "Stage: a choice of early, late, none",
        "Largest lesion: a number, 0 to 10 cm",
        "what to do: recommend, offer or go to",
        "a note",
    ]
    assert found.active == 4
    seen, offset = at_cursor(BASE + "¦")
    assert row_signature(seen, offset) is None
