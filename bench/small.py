"""A small pathway, and the nested `if` that a programmer would write by hand for it.

Both decide the same; the benchmark compares their outcomes on every case before it times them.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random

from pathwaylang.ir.facts import Value

TEXT = """\
pathway lesion "Treatment of a single liver lesion"
fact largest "Largest diameter": whole number in mm 1..200
fact count "Number of lesions": whole number 0..20
fact ecog "Performance status": whole number 0..4
fact bilirubin "Bilirubin": number in mg/dL 0..30 step 0.1
fact reserve "Liver reserve": choice of good, reduced, poor
fact site "Where it lies": choice of central, peripheral, subcapsular
fact fit "Fit for an operation": yes/no
fact wishes "Wishes an operation": yes/no
fact pregnant "Pregnant": yes/no
fact bleeding "Bleeding risk": yes/no
decide what "What is done?"
  opinion "Invented, to be timed."
  when count <= 0 then recommend nothing
  when count >= 1 and ecog >= 3 then recommend comfort
  when count >= 1 and ecog <= 2 and pregnant then recommend board
  when count >= 1 and ecog <= 2 and not pregnant then go to local
decide local "Which local treatment?"
  opinion "Invented, to be timed."
  when reserve is poor or bilirubin > 3 mg/dL then recommend comfort
  when reserve is not poor and bilirubin <= 3 mg/dL and count >= 6 then recommend systemic
  when (reserve is not poor and bilirubin <= 3 mg/dL and count <= 5
    and largest <= 30 mm) then go to tiny
  when (reserve is not poor and bilirubin <= 3 mg/dL and count <= 5
    and largest > 30 mm) then go to larger
decide tiny "A small lesion: which treatment?"
  opinion "Invented, to be timed."
  when site is central then recommend radiation
  when site is peripheral and not bleeding then recommend ablation
  when site is peripheral and bleeding then recommend radiation
  when site is subcapsular and fit and wishes then recommend resection
  when site is subcapsular and not (fit and wishes) then recommend radiation
decide larger "A larger lesion: which treatment?"
  opinion "Invented, to be timed."
  when reserve is good and fit and wishes then recommend resection
  when reserve is good and not (fit and wishes) then recommend embolisation
  when reserve is reduced and largest <= 50 mm then recommend embolisation
  when reserve is reduced and largest > 50 mm then recommend systemic
recommendation nothing "Nothing to treat"
recommendation comfort "Supportive care"
recommendation board "Discuss in the board"
recommendation systemic "Systemic therapy"
recommendation radiation "Radiation"
recommendation ablation "Ablation"
recommendation resection "Resection"
recommendation embolisation "Embolisation"
"""


def by_hand(case: Mapping[str, object]) -> str:
    """Return the outcome as a programmer would write it, over plain numbers and words."""
    if case["count"] == 0:
        return "nothing"
    if case["ecog"] >= 3:  # type: ignore[operator]
        return "comfort"
    if case["pregnant"]:
        return "board"
    if case["reserve"] == "poor" or case["bilirubin"] > 3:  # type: ignore[operator]
        return "comfort"
    if case["count"] >= 6:  # type: ignore[operator]
        return "systemic"
    if case["largest"] <= 30:  # type: ignore[operator]
        if case["site"] == "central":
            return "radiation"
        if case["site"] == "peripheral":
            return "radiation" if case["bleeding"] else "ablation"
        return "resection" if case["fit"] and case["wishes"] else "radiation"
    if case["reserve"] == "good":
        return "resection" if case["fit"] and case["wishes"] else "embolisation"
    return "embolisation" if case["largest"] <= 50 else "systemic"  # type: ignore[operator]


def cases(count: int) -> list[dict[str, object]]:
    """Return cases as an application has them; most get beyond the first decision."""
    rng = Random("small cases")
    return [
        {
            "largest": rng.randint(1, 80),
            "count": rng.choice((0, 1, 1, 1, 2, 3, 5, 8)),
            "ecog": rng.choice((0, 0, 1, 1, 2, 3)),
            "bilirubin": rng.randint(2, 40) / 10,
            "reserve": rng.choice(("good", "good", "reduced", "poor")),
            "site": rng.choice(("central", "peripheral", "subcapsular")),
            "fit": rng.random() < 0.7,
            "wishes": rng.random() < 0.7,
            "pregnant": rng.random() < 0.1,
            "bleeding": rng.random() < 0.3,
        }
        for _ in range(count)
    ]


def as_json(case: Mapping[str, object]) -> dict[str, object]:
    """Return a case with the units that the pathway's input needs."""
    return {
        **case,
        "largest": f"{case['largest']} mm",
        "bilirubin": f"{case['bilirubin']} mg/dL",
    }


def as_values(case: Mapping[str, object]) -> dict[str, Value]:
    """Return a case as the evaluator's values, numbers as exact fractions."""
    found: dict[str, Value] = {}
    for name, value in case.items():
        if isinstance(value, bool | str):
            found[name] = value
        else:
            found[name] = Fraction(str(value))
    return found
