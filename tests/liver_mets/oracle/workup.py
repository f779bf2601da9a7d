"""Diagnostic workup, rows A1 to A27 of clinical.md section 4.1, in the order of the table.

In: a case. Out: the id of the first row that holds. Ids are not in numerical order: A14a and
A14 follow A13, A12b follows A18, A25a precedes A22, A26 precedes A25, as in the text.
"""

from __future__ import annotations

from tests.liver_mets.oracle.eligibility import e_bx
from tests.liver_mets.oracle.facts import (
    UNKNOWN,
    Case,
    first_match,
    ge,
    gt,
    lt,
    no,
    one_of,
    site,
    unknown,
    yes,
)
from tests.liver_mets.oracle.staging import Rows, conflicts

SUSPICION_FACTS = (
    "sx_abdominal_pain",
    "sx_hepatomegaly",
    "sx_jaundice",
    "sx_weight_loss",
    "incidental_liver_lesion",
    "known_cancer",
    "marker_rising",
)


def suspicion(c: Case) -> bool:
    """At least one reason to look is known to be present."""
    return any(yes(c, name) for name in SUSPICION_FACTS)


def not_done(c: Case, name: str) -> bool:
    """The examination is not done; unknown counts as not done."""
    return one_of(c, name, "not_done", UNKNOWN)


def img(c: Case) -> str:
    """The imaging finding that counts: MRI if done, else CT."""
    return str(c["ct_result"] if not_done(c, "mri_result") else c["mri_result"])


def no_imaging(c: Case) -> bool:
    """Neither CT nor MRI is done."""
    return not_done(c, "ct_result") and not_done(c, "mri_result")


def metastasis_proven(c: Case) -> bool:
    """Biopsy shows metastasis."""
    return one_of(c, "biopsy_result", "metastasis")


def _looks_like_primary_liver_cancer(c: Case) -> bool:
    return img(c) == "suspicious_primary_liver" or (
        ge(c, "afp", 400) and img(c) in ("suspicious_metastasis", "indeterminate")
    )


def _typical_colorectal(c: Case) -> bool:
    """The condition that A21 and A25a share."""
    return (
        not_done(c, "biopsy_result")
        and site(c, "colorectal")
        and yes(c, "primary_histology_available")
        and img(c) == "suspicious_metastasis"
        and yes(c, "curative_candidate")
    )


ROWS: Rows = (
    ("A1", lambda c: yes(c, "emergency")),
    ("A2", lambda c: one_of(c, "goal", "comfort_only")),
    ("A3", lambda c: not suspicion(c)),
    ("A4", lambda c: any(name != "X9" for name in conflicts(c))),
    ("A5", lambda c: unknown(c, "bilirubin", "albumin", "inr", "platelets", "egfr")),
    ("A6", lambda c: unknown(c, "biliary_obstruction")
        and (yes(c, "sx_jaundice") or gt(c, "bilirubin", "2.0"))),
    ("A7", lambda c: yes(c, "biliary_obstruction") and gt(c, "bilirubin", "2.0")),
    ("A8", lambda c: no_imaging(c) and (unknown(c, "ct_contraindicated")
        or (yes(c, "ct_contraindicated") and unknown(c, "mri_contraindicated")))),
    ("A9", lambda c: no_imaging(c) and no(c, "ct_contraindicated")),
    ("A10", lambda c: no_imaging(c) and no(c, "mri_contraindicated")),
    ("A11", no_imaging),
    ("A12", lambda c: not metastasis_proven(c) and _looks_like_primary_liver_cancer(c)),
    ("A13", lambda c: img(c) == "benign" and not metastasis_proven(c)),
    ("A14a", lambda c: img(c) == "no_lesion" and not metastasis_proven(c)
        and not_done(c, "mri_result") and no(c, "mri_contraindicated")
        and yes(c, "marker_rising")),
    ("A15", lambda c: img(c) == "no_lesion" and not metastasis_proven(c)),
    ("A14", lambda c: not_done(c, "mri_result") and no(c, "mri_contraindicated")
        and (img(c) == "indeterminate" or yes(c, "curative_candidate"))),
    ("A16", lambda c: unknown(c, "curative_candidate")),
    ("A17", lambda c: img(c) == "indeterminate" and lt(c, "largest_mm", 10)
        and not_done(c, "biopsy_result")),
    ("A18", lambda c: not_done(c, "pet_result") and yes(c, "curative_candidate")),
    ("A12b", lambda c: one_of(c, "biopsy_result", "primary_liver")),
    ("A19", lambda c: one_of(c, "biopsy_result", "benign")),
    ("A20", lambda c: one_of(c, "biopsy_result", "nondiagnostic")),
    ("A21", lambda c: _typical_colorectal(c) and yes(c, "biomarkers_complete")),
    ("A25a", lambda c: _typical_colorectal(c) and not yes(c, "biomarkers_complete")),
    ("A22", lambda c: not_done(c, "biopsy_result") and not yes(c, "accepts_invasive_dx")),
    ("A23", lambda c: not_done(c, "biopsy_result") and e_bx(c)),
    ("A24", lambda c: not_done(c, "biopsy_result")),
    ("A26", lambda c: (unknown(c, "primary_site") or site(c, "unknown_primary"))
        and not yes(c, "cup_workup_done")),
    ("A25", lambda c: not yes(c, "biomarkers_complete")),
    ("A27", lambda _: True),
)  # fmt: skip


def diagnosis_row(c: Case) -> str:
    """Row of the diagnostic workup."""
    return first_match(ROWS, c)
