"""The Model: what a pathway means, with every name resolved and every number in its unit.

It holds the records of `pathwaylang.ir`, in the order of the files, before the flow is settled:
lowering sorts decisions and definitions and looks for circles. Everything a module contributes is
already in it; what no import and no reference brings in is left out.

Invariants: all names in it are unique per space; an item with a mistake is left out, and then
`is_whole` is false, so that no later pass takes a part for the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pathwaylang.diagnostics import Diagnostic, Span
from pathwaylang.ir.derived import Derived
from pathwaylang.ir.facts import Fact
from pathwaylang.ir.graph import (
    About,
    Citable,
    Constraint,
    Decision,
    Example,
    Recommendation,
    Rule,
    Stage,
    Test,
    Waiver,
)
from pathwaylang.ir.guards import Guard

ModelWord = Literal["pathway", "module"]


@dataclass(frozen=True, slots=True)
class Applies:
    """`applies when …` of the pathway."""

    guard: Guard
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Model:
    """A pathway or a module, checked item by item.

    `reviews` are the `review by` lines of all files read: name of the file's head, day, place.
    """

    word: ModelWord
    about: About
    facts: tuple[Fact, ...] = ()
    derived: tuple[Derived, ...] = ()
    decisions: tuple[Decision, ...] = ()
    stages: tuple[Stage, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    tests: tuple[Test, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    applies: Applies | None = None
    rules: tuple[Rule, ...] = ()
    examples: tuple[Example, ...] = ()
    sources: tuple[Citable, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    reviews: tuple[tuple[str, str, Span], ...] = ()
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """What `build_model` found: a model, unless the files mean nothing, and all findings."""

    model: Model | None
    diagnostics: tuple[Diagnostic, ...]
