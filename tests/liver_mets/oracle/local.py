"""Liver-directed treatment: tables CL, NL, UL and NT of clinical.md section 4.5.

In: a case that the gate let through. Out: the id of the first row that holds in the table of
its primary. `local_row` answers "NONE" for every other case.
"""

from __future__ import annotations

from tests.liver_mets.oracle.eligibility import (
    e_abl,
    e_hai,
    e_hep,
    e_hep_nobev,
    e_php,
    e_sbrt,
    e_staged,
    e_tace,
    e_tare,
    e_tare_workup,
    ehd_ok,
    goal_ok,
    not_preg,
    responds,
    surg_core,
    unmapped,
)
from tests.liver_mets.oracle.facts import (
    UNKNOWN,
    Case,
    first_match,
    ge,
    le,
    lt,
    no,
    one_of,
    site,
    unknown,
    within,
    yes,
)
from tests.liver_mets.oracle.staging import Rows, ehd_class, lf, onc_risk, resectability
from tests.liver_mets.oracle.transplant import e_lt_crc, e_lt_net


def _ini(c: Case) -> bool:
    return resectability(c) == "initially_resectable"


def _pot(c: Case) -> bool:
    return resectability(c) == "potentially_resectable"


def _un(c: Case) -> bool:
    return resectability(c) == "unresectable"


def _ini_or_pot(c: Case) -> bool:
    return _ini(c) or _pot(c)


def _no_target(c: Case) -> bool:
    return resectability(c) == "not_applicable"


def _favourable(c: Case) -> bool:
    return onc_risk(c) == "favourable"


def _refractory(c: Case) -> bool:
    return ge(c, "prior_lines", 2) and one_of(c, "response", "progression")


def _ici_open(c: Case) -> bool:
    """MSI-high and no checkpoint inhibitor so far."""
    return one_of(c, "msi", "msi_h") and no(c, "prior_ici")


def _history_gap(c: Case) -> bool:
    return (
        unknown(c, "accepts_systemic", "prior_hepatectomy", "prior_lines", "msi")
        or (ge(c, "prior_lines", 1) and unknown(c, "response"))
        or (one_of(c, "msi", "msi_h") and unknown(c, "prior_ici"))
    )


COLORECTAL: Rows = (
    ("CL0", lambda c: not goal_ok(c)),
    ("CL1", _no_target),
    ("CL2", lambda c: resectability(c) == "not_assessable"
        or (_ini(c) and onc_risk(c) == "undetermined")
        or (_ini_or_pot(c) and _history_gap(c))),
    ("CL3", lambda c: one_of(c, "response", "progression") and _ini_or_pot(c)
        and yes(c, "accepts_systemic")),
    ("CL4", lambda c: _ici_open(c) and _ini(c)),
    ("CL4b", lambda c: _ici_open(c) and _pot(c) and yes(c, "accepts_systemic")),
    ("CL5", lambda c: yes(c, "prior_hepatectomy") and _ini(c) and yes(c, "accepts_systemic")
        and (lt(c, "months_since_hepatectomy", 6) or unknown(c, "months_since_hepatectomy"))),
    ("CL6", lambda c: e_hep_nobev(c) and (yes(c, "bev_last_28d") or unknown(c, "bev_last_28d"))),
    ("CL7", lambda c: yes(c, "prior_hepatectomy") and e_hep(c)
        and one_of(c, "response", "not_applicable", "response", "stable", UNKNOWN)),
    ("CL8", lambda c: e_hep(c) and _favourable(c) and e_abl(c) and ehd_class(c) == "none"),
    ("CL9", lambda c: e_hep(c) and _favourable(c)),
    ("CL10", lambda c: e_hep(c) and responds(c)),
    ("CL10b", lambda c: e_hep(c) and no(c, "accepts_systemic")
        and one_of(c, "response", "not_applicable", "response", "stable")),
    ("CL11", lambda c: e_hep(c) and yes(c, "accepts_systemic")),
    ("CL12", e_staged),
    ("CL13", lambda c: _ini(c) and lf(c) == "borderline" and surg_core(c)
        and no(c, "bev_last_28d") and not_preg(c)),
    ("CL14", lambda c: e_abl(c) and le(c, "liver_count", 5)),
    ("CL15", e_abl),
    ("CL16", lambda c: e_sbrt(c) and responds(c)),
    ("CL17", lambda c: _pot(c) and yes(c, "accepts_systemic")),
    ("CL18", e_lt_crc),
    ("CL19", lambda c: _un(c) and _refractory(c) and e_tare(c)),
    ("CL20", lambda c: _un(c) and _refractory(c) and e_tare_workup(c) and unmapped(c)),
    ("CL21", lambda c: _un(c) and _refractory(c) and e_tace(c) and ehd_ok(c)),
    ("CL22", lambda c: _un(c) and e_hai(c)),
    ("CL23", _ini),
    ("CL24", lambda _: True),
)  # fmt: skip

NON_COLORECTAL: Rows = (
    ("NL0", lambda c: not goal_ok(c)),
    ("NL1", _no_target),
    ("NL2", lambda c: site(c, "pancreas") and ehd_class(c) == "none"
        and within(c, "liver_count", 1, 3) and responds(c) and ge(c, "stable_months", 6)
        and le(c, "ecog", 1)),
    ("NL3", lambda c: site(c, "pancreas")),
    ("NL4", lambda c: not (responds(c) and ge(c, "stable_months", 3))),
    ("NL5", lambda c: le(c, "liver_count", 5) and e_abl(c)),
    ("NL6", lambda c: le(c, "liver_count", 5) and e_sbrt(c)),
    ("NL7", lambda c: le(c, "liver_count", 5) and e_hep(c)),
    ("NL8", lambda _: True),
)  # fmt: skip

UVEAL: Rows = (
    ("UL0", lambda c: not goal_ok(c)),
    ("UL1", _no_target),
    ("UL2", lambda c: le(c, "liver_count", 5) and e_hep(c)),
    ("UL3", lambda c: le(c, "liver_count", 5) and e_abl(c)),
    ("UL4", e_php),
    ("UL5", e_tare),
    ("UL6", lambda c: e_tare_workup(c) and unmapped(c)),
    ("UL7", e_tace),
    ("UL8", lambda _: True),
)


def _need(c: Case) -> bool:
    """Uncontrolled syndrome or progression."""
    return yes(c, "functional_uncontrolled") or one_of(c, "response", "progression")


NEUROENDOCRINE: Rows = (
    ("NT0", lambda c: not goal_ok(c)),
    ("NT1", _no_target),
    ("NT2", lambda c: one_of(c, "net_grade", "nec", UNKNOWN)),
    ("NT3", e_hep),
    ("NT4", e_abl),
    ("NT5", e_lt_net),
    ("NT6", lambda c: _need(c) and e_tace(c)),
    ("NT7", lambda c: _need(c) and e_tare(c)),
    ("NT8", lambda c: _need(c) and e_tare_workup(c) and unmapped(c)),
    ("NT9", e_staged),
    ("NT10", lambda _: True),
)

TABLES = {
    "colorectal": COLORECTAL,
    "melanoma_uveal": UVEAL,
    "neuroendocrine": NEUROENDOCRINE,
}


def local_row(c: Case, gate: str) -> str:
    """Row of the liver-directed table of the primary, NONE where the gate stays shut."""
    if gate != "G13":
        return "NONE"
    return first_match(TABLES.get(str(c["primary_site"]), NON_COLORECTAL), c)
