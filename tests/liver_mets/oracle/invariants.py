"""The safety invariants I1 to I36 of clinical.md section 5 as premise and conclusion.

In: what `see` collects of one case: the case, the rows of its tracks, its classes and its
predicates. Out: `INVARIANTS`, one entry per implication; an invariant of several implications
has several entries (I2a, I2b). I30 and I31 compare two cases: `replaced_by_unknown` and
`PERMISSIONS` serve them.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from tests.liver_mets.oracle import classes, evaluate
from tests.liver_mets.oracle.eligibility import tare_bilirubin
from tests.liver_mets.oracle.facts import (
    UNKNOWN,
    Case,
    Value,
    eq,
    ge,
    gt,
    le,
    lt,
    no,
    one_of,
    site,
    unknown,
    yes,
)
from tests.liver_mets.oracle.staging import flr_reaches_threshold
from tests.liver_mets.oracle.transplant import PREDICATES, predicates
from tests.liver_mets.oracle.workup import img

HEP = ("CL7", "CL8", "CL9", "CL10", "CL10b", "CL11", "NL7", "UL2", "NT3")
STG = ("CL12", "NT9")
ABL = ("CL8", "CL14", "CL15", "NL5", "UL3", "NT4")
TARE = ("CL19", "UL5", "NT7")
TACE = ("CL21", "UL7", "NT6")
MAP = ("CL20", "UL6", "NT8")
LTX = ("CL18", "NT5")
SBRT = ("CL16", "NL6")
GOALS = ("CL0", "NL0", "UL0", "NT0")
ANTI_EGFR_UNSAFE = ("CS10", "CS11", "CS12", "CS15", "CS16", "CS17")
FLUOROPYRIMIDINE = ("CS7", "CS7b", "CS10", "CS12", "CS13", "CS16", "CS17")
AROUND_RESECTION = ("CL2", "CL5", "CL6", "CL7", "CL8", "CL9", "CL10", "CL10b", "CL11", "CL13")
NEEDS_SYSTEMIC = ("CL3", "CL4b", "CL5", "CL11", "CL17")


class Seen(NamedTuple):
    """One case with everything that follows from it."""

    c: Case
    tracks: dict[str, str]
    known: dict[str, str | int | Decimal]
    may: dict[str, bool]

    def local(self, *groups: tuple[str, ...]) -> bool:
        """The liver-directed row belongs to one of the groups."""
        return any(self.tracks["local"] in group for group in groups)

    def systemic(self, *rows: str) -> bool:
        """The systemic row is one of these."""
        return self.tracks["systemic"] in rows

    def track(self, name: str, *rows: str) -> bool:
        """The row of the track is one of these."""
        return self.tracks[name] in rows

    def is_(self, name: str, *values: str) -> bool:
        """The class has one of these values."""
        return self.known[name] in values

    def child_pugh(self, limit: int) -> bool:
        """Child-Pugh is known and at most the limit."""
        score = self.known["child_pugh"]
        return isinstance(score, int) and score <= limit

    @property
    def untreated(self) -> bool:
        """Neither a liver-directed nor a systemic row."""
        return self.local(("NONE",)) and self.systemic("NONE")


def see(case: Case) -> Seen:
    """Evaluate a case once for all invariants."""
    return Seen(case, evaluate(case), classes(case), predicates(case))


Test = Callable[[Seen], bool]


def _ablation_limits(s: Seen) -> bool:
    return (
        le(s.c, "largest_mm", 30)
        and le(s.c, "liver_count", 10)
        and le(s.c, "inr", "1.5")
        and ge(s.c, "platelets", 50)
        and not one_of(s.c, "ascites", "moderate_severe")
    )


def _mapped_safe(s: Seen) -> bool:
    return (
        le(s.c, "lung_shunt", 20)
        and le(s.c, "lung_dose", 30)
        and le(s.c, "lung_dose_cum", 50)
        and no(s.c, "gi_shunt_uncorrectable")
    )


def _mapping_fails(s: Seen) -> bool:
    return (
        gt(s.c, "lung_shunt", 20)
        or gt(s.c, "lung_dose", 30)
        or gt(s.c, "lung_dose_cum", 50)
        or yes(s.c, "gi_shunt_uncorrectable")
    )


def _embolisation_limits(s: Seen) -> bool:
    return (
        one_of(s.c, "main_pv", "patent", "branch_occlusion")
        and no(s.c, "hepatofugal_flow")
        and s.child_pugh(7)
        and le(s.c, "bilirubin", "2.0")
        and ge(s.c, "egfr", 30)
    )


def _hai_limits(s: Seen) -> bool:
    return (
        ge(s.c, "liver_count", 1)
        and not unknown(s.c, "prior_lines")
        and le(s.c, "bilirubin", "1.5")
        and s.is_("ehd_class", "none")
        and one_of(s.c, "main_pv", "patent")
    )


def _surgical_floor(s: Seen) -> bool:
    return (
        ge(s.c, "platelets", 50)
        and le(s.c, "inr", "1.5")
        and no(s.c, "biliary_obstruction")
        and one_of(s.c, "encephalopathy", "none")
    )


def _typical_colorectal(s: Seen) -> bool:
    return (
        site(s.c, "colorectal")
        and yes(s.c, "primary_histology_available")
        and img(s.c) == "suspicious_metastasis"
        and yes(s.c, "curative_candidate")
    )


INVARIANTS: tuple[tuple[str, Test, Test], ...] = (
    ("I1", lambda s: s.local(HEP), lambda s: flr_reaches_threshold(s.c) and ge(s.c, "flr", 20)),
    ("I2a", lambda s: s.local(HEP, LTX, ("CL22",)), lambda s: s.is_("lf", "adequate")),
    ("I2b", lambda s: s.local(HEP, STG), lambda s: s.child_pugh(6)),
    ("I3", lambda s: s.local(HEP, STG), lambda s: s.is_("ehd_class", "none", "treatable")
        and not one_of(s.c, "technical_plan", "never_possible", UNKNOWN)),
    ("I4", lambda s: s.local(HEP, STG, ("CL13", "CL18", "CL22")),
        lambda s: no(s.c, "bev_last_28d")),
    ("I5a", lambda s: s.local(HEP), lambda s: le(s.c, "ecog", 2)),
    ("I5b", lambda s: s.local(STG), lambda s: le(s.c, "ecog", 1)
        and one_of(s.c, "response", "response", "stable")),
    ("I6a", lambda s: s.local(HEP, STG, LTX, ("CL13", "CL22")),
        lambda s: yes(s.c, "accepts_surgery") and yes(s.c, "fit_major_surgery")),
    ("I6b", lambda s: s.local(ABL, TARE, TACE, SBRT), lambda s: yes(s.c, "accepts_locoregional")),
    ("I7a", lambda s: one_of(s.c, "liver_background", "fibrosis_or_cirrhosis", UNKNOWN)
        and s.local(HEP), lambda s: ge(s.c, "flr", 40)),
    ("I7b", lambda s: one_of(s.c, "liver_background", "fibrosis_or_cirrhosis", UNKNOWN),
        lambda s: not s.may["alpps_variant"]),
    ("I8", lambda s: s.local(ABL), _ablation_limits),
    ("I9", lambda s: one_of(s.c, "ras", "mutant_g12c", "mutant_other"),
        lambda s: not s.systemic("CS10", "CS11", "CS12")),
    ("I9b", lambda s: s.systemic("CS15"), lambda s: one_of(s.c, "ras", "mutant_g12c")),
    ("I10", lambda s: unknown(s.c, "ras"), lambda s: not s.systemic(*ANTI_EGFR_UNSAFE)),
    ("I11", lambda s: s.local(AROUND_RESECTION), lambda s: not s.systemic("CS12")),
    ("I12", lambda s: s.local(TARE, MAP),
        lambda s: tare_bilirubin(s.c) and one_of(s.c, "ascites", "none")),
    ("I13a", lambda s: s.local(TARE), _mapped_safe),
    ("I13b", lambda s: s.local(MAP), lambda s: not _mapping_fails(s)),
    ("I14", lambda s: s.local(TARE), lambda s: no(s.c, "prior_liver_ebrt")
        and no(s.c, "capecitabine_last_2mo") and not one_of(s.c, "main_pv", "main_occlusion")),
    ("I15", lambda s: s.local(TACE), _embolisation_limits),
    ("I16", lambda s: s.local(("CL22",)), _hai_limits),
    ("I17a", lambda s: s.local(("CL18",)), lambda s: le(s.c, "age", 65)
        and s.is_("ehd_class", "none") and no(s.c, "braf_v600e") and le(s.c, "ecog", 1)),
    ("I17b", lambda s: s.local(("NT5",)), lambda s: le(s.c, "age", 60) and lt(s.c, "ki67", 10)
        and le(s.c, "liver_replacement", 50)),
    ("I17c", lambda s: s.local(LTX), lambda s: ge(s.c, "liver_count", 1)
        and one_of(s.c, "main_pv", "patent", "branch_occlusion")),
    ("I18", lambda s: ge(s.c, "ecog", 3),
        lambda s: s.untreated and s.track("palliative", "PL1", "PL2")),
    ("I19", lambda s: s.is_("lf", "poor"), lambda s: s.untreated
        and not s.track("gate", "G10", "G13") and s.track("palliative", "PL1", "PL2")),
    ("I20a", lambda s: one_of(s.c, "goal", "comfort_only"), lambda s: s.untreated
        and s.track("gate", "G1", "G2") and s.track("diagnosis", "A1", "A2")),
    ("I20b", lambda s: s.track("gate", "G2"),
        lambda s: s.track("palliative", "PL1", "PL2") and s.track("value", "V1", "V2")),
    ("I21", lambda s: one_of(s.c, "goal", "undecided", UNKNOWN),
        lambda s: s.local(("NONE",), GOALS)),
    ("I22a", lambda s: s.track("diagnosis", "A21"),
        lambda s: yes(s.c, "primary_histology_available")),
    ("I22b", lambda s: s.track("diagnosis", "A27"),
        lambda s: one_of(s.c, "biopsy_result", "metastasis")),
    ("I23a", lambda s: s.track("diagnosis", "A23"),
        lambda s: le(s.c, "inr", "1.5") and ge(s.c, "platelets", 50)),
    ("I23b", _typical_colorectal, lambda s: not s.track("diagnosis", "A23")),
    ("I24", lambda s: gt(s.c, "bilirubin", "2.0"),
        lambda s: s.track("backbone", "BB1") and not s.systemic("CS16")),
    ("I25", lambda s: one_of(s.c, "dpyd", "complete"),
        lambda s: not s.systemic(*FLUOROPYRIMIDINE) and s.track("dpyd", "DP2")),
    ("I26", lambda s: site(s.c, "pancreas"), lambda s: not s.local(HEP, STG)),
    ("I27", lambda s: s.local(SBRT), lambda s: le(s.c, "liver_count", 3)
        and lt(s.c, "largest_mm", 60) and gt(s.c, "uninvolved_ml", 1000)
        and no(s.c, "prior_liver_ebrt")),
    ("I28", lambda s: s.local(("UL4",)), lambda s: lt(s.c, "liver_replacement", 50)
        and s.child_pugh(6) and no(s.c, "ehd_cns")),
    ("I29", lambda s: one_of(s.c, "pregnancy", "pregnant", UNKNOWN),
        lambda s: s.untreated and not s.track("radiotherapy", "RT2")),
    ("I32a", lambda s: s.local(HEP, STG), _surgical_floor),
    ("I32b", lambda s: s.local(SBRT, TACE), lambda s: one_of(s.c, "ascites", "none", "mild")),
    ("I33a", lambda s: s.systemic("CS1"), lambda s: not s.local(NEEDS_SYSTEMIC)),
    ("I33b", lambda s: s.local(("CL10b",)), lambda s: s.systemic("CS1")),
    ("I34a", lambda s: s.local(("CL8", "CL9")), lambda s: int(s.known["crs_max"]) <= 2),
    ("I34b", lambda s: site(s.c, "colorectal") and unknown(s.c, "liver_count"),
        lambda s: s.local(("NONE", "CL0", "CL2"))),
    ("I34c", lambda s: s.local(("CL2",)), lambda s: s.systemic("CS1", "CS5", "CS6", "CS6b")),
    ("I35a", lambda s: site(s.c, "colorectal") and one_of(s.c, "response", "progression"),
        lambda s: not s.local(HEP, STG)),
    ("I35b", lambda s: site(s.c, "colorectal") and one_of(s.c, "msi", "msi_h")
        and no(s.c, "prior_ici"), lambda s: not s.local(("CL5", "CL6", *HEP))),
    ("I36a", lambda s: s.systemic("CS3"), lambda s: eq(s.c, "prior_lines", 0)),
    ("I36b", lambda s: s.systemic("CS4"), lambda s: ge(s.c, "prior_lines", 1)),
    ("I36c", lambda s: s.systemic("CS7"), lambda s: one_of(s.c, "prior_backbone", "none")),
)  # fmt: skip

PERMISSIONS = tuple(name for name in PREDICATES if name.startswith("E_"))


def replaced_by_unknown(case: Case, name: str) -> dict[str, Value]:
    """The same case with one fact no longer known."""
    return {**case, name: UNKNOWN}
