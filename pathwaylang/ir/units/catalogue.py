"""The units that clinicians meet, for the `units` command and for did-you-mean.

In comes nothing or a text nobody understands; out come the common units grouped by what they
measure, each with its aliases, or the known spellings nearest to the text. The catalogue helps; it
does not limit: `parse_unit` reads any product of known symbols.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from pathwaylang.ir.names import nearest
from pathwaylang.ir.units.aliases import UNIT_ALIASES
from pathwaylang.ir.units.kinds import describe_dimension, spell_unit
from pathwaylang.ir.units.parse import parse_unit
from pathwaylang.ir.units.unit import Unit

_COMMON: Final = """
1 % 10*3 {count} {score} {INR} [ppth] [ppm] [ppb] mg/g g/g
km m cm mm um nm [in_i] [ft_i] [Ch]
m2 cm2 mm2
L dL cL mL uL fL cm3 [drp] [foz_us] [tsp_us]
kg g mg ug ng pg [lb_av] [oz_av] [stone_av] [gr]
a mo wk d h min s ms
Cel K [degF]
mol mmol umol nmol pmol
g/dL g/L mg/dL mg/L mg/mL ug/dL ug/L ug/mL ng/dL ng/L ng/mL pg/mL
mol/L mmol/L umol/L nmol/L pmol/L
mmol/mol umol/mol mg/mmol g/mol
10*9/L 10*12/L 10*3/uL 10*6/uL /uL /mL /L
[IU]/L m[IU]/L [IU]/mL m[IU]/mL u[IU]/mL k[IU]/L k[IU]/mL
[IU] k[IU] [IU]/kg
kat ukat nkat U kU
U/L kU/L mU/L U/mL mU/mL ukat/L nkat/L U/g
eq meq meq/L meq/kg meq
osm mosm mosm/kg mosm/L
mm[Hg] cm[H2O] kPa Pa bar atm
mL/min/{1.73_m2} mL/min L/min mL/h mL/d L/h mL/s
L/min/m2 cm/s m/s mm/h
mL/kg mL/kg/h mL/kg/min
kg/m2 g/cm2 mg/m2 g/m2
kg/m3 /min /s Hz kHz mg/kg mg/kg/d ug/kg/min
mg/d g/d ug/min mg/h mmol/kg
Gy cGy mGy Gy/min Sv mSv uSv
Bq kBq MBq GBq Ci mCi uCi MBq/kg
kcal cal J kJ [Cal] kcal/d W
[HPF] /[HPF] [hnsf'U] [pH] [diop] [MET] deg dB
[wood'U] dyn.s/cm5 mV uV mA Ohm T
[CFU]/mL [arb'U]/mL [beth'U] [anti'Xa'U]/mL [FEU] {copies}/mL
"""


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A common unit: its code, its full words, and other ways to write it, sorted."""

    unit: Unit
    words: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units of one dimension; `kind` says in words what they measure."""

    kind: str
    units: tuple[KnownUnit, ...]


@cache
def known_units() -> tuple[UnitGroup, ...]:
    """Return the common units by what they measure, smallest first, groups in a reader's order.

    >>> known_units()[1].kind
    'length'
    """
    groups: dict[str, dict[str, KnownUnit]] = {}
    for code in [*_COMMON.split(), *UNIT_ALIASES]:
        unit = parse_unit(code)
        if isinstance(unit, Unit):
            group = groups.setdefault(describe_dimension(unit.dimension), {})
            group.setdefault(
                unit.code, KnownUnit(unit, spell_unit(unit), _aliases().get(unit.code, ()))
            )
    return tuple(
        UnitGroup(kind, tuple(sorted(units.values(), key=lambda k: (k.unit.factor, k.unit.code))))
        for kind, units in groups.items()
    )


def nearest_units(text: str, n: int = 3) -> tuple[str, ...]:
    """Return up to `n` known spellings that a text may have meant, best first.

    Strokes, dots and case do not count at first; then a few slips are forgiven.

    >>> nearest_units("mgdl", n=1), nearest_units("Mg/DL", n=1), nearest_units("mmhg", n=1)
    (('mg/dL',), ('mg/dL',), ('mmHg',))
    """
    chosen: dict[str, str] = {}
    for spelling in nearest(text, _spellings(), n=len(_spellings())):
        unit = parse_unit(spelling)
        if isinstance(unit, Unit):
            chosen.setdefault(unit.code, spelling)
    return tuple(chosen.values())[: max(n, 0)]


@cache
def _spellings() -> tuple[str, ...]:
    """Return every common code and every alias."""
    return tuple(sorted({*_COMMON.split(), *UNIT_ALIASES}))


@cache
def _aliases() -> Mapping[str, tuple[str, ...]]:
    """Return the aliases of each code; a symbol's alias counts where it is the whole unit."""
    found: dict[str, list[str]] = {}
    for alias in UNIT_ALIASES:
        unit = parse_unit(alias)
        if isinstance(unit, Unit):
            found.setdefault(unit.code, []).append(alias)
    return {code: tuple(sorted(aliases)) for code, aliases in found.items()}
