"""Eligibility predicates of clinical.md section 4.3, one function each, tests in their order.

In: a case. Out: booleans. A test on an unknown fact is not met, so an unknown never permits.
"""

from __future__ import annotations

from tests.liver_mets.oracle.facts import (
    UNKNOWN,
    Case,
    ge,
    gt,
    le,
    lt,
    no,
    one_of,
    site,
    unknown,
    within,
    yes,
)
from tests.liver_mets.oracle.scores import child_pugh
from tests.liver_mets.oracle.staging import ehd_class, flr_reaches_threshold, lf, resectability


def goal_ok(c: Case) -> bool:
    """Liver-directed treatment fits the patient's goal."""
    return one_of(c, "goal", "life_prolonging", "balanced")


def not_preg(c: Case) -> bool:
    """Pregnancy is excluded or cannot occur."""
    return one_of(c, "pregnancy", "not_pregnant", "not_applicable")


def lf_ok(c: Case) -> bool:
    """Liver function is adequate or borderline."""
    return lf(c) in ("adequate", "borderline")


def pv_ok(c: Case) -> bool:
    """The main portal vein is not occluded."""
    return one_of(c, "main_pv", "patent", "branch_occlusion")


def ehd_ok(c: Case) -> bool:
    """Extrahepatic disease is absent or curable."""
    return ehd_class(c) in ("none", "treatable")


def responds(c: Case) -> bool:
    """Response to the current line is response or stable."""
    return one_of(c, "response", "response", "stable")


def all_refused(c: Case) -> bool:
    """All three kinds of treatment are refused."""
    return all(
        no(c, name) for name in ("accepts_surgery", "accepts_systemic", "accepts_locoregional")
    )


def _mild_ascites_at_most(c: Case) -> bool:
    return one_of(c, "ascites", "none", "mild")


def e_bx(c: Case) -> bool:
    """E_bx."""
    return le(c, "inr", "1.5") and ge(c, "platelets", 50) and _mild_ascites_at_most(c)


def surg_core(c: Case) -> bool:
    """surg_core."""
    return (
        le(c, "ecog", 2)
        and yes(c, "fit_major_surgery")
        and yes(c, "accepts_surgery")
        and pv_ok(c)
        and ehd_ok(c)
        and goal_ok(c)
    )


def floor(c: Case) -> bool:
    """The surgical floor that E_hep_nobev and E_staged share."""
    return (
        ge(c, "platelets", 50)
        and le(c, "inr", "1.5")
        and no(c, "biliary_obstruction")
        and one_of(c, "encephalopathy", "none")
    )


def e_hep_nobev(c: Case) -> bool:
    """E_hep_nobev."""
    return (
        surg_core(c)
        and lf(c) == "adequate"
        and resectability(c) == "initially_resectable"
        and flr_reaches_threshold(c)
        and not_preg(c)
        and floor(c)
    )


def e_hep(c: Case) -> bool:
    """E_hep."""
    return e_hep_nobev(c) and no(c, "bev_last_28d")


def e_staged(c: Case) -> bool:
    """E_staged."""
    return (
        surg_core(c)
        and le(c, "ecog", 1)
        and lf(c) == "adequate"
        and resectability(c) == "potentially_resectable"
        and one_of(
            c, "technical_plan", "one_stage", "one_stage_plus_ablation", "staged_augmentation"
        )
        and no(c, "flr_augmentation_done")
        and responds(c)
        and no(c, "bev_last_28d")
        and not_preg(c)
        and floor(c)
    )


def alpps_variant(c: Case) -> bool:
    """The ALPPS variant of E_staged (at an expert centre)."""
    return e_staged(c) and one_of(c, "liver_background", "normal", "chemo_injured")


def e_abl(c: Case) -> bool:
    """E_abl."""
    return (
        yes(c, "all_lesions_ablatable")
        and within(c, "liver_count", 1, 10)
        and gt(c, "largest_mm", 0)
        and le(c, "largest_mm", 30)
        and le(c, "ecog", 2)
        and lf_ok(c)
        and _mild_ascites_at_most(c)
        and le(c, "inr", "1.5")
        and ge(c, "platelets", 50)
        and no(c, "biliary_obstruction")
        and ehd_ok(c)
        and yes(c, "accepts_locoregional")
        and goal_ok(c)
    )


