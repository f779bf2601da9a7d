"""UCUM codes back in the spelling that clinicians write: `mo` -> `months`, `10*9/L` -> `x10^9/L`.

In: the text of a number and the UCUM code of its unit. Out: the quantity as a case, a finding or a
trace shows it. INVARIANT: what comes out reads as the same unit again (`parse_quantity`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pathwaylang.ir.units.atoms import BODY_SURFACE

_TIMES: Final[Mapping[str, str]] = MappingProxyType(
    {"a": "year", "mo": "month", "wk": "week", "d": "day", "h": "hour", "min": "minute"}
)
_SPELLINGS: Final[Mapping[str, str]] = MappingProxyType({
    "10*9/L": "x10^9/L",
    "10*12/L": "x10^12/L",
    "10*3/uL": "x10^3/uL",
    "10*6/uL": "x10^6/uL",
    f"mL/min/{BODY_SURFACE}": "mL/min/1.73m2",
    "[IU]/L": "IU/L",
    "[IU]/mL": "IU/mL",
    "m[IU]/L": "mIU/L",
    "k[IU]/L": "kIU/L",
    "mm[Hg]": "mmHg",
    "cm[H2O]": "cmH2O",
    "Cel": "°C",
})  # fmt: skip

WRITTEN_UNITS: Final[tuple[str, ...]] = (*_TIMES, *_SPELLINGS)
"""The UCUM codes that are written otherwise."""


def written_unit(code: str) -> str:
    """Return a unit as clinicians write it; the code itself where they write that.

    >>> written_unit("a"), written_unit("10*9/L"), written_unit("mg/dL")
    ('years', 'x10^9/L', 'mg/dL')
    """
    return f"{_TIMES[code]}s" if code in _TIMES else _SPELLINGS.get(code, code)


def written_quantity(number: str, code: str) -> str:
    """Return a number with its unit, or the number alone where it has none.

    >>> written_quantity("1", "mo"), written_quantity("3.5", "cm"), written_quantity("2", "1")
    ('1 month', '3.5 cm', '2')
    """
    if code in ("", "1"):
        return number
    if number == "1" and code in _TIMES:
        return f"1 {_TIMES[code]}"
    return f"{number} {written_unit(code)}"
