"""Transplant predicates of clinical.md section 4.3, and all predicates by name.

In: a case. Out: booleans; `predicates` lists every predicate of 4.3 with its value.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.liver_mets.oracle import eligibility as e
from tests.liver_mets.oracle.facts import Case, ge, le, lt, no, one_of, site, within, yes
from tests.liver_mets.oracle.staging import ehd_class, lf, resectability


def e_lt_crc(c: Case) -> bool:
    """E_lt_crc."""
    return (
        site(c, "colorectal")
        and one_of(c, "technical_plan", "never_possible")
        and ehd_class(c) == "none"
        and one_of(c, "primary_status", "resected")
        and no(c, "braf_v600e")
        and within(c, "age", 18, 65)
        and le(c, "ecog", 1)
        and e.responds(c)
        and ge(c, "stable_months", 3)
        and within(c, "prior_lines", 1, 3)
        and lt(c, "cea", 80)
        and ge(c, "liver_count", 1)
        and yes(c, "accepts_surgery")
        and yes(c, "fit_major_surgery")
        and lf(c) == "adequate"
        and e.pv_ok(c)
        and no(c, "bev_last_28d")
        and e.not_preg(c)
        and e.goal_ok(c)
    )


def e_lt_net(c: Case) -> bool:
    """E_lt_net."""
    return (
        site(c, "neuroendocrine")
        and one_of(c, "net_grade", "g1", "g2")
        and lt(c, "ki67", 10)
        and yes(c, "primary_portal_drained")
        and one_of(c, "primary_status", "resected")
        and ehd_class(c) == "none"
        and resectability(c) == "unresectable"
        and le(c, "liver_replacement", 50)
        and e.responds(c)
        and ge(c, "stable_months", 6)
        and within(c, "age", 18, 60)
        and le(c, "ecog", 1)
        and ge(c, "liver_count", 1)
        and yes(c, "accepts_surgery")
        and yes(c, "fit_major_surgery")
        and lf(c) == "adequate"
        and e.pv_ok(c)
        and e.not_preg(c)
        and e.goal_ok(c)
    )


PREDICATES: dict[str, Callable[[Case], bool]] = {
    "goal_ok": e.goal_ok,
    "not_preg": e.not_preg,
    "lf_ok": e.lf_ok,
    "pv_ok": e.pv_ok,
    "ehd_ok": e.ehd_ok,
    "E_bx": e.e_bx,
    "surg_core": e.surg_core,
    "E_hep_nobev": e.e_hep_nobev,
    "E_hep": e.e_hep,
    "E_staged": e.e_staged,
    "alpps_variant": e.alpps_variant,
    "E_abl": e.e_abl,
    "E_sbrt": e.e_sbrt,
    "E_tace": e.e_tace,
    "E_tare_workup": e.e_tare_workup,
    "unmapped": e.unmapped,
    "E_tare": e.e_tare,
    "E_hai": e.e_hai,
    "E_php": e.e_php,
    "E_lt_crc": e_lt_crc,
    "E_lt_net": e_lt_net,
}


def predicates(c: Case) -> dict[str, bool]:
    """Every predicate of 4.3 with its value."""
    return {name: holds(c) for name, holds in PREDICATES.items()}
