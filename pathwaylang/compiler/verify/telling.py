"""How a finding is put together: evidence, labels, and sentences that several checks share.

In: what a check claims (`Claim`) and the cases it claims it of (`Affected`). Out: a diagnostic with
a patient that the evaluator has confirmed, the number of cases, their share, and boxes of cells.

Invariant: a claim that no patient shows is never told as a fact: it becomes PW0599, or PW9902 where
that is the verifier's own fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pathwaylang.compiler.verify.engines.solver import INSTALL
from pathwaylang.compiler.verify.verification import Verification, View
from pathwaylang.diagnostics import (
    Blame,
    Diagnostic,
    Evidence,
    Label,
    Span,
    finding,
)
from pathwaylang.diagnostics.counts import say_count, say_number
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import Branch

NOWHERE = Span("", 0, 0)

MOST_PASTED = 3
"""A region of so few boxes is given as conditions to paste."""

Shows = Callable[[Mapping[str, Value]], bool]


def place(span: Span | None) -> Span:
    """Return a span, or nowhere for a thing that no text wrote."""
    return NOWHERE if span is None else span


def quantity(count: int, unit: str) -> str:
    """Return `1 case`, `1,204 cases`, `3 classes of cases`.

    >>> quantity(1, "cases"), quantity(1204, "cases")
    ('1 case', '1,204 cases')
    """
    if unit == "classes":
        return f"{count:,} class{'' if count == 1 else 'es'} of cases"
    return f"{count:,} case{'' if count == 1 else 's'}"


def blamed(branches: Iterable[tuple[Branch, bool]]) -> tuple[Blame, ...]:
    """Return the branches that have a part in a finding."""
    return tuple(Blame(place(b.span), b.id, same) for b, same in branches)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a check says: the finding without its evidence."""

    code: str
    message: str
    labels: tuple[Label, ...]
    notes: tuple[str, ...] = ()
    help: str = ""
    blame: tuple[Blame, ...] = ()


@dataclass(frozen=True, slots=True)
class Affected:
    """The cases a claim is about: a diagram within a view.

    `out_of` is the diagram of the cases that their share refers to; `shows` replays a patient
    through the evaluator and tells whether the claim holds for it.
    """

    node: int
    view: View
    out_of: int
    shows: Shows


def region_finding(verification: Verification, claim: Claim, affected: Affected) -> Diagnostic:
    """Build a finding about a region of cases: patient, count, share and boxes are worked out.

    Where the region can only be reached through an opaque formula and no patient shows it, the
    finding becomes PW0599.
    """
    node, view = affected.node, affected.view
    patient = verification.patient(node, view, affected.shows)
    count = verification.count(node, view)
    whole = verification.count(affected.out_of, view)
    boxes, more = verification.boxes(node, view)
    unit = verification.unit
    share = round(count / whole, 6) if whole else None
    pasted = () if len(boxes) + more > MOST_PASTED else verification.conditions(node, MOST_PASTED)
    evidence = Evidence(patient, count, unit, share, boxes, claim.blame, "diagram", pasted)
    if patient is None:
        return _without_patient(verification, claim, node, evidence)
    size = _size(count, whole, unit)
    if more:
        size += f" They fall into {say_number(len(boxes) + more)} groups."
    return finding(
        claim.code,
        claim.message,
        *claim.labels,
        notes=(*claim.notes, size),
        help=claim.help,
        evidence=evidence,
    )


def _size(count: int, whole: int, unit: str) -> str:
    if count == whole:
        return f"It concerns every case that gets here: {say_count(count, unit)}."
    return f"It concerns {say_number(count)} of {say_count(whole, unit)} that get here."


def _without_patient(
    verification: Verification, claim: Claim, node: int, evidence: Evidence
) -> Diagnostic:
    or_install = "" if verification.reals is not None else f", or install the solvers ({INSTALL})"
    opaque = {o.variable for o in verification.partition.opaques.values()}
    space = verification.space
    if not opaque.isdisjoint(space.names[level] for level in space.support(node)):
        return finding(
            "PW0599",
            f"undecided whether {claim.message}",
            *claim.labels,
            notes=(
                "It depends on a formula over numbers without a step, "
                "which no engine here decides.",
                f"Give these numbers a step{or_install}; the question was {claim.code}.",
            ),
            evidence=Evidence(None, None, evidence.unit, None, evidence.boxes, (), "bounds"),
        )
    return finding(
        "PW9902",
        f"the evaluator does not confirm a finding ({claim.code}: {claim.message})",
        *claim.labels,
        notes=("This is a fault of the verifier. Please report it with the file.",),
    )
