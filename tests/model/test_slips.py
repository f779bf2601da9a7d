"""A newcomer's slip gives exactly one message, at the right place, with the right advice.

The pathway is right as it stands; each case changes one stretch of it.
"""

from __future__ import annotations

import pytest

from tests.model.kit import findings, places

GOOD = """\
pathway liver "Liver metastases"
  version 1.2.0
  status draft
  applies when cancer

source article "An article"
  says size at "table 1" "lesions up to 3 cm, ECOG 0 to 2"
  says origin at "introduction" "cells arrive through the portal vein"
    background "explains, asks for nothing"

fact cancer "Known cancer": yes/no
fact ecog "ECOG performance status": whole number 0..4
  usually 1
fact largest "Largest metastasis": number in cm 0..30 step 0.1
  asked when cancer
fact bilirubin "Total bilirubin": number in mg/dL 0..50 step 0.1
  may be unknown
fact reserve "Liver reserve": choice of good, borderline, poor
fact extent "Extent": choice of limited, wide

define fit "Fit for treatment" as ecog <= 2
  cite article.size
define double "Double size": number in cm 0..60 as largest * 2
classify risk "Risk"
  cite article.size
  low "Low" when fit and reserve is good
  high "High" otherwise
score points "Points"
  cite article.size
  unknown means no
    because "an item not known is not added"
  add 3 when largest > 3 cm
  add 2 when bilirubin > 0 mg/dL

test ct "CT" finds largest, extent
impossible when largest > 0 cm and extent is wide and reserve is poor
  because "There is no such patient."

stage work "Work-up" starts at aim, support
decide aim "What can treatment aim for?"
  obtain ct
  cite article.size
  when risk is low and points <= 3 then go to local
    id CL1
  when risk is high and points <= 3 then offer surgery or ablation
  when points > 3 then recommend surgery and care
    strength strong for
    opinion "for the test"

table local "Which local treatment?"
  cite article.size
  | extent  | largest | then                |
  | limited | <= 3 cm | recommend ablation  |
  | limited | > 3 cm  | recommend surgery   |
  | wide    | any     | recommend care      |

decide in order support "Support?"
  because "The first reason decides."
  opinion "for the test"
  when local_is_reached then recommend care
  when double > 0 cm then recommend nothing
  otherwise recommend nothing
define local_is_reached "Local" as aim recommends CL1, ablation

recommendation surgery "Liver resection"
  strength conditional for
  evidence very low
recommendation ablation "Ablation"
recommendation care "Supportive care"
  reassess "after 8 weeks" at aim
recommendation nothing "Nothing"

never in work recommend surgery or CL1 when reserve is poor
  cite article.size
always obtain ct before ablation
  cite article.size
reserve never changes support
  opinion "for the test"
example "A"
  given cancer, ecog is 1, largest is 2.5 cm, bilirubin is unknown
  expect recommend surgery in aim
example "B"
  given like "A"
  given largest is 30 mm, not cancer
  expect outside
"""


def test_the_pathway_is_right() -> None:
    assert places(GOOD) == []


