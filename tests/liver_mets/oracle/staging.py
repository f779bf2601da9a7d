"""Conflicts and staging classes of clinical.md section 4.2.

In: a case. Out: class names exactly as in the text; "unknown" is a value of `lf` and
`ehd_class`. The M category is the label, for cutaneous melanoma with its suffix.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tests.liver_mets.oracle.facts import (
    EXTRAHEPATIC,
    UNKNOWN,
    Case,
    eq,
    first_match,
    ge,
    gt,
    le,
    no,
    number,
    one_of,
    site,
    unknown,
    yes,
)
from tests.liver_mets.oracle.scores import albi_grade, child_pugh_points, crs, crs_max

Rows = tuple[tuple[str, Callable[[Case], bool]], ...]


def ehd_class(c: Case) -> str:
    """Class of extrahepatic disease: none, treatable, not_treatable or unknown."""
    if any(yes(c, name) for name in EXTRAHEPATIC):
        if yes(c, "ehd_treatable"):
            return "treatable"
        return "not_treatable" if no(c, "ehd_treatable") else UNKNOWN
    return UNKNOWN if unknown(c, *EXTRAHEPATIC) else "none"


def _net_grade_conflict(c: Case) -> bool:
    return site(c, "neuroendocrine") and (
        (one_of(c, "net_grade", "g1") and ge(c, "ki67", 3))
        or (one_of(c, "net_grade", "g2") and gt(c, "ki67", 20))
        or (one_of(c, "net_grade", "g3", "nec") and le(c, "ki67", 20))
    )


CONFLICTS: Rows = (
    ("X1", lambda c: (eq(c, "liver_count", 0) and gt(c, "largest_mm", 0))
        or (ge(c, "liver_count", 1) and eq(c, "largest_mm", 0))),
    ("X2", lambda c: one_of(c, "pet_result", "extrahepatic") and ehd_class(c) == "none"),
    ("X3", lambda c: site(c, "colorectal") and yes(c, "braf_v600e")
        and one_of(c, "ras", "mutant_g12c", "mutant_other")),
    ("X4", _net_grade_conflict),
    ("X5", lambda c: one_of(c, "ct_result", "suspicious_metastasis") and eq(c, "liver_count", 0)
        and one_of(c, "mri_result", "not_done", UNKNOWN)),
    ("X6", lambda c: eq(c, "prior_lines", 0)
        and one_of(c, "response", "response", "stable", "progression")),
    ("X7", lambda c: yes(c, "dx_established")
        and one_of(c, "biopsy_result", "benign", "primary_liver")),
    ("X8", lambda c: eq(c, "prior_lines", 0) and yes(c, "bev_last_28d")),
    ("X9", lambda c: one_of(c, "mri_result", "no_lesion", "benign", "suspicious_primary_liver")
        and ge(c, "liver_count", 1)
        and one_of(c, "response", "not_applicable", "stable", "progression", UNKNOWN)),
)  # fmt: skip


def conflicts(c: Case) -> tuple[str, ...]:
    """Ids of the conflicts X1 to X9 that the case shows."""
    return tuple(name for name, holds in CONFLICTS if holds(c))


def lf(c: Case) -> str:
    """Liver function: poor, unknown, borderline or adequate."""
    points = child_pugh_points(c)
    if sum(1 if item is None else item for item in points) >= 8:
        return "poor"
    if None in points:
        return UNKNOWN
    score = sum(item for item in points if item is not None)
    if score == 7 or gt(c, "bilirubin", "2.0") or albi_grade(c) == 3:
        return "borderline"
    return "adequate"


def flr_threshold(c: Case) -> Fraction:
    """Least future liver remnant in percent; an unknown background takes the strictest."""
    limits = {"normal": 20, "chemo_injured": 30, "fibrosis_or_cirrhosis": 40, UNKNOWN: 40}
    return Fraction(limits[str(c["liver_background"])])


def flr_below_threshold(c: Case) -> bool:
    """The remnant is known and below its threshold."""
    flr = number(c, "flr")
    return flr is not None and flr < flr_threshold(c)


def flr_reaches_threshold(c: Case) -> bool:
    """The remnant is known and at or above its threshold."""
    flr = number(c, "flr")
    return flr is not None and flr >= flr_threshold(c)


RESECTABILITY: Rows = (
    ("R1 not_applicable", lambda c: eq(c, "liver_count", 0)),
    ("R1b not_assessable", lambda c: unknown(c, "liver_count")),
    ("R2 unresectable", lambda c: ehd_class(c) == "not_treatable" or lf(c) == "poor"
        or one_of(c, "technical_plan", "never_possible")),
    ("R3 not_assessable", lambda c: unknown(c, "technical_plan") or ehd_class(c) == UNKNOWN
        or lf(c) == UNKNOWN),
    ("R4 potentially_resectable", lambda c: one_of(c, "technical_plan", "after_downsizing")),
    ("R5 not_assessable", lambda c: unknown(c, "flr", "liver_background")),
    ("R6 unresectable", lambda c: flr_below_threshold(c) and yes(c, "flr_augmentation_done")),
    ("R6 potentially_resectable", flr_below_threshold),
    ("R7 potentially_resectable", lambda c: one_of(c, "technical_plan", "staged_augmentation")
        and not yes(c, "flr_augmentation_done")),
    ("R8 initially_resectable", lambda _: True),
)  # fmt: skip


def resectability(c: Case) -> str:
    """Technical resectability, rows R1 to R8."""
    return first_match(RESECTABILITY, c).split()[1]


def onc_risk(c: Case) -> str:
    """Oncological risk: unfavourable, undetermined or favourable."""
    colorectal = site(c, "colorectal")
    if (
        ge(c, "liver_count", 5)
        or one_of(c, "response", "progression")
        or ehd_class(c) == "treatable"
        or (colorectal and crs(c) >= 3)
    ):
        return "unfavourable"
    return "undetermined" if colorectal and crs_max(c) >= 3 else "favourable"


EXTRATHORACIC = tuple(name for name in EXTRAHEPATIC if name != "ehd_lung")


def _any_true(c: Case, names: tuple[str, ...]) -> bool:
    return any(yes(c, name) for name in names)


M_COLORECTAL: Rows = (
    ("M1c", lambda c: yes(c, "ehd_peritoneum")),
    ("M1_UNDETERMINED", lambda c: unknown(c, "ehd_peritoneum")),
    ("M1b", lambda c: sum(yes(c, name) for name in EXTRAHEPATIC) + 1 >= 2),
    ("M1_UNDETERMINED", lambda c: unknown(c, *EXTRAHEPATIC)),
    ("M1a", lambda _: True),
)
M_NO_SUBCATEGORY: Rows = (("M1", lambda _: True),)
M_LUNG: Rows = (
    ("M1c", lambda c: _any_true(c, EXTRATHORACIC)),
    ("M1c", lambda c: ge(c, "liver_count", 2)),
    ("M1_UNDETERMINED", lambda c: unknown(c, *EXTRATHORACIC)),
    ("M1b", lambda _: True),
)
M_CUTANEOUS: Rows = (
    ("M1d", lambda c: yes(c, "ehd_cns")),
    ("M1_UNDETERMINED", lambda c: unknown(c, "ehd_cns")),
    ("M1c", lambda _: True),
)
M_UVEAL: Rows = (
    ("M1_UNDETERMINED", lambda c: unknown(c, "largest_mm")),
    ("M1a", lambda c: le(c, "largest_mm", 30)),
    ("M1b", lambda c: le(c, "largest_mm", 80)),
    ("M1c", lambda _: True),
)
M_NEUROENDOCRINE: Rows = (
    ("M1c", lambda c: _any_true(c, EXTRAHEPATIC)),
    ("M1_UNDETERMINED", lambda c: unknown(c, *EXTRAHEPATIC)),
    ("M1a", lambda _: True),
)
M_TABLES = {
    "colorectal": M_COLORECTAL,
    "pancreas": M_NO_SUBCATEGORY,
    "breast": M_NO_SUBCATEGORY,
    "other_known": M_NO_SUBCATEGORY,
    "unknown_primary": M_NO_SUBCATEGORY,
    "lung": M_LUNG,
    "melanoma_cutaneous": M_CUTANEOUS,
    "melanoma_uveal": M_UVEAL,
    "neuroendocrine": M_NEUROENDOCRINE,
}


def _ldh_suffix(c: Case) -> str:
    return "(1)" if gt(c, "ldh_xuln", 1) else "(0)" if le(c, "ldh_xuln", 1) else ""


def m_category(c: Case) -> str:
    """M category of the primary's own edition."""
    if eq(c, "liver_count", 0):
        return "M_NOT_THIS_PATHWAY"
    if unknown(c, "primary_site", "liver_count"):
        return "M_UNDETERMINED"
    label = first_match(M_TABLES[str(c["primary_site"])], c)
    if site(c, "melanoma_cutaneous") and label in ("M1c", "M1d"):
        return label + _ldh_suffix(c)
    return label
