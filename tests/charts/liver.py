"""Management of liver metastases in the small: a gate, a long list of treatments, two tracks.

The rows are those of the colorectal local list, so that a list of real length and real wording is
drawn. Built by hand: charts are tested without the front end.
"""

from __future__ import annotations

from pathwaylang.ir.derived import Classification, ClassLine, Condition
from pathwaylang.ir.facts import Choice
from pathwaylang.ir.graph import (
    About,
    Branch,
    Decision,
    DecisionGraph,
    Reassess,
    Recommendation,
    Stage,
)
from pathwaylang.ir.guards import Guard
from tests.charts.build import (
    above,
    at_least,
    at_most,
    below,
    both,
    choice,
    decide,
    either,
    go,
    no,
    number,
    offer,
    one,
    recommend,
    results,
    source,
    unknown,
    when,
    when_unknown,
    yes,
    yes_no,
)

STRONG, WEAK, EQUAL, GATE = "strong for", "conditional for", "equipoise", "procedural"
CONFIRM = "opinion: a reviewer must confirm this row"

FACTS = (
    choice("goal", "Goal of care", "life_prolonging", "balanced", "comfort_only", "undecided"),
    yes_no("emergency", "Emergency (cholangitis, sepsis, bleeding)"),
    number("ecog", "ECOG performance status", 0, 4),
    choice("primary", "Primary tumour", "colorectal", "breast", "neuroendocrine", "other"),
    number("liver_count", "Number of liver metastases", 0, 30),
    number("largest", "Largest metastasis", 0, 200, "mm"),
    number("bilirubin", "Bilirubin", 0, 40, "mg/dL"),
    number("prior_lines", "Systemic lines started", 0, 4),
    choice("response", "Response to the current line", "not_applicable", "response", "stable"),
    yes_no("accepts_systemic", "Accepts systemic therapy"),
    yes_no("prior_hepatectomy", "Earlier liver resection"),
    number("months_since_hepatectomy", "Time since liver resection", 0, 120, "mo"),
    yes_no("msi_h", "MSI-high tumour"),
    yes_no("prior_ici", "Earlier immunotherapy"),
    yes_no("bev_last_28d", "Bevacizumab in the last 28 days"),
    yes_no("pain", "Liver pain of 4 or more out of 10"),
)

RESULTS = (
    Recommendation(
        "upfront_hepatectomy",
        "Liver resection first, in one stage",
        do=("ablation during surgery where planned",),
        strength=STRONG,
    ),
    Recommendation(
        "conversion",
        "Systemic therapy to make the metastases resectable",
        strength=STRONG,
        reassess=(Reassess("after 8 to 12 weeks", "local"),),
    ),
    Recommendation(
        "defer",
        "Defer surgery, change systemic therapy",
        reassess=(Reassess("after 8 to 12 weeks", "local"),),
    ),
    Recommendation(
        "no_local",
        "No local treatment now: systemic therapy if accepted",
        reassess=(Reassess("at each restaging", "local"),),
    ),
    Recommendation(
        "hold_bevacizumab",
        "Wait until 28 days after bevacizumab",
        avoid=("liver surgery within 28 days of bevacizumab",),
        reassess=(Reassess("28 days after bevacizumab", "local"),),
    ),
    *results(
        ("resection", "Liver resection (hepatectomy)"),
        ("ablation", "Ablation (radiofrequency or microwave)"),
        ("goals", "Talk about goals of care before any liver-directed therapy"),
        ("no_target", "No target in the liver: discuss vanished sites, surveillance"),
        ("complete", "Complete the assessment: MRI, volumetry, PET, MMR test, history, consent"),
        ("ici_or_resection", "Liver meeting: immunotherapy or resection"),
        ("ici_first", "Immunotherapy first, then restage"),
        ("early_relapse", "Systemic therapy first: relapse within 6 months"),
        ("repeat_hepatectomy", "Repeat liver resection"),
        ("hepatectomy_response", "Liver resection after response"),
        ("hepatectomy_declined", "Liver resection, systemic therapy declined"),
        ("periop", "Perioperative chemotherapy, then liver resection"),
        ("staged", "Augment the liver remnant, then operate in stages"),
        ("borderline", "Liver meeting: small resection, ablation, or systemic therapy alone"),
        ("ablation_many", "Ablation of 6 to 10 metastases, by decision of the liver meeting"),
        ("sbrt", "Stereotactic radiotherapy"),
        ("transplant", "Evaluation for transplantation in a protocol centre"),
        ("radioembolisation", "Radioembolisation"),
        ("mapping", "Angiography and mapping before radioembolisation"),
        ("tace", "Chemoembolisation with irinotecan beads"),
        ("hai", "Hepatic arterial infusion in an expert centre"),
        ("not_candidate", "Not a candidate now: say which criterion fails"),
        ("stabilise", "Admit and treat the emergency first"),
        ("comfort", "Comfort-focused care"),
        ("hospice", "Hospice or comfort team"),
        ("palliative", "Specialist palliative care now"),
        ("screen", "Ask for symptoms at each visit"),
        ("none", "No local treatment at present"),
        ("net", "Neuroendocrine: discuss at the liver meeting"),
    ),
)

