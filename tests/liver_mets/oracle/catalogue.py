"""The facts of clinical.md section 2: allowed values, ranges and steps, and their thresholds.

Out: `FACTS`, fact name -> `Choice` or `Range`; every fact may also be "unknown". `THRESHOLDS`
lists per numeric fact the limits that a score, class, predicate or row compares it with.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from tests.liver_mets.oracle.facts import EXTRAHEPATIC, UNKNOWN, Value


@dataclass(frozen=True, slots=True)
class Choice:
    """A fact with listed values; True and False for a yes/no fact."""

    values: tuple[bool | str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """A number from low to high, both included, in equal steps from low."""

    low: Fraction
    high: Fraction
    step: Fraction

    @property
    def count(self) -> int:
        """How many values there are."""
        return int((self.high - self.low) / self.step) + 1


Domain: TypeAlias = Choice | Range
YES_NO = Choice((True, False))


def whole(low: int, high: int, step: int = 1) -> Range:
    """A range of whole numbers."""
    return Range(Fraction(low), Fraction(high), Fraction(step))


def tenths(low: str, high: str) -> Range:
    """A range in steps of one tenth."""
    return Range(Fraction(low), Fraction(high), Fraction(1, 10))


def words(values: str) -> Choice:
    """A choice of words, separated by blanks."""
    return Choice(tuple(values.split()))


_YES_NO_FACTS = """
sx_abdominal_pain sx_hepatomegaly sx_jaundice sx_weight_loss incidental_liver_lesion known_cancer
marker_rising emergency chronic_liver_disease on_anticoagulant biliary_obstruction
ct_contraindicated mri_contraindicated curative_candidate accepts_invasive_dx
primary_histology_available biomarkers_complete cup_workup_done dx_established ehd_treatable
flr_augmentation_done all_lesions_ablatable hepatofugal_flow gi_shunt_uncorrectable
fit_major_surgery accepts_surgery accepts_systemic accepts_locoregional financial_concern
uncontrolled_symptoms matched_therapy_used prior_ici prior_hepatectomy bev_last_28d
capecitabine_last_2mo prior_liver_ebrt hai_programme node_positive_primary braf_v600e pdl1_cps10
gbrca visceral_crisis braf_v600 hla_a0201 sstr_positive functional_uncontrolled
primary_portal_drained analgesia_optimised life_expectancy_gt_3mo
"""

_IMAGING = "not_done no_lesion benign indeterminate suspicious_metastasis suspicious_primary_liver"
_CHOICES = {
    "ct_result": _IMAGING,
    "mri_result": _IMAGING,
    "pet_result": "not_done no_extrahepatic extrahepatic equivocal",
    "biopsy_result": "not_done metastasis primary_liver benign nondiagnostic",
    "primary_site": "colorectal pancreas breast lung melanoma_cutaneous melanoma_uveal"
    " neuroendocrine other_known unknown_primary",
    "liver_background": "normal chemo_injured fibrosis_or_cirrhosis",
    "technical_plan": "one_stage one_stage_plus_ablation staged_augmentation after_downsizing"
    " never_possible",
    "main_pv": "patent branch_occlusion main_occlusion",
    "ascites": "none mild moderate_severe",
    "encephalopathy": "none grade1_2 grade3_4",
    "goal": "life_prolonging balanced comfort_only undecided",
    "pregnancy": "not_pregnant pregnant not_applicable",
    "response": "not_applicable response stable progression",
    "prior_backbone": "none oxaliplatin irinotecan both",
    "tare_scope": "segmental lobar whole_liver",
    "primary_status": "resected in_situ_resectable in_situ_unresectable",
    "ras": "wild_type mutant_g12c mutant_other",
    "msi": "mss msi_h",
    "sidedness": "left right",
    "her2": "negative low positive",
    "er_pr": "positive negative",
    "lung_histology": "nsclc sclc",
    "driver": "none egfr_classical alk ros1 ret braf_v600e met_ex14 ntrk egfr_ex20 kras_g12c"
    " her2_mutation",
    "net_grade": "g1 g2 g3 nec",
    "cup_subset": "colon_like other_favourable unfavourable",
    "dpyd": "normal partial complete",
}

_RANGES = {
    "age": whole(18, 110),
    "bilirubin": tenths("0.1", "40"),
    "bilirubin_uln": tenths("0.8", "1.5"),
    "albumin": tenths("1.0", "6.0"),
    "inr": tenths("0.8", "8.0"),
    "platelets": whole(5, 900),
    "egfr": whole(3, 140),
    "alp": tenths("0", "100"),
    "ast": tenths("0", "100"),
    "alt": tenths("0", "100"),
    "ldh_xuln": tenths("0.2", "20"),
    "cea": whole(0, 20000),
    "ca19_9": whole(0, 1000000),
    "afp": whole(0, 50000),
    "liver_count": whole(0, 30),
    "largest_mm": whole(0, 200),
    "liver_replacement": whole(0, 100),
    "uninvolved_ml": whole(200, 2500, 10),
    "flr": whole(5, 90),
    "ecog": whole(0, 4),
    "prior_lines": whole(0, 4),
    "stable_months": whole(0, 60),
    "months_since_hepatectomy": whole(0, 120),
    "lung_shunt": whole(0, 40),
    "lung_dose": whole(0, 60),
    "lung_dose_cum": whole(0, 90),
    "dfi": whole(0, 120),
    "pdl1_tps": whole(0, 100),
    "ki67": whole(0, 100),
    "liver_pain": whole(0, 10),
}

FACTS: dict[str, Domain] = {
    **dict.fromkeys((*_YES_NO_FACTS.split(), *EXTRAHEPATIC), YES_NO),
    **{name: words(values) for name, values in _CHOICES.items()},
    **_RANGES,
}

_LIMITS = {
    "age": "18 60 65 75",
    "bilirubin": "1.5 1.8 1.9 2.0 3.0",
    "bilirubin_uln": "1.2",
    "albumin": "2.5 2.8 3.0 3.5",
    "inr": "1.5 1.7 2.3",
    "platelets": "50",
    "egfr": "30",
    "ldh_xuln": "1.0",
    "cea": "20 80 200",
    "afp": "400",
    "liver_count": "0 1 3 5 10",
    "largest_mm": "0 10 30 50 60 80",
    "liver_replacement": "50 70",
    "uninvolved_ml": "1000",
    "flr": "20 30 40",
    "stable_months": "3 4 6",
    "months_since_hepatectomy": "6",
    "lung_shunt": "20",
    "lung_dose": "30",
    "lung_dose_cum": "50",
    "dfi": "12",
    "pdl1_tps": "50",
    "ki67": "3 10 20 55",
    "liver_pain": "4",
}
THRESHOLDS = {name: tuple(map(Fraction, text.split())) for name, text in _LIMITS.items()}


def is_allowed(name: str, value: Value) -> bool:
    """Tell whether the fact may have this value."""
    if value == UNKNOWN:
        return True
    domain = FACTS[name]
    if isinstance(domain, Choice):
        return any(type(value) is type(v) and value == v for v in domain.values)
    if not isinstance(value, Fraction) or not domain.low <= value <= domain.high:
        return False
    return ((value - domain.low) / domain.step).denominator == 1
