"""Random cases over the facts of clinical.md section 2, drawn so that all rows are reached.

In: a seeded `random.Random` and the share of unknown values among the facts that are drawn.
Out: a complete case whose values all lie in the domain of their fact. Four recipes take turns:
a worked case or steering profile with a few changes, the facts of one primary drawn anew,
values at and beside every threshold, and everything at random. Most cases of the first three
are then freed of contradictions, which the gate would answer with the same row every time.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from random import Random

from tests.liver_mets.oracle.cases import BASE, WORKED, facts
from tests.liver_mets.oracle.catalogue import FACTS, THRESHOLDS, Choice, Range, is_allowed
from tests.liver_mets.oracle.facts import UNKNOWN, Value

__all__ = ["FACTS", "THRESHOLDS", "is_allowed", "random_case", "random_value"]

Draft = dict[str, Value]

WORKUP = """
sx_jaundice known_cancer marker_rising bilirubin afp biliary_obstruction ct_contraindicated
mri_contraindicated ct_result mri_result pet_result curative_candidate accepts_invasive_dx
biopsy_result primary_histology_available biomarkers_complete cup_workup_done largest_mm inr
platelets primary_site goal
""".split()  # noqa: SIM905
TREATMENT = """
liver_count largest_mm technical_plan flr liver_background flr_augmentation_done
all_lesions_ablatable main_pv liver_replacement uninvolved_ml ecog prior_lines response
stable_months prior_backbone matched_therapy_used prior_ici bilirubin albumin ehd_lung
ehd_treatable accepts_systemic prior_hepatectomy bev_last_28d financial_concern
primary_status lung_shunt lung_dose lung_dose_cum gi_shunt_uncorrectable dpyd goal tare_scope
accepts_surgery accepts_locoregional
""".split()  # noqa: SIM905
OF_PRIMARY = {
    "colorectal": "ras braf_v600e msi sidedness her2 cea node_positive_primary dfi"
    " months_since_hepatectomy hai_programme",
    "pancreas": "msi gbrca ecog dpyd bilirubin_uln bilirubin stable_months prior_backbone",
    "breast": "er_pr her2 pdl1_cps10 gbrca visceral_crisis albumin ascites",
    "lung": "lung_histology driver pdl1_tps ecog ehd_cns ehd_bone",
    "melanoma_cutaneous": "braf_v600 prior_ici ldh_xuln ehd_cns",
    "melanoma_uveal": "hla_a0201 ehd_cns liver_replacement egfr hepatofugal_flow",
    "neuroendocrine": "net_grade ki67 sstr_positive functional_uncontrolled"
    " primary_portal_drained age",
    "other_known": "",
    "unknown_primary": "cup_subset",
}
# Facts that a primary's tables always ask for, so that a draw is not stopped by their absence.
GIVEN = {
    "pancreas": facts(gbrca=False),
    "breast": facts(er_pr="negative", her2="low", pdl1_cps10=False, gbrca=False),
    "lung": facts(lung_histology="nsclc", driver="none", pdl1_tps=20),
    "melanoma_cutaneous": facts(braf_v600=True, ldh_xuln="1.0"),
    "melanoma_uveal": facts(hla_a0201=True),
    "neuroendocrine": facts(net_grade="g2", ki67=8, sstr_positive=True,
        functional_uncontrolled=False, primary_portal_drained=True),
    "unknown_primary": facts(cup_subset="unfavourable"),
}  # fmt: skip
DOSIMETRY = facts(
    lung_shunt=7, lung_dose=12, lung_dose_cum=12, tare_scope="lobar", gi_shunt_uncorrectable=False
)
REFRACTORY = facts(
    technical_plan="never_possible", liver_count=10, prior_lines=3, prior_backbone="both",
    response="progression",
)  # fmt: skip
RESPONDING = facts(prior_lines=1, prior_backbone="oxaliplatin", response="stable", stable_months=8)
# Where a patient may stand between two lines of systemic treatment.
COURSES: tuple[Draft, ...] = (
    facts(prior_lines=0, response="not_applicable", prior_backbone="none"),
    facts(prior_lines=1, response="progression", prior_backbone="oxaliplatin"),
    facts(prior_lines=1, response="progression", prior_backbone="irinotecan"),
    facts(prior_lines=2, response="progression", prior_backbone="both"),
    RESPONDING,
)
NO_IMAGING = facts(ct_result="not_done", mri_result="not_done", pet_result="not_done")
SMALL = facts(all_lesions_ablatable=True, largest_mm=25)
NET = {**facts(primary_site="neuroendocrine"), **GIVEN["neuroendocrine"]}
UVEAL = {**facts(primary_site="melanoma_uveal"), **GIVEN["melanoma_uveal"]}
HOLD_SURGERY = facts(fit_major_surgery=False)
# Starting points for rows that the worked cases do not come near.
STEERING: tuple[Draft, ...] = (
    {**DOSIMETRY, **REFRACTORY, **facts(lung_shunt=UNKNOWN)},
    {**REFRACTORY, **facts(prior_liver_ebrt=True)},
    {**RESPONDING, **facts(technical_plan="never_possible", hai_programme=True, cea=200)},
    {**RESPONDING, **facts(liver_count=6)},
    {**RESPONDING, **SMALL, **HOLD_SURGERY, **facts(liver_count=6)},
    {**RESPONDING, **HOLD_SURGERY, **facts(liver_count=2, prior_backbone="irinotecan")},
    facts(accepts_systemic=False, liver_count=6),
    {**RESPONDING, **facts(bev_last_28d=True)},
    {**SMALL, **HOLD_SURGERY, **facts(liver_count=3)},
    facts(technical_plan="after_downsizing", ras="mutant_other"),
    {**REFRACTORY, **facts(ras="mutant_g12c", prior_lines=2)},
    {**REFRACTORY, **facts(her2="positive", prior_lines=2)},
    {**NET, **REFRACTORY, **DOSIMETRY, **facts(hepatofugal_flow=True, lung_dose_cum=UNKNOWN)},
    {**NET, **facts(net_grade="nec", ki67=60)},
    facts(msi="msi_h", technical_plan="after_downsizing"),
    {**RESPONDING, **facts(primary_site="pancreas", liver_count=2, gbrca=True)},
    {**RESPONDING, **SMALL, **facts(primary_site="breast", liver_count=4)},
    {**RESPONDING, **facts(primary_site="other_known", liver_count=2)},
    {**UVEAL, **facts(liver_count=4)},
    {**UVEAL, **SMALL, **HOLD_SURGERY, **facts(liver_count=4)},
    {**UVEAL, **DOSIMETRY, **facts(technical_plan="never_possible", ecog=2, liver_count=9)},
    {**UVEAL, **facts(technical_plan="never_possible", ecog=2, liver_count=9)},
    {**NET, **facts(liver_count=4)},
    {**NET, **SMALL, **HOLD_SURGERY, **facts(liver_count=8)},
    {**NET, **RESPONDING, **facts(technical_plan="never_possible", liver_count=12, age=50)},
    {**NET, **REFRACTORY, **DOSIMETRY, **facts(egfr=30, hepatofugal_flow=True)},
    {**NET, **RESPONDING, **facts(technical_plan="staged_augmentation", liver_count=9)},
    facts(dx_established=False, curative_candidate=True, biopsy_result="not_done"),
    facts(dx_established=False, curative_candidate=False, biopsy_result="metastasis",
        biomarkers_complete=True),
    facts(dx_established=False, marker_rising=True, ct_result="no_lesion", liver_count=0,
        largest_mm=0, mri_result="not_done"),
)  # fmt: skip
STARTS: tuple[Draft, ...] = (*(dict(worked.changes) for worked in WORKED), *STEERING)


def _pick(rng: Random, domain: Range) -> Fraction:
    """Draw evenly from a short range, mostly near its low end from a long one."""
    top = domain.count - 1
    if top > 200 and rng.random() < 0.6:
        top = 200
    return domain.low + domain.step * rng.randint(0, top)


def near_threshold(rng: Random, name: str) -> Fraction:
    """Draw a threshold of the fact or the value one step beside it."""
    domain = FACTS[name]
    assert isinstance(domain, Range)
    value = rng.choice(THRESHOLDS[name]) + rng.choice((-1, 0, 0, 1)) * domain.step
    return min(max(value, domain.low), domain.high)


def random_value(rng: Random, name: str, p_unknown: float) -> Value:
    """Draw one value of the fact, "unknown" with the given probability."""
    if rng.random() < p_unknown:
        return UNKNOWN
    domain = FACTS[name]
    if isinstance(domain, Choice):
        return rng.choice(domain.values)
    if name in THRESHOLDS and rng.random() < 0.6:
        return near_threshold(rng, name)
    return _pick(rng, domain)


def _redraw(rng: Random, case: Draft, names: Iterable[str], p_unknown: float) -> None:
    for name in names:
        case[name] = random_value(rng, name, p_unknown)


def _settle(rng: Random, case: Draft) -> None:
    """Take most contradictions out of the case."""
    if rng.random() < 0.1:
        return
    if case["prior_lines"] == 0:
        case["bev_last_28d"] = False
        if case["response"] != UNKNOWN:
            case["response"] = "not_applicable"
    if (case["liver_count"] == 0) != (case["largest_mm"] == 0):
        case["largest_mm"] = Fraction(0) if case["liver_count"] == 0 else Fraction(30)
    if case["braf_v600e"] is True and case["primary_site"] == "colorectal":
        case["ras"] = "wild_type"
    ki67 = case["ki67"]
    if isinstance(ki67, Fraction) and case["net_grade"] != UNKNOWN:
        grades = ("g1", "g1") if ki67 < 3 else ("g2", "g2") if ki67 <= 20 else ("g3", "nec")
        case["net_grade"] = rng.choice(grades)


def _from_start(rng: Random, p_unknown: float) -> Draft:
    case = {**BASE, **rng.choice(STARTS)}
    _redraw(rng, case, rng.sample(sorted(FACTS), rng.randint(0, 10)), p_unknown)
    _settle(rng, case)
    return case


def _of_one_primary(rng: Random, p_unknown: float) -> Draft:
    primary = rng.choice(sorted(OF_PRIMARY))
    case = {**BASE, **GIVEN.get(primary, {}), "primary_site": primary}
    names = rng.sample(TREATMENT, rng.randint(0, 8))
    own = OF_PRIMARY[primary].split()
    _redraw(rng, case, [*names, *rng.sample(own, rng.randint(0, len(own)))], p_unknown)
    if rng.random() < 0.7:
        case |= rng.choice(COURSES)
    if own and p_unknown and rng.random() < 0.3:
        case[rng.choice(own)] = UNKNOWN
    _settle(rng, case)
    return case


def _of_workup(rng: Random, p_unknown: float) -> Draft:
    case = {**BASE, **facts(dx_established=False)}
    _redraw(rng, case, rng.sample(WORKUP, rng.randint(2, 12)), p_unknown)
    if rng.random() < 0.3:
        case |= NO_IMAGING
        _redraw(rng, case, ("ct_contraindicated", "mri_contraindicated"), p_unknown)
    _settle(rng, case)
    return case


def _at_thresholds(rng: Random, p_unknown: float) -> Draft:
    primary = rng.choice(sorted(OF_PRIMARY))
    case = {**BASE, **GIVEN.get(primary, {}), "primary_site": primary}
    _redraw(rng, case, rng.sample(TREATMENT, rng.randint(0, 6)), p_unknown)
    for name in rng.sample(sorted(THRESHOLDS), rng.randint(2, 8)):
        case[name] = near_threshold(rng, name)
    _settle(rng, case)
    return case


def _anything(rng: Random, p_unknown: float) -> Draft:
    return {name: random_value(rng, name, p_unknown) for name in FACTS}


RECIPES = (_from_start, _of_one_primary, _of_workup, _at_thresholds, _anything)
WEIGHTS = (30, 37, 12, 14, 7)


def random_case(rng: Random, p_unknown: float) -> Draft:
    """Draw a complete case; `p_unknown` is the share of unknowns among the drawn facts."""
    recipe = rng.choices(RECIPES, WEIGHTS)[0]
    return recipe(rng, p_unknown)
