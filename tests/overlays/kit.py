"""A base and overlays of it, and the same pathways written by hand."""

from __future__ import annotations

from collections.abc import Mapping

from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Source

BASE = """\
pathway lesion "One liver lesion"
  version 1.2.0
  status in_review
  applies when adult

use reserve from "shared/reserve.pw"

source article "An article"
  says size at "table 1" "Lesions up to 30 mm are ablated"
  says care at "table 2" "Supportive care for poor reserve"

fact adult "Adult": yes/no
fact largest "Largest diameter": whole number in mm 1..200
  usually 150 mm
  ask "How large is it?"
  code LOINC 1-8 "size"
fact fit "Fit for an operation": yes/no
  usually yes

stage main "Main" starts at local, support
decide in order local "What is done about the lesion?"
  because "The first reason decides."
  cite article.size
  when reserve is unknown then recommend assessment
    id open
  when reserve is poor then recommend care
    id poor
  when largest <= 30 mm then recommend ablation
    id small
  when fit then recommend resection
    id large
  otherwise recommend systemic
    id rest
table support "Which support?"
  cite article.care
  | reserve          | fit | then            | id   |
  | good, borderline | yes | recommend none_ | none_at_all |
  | good, borderline | no  | recommend nurse | nurse_needed |
  | poor             | any | recommend team  | team_needed |
  | unknown          | any | recommend nurse | nurse_first |

recommendation care "Supportive care"
recommendation ablation "Thermal ablation"
  do "With a margin"
recommendation assessment "Assess the reserve first"
recommendation resection "Resection"
recommendation systemic "Systemic therapy"
recommendation none_ "No support"
recommendation nurse "Nurse"
recommendation team "Palliative team"

never recommend resection when reserve is poor
  opinion "Invented."
example "A small lesion"
  given adult, largest is 20 mm, fit, reserve is good
  expect recommend ablation in local
"""

RESERVE = """\
module reserve "Liver reserve"
fact reserve "Liver reserve": choice of good "Good", borderline, poor "Poor"
  may be unknown
"""

OVERLAY = """\
overlay north "North"
  of lesion version 1.2.0 from "bases/lesion.pw"
  version 0.1.0

use generator from "north_facts.pw"

replace recommendation ablation "Ablation in the north"
  do "With a wide margin"
  because "Our machine is another."
replace branch local.small
  because "The generator is shared."
  when largest <= 20 mm and generator then recommend ablation
replace branch support.nurse_needed
  because "We have no nurse for these."
  cite article.care
  when reserve is one of good, borderline and not fit then recommend team
restrict fact largest "Largest, here": whole number 1..100
  because "Larger ones go elsewhere."
  group "Images"
"""

GENERATOR = """\
module facts_north "Facts of the north"
fact generator "Generator here": yes/no
"""

FILES = {
    "bases/lesion.pw": BASE,
    "bases/shared/reserve.pw": RESERVE,
    "north_facts.pw": GENERATOR,
}


def compile_text(
    text: str, files: Mapping[str, str] = FILES, name: str = "north.pw"
) -> Compilation:
    """Return the compilation of a text with files beside it."""

    def load(path: str) -> Source | None:
        return Source(path, files[path]) if path in files else None

    return Compilation(Source(name, text), load, try_repairs=False)