SLIPS = [
    # what stands there, what the newcomer writes, code, text that the advice holds
    ("as ecog <= 2", "as ecg <= 2", "PW0301", "did you mean `ecog`"),
    ("when fit and", "when fitt and", "PW0301", "did you mean `fit`"),
    ("risk is low", "risk is lwo", "PW0303", "did you mean `low`"),
    ("fact extent", 'fact ecog "E": yes/no\nfact extent', "PW0302", "rename"),
    ("fact extent", 'fact Reserve "R": yes/no\nfact extent', "PW0306", ""),
    ("when fit and", "when ecog and", "PW0401", "compare it"),
    ("when fit and", "when reserve and", "PW0401", "reserve is good"),
    ("reserve is good", "reserve >= borderline", "PW0402", "good, borderline"),
    ("fit and reserve is good", "fit >= 2", "PW0410", "not fit"),
    ("largest > 3 cm", "largest > 3", "PW0403", "3 cm"),
    ("largest > 3 cm", "largest > 3 kg", "PW0404", "cm"),
    ("largest > 3 cm", "ecog > 3 cm", "PW0404", "leave the unit out"),
    ("bilirubin > 0 mg/dL", "bilirubin > 3 umol/L", "PW0404", "molar mass"),
    ("in mg/dL 0..50", "in mgdl 0..50", "PW0405", "mg/dL"),
    ("ecog is 1", "ecog is 7", "PW0406", "range"),
    ("largest is 2.5 cm", "largest is 2.55 cm", "PW0408", "2.6 cm"),
    ("usually 1", "usually 9", "PW0406", "range"),
    ("usually 1", "usually yes", "PW0303", ""),
    ("whole number 0..4", "whole number 4..0", "PW0409", "lower end"),
    ("0..30 step 0.1", "0..30 step 0", "PW0409", ""),
    ("0..30 step 0.1", "0..30 step 0.7", "PW0409", "29.4"),
    ("in cm 0..60 as largest * 2", "in kg 0..60 as largest * 2", "PW0407", ""),
    ("in cm 0..60 as largest * 2", "in cm 0..60 as largest * largest", "PW0407", ""),
    ("in cm 0..60 as largest * 2", "in cm 0..60 as largest + 2", "PW0403", ""),
    ("in cm 0..60 as largest * 2", "in cm 0..60 as largest + bilirubin", "PW0404", ""),
    ("in cm 0..60 as largest * 2", "in cm 0..60 as largest / 0", "PW0410", ""),
    ("in cm 0..60 as largest * 2", "in cm 0..60 as fit", "PW0410", ""),
    ("in cm 0..60 as largest * 2", "in cm 0..60 as sqrt(largest)", "PW0410", ""),
    ("in cm 0..60 as largest * 2", "in cm 0..60 as sqr(largest)", "PW0301", "sqrt"),
    ("in cm 0..60 as largest * 2", "in cm 0..60 as min(largest)", "PW0410", ""),
    ("\": number in cm 0..60 as largest * 2", "\" as largest * 2", "PW0211", "number in UNIT"),
    ("and reserve is good\n", "and reserve is good or cancer\n", "PW0205", "brackets"),
    ("go to local", "go to lokal", "PW0301", "did you mean `local`"),
    ("go to local", "go to ablation", "PW0307", ""),
    ("recommend surgery and care", "recommend surgery and cure", "PW0301", "care"),
    ("recommend surgery and care", "recommend local and care", "PW0307", ""),
    ("recommend surgery and care", "recommend surgery and surgery", "PW0410", ""),
    ("strength strong for\n", "strength strong for\n    id surgery\n", "PW0302", "rename"),
    ("obtain ct\n", "obtain mri\n", "PW0301", ""),
    ("obtain ct\n", "obtain ecog\n", "PW0307", ""),
    ("finds largest, extent", "finds largest, fit", "PW0307", ""),
    ("strength strong for", "strength stong for", "PW0303", "strong for"),
    ("evidence very low", "evidence lowest", "PW0303", ""),
    ("status draft", "status final", "PW0303", ""),
    ('because "The first reason decides."\n', 'note "x"\n', "PW0211", "because"),
    ('    because "an item not known is not added"\n', "", "PW0211", "because"),
    ("  cite article.size\n  low", "  low", "PW0701", "cite"),
    ("cite article.size\ndefine", "cite article.sise\ndefine", "PW0301", "article.size"),
    ("cite article.size\ndefine", "cite artikle.size\ndefine", "PW0301", "article"),
    ('  because "There is no such patient."\n', "", "PW0701", "because"),
    ("starts at aim, support", "starts at aim, suport", "PW0301", "support"),
    ("at aim\n", "at aims\n", "PW0301", "aim"),
    ("aim recommends CL1", "aims recommends CL1", "PW0301", "aim"),
    ("aim recommends CL1", "local recommends CL1", "PW0301", "track"),
    ("aim recommends CL1", "aim recommends CL2", "PW0301", "CL1"),
    ("never in work", "never in wrk", "PW0301", "work"),
    ("never in work", "never in aim", "PW0307", ""),
    ("surgery or CL1 when", "surgery or CL11 when", "PW0301", "CL1"),
    ("obtain ct before", "obtain cd before", "PW0301", "ct"),
    ("reserve never", "fit never", "PW0307", ""),
    ("changes support", "changes local", "PW0301", "track"),
    ("given cancer, ecog is 1", "given cancr, ecog is 1", "PW0301", "cancer"),
    ("given cancer, ecog is 1", "given fit, ecog is 1", "PW0307", ""),
    ("given cancer, ecog is 1", "given cancer, ecog is unknown", "PW0303", "may be unknown"),
    ("given cancer, ecog is 1", "given cancer, cancer", "PW0212", ""),
    ("largest is 30 mm", "largest is 30", "PW0403", "cm"),
    ('given like "A"', 'given like "C"', "PW0301", ""),
    ('given like "A"', 'given like "B"', "PW0301", ""),
    ('example "B"', 'example "A"', "PW0302", ""),
    ("surgery in aim", "surgery in aims", "PW0301", "aim"),
    ("expect recommend surgery", "expect recommend surgry", "PW0301", "surgery"),
    ("applies when cancer", "applies when canser", "PW0301", "cancer"),
    ("applies when cancer", "applies when local_is_reached", "PW0410", ""),
    ("  | limited | <= 3 cm |", "  | limitd | <= 3 cm |", "PW0303", "limited"),
    ("  | limited | <= 3 cm |", "  | limited | <= 3 kg |", "PW0404", ""),
    ("  | extent  | largest |", "  | extend  | largest |", "PW0301", "extent"),
    ("  | wide    | any     |", "  | <= 3    | any     |", "PW0402", ""),
    ("  | wide    | any     |", "  | wide    | good    |", "PW0303", ""),
    ("| recommend ablation  |", "| recommend ablatio  |", "PW0301", "ablation"),
    ("as ecog <= 2\n", "as local_is_reached2\n", "PW0301", "local_is_reached"),
    ("as ecog <= 2\n", "as fit\n", "PW0305", ""),
    ("largest > 3 cm\n", "largest > 3.5 cm\n", "PW0703", "3.5"),
    ("as ecog <= 2\n", "as ecog <= 9\n", "PW0703", ""),
    ('    background "explains, asks for nothing"\n', "", "PW0704", "background"),
    ("fact extent", 'fact unused "U": yes/no\nfact extent', "PW0304", "delete"),
    ("recommendation ablation", 'recommendation more "M"\nrecommendation ablation', "PW0308", ""),
    ("otherwise recommend nothing", "otherwise go to support", "PW0601", ""),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "code", "advice"), SLIPS, ids=lambda x: str(x)[:40])
def test_one_slip_one_message(right: str, wrong: str, code: str, advice: str) -> None:
    assert right in GOOD
    text = GOOD.replace(right, wrong, 1)
    found = [d for d in findings(text) if d.severity != "note"]
    assert [d.code for d in found] == [code]
    told = " ".join((found[0].message, found[0].help, *found[0].notes))
    assert advice in told


@pytest.mark.parametrize(("right", "wrong", "code", "advice"), SLIPS, ids=lambda x: str(x)[:40])
def test_headlines_are_one_line_without_stop(
    right: str, wrong: str, code: str, advice: str
) -> None:
    for found in findings(GOOD.replace(right, wrong, 1)):
        assert "\n" not in found.message
        assert not found.message.endswith(".")
        assert found.message[0].islower() or found.message[0] == "`"
        assert found.span.start < found.span.end
