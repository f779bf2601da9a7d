"""How a finding is put together: evidence, secondary labels, sentences that several checks share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from pathwaylang.compiler.verify.verification import Verification, View
from pathwaylang.diagnostics import (
    Blame,
    Diagnostic,
    Evidence,
    Label,
    Span,
    finding,
)
from pathwaylang.ir.facts import Value
from pathwaylang.ir.graph import Branch

NOWHERE = Span("", 0, 0)

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


def region_finding(
    verification: Verification,
    code: str,
    message: str,
    labels: tuple[Label, ...],
    *,
    node: int,
    view: View,
    out_of: int,
    shows: Shows,
    notes: tuple[str, ...] = (),
    help: str = "",
    blame: tuple[Blame, ...] = (),
) -> Diagnostic:
    """Build a finding about a region of cases: patient, count, share and boxes are worked out.

    `out_of` is the diagram of the cases that the share refers to. Where the region can only be
    reached through an opaque formula and no patient shows it, the finding becomes PW0599.
    """
    patient = verification.patient(node, view, shows)
    count = verification.count(node, view)
    whole = verification.count(out_of, view)
    boxes, more = verification.boxes(node, view)
    unit = verification.unit
    evidence = Evidence(
        patient,
        count,
        unit,
        round(count / whole, 6) if whole else None,
        boxes,
        blame,
        "diagram",
    )
    if patient is None:
        return _without_patient(verification, code, message, labels, node, evidence)
    size = f"It concerns {quantity(count, unit)} of {quantity(whole, unit)} that get here."
    if more:
        size += f" The largest {len(boxes)} of {len(boxes) + more} regions are listed."
    return finding(code, message, *labels, notes=(*notes, size), help=help, evidence=evidence)


def _without_patient(
    verification: Verification,
    code: str,
    message: str,
    labels: tuple[Label, ...],
    node: int,
    evidence: Evidence,
) -> Diagnostic:
    opaque = {o.variable for o in verification.partition.opaques.values()}
    space = verification.space
    if not opaque.isdisjoint(space.names[level] for level in space.support(node)):
        return finding(
            "PW0599",
            f"undecided whether {message}",
            *labels,
            notes=(
                "It depends on a formula over numbers without a step, which no engine here decides.",
                f"Give these numbers a step, or install the solvers; the question was {code}.",
            ),
            evidence=Evidence(None, None, evidence.unit, None, evidence.boxes, (), "bounds"),
        )
    return finding(
        "PW9902",
        f"the evaluator does not confirm a finding ({code}: {message})",
        *labels,
        notes=("This is a fault of the verifier. Please report it with the file.",),
    )
