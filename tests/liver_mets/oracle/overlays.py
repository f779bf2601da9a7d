"""Overlays of clinical.md section 4.5: PL, V, RT, FU, and the helpers BB and DP.

In: a case and the results of the tracks before. Out: one row id per overlay, for every case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.liver_mets.oracle.eligibility import all_refused, not_preg
from tests.liver_mets.oracle.facts import (
    UNKNOWN,
    Case,
    eq,
    first_match,
    ge,
    gt,
    le,
    no,
    one_of,
    unknown,
    yes,
)
from tests.liver_mets.oracle.staging import ehd_class, lf, resectability


@dataclass(frozen=True, slots=True)
class Results:
    """Rows that the overlays look at."""

    gate: str
    local: str
    systemic: str


Rows = tuple[tuple[str, Callable[[Case, Results], bool]], ...]

EQUIPOISE = (
    "G9", "G10", "CL4", "CL7", "CL8", "CL10b", "CL12", "CL13", "CL15", "CL18", "CL19", "CL21",
    "CL22", "NL2", "NL5", "NL6", "NL7", "UL2", "UL3", "UL4", "UL5", "UL7", "NT5", "NT6", "NT7",
    "NT9",
)  # fmt: skip
CURATIVE_FOLLOW_UP = (
    "CL7", "CL8", "CL9", "CL10", "CL10b", "CL11", "CL14", "CL15", "CL16", "NL5", "NL6", "NL7",
    "UL2", "UL3", "NT3", "NT4",
)  # fmt: skip


def _equipoise(r: Results) -> bool:
    return r.gate in EQUIPOISE or r.local in EQUIPOISE


PALLIATIVE: Rows = (
    ("PL1", lambda c, _: one_of(c, "goal", "comfort_only") or eq(c, "ecog", 4)),
    ("PL2", lambda c, r: r.gate == "G2" or eq(c, "ecog", 3) or lf(c) == "poor"
        or yes(c, "uncontrolled_symptoms") or ehd_class(c) == "not_treatable"),
    ("PL3", lambda c, _: yes(c, "dx_established")
        and resectability(c) != "initially_resectable"),
    ("PL4", lambda c, _: True),
)  # fmt: skip

VALUE: Rows = (
    ("V1", lambda c, _: one_of(c, "goal", "comfort_only")),
    ("V2", lambda c, _: one_of(c, "goal", "undecided", UNKNOWN) or all_refused(c)),
    ("V3", lambda c, r: _equipoise(r) and yes(c, "financial_concern")),
    ("V4", lambda c, r: _equipoise(r)),
    ("V5", lambda c, _: yes(c, "financial_concern")),
    ("V6", lambda c, _: True),
)

RADIOTHERAPY: Rows = (
    ("RT1", lambda c, _: ge(c, "liver_pain", 4) and not yes(c, "analgesia_optimised")),
    ("RT2", lambda c, _: ge(c, "liver_pain", 4) and le(c, "ecog", 3)
        and yes(c, "life_expectancy_gt_3mo") and no(c, "prior_liver_ebrt")
        and yes(c, "accepts_locoregional") and not_preg(c)),
    ("RT3", lambda c, _: True),
)  # fmt: skip

BACKBONE: Rows = (
    ("BB1", lambda c, _: gt(c, "bilirubin", "2.0") or unknown(c, "bilirubin")),
    ("BB2", lambda c, _: one_of(c, "prior_backbone", "both")),
    ("BB3", lambda c, _: one_of(c, "prior_backbone", "oxaliplatin")),
    ("BB4", lambda c, _: one_of(c, "prior_backbone", "irinotecan")),
    ("BB5", lambda c, r: r.systemic == "CS13" and eq(c, "prior_lines", 0) and le(c, "ecog", 1)
        and le(c, "age", 75) and resectability(c) == "potentially_resectable"),
    ("BB6", lambda c, _: True),
)  # fmt: skip

DPYD: Rows = (
    ("DP1", lambda c, _: unknown(c, "dpyd")),
    ("DP2", lambda c, _: one_of(c, "dpyd", "complete")),
    ("DP3", lambda c, _: one_of(c, "dpyd", "partial")),
    ("DP4", lambda c, _: True),
)

FOLLOW_UP: Rows = (
    ("FU1", lambda _, r: r.local in CURATIVE_FOLLOW_UP),
    ("FU2", lambda _, r: r.gate == "G13"),
    ("FU3", lambda c, _: True),
)

TABLES: dict[str, Rows] = {
    "palliative": PALLIATIVE,
    "value": VALUE,
    "radiotherapy": RADIOTHERAPY,
    "backbone": BACKBONE,
    "dpyd": DPYD,
    "follow_up": FOLLOW_UP,
}


def overlay_rows(c: Case, results: Results) -> dict[str, str]:
    """Row of every overlay."""
    return {track: first_match(rows, c, results) for track, rows in TABLES.items()}
