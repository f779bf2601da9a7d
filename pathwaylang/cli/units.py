"""`pathwaylang units`: the units, their spellings, and what one of them is.

Nothing or a unit as somebody would write it comes in; a table, or a paragraph about that unit, goes
to stdout. A text that is no unit is a usage error with the nearest ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import click

from pathwaylang.cli.terminal import color_option, show, text_style
from pathwaylang.diagnostics.paint import Paint
from pathwaylang.ir.units import (
    Unit,
    UnitGroup,
    UnitProblem,
    describe_dimension,
    format_number,
    is_same_dimension,
    known_units,
    nearest_units,
    parse_unit,
)

MOST_RELATIVES = 6


@click.command(
    "units",
    epilog="""\b
Examples:
  pathwaylang units
  pathwaylang units mg/dL
  pathwaylang units mcg""",
)
@click.argument("text", required=False, metavar="[UNIT]")
@color_option
def command(text: str | None, color: str) -> int:
    """List the units with their spellings, or explain one.

    Units follow UCUM, with the spellings that clinicians use. The list holds the common ones; every
    product and quotient of known units can be written.
    """
    style = text_style(color)
    if text is None:
        show(unit_table(Paint(style.colour)), style)
        return 0
    unit = parse_unit(text)
    if isinstance(unit, UnitProblem):
        near = nearest_units(text)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise click.UsageError(f"`{text}` is not a unit that is known{hint}")
    show(unit_text(unit), style)
    return 0


def unit_table(paint: Paint) -> str:
    """Return the common units by what they measure."""
    parts = [_group(group, paint) for group in known_units()]
    closing = "`pathwaylang units UNIT` explains one; products and quotients are units too."
    return "\n\n".join([*parts, closing])


def _group(group: UnitGroup, paint: Paint) -> str:
    lines = [paint.bold(group.kind)]
    for known in group.units:
        aliases = f"   also {', '.join(known.aliases)}" if known.aliases else ""
        lines.append(f"  {known.unit.code:<22} {known.words}{aliases}")
    return "\n".join(lines)


def unit_text(unit: Unit) -> str:
    """Return what a unit is, and how it converts to its nearest relatives."""
    lines = [
        unit.text,
        f"  measures   {describe_dimension(unit.dimension)}",
        f"  UCUM code  {unit.code}",
    ]
    everything = [known for group in known_units() for known in group.units]
    for known in everything:
        if known.unit == unit:
            lines.append(f"  in words   {known.words}")
            if known.aliases:
                lines.append(f"  also       {', '.join(known.aliases)}")
    related = (known.unit for known in everything if is_same_dimension(known.unit, unit))
    return "\n".join([*lines, *_conversions(unit, related)])


def _conversions(unit: Unit, related: Iterable[Unit]) -> list[str]:
    """Return how one of the unit converts to the related units nearest in size."""
    if unit.is_scale:
        return []
    others = [other for other in related if other.code != unit.code and not other.is_scale]

    def distance(other: Unit) -> Fraction:
        ratio = unit.factor / other.factor
        return max(ratio, 1 / ratio)

    nearest = sorted(others, key=lambda other: (distance(other), other.code))[:MOST_RELATIVES]
    return [
        f"  1 {unit.text} = {format_number(unit.factor / other.factor)} {other.code}"
        for other in sorted(nearest, key=lambda other: (-other.factor, other.code))
    ]