DERIVED = (
    Condition("goal_ok", "Goal is to prolong life", one("goal", "life_prolonging", "balanced")),
    Condition("refractory", "Refractory to systemic therapy", at_least("prior_lines", 2)),
    Condition(
        "e_hep", "Criteria for liver resection met", both(yes("goal_ok"), at_most("ecog", 2))
    ),
    Condition("e_hep_nobev", "Criteria for resection met but for bevacizumab", yes("goal_ok")),
    Condition("e_abl", "Criteria for ablation met", both(at_most("largest", 30), yes("goal_ok"))),
    Condition("e_staged", "Criteria for staged resection met", at_most("ecog", 1)),
    Condition("e_sbrt", "Criteria for stereotactic radiotherapy met", below("largest", 60)),
    Condition("e_lt", "Criteria for transplantation met", at_most("ecog", 1)),
    Condition("e_tare", "Criteria for radioembolisation met", at_most("bilirubin", 2)),
    Condition("e_tare_workup", "Work-up for radioembolisation allowed", at_most("bilirubin", 2)),
    Condition("e_tace", "Criteria for chemoembolisation met", at_most("bilirubin", 2)),
    Condition("e_hai", "Criteria for arterial infusion met", at_most("bilirubin", 1)),
    Classification(
        "resectability",
        "Resectability",
        tuple(
            Choice(name, name.replace("_", " "))
            for name in ("not_applicable", "not_assessable", "initially", "potentially", "never")
        ),
        (ClassLine("not_applicable", at_most("liver_count", 0)), ClassLine("never", None)),
    ),
    Classification(
        "risk",
        "Oncological risk",
        tuple(Choice(name, name) for name in ("favourable", "undetermined", "unfavourable")),
        (ClassLine("unfavourable", at_least("liver_count", 5)), ClassLine("favourable", None)),
    ),
    Classification(
        "lf",
        "Liver function",
        tuple(Choice(name, name) for name in ("adequate", "borderline", "poor")),
        (ClassLine("poor", above("bilirubin", 3)), ClassLine("adequate", None)),
    ),
    Classification(
        "ehd",
        "Disease outside the liver",
        tuple(Choice(name, name.replace("_", " ")) for name in ("none", "treatable", "wide")),
        (ClassLine("none", None),),
    ),
)

_INI, _POT = one("resectability", "initially"), one("resectability", "potentially")
_EITHER = one("resectability", "initially", "potentially")
_UN = one("resectability", "never")
_STABLE = one("response", "response", "stable")


def _missing_history() -> Guard:
    return either(
        one("resectability", "not_assessable"),
        both(_INI, one("risk", "undetermined")),
        both(
            _EITHER,
            either(
                unknown("accepts_systemic"),
                unknown("prior_hepatectomy"),
                unknown("prior_lines"),
                unknown("msi_h"),
                both(at_least("prior_lines", 1), unknown("response")),
                both(yes("msi_h"), unknown("prior_ici")),
            ),
        ),
    )


