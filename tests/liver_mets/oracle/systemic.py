"""Systemic treatment: tables CS, Y, PS, BS, LS, MS, US, NS and OS of clinical.md section 4.5.

In: a case, the gate row and the row of the liver-directed table. Out: the id of the first row
that holds. The prefix Y stands before every table but CS. "NONE" where the gate stays shut.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.liver_mets.oracle.eligibility import responds
from tests.liver_mets.oracle.facts import (
    UNKNOWN,
    Case,
    eq,
    first_match,
    ge,
    le,
    lt,
    no,
    number,
    one_of,
    site,
    unknown,
    yes,
)
from tests.liver_mets.oracle.staging import Rows

AROUND_RESECTION = ("CL6", "CL7", "CL8", "CL9")
PERIOPERATIVE = ("CL5", "CL11", "CL13")


def _lines_0(c: Case) -> bool:
    return eq(c, "prior_lines", 0)


def _lines_1(c: Case) -> bool:
    return eq(c, "prior_lines", 1)


def _pretreated(c: Case) -> bool:
    return ge(c, "prior_lines", 1)


def _not_progressing(c: Case) -> bool:
    return one_of(c, "response", "not_applicable", "response", "stable")


def _ici_open(c: Case) -> bool:
    return one_of(c, "msi", "msi_h") and no(c, "prior_ici")


def _matched_open(c: Case) -> bool:
    return no(c, "matched_therapy_used")


def _matched_not_true(c: Case) -> bool:
    return not yes(c, "matched_therapy_used")


def _braf_second_line(c: Case) -> bool:
    return yes(c, "braf_v600e") and _lines_1(c) and _matched_open(c)


COLORECTAL: tuple[tuple[str, Callable[[Case, str], bool]], ...] = (
    ("CS1", lambda c, _: not yes(c, "accepts_systemic")),
    ("CS3", lambda c, loc: loc in AROUND_RESECTION and _lines_0(c)),
    ("CS4", lambda c, loc: loc in (*AROUND_RESECTION, "CL10", "CL12") and _pretreated(c)),
    ("CS5", lambda c, _: _ici_open(c)),
    ("CS6", lambda c, _: unknown(c, "prior_lines", "prior_backbone")
        or (one_of(c, "msi", "msi_h") and unknown(c, "prior_ici"))
        or (_pretreated(c) and unknown(c, "response", "matched_therapy_used"))),
    ("CS6b", lambda c, loc: loc == "CL2"),
    ("CS9", lambda c, _: _pretreated(c) and _not_progressing(c)),
    ("CS2", lambda c, _: one_of(c, "dpyd", "complete") and le(c, "prior_lines", 1)
        and not _braf_second_line(c)),
    ("CS7", lambda c, loc: loc in PERIOPERATIVE and _lines_0(c)
        and one_of(c, "prior_backbone", "none")),
    ("CS7b", lambda c, loc: loc in PERIOPERATIVE and _lines_0(c)),
    ("CS8", lambda c, _: unknown(c, "ras", "braf_v600e", "msi")),
    ("CS10", lambda c, _: yes(c, "braf_v600e") and _lines_0(c)),
    ("CS11", lambda c, _: yes(c, "braf_v600e") and _matched_open(c)),
    ("CS12", lambda c, _: _lines_0(c) and one_of(c, "ras", "wild_type")
        and one_of(c, "sidedness", "left")),
    ("CS13", lambda c, _: _lines_0(c)),
    ("CS14", lambda c, _: one_of(c, "her2", "positive") and _matched_open(c)
        and ge(c, "prior_lines", 2)),
    ("CS15", lambda c, _: one_of(c, "ras", "mutant_g12c") and _matched_open(c)
        and ge(c, "prior_lines", 2)),
    ("CS16", lambda c, _: _lines_1(c) and le(c, "bilirubin", "2.0")
        and one_of(c, "prior_backbone", "oxaliplatin", "none")),
    ("CS17", lambda c, _: _lines_1(c) and one_of(c, "prior_backbone", "irinotecan", "none")),
    ("CS18", lambda c, _: True),
)  # fmt: skip

PREFIX: Rows = (
    ("Y1", lambda c: not yes(c, "accepts_systemic")),
    ("Y2", lambda c: unknown(c, "prior_lines")
        or (_pretreated(c) and unknown(c, "response", "matched_therapy_used"))),
    ("Y3", lambda c: site(c, "pancreas") and _pretreated(c) and yes(c, "gbrca") and responds(c)
        and one_of(c, "prior_backbone", "oxaliplatin", "both") and ge(c, "stable_months", 4)),
    ("Y4", lambda c: _pretreated(c) and _not_progressing(c)
        and not (site(c, "neuroendocrine") and yes(c, "functional_uncontrolled"))),
)  # fmt: skip


def _bilirubin_above_limit(c: Case) -> bool:
    """Bilirubin above one and a half times its upper limit, or that limit unknown."""
    bilirubin, upper = number(c, "bilirubin"), number(c, "bilirubin_uln")
    return upper is None or (bilirubin is not None and 2 * bilirubin > 3 * upper)


PANCREAS: Rows = (
    ("PS1", lambda c: _pretreated(c) and _ici_open(c)),
    ("PS2", lambda c: _lines_0(c) and _bilirubin_above_limit(c)),
    ("PS3", lambda c: _lines_0(c) and le(c, "ecog", 1)
        and one_of(c, "dpyd", "normal", "partial", UNKNOWN)),
    ("PS4", lambda c: _lines_0(c) and le(c, "ecog", 1)),
    ("PS5", _lines_0),
    ("PS6", _lines_1),
    ("PS7", lambda _: True),
)  # fmt: skip

BREAST: Rows = (
    ("BS1", lambda c: unknown(c, "er_pr", "her2")),
    ("BS2", lambda c: one_of(c, "her2", "positive") and _lines_0(c)),
    ("BS3", lambda c: one_of(c, "her2", "positive") and _pretreated(c)),
    ("BS4", lambda c: one_of(c, "er_pr", "positive") and yes(c, "visceral_crisis")),
    ("BS5", lambda c: one_of(c, "er_pr", "positive") and _lines_0(c)),
    ("BS6", lambda c: one_of(c, "er_pr", "positive") and _pretreated(c) and yes(c, "gbrca")
        and _matched_open(c)),
    ("BS7", lambda c: one_of(c, "er_pr", "positive")),
    # From here ER/PR is negative and HER2 not positive; HER2 low counts as triple negative.
    ("BS8", lambda c: _lines_0(c) and unknown(c, "pdl1_cps10")),
    ("BS9", lambda c: _lines_0(c) and yes(c, "pdl1_cps10")),
    ("BS6b", lambda c: _lines_0(c) and yes(c, "gbrca")),
    ("BS10", _lines_0),
    ("BS11", lambda _: True),
)  # fmt: skip

DRIVERS_FIRST_LINE = (
    "egfr_classical", "alk", "ros1", "ret", "braf_v600e", "met_ex14", "ntrk", "egfr_ex20",
)  # fmt: skip
LUNG: Rows = (
    ("LS1", lambda c: unknown(c, "lung_histology")),
    ("LS2", lambda c: one_of(c, "lung_histology", "sclc") and _lines_0(c)),
    ("LS3", lambda c: one_of(c, "lung_histology", "sclc") and _pretreated(c)),
    ("LS4", lambda c: unknown(c, "driver")),
    ("LS5", lambda c: one_of(c, "driver", *DRIVERS_FIRST_LINE) and _matched_not_true(c)),
    ("LS6", lambda c: one_of(c, "driver", "kras_g12c", "her2_mutation") and _pretreated(c)
        and _matched_not_true(c)),
    ("LS7", lambda c: _lines_0(c) and unknown(c, "pdl1_tps")),
    ("LS8", lambda c: _lines_0(c) and ge(c, "pdl1_tps", 50)),
    ("LS9", lambda c: _lines_0(c) and lt(c, "pdl1_tps", 50)),
    ("LS10", lambda _: True),
)  # fmt: skip

CUTANEOUS_MELANOMA: Rows = (
    ("MS1", lambda c: unknown(c, "prior_ici")),
    ("MS2", lambda c: unknown(c, "braf_v600")),
    ("MS3", lambda c: no(c, "prior_ici")),
    ("MS4", lambda c: yes(c, "braf_v600") and _matched_not_true(c)),
    ("MS5", lambda _: True),
)

UVEAL_MELANOMA: Rows = (
    ("US1", lambda c: unknown(c, "hla_a0201")),
    ("US2", lambda c: yes(c, "hla_a0201") and _matched_not_true(c)),
    ("US3", lambda _: True),
)

NEUROENDOCRINE: Rows = (
    ("NS1", lambda c: unknown(c, "net_grade", "ki67", "sstr_positive")),
    ("NS2", lambda c: one_of(c, "net_grade", "nec") and _lines_0(c)),
    ("NS3", lambda c: one_of(c, "net_grade", "nec") and _pretreated(c)),
    ("NS4", lambda c: yes(c, "functional_uncontrolled")),
    ("NS5", lambda c: yes(c, "sstr_positive") and _lines_0(c) and lt(c, "ki67", 10)),
    ("NS6", lambda c: yes(c, "sstr_positive") and _lines_0(c) and le(c, "ki67", 55)),
    ("NS7", lambda c: yes(c, "sstr_positive") and _pretreated(c) and _matched_open(c)),
    ("NS8", lambda _: True),
)

OTHER: Rows = (
    ("OS1", lambda c: site(c, "other_known")),
    ("OS2", lambda c: unknown(c, "cup_subset")),
    ("OS3", lambda c: one_of(c, "cup_subset", "colon_like")),
    ("OS4", lambda c: one_of(c, "cup_subset", "other_favourable")),
    ("OS5", _lines_0),
    ("OS6", lambda _: True),
)

TABLES = {
    "pancreas": PANCREAS,
    "breast": BREAST,
    "lung": LUNG,
    "melanoma_cutaneous": CUTANEOUS_MELANOMA,
    "melanoma_uveal": UVEAL_MELANOMA,
    "neuroendocrine": NEUROENDOCRINE,
    "other_known": OTHER,
    "unknown_primary": OTHER,
}


def systemic_row(c: Case, gate: str, local: str) -> str:
    """Row of the systemic table of the primary, NONE where the gate stays shut."""
    if gate != "G13":
        return "NONE"
    if site(c, "colorectal"):
        return first_match(COLORECTAL, c, local)
    return first_match((*PREFIX, *TABLES[str(c["primary_site"])]), c)
