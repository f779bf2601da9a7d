from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from pathwaylang.compiler.emit.quantities import interval_words, number_words, unit_words
from pathwaylang.compiler.emit.text import clip, plain, wrap
from pathwaylang.compiler.emit.words import Words
from pathwaylang.compiler.emit.words_meaning import Meanings
from pathwaylang.ir.derived import Add, Classification, ClassLine, Condition, Score
from pathwaylang.ir.facts import Choice
from pathwaylang.ir.guards import (
    All,
    Any,
    Arith,
    AtLeast,
    Const,
    Guard,
    Holds,
    Interval,
    Known,
    Not,
    Number,
    OneOf,
    Recommends,
    Ref,
    Relation,
    Within,
)
from tests.charts.build import (
    above,
    at_least,
    at_most,
    below,
    both,
    either,
    no,
    number,
    one,
    unknown,
    yes,
    yes_no,
)
from tests.charts.liver import liver
from tests.charts.sample import sample

WORDS = Words(sample())


def told(guard: Guard, words: Words = WORDS) -> list[str]:
    return ["  " * line.level + line.text for line in words.condition(guard)]


@pytest.mark.parametrize(
    ("guard", "expected"),
    [
        (yes("fit"), "Fit for active cancer treatment: yes"),
        (no("fit"), "Fit for active cancer treatment: no"),
        (one("reserve", "good", "borderline"), "Liver reserve: good or borderline"),
        (Not(one("reserve", "poor")), "Liver reserve: not poor"),
        (Not(one("reserve", "poor", "good")), "Liver reserve: neither poor nor good"),
        (one("extent", "limited"), "Extent of disease: limited to the liver"),
        (at_most("largest", 3), "Largest metastasis ≤ 3 cm"),
        (above("largest", 3), "Largest metastasis > 3 cm"),
        (Not(at_most("largest", 3)), "Largest metastasis > 3 cm"),
        (Not(at_least("largest", 3)), "Largest metastasis < 3 cm"),
        (below("largest", 3), "Largest metastasis < 3 cm"),
        (Known("reserve"), "Liver reserve: known"),
        (unknown("reserve"), "Liver reserve: unknown"),
        (Const(True), "always"),
        (
            Relation(Ref("largest"), Arith("*", Number(Fraction(2)), Ref("ecog")), strict=True),
            "Largest metastasis < (2 × ECOG performance status)",
        ),
        (
            Not(Relation(Ref("largest"), Ref("ecog"), strict=False)),
            "Largest metastasis > ECOG performance status",
        ),
        (
            Recommends("support", ("review", "S1")),
            "“Does the patient need early palliative services?” answers "
            "Review symptoms at each visit or S1",
        ),
        (
            Recommends("aim", ("aim.supportive",)),
            "“What can treatment aim for?” answers Best supportive care: symptoms, nutrition, "
            "quality of life (aim.supportive)",
        ),
        (
            Recommends("aim", ("aim.supportive", "systemic.1", "systemic.2")),
            "“What can treatment aim for?” answers aim.supportive, systemic.1 or systemic.2",
        ),
        (Not(Recommends("aim", ("S1",))), "not (“What can treatment aim for?” answers S1)"),
    ],
)
def test_one_condition_in_one_line(guard: Guard, expected: str) -> None:
    assert told(guard) == [expected]


def test_conditions_that_add_up_stand_line_by_line() -> None:
    guard = both(yes("fit"), both(no("widespread"), one("reserve", "good")))
    assert told(guard) == [
        "Fit for active cancer treatment: yes",
        "and Widespread disease outside the liver: no",
        "and Liver reserve: good",
    ]


def test_a_choice_among_criteria_cannot_be_misread() -> None:
    guard = both(yes("fit"), Any((Holds("x"), Holds("y"))))
    assert told(guard)[1] == "and either x: yes or y: yes"


def test_alternatives_are_bullets_unless_short() -> None:
    assert told(Any((Holds("x"), Holds("y")))) == ["x: yes or y: yes"]
    assert told(either(yes("widespread"), one("reserve", "good"))) == [
        "any of:",
        "  • Widespread disease outside the liver: yes",
        "  • Liver reserve: good",
    ]


def test_and_inside_or_is_never_flattened_into_one_line() -> None:
    guard = Any((All((Holds("a"), Holds("b"))), Holds("c")))
    assert told(guard) == ["any of:", "  • a: yes and b: yes", "  • c: yes"]


@pytest.mark.parametrize(
    ("guard", "head"),
    [
        (AtLeast(2, (Holds("a"), Holds("b"), Holds("c"))), "at least 2 of:"),
        (Not(AtLeast(2, (Holds("a"), Holds("b")))), "fewer than 2 of:"),
        (Not(Any((Holds("a"), Holds("b")))), "none of:"),
        (Not(All((Holds("a"), Holds("b")))), "not all of:"),
    ],
)
def test_groups_keep_their_meaning(guard: Guard, head: str) -> None:
    assert told(guard)[:2] == [head, "  • a: yes"]


def test_double_negation_is_told_plainly() -> None:
    assert told(Not(Not(OneOf("reserve", ("good",))))) == ["Liver reserve: good"]


def test_a_line_names_the_facts_it_reads() -> None:
    first, second = WORDS.condition(both(yes("fit"), at_most("largest", 3)))
    assert (first.names, second.names) == (("fit",), ("largest",))