def colorectal_rows() -> tuple[Branch, ...]:
    """The rows CL0 to CL24."""
    return (
        when("CL0", no("goal_ok"), recommend("goals"), STRONG, "l27.limits"),
        when("CL1", one("resectability", "not_applicable"), recommend("no_target"), WEAK, CONFIRM),
        when("CL2", _missing_history(), recommend("complete"), GATE, "l15.limits"),
        when(
            "CL3",
            both(one("response", "not_applicable"), _EITHER, yes("accepts_systemic")),
            recommend("defer"),
            WEAK,
            "k11.limits",
            CONFIRM,
        ),
        when(
            "CL4",
            both(yes("msi_h"), no("prior_ici"), _INI),
            recommend("ici_or_resection"),
            EQUAL,
            "c13.limits",
            "k21.limits",
        ),
        when(
            "CL4b",
            both(yes("msi_h"), no("prior_ici"), _POT, yes("accepts_systemic")),
            recommend("ici_first"),
            STRONG,
            "c13.limits",
        ),
        when(
            "CL5",
            both(
                yes("prior_hepatectomy"),
                _INI,
                yes("accepts_systemic"),
                either(below("months_since_hepatectomy", 6), unknown("months_since_hepatectomy")),
            ),
            recommend("early_relapse"),
            WEAK,
            "l24.limits",
            "k22.limits",
        ),
        when(
            "CL6",
            both(yes("e_hep_nobev"), either(yes("bev_last_28d"), unknown("bev_last_28d"))),
            recommend("hold_bevacizumab"),
            STRONG,
            "k14.limits",
        ),
        when(
            "CL7",
            both(yes("prior_hepatectomy"), yes("e_hep")),
            recommend("repeat_hepatectomy"),
            EQUAL,
            "l24.limits",
            "c30.limits",
        ),
        when(
            "CL8",
            both(yes("e_hep"), one("risk", "favourable"), yes("e_abl"), one("ehd", "none")),
            offer("resection", "ablation"),
            EQUAL,
            "l17.limits",
            "c9.limits",
        ),
        when(
            "CL9",
            both(yes("e_hep"), one("risk", "favourable")),
            recommend("upfront_hepatectomy"),
            "",
            "l15.limits",
            "c1.limits",
        ),
        when("CL10", both(yes("e_hep"), _STABLE), recommend("hepatectomy_response"), WEAK, CONFIRM),
        when(
            "CL10b",
            both(yes("e_hep"), no("accepts_systemic")),
            recommend("hepatectomy_declined"),
            EQUAL,
            "l28.limits",
        ),
        when(
            "CL11",
            both(yes("e_hep"), yes("accepts_systemic")),
            recommend("periop"),
            WEAK,
            "c28.limits",
            "c44.limits",
        ),
        when("CL12", yes("e_staged"), recommend("staged"), EQUAL, "l24.limits", "c29.limits"),
        when(
            "CL13",
            both(_INI, one("lf", "borderline"), no("bev_last_28d")),
            recommend("borderline"),
            EQUAL,
            "l23.limits",
        ),
        when(
            "CL14",
            both(yes("e_abl"), at_most("liver_count", 5)),
            recommend("ablation"),
            WEAK,
            "l17.limits",
            "c9.limits",
        ),
        when("CL15", yes("e_abl"), recommend("ablation_many"), EQUAL, "c9.limits"),
        when("CL16", both(yes("e_sbrt"), _STABLE), recommend("sbrt"), WEAK, "l20.limits"),
        when(
            "CL17", both(_POT, yes("accepts_systemic")), recommend("conversion"), "", "c11.limits"
        ),
        when("CL18", yes("e_lt"), recommend("transplant"), EQUAL, "c15.limits"),
        when(
            "CL19",
            both(_UN, yes("refractory"), yes("e_tare")),
            recommend("radioembolisation"),
            EQUAL,
            "l19.limits",
        ),
        when(
            "CL20",
            both(_UN, yes("refractory"), yes("e_tare_workup")),
            recommend("mapping"),
            WEAK,
            "c6.limits",
        ),
        when(
            "CL21", both(_UN, yes("refractory"), yes("e_tace")), recommend("tace"), EQUAL, CONFIRM
        ),
        when("CL22", both(_UN, yes("e_hai")), recommend("hai"), EQUAL, "l18.limits", CONFIRM),
        when("CL23", _INI, recommend("not_candidate"), GATE, "l13.limits"),
        when("CL24", None, recommend("no_local"), WEAK, "l25.limits"),
    )


