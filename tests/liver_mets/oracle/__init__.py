"""An independent transcription of the tables in clinical.md: one case in, one row per track out.

It shares no code with the language, its compiler or the pathway files, so that the two can be
compared case by case. What the text leaves open, and how it was read, is in AMBIGUITIES.md.
"""

from __future__ import annotations

from decimal import Decimal

from tests.liver_mets.oracle.facts import UNKNOWN, Case, Value
from tests.liver_mets.oracle.gate import gate_row
from tests.liver_mets.oracle.local import local_row
from tests.liver_mets.oracle.overlays import Results, overlay_rows
from tests.liver_mets.oracle.scores import albi, child_pugh, crs, crs_max
from tests.liver_mets.oracle.staging import (
    conflicts,
    ehd_class,
    lf,
    m_category,
    onc_risk,
    resectability,
)
from tests.liver_mets.oracle.systemic import systemic_row
from tests.liver_mets.oracle.transplant import predicates
from tests.liver_mets.oracle.workup import diagnosis_row

__all__ = [
    "TRACKS",
    "UNKNOWN",
    "Case",
    "Value",
    "albi",
    "child_pugh",
    "classes",
    "conflicts",
    "crs",
    "crs_max",
    "ehd_class",
    "evaluate",
    "lf",
    "m_category",
    "onc_risk",
    "predicates",
    "resectability",
]

TRACKS = (
    "diagnosis",
    "m_category",
    "gate",
    "local",
    "systemic",
    "palliative",
    "value",
    "radiotherapy",
    "backbone",
    "dpyd",
    "follow_up",
)


def evaluate(case: Case) -> dict[str, str]:
    """Row id of every track, in the order of TRACKS."""
    opened = gate_row(case)
    treatment = local_row(case, opened)
    drugs = systemic_row(case, opened, treatment)
    return {
        "diagnosis": diagnosis_row(case),
        "m_category": m_category(case),
        "gate": opened,
        "local": treatment,
        "systemic": drugs,
        **overlay_rows(case, Results(opened, treatment, drugs)),
    }


def classes(case: Case) -> dict[str, str | int | Decimal]:
    """Classes and scores that every stage may read."""
    return {
        "lf": lf(case),
        "ehd_class": ehd_class(case),
        "resectability": resectability(case),
        "onc_risk": onc_risk(case),
        "crs": crs(case),
        "crs_max": crs_max(case),
        "child_pugh": child_pugh(case),
        "albi": albi(case),
    }
