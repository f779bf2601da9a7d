"""The faults: each one textual change of the liver pathway, and what must be found.

In a `Fault`, `old` occurs exactly once in `file` and `new` takes its place; `found` says the code,
and `at` is a stretch of the changed file `in_file` on whose line the finding must stand. `shows`
names how the patient of the finding is replayed; it is empty for findings without a patient.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Replay = Literal["", "missing", "unanswered", "conflict", "overlap", "rule", "line", "before"]

MAIN = "liver_mets.pw"


@dataclass(frozen=True)
class Fault:
    """One change of one file, and the finding it must lead to."""

    name: str
    file: str
    old: str
    new: str
    code: str
    at: str
    in_file: str = ""
    shows: Replay = ""
    decision: str = ""


STAGING = "liver_mets/staging.pw"
GATE = "liver_mets/gate.pw"
SCORES = "liver_mets/scores.pw"
SAFETY = "liver_mets/safety.pw"
CASES = "liver_mets/cases.pw"
ELIGIBILITY = "liver_mets/eligibility.pw"
PATIENT = "liver_mets/facts_patient.pw"
LIVER = "liver_mets/facts_liver.pw"
SOURCES = "liver_mets/sources.pw"

UVEAL_LAST = "  when largest_mm > 80 mm then recommend m1c\n    id M_UVEAL_4\n"
UVEAL_UNKNOWN = "  when largest_mm is unknown then recommend m1_undetermined\n    id M_UVEAL_1\n"

TEXT = (
    Fault("a tab", PATIENT, "  code LOINC 30525-0", "\tcode LOINC 30525-0", "PW0101", "\tcode"),
    Fault("indentation between two levels", GATE, "    cite article.s103, article.s105\n",
          "   cite article.s103, article.s105\n", "PW0102", "cite article.s103, article.s105"),
    Fault("curly quotes", PATIENT, 'fact sx_jaundice "Jaundice"',
          "fact sx_jaundice “Jaundice”", "PW0103", "“Jaundice”"),
    Fault("a text never closed", GATE, "before anything else.\"", "before anything else.",
          "PW0104", "PROJECT: an emergency"),
    Fault("a decimal comma", ELIGIBILITY, "bilirubin <= 1.5 mg/dL", "bilirubin <= 1,5 mg/dL",
          "PW0105", "1,5"),
    Fault("a semicolon", GATE, "    id G3\n", "    id G3;\n", "PW0106", "id G3;"),
    Fault("`then` left out", GATE, "when ecog is 4 then recommend", "when ecog is 4 recommend",
          "PW0201", "when ecog is 4 recommend"),
    Fault("`else` for `otherwise`", STAGING, "  otherwise recommend m1a\n    id M_NET_3",
          "  else recommend m1a\n    id M_NET_3", "PW0202", "else recommend m1a"),
    Fault("a word of the language as a name", GATE, "    id G6\n", "    id table\n", "PW0203",
          "id table"),
    Fault("`and` beside `or`", GATE, "when biliary_obstruction and bilirubin > 2.0 mg/dL then",
          "when biliary_obstruction and bilirubin > 2.0 mg/dL or conflict then", "PW0205",
          "or conflict then"),
    Fault("a bullet without its dash", GATE, "  - not accepts_systemic\n",
          "  not accepts_systemic\n", "PW0206", "  not accepts_systemic"),
    Fault("a chained comparison", STAGING, "when largest_mm > 30 mm and largest_mm <= 80 mm then",
          "when 30 mm < largest_mm <= 80 mm then", "PW0207", "30 mm < largest_mm"),
    Fault("a symbol for a word", GATE, "when pregnancy is pregnant then",
          "when pregnancy == pregnant then", "PW0208", "=="),
    Fault("a line twice", GATE, "    id G7\n", "    id G7\n    id G7b\n", "PW0212", "id G7b"),
)  # fmt: skip

NAMES = (
    Fault("an undefined name", GATE, "- lf is not_known", "- lff is not_known", "PW0301", "- lff"),
    Fault("an undefined recommendation", GATE, "then recommend obstetric_oncology_mdt",
          "then recommend obstetric_oncology", "PW0301", "then recommend obstetric_oncology"),
    Fault("a name declared twice", GATE, 'define declines_everything "',
          'define not_conflict "C" as not conflict\n  opinion "x"\ndefine not_conflict "C" as '
          'conflict\n  opinion "x"\ndefine declines_everything "', "PW0302",
          'define not_conflict "C" as conflict'),
    Fault("a wrong value", STAGING, '"Benign" when mri_result is benign',
          '"Benign" when mri_result is bening', "PW0303", "mri_result is bening"),
    Fault("a number as a condition", GATE, "when ecog is 4 then", "when ecog then", "PW0401",
          "when ecog then"),
    Fault("an order among choices", GATE, "- lf is not_known", "- lf <= not_known", "PW0402",
          "lf <= not_known"),
    Fault("a missing unit", STAGING, "when largest_mm <= 30 mm then", "when largest_mm <= 30 then",
          "PW0403", "largest_mm <= 30 then"),
    Fault("a unit of another kind", STAGING, "when largest_mm <= 30 mm then",
          "when largest_mm <= 30 kg then", "PW0404", "30 kg"),
    Fault("an unknown unit", LIVER, "in mm 0..", "in mmm 0..", "PW0405", "in mmm"),
    Fault("a value out of range", CASES, "ecog is 1, fit_major_surgery, pregnancy",
          "ecog is 7, fit_major_surgery, pregnancy", "PW0406", "ecog is 7"),
    Fault("a value off the step", CASES, "bilirubin is 0.8 mg/dL, bilirubin_uln",
          "bilirubin is 0.85 mg/dL, bilirubin_uln", "PW0408", "bilirubin is 0.85"),
    Fault("a formula of another unit", "liver_mets/calculators.pw", "score\": number 0..37 as",
          "score\": number in mm 0..37 as", "PW0407", "define tbs"),
    Fault("a circular `go to`", STAGING, "  otherwise recommend m1a\n    id M_CRC_5",
          "  otherwise go to m_category\n    id M_CRC_5", "PW0601", "go to m_colorectal"),
    Fault("a circular definition", STAGING, '"Biopsy not done" as biopsy_result is not_done or',
          '"Biopsy not done" as biopsy_not_done or', "PW0305", "define biopsy_not_done"),
    Fault("an uncited row", GATE, "    strength strong for\n    cite article.s103, article.s105\n",
          "    strength strong for\n", "PW0701", "when goal is comfort_only or declines"),
    Fault("a citation of nothing", GATE, "cite article.s53, article.s54", "cite article.s5333",
          "PW0301", "article.s5333"),
    Fault("a module that is not there", MAIN, 'from "liver_mets/gate.pw"',
          'from "liver_mets/gates.pw"', "PW0905", "gates.pw"),
    Fault("a name that the module lacks", GATE, "use biliary_obstruction, dx_established",
          "use biliary_obstructions, dx_established", "PW0906", "biliary_obstructions"),
    Fault("modules in a circle", PATIENT, 'fact age "Age"',
          'use ehd_class from "staging.pw"\nfact age "Age"', "PW0904",
          "from \"facts_patient.pw\"", in_file=STAGING),
)  # fmt: skip

PROOF = (
    Fault("a dropped row", STAGING, UVEAL_LAST, "", "PW0501", "decide m_uveal",
          shows="missing", decision="m_uveal"),
    Fault("a shifted threshold", STAGING, "when largest_mm > 80 mm then",
          "when largest_mm > 90 mm then", "PW0502", "decide m_uveal", shows="missing",
          decision="m_uveal"),
    Fault("an unknown without an answer", STAGING, UVEAL_UNKNOWN, "", "PW0503", "decide m_uveal",
          shows="unanswered", decision="m_uveal"),
    Fault("a criterion twice", STAGING, "when largest_mm > 80 mm then",
          "when largest_mm >= 80 mm then", "PW0504", "largest_mm <= 80 mm then", shows="conflict",
          decision="m_uveal"),
    Fault("a row that repeats another", STAGING, UVEAL_UNKNOWN,
          UVEAL_UNKNOWN + "  when largest_mm is 5 mm then recommend m1a\n    id M_UVEAL_0\n",
          "PW0505", "when largest_mm is 5 mm", shows="overlap", decision="m_uveal"),
    Fault("a dead branch", STAGING, "when ehd_cns and ldh_xuln > 1 then", "when ehd_cns then",
          "PW0506", "ehd_cns and ldh_xuln <= 1"),
    Fault("a condition that never holds", GATE, "when ecog is 4 then", "when ecog > 4 then",
          "PW0508", "ecog > 4"),
    Fault("a broken safety rule", ELIGIBILITY,
          "  - e_hep_nobev\n  - not bev_last_28d\n", "  - e_hep_nobev\n",
          "PW0801", "or CL13 or CL18 or CL22 when bev_last_28d", in_file=SAFETY, shows="rule"),
    Fault("a constraint against everybody", MAIN, "# ==== Management",
          'impossible when emergency or not emergency or emergency is unknown\n  because "x"\n'
          "# ==== Management", "PW0802", "impossible when emergency or"),
    Fault("a failing example", CASES, "expect recommend A3 in diagnosis",
          "expect recommend A6 in diagnosis", "PW0803", "expect recommend A6 in diagnosis"),
    Fault("a test after its use", PATIENT, "  usually 12 ng/mL\n  may be unknown\n",
          "  usually 12 ng/mL\n", "PW0602", "value \"",
          in_file="liver_mets/overlays.pw", shows="before", decision="value"),
    Fault("a number that nobody states", SCORES, "add 1 when dfi < 12 months\n",
          "add 1 when dfi < 13 months\n", "PW0703", "dfi < 13"),
    Fault("a statement that nobody follows", STAGING, "cite c35.grade", 'opinion "x"', "PW0704",
          "says grade ", in_file=SOURCES),
    Fault("a classification with a gap", STAGING, " or (mri_not_done and ct_result is benign)", "",
          "PW0501", "classify img", shows="line", decision="img"),
)  # fmt: skip

FAULTS = (*TEXT, *NAMES, *PROOF)
