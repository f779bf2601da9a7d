"""Facts: domains, lines, values that the author states."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pathwaylang.ir.facts import Bridge, Choice, FactCode
from pathwaylang.ir.guards import Holds, Interval
from tests.model.kit import ANY_DECISION, HEAD, model_of, quoted

FULL = f"""\
{HEAD}{ANY_DECISION}
fact had_surgery "Had surgery": yes/no
fact cea "CEA": number in ng/mL 0..<1000 step 0.1
  ask "What is the CEA?"
  group "Laboratory"
  code LOINC 2039-6 "Carcinoembryonic Ag"
  usually 3 ug/L
  asked when had_surgery
  valid for 4 weeks
  may be unknown
  note "from blood"
  label de "CEA-Wert"
fact bilirubin "Bilirubin": number in mg/dL 0..50
  converts 1 mg/dL = 17.1 umol/L
fact site "Site": choice of colon "Colon", none
  usually none
fact age "Age": whole number in years 18..110
example "e"
  given cea is 4 ng/mL, bilirubin is 34.2 umol/L, site is colon, age is 60 years
  expect recommend nothing
"""


def test_a_fact_with_all_its_lines() -> None:
    facts = {fact.name: fact for fact in model_of(FULL).facts}
    cea = facts["cea"]
    assert cea.range == Interval(Fraction(0), Fraction(1000), high_closed=False)
    assert (cea.unit, cea.step, cea.usually) == ("ng/mL", Fraction(1, 10), Fraction(3))
    assert (cea.ask, cea.group, cea.notes) == ("What is the CEA?", "Laboratory", ("from blood",))
    assert cea.codes == (FactCode("LOINC", "2039-6", "Carcinoembryonic Ag"),)
    assert cea.asked_when == Holds("had_surgery")
    assert (cea.valid_days, cea.may_be_unknown) == (28, True)
    assert cea.labels == (("de", "CEA-Wert"),)
    assert facts["bilirubin"].bridges == (Bridge(Fraction(1), "mg/dL", Fraction("17.1"), "umol/L"),)
    assert facts["bilirubin"].is_dense
    assert facts["site"].choices == (Choice("colon", "Colon"), Choice("none", "none"))
    assert facts["site"].usually == "none"
    assert (facts["age"].unit, facts["age"].step, facts["age"].whole) == ("a", 1, True)


def test_examples_are_in_the_unit_of_the_fact() -> None:
    (example,) = model_of(FULL).examples
    assert dict(example.given) == {
        "cea": Fraction(4),
        "bilirubin": Fraction(2),
        "site": "colon",
        "age": Fraction(60),
    }


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("valid for 4 weeks", "valid for 4", ["PW0403 4"]),
        ("valid for 4 weeks", "valid for 4 cm", ["PW0404 4 cm"]),
        ("valid for 4 weeks", "valid for 2 h", ["PW0409 2 h"]),
        ("= 17.1 umol/L", "= 17.1 g/L", ["PW0410 converts 1 mg/dL = 17.1 g/L"]),
        ("converts 1 mg/dL", "converts 1 cm", ["PW0404 converts 1 cm = 17.1 umol/L"]),
        ("= 17.1 umol/L", "= 0 umol/L", ["PW0410 converts 1 mg/dL = 0 umol/L"]),
        ("usually 3 ug/L", "usually 3.05 ng/mL", ["PW0408 3.05 ng/mL"]),
        ("usually 3 ug/L", "usually 1000 ng/mL", ["PW0406 1000 ng/mL"]),
        ("whole number in years 18..110", "whole number in years 18.5..110", ["PW0409 18.5..110"]),
        ("18..110", "18..110 step 0.5", ["PW0409 0.5"]),
        ("asked when had_surgery", "asked when site", ["PW0401 site"]),
        ('colon "Colon", none', 'colon "Colon", Colon, none', ["PW0306 Colon"]),
        ("  may be unknown", "  may be unknown\n  may be unknown", ["PW0212 may be unknown"]),
        ("  may be unknown", "  strength strong", ["PW0202 strength strong"]),
        ("site is colon", "site is unknown", ["PW0303 unknown"]),
        ("age is 60 years", "age is 720 months", []),
        ("age is 60 years", "age is 60.5 years", ["PW0408 60.5 years"]),
    ],
)
def test_findings(right: str, wrong: str, expected: list[str]) -> None:
    assert right in FULL
    assert quoted(FULL.replace(right, wrong, 1)) == expected


def test_rounding_across_a_constant_is_an_error() -> None:
    text = FULL.replace("age is 60 years", "age is 719 months")
    assert dict(model_of(text).examples[0].given)["age"] == Fraction(60)
    cut = text + 'impossible when age < 60 years and site is none\n  because "for the test"\n'
    assert quoted(cut) == ["PW0408 719 months"]
