"""Derived scores of clinical.md section 3.

In: a case, or for the measured formulas plain numbers. Out: whole numbers for the point scores,
a `Decimal` of nine decimals (half to even) where the definition needs a logarithm or a root,
and "unknown" where an item that the score needs is unknown.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from tests.liver_mets.oracle.facts import (
    UNKNOWN,
    Case,
    exact,
    ge,
    gt,
    lt,
    number,
    one_of,
    unknown,
    yes,
)

NANO = Decimal("1e-9")


def rounded(value: float) -> Decimal:
    """Round to nine decimals, half to even."""
    return Decimal(value).quantize(NANO, rounding=ROUND_HALF_EVEN)


CRS_ITEMS: tuple[tuple[str, Callable[[Case], bool]], ...] = (
    ("node_positive_primary", lambda c: yes(c, "node_positive_primary")),
    ("dfi", lambda c: lt(c, "dfi", 12)),
    ("liver_count", lambda c: gt(c, "liver_count", 1)),
    ("largest_mm", lambda c: gt(c, "largest_mm", 50)),
    ("cea", lambda c: gt(c, "cea", 200)),
)


def crs(c: Case) -> int:
    """Fong score, 0 to 5; an unknown item scores 0."""
    return sum(holds(c) for _, holds in CRS_ITEMS)


def crs_max(c: Case) -> int:
    """Fong score if every unknown item turned out to count."""
    return crs(c) + sum(unknown(c, name) for name, _ in CRS_ITEMS)


def _bilirubin_points(c: Case) -> int | None:
    value = number(c, "bilirubin")
    if value is None:
        return None
    return 1 if value < 2 else 2 if value <= 3 else 3


def _albumin_points(c: Case) -> int | None:
    value = number(c, "albumin")
    if value is None:
        return None
    return 1 if value > exact("3.5") else 2 if value >= exact("2.8") else 3


def _inr_points(c: Case) -> int | None:
    if yes(c, "on_anticoagulant"):
        return 1
    value = number(c, "inr")
    if value is None:
        return None
    return 1 if value < exact("1.7") else 2 if value <= exact("2.3") else 3


def _ascites_points(c: Case) -> int | None:
    points = {"none": 1, "mild": 2, "moderate_severe": 3}
    return points.get(str(c["ascites"]))


def _encephalopathy_points(c: Case) -> int | None:
    points = {"none": 1, "grade1_2": 2, "grade3_4": 3}
    return points.get(str(c["encephalopathy"]))


def child_pugh_points(c: Case) -> tuple[int | None, ...]:
    """Points of bilirubin, albumin, INR, ascites, encephalopathy; None for an unknown item."""
    return (
        _bilirubin_points(c),
        _albumin_points(c),
        _inr_points(c),
        _ascites_points(c),
        _encephalopathy_points(c),
    )


def child_pugh(c: Case) -> int | str:
    """Child-Pugh score 5 to 15, unknown when an item is unknown."""
    known = [points for points in child_pugh_points(c) if points is not None]
    return sum(known) if len(known) == 5 else UNKNOWN


def albi(c: Case) -> Decimal | str:
    """ALBI score from bilirubin (mg/dL) and albumin (g/dL)."""
    bilirubin, albumin = number(c, "bilirubin"), number(c, "albumin")
    if bilirubin is None or albumin is None:
        return UNKNOWN
    log_part = 0.66 * math.log10(float(bilirubin) * 17.1)
    return rounded(log_part - 0.085 * (float(albumin) * 10))


def albi_grade(c: Case) -> int | str:
    """ALBI grade 1 to 3."""
    score = albi(c)
    if not isinstance(score, Decimal):
        return UNKNOWN
    return 1 if score <= Decimal("-2.60") else 2 if score <= Decimal("-1.39") else 3


def tbs(c: Case) -> Decimal | str:
    """Tumour burden score: root of the squares of the size in cm and of the count."""
    size, count = number(c, "largest_mm"), number(c, "liver_count")
    if size is None or count is None:
        return UNKNOWN
    return rounded(math.sqrt((size / 10) ** 2 + count**2))


def _tbs_points(score: Decimal) -> int:
    return 2 if score >= 9 else 1 if score >= 3 else 0


def game(c: Case, ehd: str) -> int | str:
    """GAME score 0 to 7; `ehd` is the class of extrahepatic disease (4.2). Display only."""
    burden = tbs(c)
    missing = unknown(c, "ras", "cea", "node_positive_primary") or ehd == UNKNOWN
    if missing or not isinstance(burden, Decimal):
        return UNKNOWN
    mutated = one_of(c, "ras", "mutant_g12c", "mutant_other")
    points = mutated + ge(c, "cea", 20) + yes(c, "node_positive_primary")
    return points + _tbs_points(burden) + 2 * (ehd in ("treatable", "not_treatable"))


def oslo(c: Case, months_resection_to_transplant: Fraction) -> int | str:
    """Oslo score 0 to 4. Display only."""
    if unknown(c, "largest_mm", "cea", "response"):
        return UNKNOWN
    late = gt(c, "largest_mm", 55) + gt(c, "cea", 80) + one_of(c, "response", "progression")
    return late + (months_resection_to_transplant < 24)


def bsa(height_cm: int, weight_kg: int) -> float:
    """Body surface area in square metres (Mosteller)."""
    return math.sqrt(height_cm * weight_kg / 3600)


def tlv(height_cm: int, weight_kg: int) -> float:
    """Standardised total liver volume in mL."""
    return -794.41 + 1267.28 * bsa(height_cm, weight_kg)


def flr_percent(remnant_ml: int, height_cm: int, weight_kg: int) -> float:
    """Standardised future liver remnant in percent."""
    return 100 * remnant_ml / tlv(height_cm, weight_kg)


def kgr(flr_before: Fraction, flr_after: Fraction, weeks: Fraction) -> Fraction:
    """Kinetic growth rate of the remnant in percent a week."""
    return (flr_after - flr_before) / weeks


def lung_dose(activity_gbq: Fraction, lung_shunt_percent: Fraction) -> Fraction:
    """Lung dose in Gy for a lung of one kilogram."""
    return activity_gbq * lung_shunt_percent / 100 * 50


def crs_incomplete(c: Case) -> bool:
    """An item of the Fong score is unknown."""
    return crs_max(c) != crs(c)
