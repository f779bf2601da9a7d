"""The way of one case through a pathway, as pictures need it.

In comes nothing; the runtime's answer is turned into a `Way` by whoever draws. It says which
decisions were visited, which branches were taken, what the case knows, what is still missing, and
how each track ended. Charts light up what is in here and dim the rest.

Invariants: `missing` holds names of facts; `values` holds the facts that mattered, in reading
order and as they are shown; `case` all that is recorded, as it is computed with; each track has at
most one end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pathwaylang.diagnostics import FactValue
from pathwaylang.ir.facts import Value

EndStatus = Literal["recommendation", "request", "outside", "contradiction"]


@dataclass(frozen=True, slots=True)
class TrackEnd:
    """How one track ended.

    `outcome` is its name in reports and `branch` the id of the branch that decided; both are empty
    where the track has not ended in a recommendation. `missing` are the facts it waits for.
    """

    track: str
    status: EndStatus
    outcome: str = ""
    branch: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """The decisions visited, the branches taken, the facts missing, and the end of each track."""

    decisions: tuple[str, ...]
    branches: tuple[str, ...]
    missing: tuple[str, ...] = ()
    ends: tuple[TrackEnd, ...] = ()
    values: tuple[tuple[str, FactValue], ...] = ()
    case: tuple[tuple[str, Value], ...] = ()