def e_sbrt(c: Case) -> bool:
    """E_sbrt."""
    return (
        yes(c, "accepts_locoregional")
        and le(c, "ecog", 2)
        and within(c, "liver_count", 1, 3)
        and gt(c, "largest_mm", 0)
        and lt(c, "largest_mm", 60)
        and gt(c, "uninvolved_ml", 1000)
        and lt(c, "bilirubin", "3.0")
        and gt(c, "albumin", "2.5")
        and lf_ok(c)
        and _mild_ascites_at_most(c)
        and no(c, "prior_liver_ebrt")
        and ehd_ok(c)
        and not_preg(c)
        and goal_ok(c)
    )


def e_tace(c: Case) -> bool:
    """E_tace."""
    return (
        yes(c, "accepts_locoregional")
        and le(c, "ecog", 2)
        and lf_ok(c)
        and _mild_ascites_at_most(c)
        and le(c, "bilirubin", "2.0")
        and pv_ok(c)
        and no(c, "hepatofugal_flow")
        and no(c, "biliary_obstruction")
        and ge(c, "egfr", 30)
        and le(c, "liver_replacement", 50)
        and not_preg(c)
        and goal_ok(c)
    )


def tare_bilirubin(c: Case) -> bool:
    """The bilirubin limit of radioembolisation, wider for a segmental scope."""
    segmental = one_of(c, "tare_scope", "segmental")
    return le(c, "bilirubin", "2.0") or (segmental and le(c, "bilirubin", "3.0"))


def e_tare_workup(c: Case) -> bool:
    """E_tare_workup."""
    return (
        yes(c, "accepts_locoregional")
        and le(c, "ecog", 2)
        and lf_ok(c)
        and tare_bilirubin(c)
        and one_of(c, "ascites", "none")
        and one_of(c, "encephalopathy", "none")
        and ge(c, "albumin", "3.0")
        and pv_ok(c)
        and no(c, "prior_liver_ebrt")
        and no(c, "capecitabine_last_2mo")
        and no(c, "biliary_obstruction")
        and ge(c, "egfr", 30)
        and le(c, "liver_replacement", 70)
        and ehd_ok(c)
        and not_preg(c)
        and goal_ok(c)
    )


def e_tare(c: Case) -> bool:
    """E_tare."""
    return (
        e_tare_workup(c)
        and le(c, "lung_shunt", 20)
        and le(c, "lung_dose", 30)
        and le(c, "lung_dose_cum", 50)
        and no(c, "gi_shunt_uncorrectable")
    )


def unmapped(c: Case) -> bool:
    """A result of the mapping angiography is missing and no known one forbids."""
    fails = (
        gt(c, "lung_shunt", 20)
        or gt(c, "lung_dose", 30)
        or gt(c, "lung_dose_cum", 50)
        or yes(c, "gi_shunt_uncorrectable")
    )
    names = ("lung_shunt", "lung_dose", "lung_dose_cum", "gi_shunt_uncorrectable")
    return unknown(c, *names) and not fails


def e_hai(c: Case) -> bool:
    """E_hai."""
    return (
        site(c, "colorectal")
        and yes(c, "hai_programme")
        and ge(c, "liver_count", 1)
        and not unknown(c, "prior_lines")
        and yes(c, "accepts_surgery")
        and yes(c, "fit_major_surgery")
        and le(c, "ecog", 2)
        and lf(c) == "adequate"
        and le(c, "bilirubin", "1.5")
        and one_of(c, "main_pv", "patent")
        and ehd_class(c) == "none"
        and le(c, "liver_replacement", 70)
        and no(c, "bev_last_28d")
        and not_preg(c)
        and goal_ok(c)
    )


def child_pugh_at_most(c: Case, limit: int) -> bool:
    """Child-Pugh is known and at most the limit."""
    score = child_pugh(c)
    return score != UNKNOWN and int(score) <= limit


def e_php(c: Case) -> bool:
    """E_php."""
    return (
        site(c, "melanoma_uveal")
        and le(c, "ecog", 1)
        and child_pugh_at_most(c, 6)
        and lf(c) == "adequate"
        and lt(c, "liver_replacement", 50)
        and ehd_ok(c)
        and no(c, "ehd_cns")
        and one_of(c, "main_pv", "patent")
        and yes(c, "accepts_locoregional")
        and not_preg(c)
        and goal_ok(c)
    )
