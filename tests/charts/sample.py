"""A small pathway with one of everything: step, table, offer, unknown, two tracks, three stages."""

from __future__ import annotations

from dataclasses import replace

from pathwaylang.ir.derived import Classification, ClassLine, Condition
from pathwaylang.ir.facts import Choice
from pathwaylang.ir.graph import (
    About,
    Decision,
    DecisionGraph,
    Reassess,
    Recommendation,
    Stage,
    Test,
)
from pathwaylang.ir.guards import Guard
from tests.charts.build import (
    above,
    at_most,
    basis,
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
    row,
    source,
    when,
    when_unknown,
    yes,
    yes_no,
)

FACTS = (
    yes_no("cancer", "Known or suspected colorectal cancer"),
    choice("ct_finding", "Liver on contrast CT", "clear", "indeterminate", "metastases"),
    yes_no("tissue_needed", "Tissue confirmation needed"),
    choice("histology", "Biopsy result", "colorectal", "other_cancer", "no_cancer"),
    yes_no("widespread", "Widespread disease outside the liver"),
    yes_no("few_lesions", "Metastases limited in number"),
    yes_no("r0_possible", "Complete (R0) resection achievable"),
    yes_no("safe_remnant", "Safe remaining liver volume"),
    choice("reserve", "Liver reserve", "good", "borderline", "poor"),
    number("largest", "Largest metastasis", 0, 30, "cm"),
    number("ecog", "ECOG performance status", 0, 4),
    yes_no("anti_egfr", "Tumour suitable for an anti-EGFR antibody"),
)

DERIVED = (
    Condition("fit", "Fit for active cancer treatment", at_most("ecog", 2)),
    Classification(
        "extent",
        "Extent of disease",
        (Choice("limited", "limited to the liver"), Choice("extensive", "extensive")),
        (ClassLine("limited", yes("few_lesions")), ClassLine("extensive", None)),
    ),
)

RESULTS = (
    Recommendation(
        "supportive",
        "Best supportive care: symptoms, nutrition, quality of life",
        strength="strong for",
        reassess=(Reassess("after 4 weeks", "aim"),),
    ),
    Recommendation("chemo_alone", "FOLFOX or FOLFIRI", avoid=("an antibody before results",)),
    Recommendation("late_resection", "Resection of poor reserve", strength="strong against"),
    *results(
        ("no_metastasis", "No liver metastasis: routine follow-up"),
        ("other_primary", "Refer to the pathway of the primary cancer"),
        ("resection", "Liver resection (hepatectomy)"),
        ("ablation", "Radiofrequency or microwave ablation"),
        ("arterial", "Transarterial therapy"),
        ("cetuximab", "FOLFOX or FOLFIRI with cetuximab"),
        ("bevacizumab", "FOLFOX or FOLFIRI with bevacizumab"),
        ("palliative_team", "Involve palliative services early"),
        ("review", "Review symptoms at each visit"),
    ),
)


def _diagnosis() -> tuple[Decision, ...]:
    first = decide(
        "first_look",
        "What does contrast CT show in the liver?",
        when(
            "first_look.1", one("ct_finding", "clear"), recommend("no_metastasis"), "", "ct.limits"
        ),
        when("first_look.2", one("ct_finding", "indeterminate", "metastases"), go("tissue")),
    )
    return (
        replace(first, obtains=("contrast_ct",)),
        decide(
            "tissue",
            "Is tissue confirmation needed?",
            when("tissue.1", no("tissue_needed"), go("staging", "stage"), "", "biopsy.limits"),
            when("tissue.2", yes("tissue_needed"), go("biopsy_result"), "", "biopsy.limits"),
        ),
        decide(
            "biopsy_result",
            "What is the histology?",
            when("biopsy_result.1", one("histology", "colorectal"), go("staging", "stage")),
            when("biopsy_result.2", one("histology", "other_cancer"), recommend("other_primary")),
            when("biopsy_result.3", one("histology", "no_cancer"), recommend("no_metastasis")),
        ),
    )


