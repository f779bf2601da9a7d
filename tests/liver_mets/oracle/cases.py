"""The base case and the worked cases of clinical.md section 6.

Out: `BASE` (facts the text does not mention are "unknown") and `WORKED`, tuples of number,
changes to the base and expectations. An expectation names a track of `evaluate`, a class of
`classes`, or "conflicts". Facts that the text implies without naming them are listed in
AMBIGUITIES.md.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple, TypeAlias

from tests.liver_mets.oracle.catalogue import FACTS
from tests.liver_mets.oracle.facts import EXTRAHEPATIC, UNKNOWN, Value

Raw: TypeAlias = bool | int | str | Fraction
Expected: TypeAlias = dict[str, str | int]


class Worked(NamedTuple):
    """One worked case."""

    number: str
    changes: dict[str, Value]
    expected: Expected

    @property
    def case(self) -> dict[str, Value]:
        """The complete case."""
        return {**BASE, **self.changes}


def facts(**given: Raw) -> dict[str, Value]:
    """Turn plain numbers ("0.8" or 12) into fractions; choices and booleans stay."""
    return {name: _value(name, raw) for name, raw in given.items()}


def _value(name: str, raw: Raw) -> Value:
    numeric = hasattr(FACTS[name], "low") and raw != UNKNOWN
    if numeric and not isinstance(raw, bool):
        return Fraction(raw)
    assert isinstance(raw, bool | str), (name, raw)
    return raw


BASE: dict[str, Value] = {
    **dict.fromkeys(FACTS, UNKNOWN),
    **dict.fromkeys(EXTRAHEPATIC, False),
    **facts(
        age=62, known_cancer=True, goal="life_prolonging", ecog=1, fit_major_surgery=True,
        accepts_invasive_dx=True, accepts_surgery=True, accepts_systemic=True,
        accepts_locoregional=True, bilirubin="0.8", bilirubin_uln="1.2", albumin="4.1",
        inr="1.0", on_anticoagulant=False, platelets=220, egfr=80, biliary_obstruction=False,
        ascites="none", encephalopathy="none", ct_result="suspicious_metastasis",
        mri_result="suspicious_metastasis", pet_result="no_extrahepatic",
        ct_contraindicated=False, mri_contraindicated=False, primary_site="colorectal",
        primary_status="resected", node_positive_primary=False, dfi=26, cea=12, liver_count=1,
        largest_mm=45, technical_plan="one_stage", flr=60, liver_background="normal",
        flr_augmentation_done=False, all_lesions_ablatable=False, main_pv="patent",
        hepatofugal_flow=False, liver_replacement=10, uninvolved_ml=1300, prior_lines=0,
        prior_backbone="none", response="not_applicable", matched_therapy_used=False,
        prior_ici=False, prior_hepatectomy=False, prior_liver_ebrt=False, bev_last_28d=False,
        capecitabine_last_2mo=False, ras="wild_type", braf_v600e=False, msi="mss",
        sidedness="left", her2="negative", dpyd="normal", liver_pain=0,
        analgesia_optimised=False, life_expectancy_gt_3mo=True, hai_programme=False,
        pregnancy="not_applicable", dx_established=True,
        emergency=False,  # implied: see AMBIGUITIES.md
    ),
}  # fmt: skip

_CASE_15 = facts(
    liver_count=10, largest_mm=48, bilirubin="1.1", albumin="3.7", liver_replacement=35,
    technical_plan="never_possible", prior_lines=3, prior_backbone="both",
    response="progression", ras="mutant_other", lung_shunt=7, lung_dose=12, lung_dose_cum=12,
    tare_scope="lobar", cea=420, financial_concern=True,
    gi_shunt_uncorrectable=False,  # implied: see AMBIGUITIES.md
)  # fmt: skip
_CASE_17 = facts(
    prior_hepatectomy=True, months_since_hepatectomy=14, largest_mm=35, flr=65,
)  # fmt: skip

WORKED: tuple[Worked, ...] = (
    Worked("1", facts(dx_established=False, known_cancer=False, ct_result="not_done",
        mri_result="not_done", pet_result="not_done"), {"diagnosis": "A3"}),
    Worked("2", facts(dx_established=False, known_cancer=False, sx_jaundice=True,
        bilirubin="6.2", biliary_obstruction=UNKNOWN, liver_count=UNKNOWN, largest_mm=UNKNOWN,
        ct_result="not_done", mri_result="not_done", pet_result="not_done"),
        {"diagnosis": "A6"}),
    Worked("3", facts(dx_established=False, ct_result="indeterminate", largest_mm=8,
        mri_result="not_done", pet_result="not_done", curative_candidate=True),
        {"diagnosis": "A14"}),
    Worked("4", facts(dx_established=False, ct_result="indeterminate",
        mri_result="indeterminate", largest_mm=8, pet_result="not_done",
        curative_candidate=True, biopsy_result="not_done"), {"diagnosis": "A17"}),
    Worked("5", facts(dx_established=False, curative_candidate=True,
        primary_histology_available=True, biomarkers_complete=True, biopsy_result="not_done"),
        {"diagnosis": "A21", "m_category": "M1a"}),
    Worked("6", facts(dx_established=False, primary_site="unknown_primary", known_cancer=False,
        sx_weight_loss=True, curative_candidate=False, inr="1.9", liver_count=12,
        largest_mm=60, mri_result="not_done", pet_result="not_done", biopsy_result="not_done"),
        {"diagnosis": "A24"}),
    Worked("7", facts(dx_established=False, primary_site="unknown_primary", known_cancer=False,
        sx_abdominal_pain=True, curative_candidate=False, liver_count=12, largest_mm=60,
        biopsy_result="metastasis", cup_workup_done=False, mri_result="not_done",
        pet_result="not_done"), {"diagnosis": "A26"}),
    Worked("8", {}, {"crs": 0, "m_category": "M1a", "local": "CL9", "systemic": "CS3",
        "palliative": "PL4", "value": "V6"}),
    Worked("9", facts(liver_count=2, largest_mm=22, all_lesions_ablatable=True),
        {"crs": 1, "local": "CL8", "systemic": "CS3", "value": "V4"}),
    Worked("10", facts(liver_count=4, largest_mm=60, cea=250, node_positive_primary=True, dfi=0,
        primary_status="in_situ_resectable", flr=45),
        {"crs": 5, "local": "CL11", "systemic": "CS7"}),
    Worked("11", facts(liver_count=8, largest_mm=38, node_positive_primary=True, dfi=0,
        liver_background="chemo_injured", flr=24, technical_plan="staged_augmentation",
        prior_lines=1, prior_backbone="oxaliplatin", response="response", ras="mutant_other"),
        {"resectability": "potentially_resectable", "local": "CL12", "systemic": "CS4",
         "palliative": "PL3", "value": "V4"}),
    Worked("12", facts(liver_count=7, largest_mm=70, dfi=0, technical_plan="after_downsizing",
        flr=UNKNOWN, primary_status="in_situ_resectable"),
        {"local": "CL17", "systemic": "CS12", "backbone": "BB6"}),
    Worked("13", facts(liver_count=14, largest_mm=55, dfi=0, braf_v600e=True, sidedness="right",
        technical_plan="never_possible", flr=UNKNOWN, ehd_peritoneum=True, ehd_treatable=False),
        {"m_category": "M1c", "local": "CL24", "systemic": "CS10", "palliative": "PL2"}),
    Worked("14", facts(msi="msi_h", liver_count=9, largest_mm=40, sidedness="right",
        ehd_distant_nodes=True, ehd_treatable=False, technical_plan="never_possible"),
        {"m_category": "M1b", "local": "CL24", "systemic": "CS5", "palliative": "PL2"}),
    Worked("15", _CASE_15, {"local": "CL19", "systemic": "CS18", "value": "V3"}),
    Worked("15b", {**_CASE_15, **facts(bilirubin="2.6")}, {"local": "CL24"}),
    Worked("16", facts(liver_count=20, largest_mm=40, technical_plan="never_possible", age=51,
        prior_lines=1, prior_backbone="both", response="response", stable_months=8, cea=18),
        {"local": "CL18", "systemic": "CS9", "value": "V4"}),
    Worked("17", _CASE_17, {"local": "CL7", "systemic": "CS3", "value": "V4"}),
    Worked("17b", {**_CASE_17, **facts(months_since_hepatectomy=4)},
        {"local": "CL5", "systemic": "CS7"}),
    Worked("18", facts(bilirubin="2.4", albumin="3.6", largest_mm=40,
        liver_background="fibrosis_or_cirrhosis", flr=55),
        {"lf": "borderline", "child_pugh": 6, "local": "CL13", "systemic": "CS7",
         "backbone": "BB1", "value": "V4"}),
    Worked("19", facts(primary_site="pancreas", liver_count=6, largest_mm=25, bilirubin="0.9",
        technical_plan="never_possible", primary_status="in_situ_unresectable"),
        {"m_category": "M1", "local": "NL3", "systemic": "PS3", "palliative": "PL3"}),
    Worked("20", facts(primary_site="breast", er_pr="positive", her2="negative",
        visceral_crisis=True, bilirubin="3.8", albumin="2.7", inr="1.4", ecog=2,
        liver_count=25, largest_mm=40, liver_replacement=70, technical_plan="never_possible"),
        {"lf": "poor", "child_pugh": 9, "gate": "G9", "palliative": "PL2", "value": "V4"}),
    Worked("21", facts(primary_site="lung", lung_histology="nsclc", driver="egfr_classical",
        ecog=3, liver_count=3, largest_mm=30, ehd_bone=True, ehd_treatable=False,
        technical_plan="never_possible"),
        {"m_category": "M1c", "gate": "G10", "palliative": "PL2", "value": "V4"}),
    Worked("22", facts(primary_site="melanoma_uveal", hla_a0201=True, liver_count=11,
        largest_mm=34, liver_replacement=30, bilirubin="0.7", technical_plan="never_possible"),
        {"m_category": "M1b", "local": "UL4", "systemic": "US2", "value": "V4"}),
    Worked("23", facts(primary_site="neuroendocrine", net_grade="g2", ki67=8,
        sstr_positive=True, functional_uncontrolled=True, liver_count=15, largest_mm=52,
        liver_replacement=40, technical_plan="never_possible", prior_lines=1,
        response="progression"),
        {"m_category": "M1a", "local": "NT6", "systemic": "NS4", "value": "V4"}),
    Worked("24", facts(goal="comfort_only", ecog=3, liver_pain=6, analgesia_optimised=True,
        liver_count=18, largest_mm=80, technical_plan="never_possible"),
        {"gate": "G2", "palliative": "PL1", "value": "V1", "radiotherapy": "RT2"}),
    Worked("25", facts(primary_site="neuroendocrine", net_grade="g1", ki67=12,
        sstr_positive=True, liver_count=4, largest_mm=20),
        {"gate": "G4", "conflicts": "X4"}),
)  # fmt: skip
