"""What a whole pathway means: branches, bases, strengths, examples, rules, waivers, the dump."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pathwaylang.compiler.model import dump_model
from pathwaylang.ir.graph import Outcome, Reassess
from pathwaylang.ir.guards import Recommends
from tests.model.kit import decision, derived, model_of, places
from tests.model.test_slips import GOOD

MODEL = model_of(GOOD)


def test_about() -> None:
    about = MODEL.about
    assert (about.name, about.title, about.version) == ("liver", "Liver metastases", "1.2.0")
    assert MODEL.applies is not None
    assert MODEL.applies.text == "cancer"


def test_branches() -> None:
    first, second, third = decision(MODEL, "aim").branches
    assert [branch.id for branch in (first, second, third)] == ["CL1", "aim.2", "aim.3"]
    assert first.outcome == Outcome("go to", ("local",), "decision")
    assert first.text == "risk is low and points <= 3"
    assert first.basis.cites == ("article.size",)
    assert second.outcome == Outcome("offer", ("surgery", "ablation"))
    assert second.strength == "conditional for"
    assert third.strength == "strong for"
    assert (third.basis.cites, third.basis.opinions) == ((), ("for the test",))


def test_otherwise_and_order() -> None:
    support = decision(MODEL, "support")
    assert support.in_order
    assert support.branches[-1].branch_kind == "otherwise"
    assert support.branches[-1].guard is None


def test_condition_on_another_track() -> None:
    item = derived(MODEL, "local_is_reached")
    assert item.kind == "condition"
    assert item.guard == Recommends("aim", ("CL1", "ablation"))


def test_recommendations() -> None:
    by_name = {item.name: item for item in MODEL.recommendations}
    assert by_name["surgery"].evidence == "very low"
    assert by_name["care"].reassess == (Reassess("after 8 weeks", "aim"),)


def test_rules() -> None:
    assert [rule.text for rule in MODEL.rules] == [
        "never in work recommend surgery or CL1 when reserve is poor",
        "always obtain ct before ablation",
        "reserve never changes support",
    ]
    assert MODEL.rules[1].fact_or_test == "ct"


def test_examples_start_from_others() -> None:
    first, second = MODEL.examples
    assert dict(second.given) == {
        "cancer": False,
        "ecog": Fraction(1),
        "largest": Fraction(3),
        "bilirubin": "unknown",
    }
    assert first.expectations[0].track == "aim"
    assert first.expectations[0].text == "recommend surgery in aim"
    assert second.expectations[0].expect_kind == "outside"


@pytest.mark.parametrize(
    ("expect", "expected"),
    [
        ("expect recommend CL1 in aim", []),
        ("expect offer surgery or ablation", []),
        ("expect go to local", []),
        ("expect ask ecog", []),
        ("expect obtain ct", []),
        ("expect ask fit", ["PW0307"]),
        ("expect ask ecgo", ["PW0301"]),
        ("expect obtain ecog", ["PW0307"]),
        ("expect go to lokal", ["PW0301"]),
        ("expect offer surgery or surgery", ["PW0410"]),
    ],
)
def test_expectations(expect: str, expected: list[str]) -> None:
    text = GOOD.replace("  expect outside", f"  {expect}", 1)
    assert [item.split()[0] for item in places(text)] == expected


def test_waivers_know_what_they_stand_under() -> None:
    text = GOOD.replace(
        "  otherwise recommend nothing",
        '  otherwise recommend nothing\n    accept PW0509 because "few"',
        1,
    )
    (waiver,) = model_of(text).waivers
    assert (waiver.code, waiver.because) == ("PW0509", "few")
    covered = text[waiver.span.start : waiver.span.end]
    assert covered.startswith("otherwise recommend nothing")


def test_a_step_is_a_decision_with_one_branch() -> None:
    text = GOOD.replace(
        "stage work",
        """step first "First"
  do "call the team"
  obtain ct
  opinion "o"
  then go to aim
stage work""",
    ).replace("starts at aim, support", "starts at first, support")
    text = text.replace("aim recommends", "first recommends").replace("in aim\n", "in first\n")
    step = decision(model_of(text), "first")
    (branch,) = step.branches
    assert (step.layout, step.does, step.obtains) == ("step", ("call the team",), ("ct",))
    assert (branch.id, branch.branch_kind, branch.guard) == ("first.1", "otherwise", None)
    assert places(text.replace('  opinion "o"\n', "", 1))[0].startswith("PW0701")


def test_go_to_other_pathways_is_kept_as_written() -> None:
    text = GOOD.replace("then go to local", "then go to renal.start", 1)
    branch = decision(model_of(text), "aim").branches[0]
    assert branch.outcome == Outcome("go to", ("renal.start",), "pathway")
    own = GOOD.replace("then go to local", "then go to liver.local", 1)
    assert decision(model_of(own), "aim").branches[0].outcome.names == ("local",)


def test_dump_is_stable_and_names_everything() -> None:
    dumped = dump_model(MODEL)
    assert dumped == dump_model(model_of(GOOD))
    for name in ("ecog", "double", "risk", "points", "aim", "local", "surgery", "article"):
        assert name in dumped
    assert "  add 3 when (3 < largest)  [article.size]" in dumped
    assert "fact ecog: 0 <= number <= 4 1 step 1" in dumped


BROKEN = [
    ("fact ecog", "fact ecog ecog"),
    ("classify risk", "classify risk risk"),
    ("score points", "score points points"),
    ("decide aim", "decide aim aim"),
    ("table local", "table local local"),
    ("stage work", "stage work work"),
    ("recommendation surgery", "recommendation surgery surgery"),
    ("test ct", "test ct ct"),
    ("source article", "source article article"),
    ('example "A"', 'example A "A"'),
    ("when points > 3 then", "when points > 3 the"),
    ("  | wide    | any     |", "  | wide    | any any     |"),
]


@pytest.mark.parametrize(("right", "wrong"), BROKEN, ids=lambda item: str(item).strip())
def test_nothing_follows_from_an_item_that_cannot_be_read(right: str, wrong: str) -> None:
    assert right in GOOD
    assert len(places(GOOD.replace(right, wrong, 1))) == 1


def test_slips_elsewhere_are_still_found() -> None:
    text = GOOD.replace("fact ecog", "fact ecog ecog", 1).replace(
        "reserve is good", "reserve is god", 1
    )
    assert [item.split()[0] for item in places(text)][1:] == ["PW0303"]