def _local_treatment() -> Decision:
    columns = ("r0_possible", "safe_remnant", "reserve", "largest", "then", "cite")
    rows = (
        (("yes", "yes", "good", "any"), recommend("resection")),
        (("yes", "yes", "borderline", "any"), offer("resection", "ablation")),
        (("yes", "no", "any", "<= 3 cm"), recommend("ablation")),
        (("yes", "no", "any", "> 3 cm"), recommend("arterial")),
        (("no", "any", "any", "<= 3 cm"), recommend("ablation")),
        (("no", "any", "any", "> 3 cm"), recommend("arterial")),
    )
    guards: tuple[Guard, ...] = (
        both(yes("r0_possible"), yes("safe_remnant"), one("reserve", "good")),
        both(yes("r0_possible"), yes("safe_remnant"), one("reserve", "borderline")),
        both(yes("r0_possible"), no("safe_remnant"), at_most("largest", 3)),
        both(yes("r0_possible"), no("safe_remnant"), above("largest", 3)),
        both(no("r0_possible"), at_most("largest", 3)),
        both(no("r0_possible"), above("largest", 3)),
    )
    branches = tuple(
        row(f"local_treatment.{n}", (*cells, "recommend", "c9.limits"), guard, outcome, "c9.limits")
        for n, ((cells, outcome), guard) in enumerate(zip(rows, guards, strict=True), start=1)
    )
    return Decision(
        "local_treatment",
        "Which local treatment for limited disease?",
        branches,
        layout="table",
        columns=columns,
        basis=basis("opinion: 3 cm awaits review"),
    )


def _management() -> tuple[Decision, ...]:
    look = decide(
        "look_outside",
        "Look for disease outside the liver",
        when("look_outside.1", None, go("management", "stage"), "", "pet.limits"),
    )
    return (
        replace(look, layout="step", obtains=("pet",), does=("tell the patient why",)),
        decide(
            "aim",
            "What can treatment aim for?",
            when(
                "aim.supportive",
                either(one("reserve", "poor"), no("fit")),
                recommend("supportive"),
                "",
                "palliative.limits",
            ),
            when(
                "aim.2",
                both(one("extent", "limited"), one("reserve", "good", "borderline"), yes("fit")),
                go("local_treatment"),
                "",
                "c9.limits",
            ),
            when("aim.3", both(one("extent", "extensive"), yes("fit")), go("systemic")),
        ),
        _local_treatment(),
        decide(
            "systemic",
            "Which drug is added to chemotherapy?",
            when("systemic.1", yes("anti_egfr"), recommend("cetuximab"), "conditional for"),
            when("systemic.2", no("anti_egfr"), recommend("bevacizumab"), "conditional for"),
            when_unknown("systemic.3", recommend("chemo_alone"), "opinion: do not wait"),
        ),
        decide(
            "support",
            "Does the patient need early palliative services?",
            when(
                "support.1",
                either(one("extent", "extensive"), one("reserve", "poor"), no("fit")),
                recommend("palliative_team", "review"),
                "strong for",
                "palliative.limits",
            ),
            when("support.2", None, recommend("review"), "", "opinion: the article is silent"),
        ),
    )


def sample() -> DecisionGraph:
    """The graph."""
    names = ("contrast_ct", "Contrast-enhanced CT"), ("pet", "Positron emission tomography")
    return DecisionGraph(
        About(
            "sample", "Colorectal liver metastases in adults", version="0.1.0", status="in_review"
        ),
        FACTS,
        DERIVED,
        (*_diagnosis(), *_management()),
        (
            Stage("diagnosis", "Diagnosis", ("first_look",)),
            Stage("staging", "Staging", ("look_outside",)),
            Stage("management", "Management", ("aim", "support")),
        ),
        RESULTS,
        tests=tuple(Test(name, label, ()) for name, label in names),
        applies=yes("cancer"),
        applies_text="cancer",
        sources=(
            source("ct", "Liver metastasis, encyclopedia article", "2026-10-02"),
            source("pet", "Liver metastasis, encyclopedia article", "2026-10-02"),
            source("biopsy", "Liver metastasis, encyclopedia article", "2026-10-02"),
            source("palliative", "Liver metastasis, encyclopedia article", "2026-10-02"),
            source("c9", "COLLISION trial, Lancet Oncology 2025", "2026-11-20"),
        ),
    )