def _decisions() -> tuple[Decision, ...]:
    return (
        decide(
            "gate",
            "May treatment of the liver start?",
            when("G1", yes("emergency"), recommend("stabilise"), STRONG, CONFIRM),
            when("G2", one("goal", "comfort_only"), recommend("comfort"), STRONG, "l27.limits"),
            when("G13", None, go("management", "stage")),
            in_order=True,
        ),
        decide(
            "local",
            "Which primary tumour?",
            when("local.1", one("primary", "colorectal"), go("colorectal_local")),
            when("local.2", one("primary", "neuroendocrine"), recommend("net"), WEAK, CONFIRM),
            when("local.3", None, recommend("none"), GATE, CONFIRM),
            in_order=True,
        ),
        decide(
            "colorectal_local",
            "Which local treatment for colorectal liver metastases?",
            *colorectal_rows(),
            in_order=True,
        ),
        decide(
            "palliative",
            "Which palliative support?",
            when("PL1", at_least("ecog", 4), recommend("hospice"), STRONG, "l21.limits"),
            when(
                "PL2",
                either(one("lf", "poor"), yes("pain"), at_least("ecog", 3)),
                recommend("palliative"),
                STRONG,
                "l21.limits",
            ),
            when_unknown("PL3", recommend("complete"), CONFIRM),
            when("PL4", None, recommend("screen"), WEAK, "c22.limits"),
            in_order=True,
        ),
    )


def liver() -> DecisionGraph:
    """The graph."""
    names = ["l13", "l15", "l17", "l18", "l19", "l20", "l21", "l23", "l24", "l25", "l27", "l28"]
    article = tuple(source(name, f"Encyclopedia article, line {name[1:]}") for name in names)
    trials = tuple(
        source(name, label, "2026-05-04" if name < "c2" else "2026-05-11")
        for name, label in (
            ("c1", "Fong clinical risk score, Annals of Surgery 1999"),
            ("c6", "SIR-Spheres, approved indication"),
            ("c9", "COLLISION trial, resection or ablation up to 3 cm"),
            ("c11", "ASCO guideline, metastatic colorectal cancer 2022"),
            ("c13", "Nivolumab with ipilimumab, 2025"),
            ("c15", "TransMet trial, Lancet 2024"),
            ("c22", "ASCO guideline, palliative care"),
            ("c28", "EORTC 40983, perioperative FOLFOX"),
            ("c29", "ALPPS trial"),
            ("c30", "Repeat resection, journal of gastrointestinal surgery"),
            ("c44", "CHARISMA trial"),
            ("k11", "Resectability criteria, The Oncologist 2012"),
            ("k14", "Bevacizumab label, 28 days"),
            ("k21", "ESMO guideline, metastatic colorectal cancer 2023"),
            ("k22", "Early relapse, Annals of Surgical Oncology 2014"),
        )
    )
    return DecisionGraph(
        About(
            "liver_small",
            "Liver metastases: management",
            version="0.3.0",
            review_by="2027-11-23",
        ),
        FACTS,
        DERIVED,
        _decisions(),
        (
            Stage("start", "First decision", ("gate",)),
            Stage("management", "Management", ("local", "palliative")),
        ),
        RESULTS,
        sources=article + trials,
    )
