"""What clinicians and laboratories write instead of the UCUM code.

Three kinds. A word may stand for a whole unit (`bpm`), for one symbol anywhere in a unit
(`mcg/kg`), or for a symbol that also takes metric prefixes (`mIU/L`). An alias beats the UCUM
reading of the same letters, which matters for a few that no clinician means the UCUM way: `G/L` is
gauss per litre there, `ft` the femtotonne, `pH` the picohenry.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pathwaylang.ir.units.atoms import BODY_SURFACE

WHOLE_ALIASES: Final[Mapping[str, str]] = MappingProxyType({
    "x10^9/L": "10*9/L",
    "x10^12/L": "10*12/L",
    "x10^3/uL": "10*3/uL",
    "x10^6/uL": "10*6/uL",
    "10^9/L": "10*9/L",
    "G/L": "10*9/L",
    "T/L": "10*12/L",
    "Gpt/L": "10*9/L",
    "Tpt/L": "10*12/L",
    "K/uL": "10*3/uL",
    "M/uL": "10*6/uL",
    "bpm": "/min",
    "mg%": "mg/dL",
    "mL/min/1.73m2": f"mL/min/{BODY_SURFACE}",
})  # fmt: skip
"""Alias of a whole unit -> UCUM."""

SYMBOL_ALIASES: Final[Mapping[str, str]] = MappingProxyType({
    "sec": "s", "secs": "s", "second": "s", "seconds": "s",
    "mins": "min", "minute": "min", "minutes": "min",
    "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
    "day": "d", "days": "d", "wks": "wk", "week": "wk", "weeks": "wk",
    "mos": "mo", "month": "mo", "months": "mo",
    "y": "a", "yr": "a", "yrs": "a", "year": "a", "years": "a",
    "mcg": "ug", "gm": "g", "cc": "mL", "liter": "L", "litre": "L",
    "lb": "[lb_av]", "lbs": "[lb_av]", "oz": "[oz_av]", "inch": "[in_i]", "inches": "[in_i]",
    "ft": "[ft_i]", "feet": "[ft_i]", "Fr": "[Ch]",
    "mmHg": "mm[Hg]", "cmH2O": "cm[H2O]",
    "degC": "Cel", "°C": "Cel", "degF": "[degF]", "°F": "[degF]", "°": "deg",
    "percent": "%", "ppm": "[ppm]", "ppb": "[ppb]", "pH": "[pH]",
    "HPF": "[HPF]", "HU": "[hnsf'U]", "MET": "[MET]", "METs": "[MET]", "CFU": "[CFU]",
    "beats": "{beats}", "breaths": "{breaths}", "cells": "{cells}", "copies": "{copies}",
    "INR": "{INR}", "points": "{points}",
})  # fmt: skip
"""Alias of one symbol, anywhere in a unit -> UCUM symbol or annotation."""

METRIC_ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {"IU": "[IU]", "Eq": "eq", "Osm": "osm", "Bel": "B"}
)
"""Alias of a symbol that takes prefixes, such as `mIU` -> UCUM symbol."""

UNIT_ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    dict(sorted({**WHOLE_ALIASES, **SYMBOL_ALIASES, **METRIC_ALIASES}.items()))
)
"""Every alias -> UCUM, sorted."""

_ANNOTATED_SURFACE: Final = ("{1.73_m2}", "{1.73m2}", "{1.73_m^2}", "{1.73m^2}")
SURFACE_TEXTS: Final = frozenset({*_ANNOTATED_SURFACE, *(t[1:-1] for t in _ANNOTATED_SURFACE)})
"""The ways to write the standard body surface."""
