"""Units of measurement and exact quantities: UCUM with clinical spellings. README.md explains."""

from pathwaylang.ir.units.algebra import divide, multiply, power
from pathwaylang.ir.units.aliases import UNIT_ALIASES
from pathwaylang.ir.units.catalogue import KnownUnit, UnitGroup, known_units, nearest_units
from pathwaylang.ir.units.convert import UnitBridge, convert, make_bridge, parse_bridge
from pathwaylang.ir.units.kinds import describe_dimension, spell_unit
from pathwaylang.ir.units.numbers import (
    format_number,
    parse_input_number,
    parse_number,
    round_to_step,
)
from pathwaylang.ir.units.parse import parse_unit
from pathwaylang.ir.units.quantity import format_quantity, parse_quantity
from pathwaylang.ir.units.unit import (
    UNITLESS,
    Dimension,
    ProblemReason,
    Quantity,
    Term,
    Unit,
    UnitProblem,
    is_same_dimension,
)
from pathwaylang.ir.units.written import WRITTEN_UNITS, written_quantity, written_unit

__all__ = [
    "UNITLESS",
    "UNIT_ALIASES",
    "WRITTEN_UNITS",
    "Dimension",
    "KnownUnit",
    "ProblemReason",
    "Quantity",
    "Term",
    "Unit",
    "UnitBridge",
    "UnitGroup",
    "UnitProblem",
    "convert",
    "describe_dimension",
    "divide",
    "format_number",
    "format_quantity",
    "is_same_dimension",
    "known_units",
    "make_bridge",
    "multiply",
    "nearest_units",
    "parse_bridge",
    "parse_input_number",
    "parse_number",
    "parse_quantity",
    "parse_unit",
    "power",
    "round_to_step",
    "spell_unit",
    "written_quantity",
    "written_unit",
]