def test_an_end_of_the_range_is_not_told() -> None:
    bounds = Interval(Fraction(0), Fraction(4))
    assert interval_words(Interval(Fraction(3), Fraction(4)), "", bounds) == "≥ 3"
    assert interval_words(Interval(Fraction(4), Fraction(4)), "", bounds) == "4"
    assert interval_words(bounds, "", bounds) == "any value"
    assert interval_words(Interval(Fraction(3), Fraction(4), high_closed=False), "", bounds) == (
        "3 to below 4"
    )


def test_several_stretches_are_listed() -> None:
    guard = Within("largest", (Interval(None, Fraction(2)), Interval(Fraction(5), Fraction(7))))
    assert told(guard) == ["Largest metastasis: ≤ 2 cm or 5 to 7 cm"]


def test_table_cells_show_labels_and_printed_signs() -> None:
    assert WORDS.cell("extent", "not limited, extensive") == "not limited to the liver, extensive"
    assert WORDS.cell("largest", "<= 3 cm") == "≤ 3 cm"
    assert WORDS.cell("largest", "60..<90") == "60 to below 90"


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("mo", "months"), ("umol/L", "µmol/L"), ("%", "%"), ("kg/m2", "kg/m²"), ("{INR}", "")],
)
def test_units_as_printed(unit: str, expected: str) -> None:
    assert unit_words(unit) == expected


def test_unit_of_a_fact_stands_behind_its_number() -> None:
    guard = below("months_since_hepatectomy", 6)
    assert told(guard, Words(liver())) == ["Time since liver resection < 6 months"]


def test_numbers_are_exact_or_rounded() -> None:
    assert number_words(Fraction(1, 8)) == "0.125"
    assert number_words(Fraction(2, 3)) == "0.6667"


def test_plain_text_hides_nothing_and_turns_nothing() -> None:
    assert plain("a\u202eb\x1b[2J\uffff") == "a<U+202E>b<U+001B>[2J<U+FFFF>"


def test_wrapping_never_loses_a_letter() -> None:
    long = "x" * 50 + " Transarterial 肝転移の治療 radioembolisation"
    assert "".join(wrap(long, 12)).replace(" ", "") == long.replace(" ", "")
    assert max(map(len, wrap(long, 12))) <= 12
    assert wrap("", 10) == (" ",)


def test_clipping_says_so() -> None:
    assert clip("a" * 700).endswith("…")
    assert len(clip("a" * 700)) == 600


def test_a_meaning_tells_the_limits_of_what_must_hold() -> None:
    facts = (yes_no("a", "A"), number("n", "N", 0, 9, "cm"), yes_no("b", "B"))
    derived = (
        Condition("small", "Small", both(at_most("n", 3), yes("a"))),
        Condition("good", "Good", both(yes("small"), no("b"))),
        Condition("bad", "Bad", either(no("small"), yes("good"))),
        Classification(
            "size",
            "Size",
            (Choice("low", "Low"), Choice("high", "High")),
            (ClassLine("low", both(yes("good"), at_most("n", 2))), ClassLine("high", None)),
        ),
        Score("points", "Points", (Add(Fraction(1), yes("a")), Add(Fraction(2), yes("b")))),
    )
    graph = replace(sample(), facts=facts, derived=derived)
    meanings = Meanings(graph, Words(graph))
    lines = {item.name: [line.text for line in meanings.of(item.name)] for item in derived}
    assert lines == {
        "small": ["N ≤ 3 cm", "A: yes"],
        "good": ["N ≤ 3 cm", "A: yes", "B: no"],
        "bad": ["Small: no or Good: yes"],
        "size": ["Low if Good: yes and N ≤ 2 cm", "High otherwise"],
        "points": ["1 point if A: yes", "2 points if B: yes"],
    }
    key = meanings.key(["good", "small", "n"])
    assert {name: [line.text for line in told] for name, told in key.items()} == {
        "good": ["Small: yes", "B: no"],
        "small": ["N ≤ 3 cm", "A: yes"],
    }
    assert list(meanings.key(["size"])) == ["size", "good"]
    assert meanings.of("n") == ()


def test_a_sentence_keeps_what_belongs_together() -> None:
    mixed = Any(
        (All((yes("fit"), no("widespread"))), Not(AtLeast(2, (yes("widespread"), no("fit")))))
    )
    assert WORDS.sentence(mixed) == (
        "(Fit for active cancer treatment: yes and Widespread disease outside the liver: no) or "
        "fewer than 2 of (Widespread disease outside the liver: yes; "
        "Fit for active cancer treatment: no)"
    )
    assert WORDS.sentence(Not(Any((yes("fit"), no("fit"))))).startswith("none of (Fit")
    assert WORDS.sentence(Not(Not(yes("fit")))) == "Fit for active cancer treatment: yes"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("fit", True, "yes"),
        ("fit", False, "no"),
        ("reserve", "poor", "poor"),
        ("extent", "limited", "limited to the liver"),
        ("reserve", "unknown", "not known"),
        ("largest", Fraction(7, 3), "2.33 cm"),
        ("ecog", Fraction(1), "1"),
    ],
)
def test_values_of_a_case_are_read_with_labels_and_units(
    name: str, value: bool | str | Fraction, expected: str
) -> None:
    assert WORDS.reading(name, value) == expected
