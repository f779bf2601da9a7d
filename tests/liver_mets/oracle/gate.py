"""The gate of management, rows G1 to G13 of clinical.md section 4.4.

In: a case. Out: the id of the first row that holds; only G13 opens the table of the primary.
"""

from __future__ import annotations

from tests.liver_mets.oracle.eligibility import all_refused
from tests.liver_mets.oracle.facts import Case, eq, first_match, gt, no, one_of, site, unknown, yes
from tests.liver_mets.oracle.staging import Rows, conflicts, lf

TARGETED_DRIVERS = ("egfr_classical", "alk", "ros1", "ret", "braf_v600e", "met_ex14", "ntrk")


def _chemosensitive_crisis(c: Case) -> bool:
    return (site(c, "breast") and yes(c, "visceral_crisis")) or (
        site(c, "lung") and one_of(c, "lung_histology", "sclc") and eq(c, "prior_lines", 0)
    )


ROWS: Rows = (
    ("G1", lambda c: yes(c, "emergency")),
    ("G2", lambda c: one_of(c, "goal", "comfort_only") or all_refused(c)),
    ("G3", lambda c: eq(c, "ecog", 4)),
    ("G4", lambda c: bool(conflicts(c))),
    ("G5", lambda c: not yes(c, "dx_established") or unknown(c, "primary_site")),
    ("G6", lambda c: yes(c, "biliary_obstruction") and gt(c, "bilirubin", "2.0")),
    ("G7", lambda c: one_of(c, "pregnancy", "pregnant")),
    ("G8", lambda c: unknown(c, "ecog", "emergency", "biliary_obstruction", "pregnancy")
        or lf(c) == "unknown"),
    ("G9", lambda c: (eq(c, "ecog", 3) or lf(c) == "poor") and yes(c, "accepts_systemic")
        and _chemosensitive_crisis(c)),
    ("G10", lambda c: eq(c, "ecog", 3) and site(c, "lung")
        and one_of(c, "driver", *TARGETED_DRIVERS) and no(c, "matched_therapy_used")
        and yes(c, "accepts_systemic") and lf(c) != "poor"),
    ("G11", lambda c: eq(c, "ecog", 3)),
    ("G12", lambda c: lf(c) == "poor"),
    ("G13", lambda _: True),
)  # fmt: skip


def gate_row(c: Case) -> str:
    """Row of the gate."""
    return first_match(ROWS, c)
