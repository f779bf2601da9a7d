"""Is there anybody the pathway speaks about, and is a condition ever true? Put to a solver.

In: a graph in a solver. Out: PW0802; PW0503 and PW0508 of `applies when`; PW0507 and PW0508 of all
conditions by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathwaylang.compiler.verify.checks.conditions import Written, written_conditions
from pathwaylang.compiler.verify.engines.asking import Asking
from pathwaylang.compiler.verify.telling import Claim, place
from pathwaylang.diagnostics import Diagnostic, Label, finding
from pathwaylang.ir.guards import Const


def check_world(asking: Asking) -> Iterator[Diagnostic]:
    """Find constraints that exclude everybody, and an `applies when` without a sure answer."""
    graph, clauses = asking.graph, asking.clauses
    allowed = asking.allowed(graph.constraints)
    if asking.can_be(allowed) is False:
        yield finding(
            "PW0802",
            "the constraints together exclude every patient",
            *(Label(place(c.span)) for c in graph.constraints),
            help="one of them is wrong; nothing else was checked, since no patient is left",
        )
        return
    if graph.applies is None:
        return
    guard, pair = graph.applies, asking.encoder.guard(graph.applies)
    open_ = clauses.all((-pair.true, -pair.false))
    facts, _ = asking.view(asking.reads.guard(guard))
    found = asking.told(
        Claim(
            "PW0503",
            "`applies when` does not say what happens when a fact is unknown",
            (Label(place(graph.applies_span)),),
            help='name the unknown in it, for instance "… and x is known" or "… or x is unknown"',
        ),
        (allowed, open_),
        facts,
        lambda case: asking.walker.values(case).truth(guard) is None,
    )
    if found is not None:
        yield found
    if asking.can_be(allowed, pair.true) is False:
        yield finding(
            "PW0508",
            "the pathway applies to nobody: its `applies when` is never true",
            Label(place(graph.applies_span)),
            help="correct the condition, or the ranges of its facts",
        )


def check_conditions(asking: Asking) -> Iterator[Diagnostic]:
    """Find conditions that no case, or every case, makes true."""
    for written in written_conditions(asking.graph):
        if isinstance(written.guard, Const):
            continue
        true = asking.encoder.guard(written.guard).true
        if asking.can_be(true) is False:
            yield _condition("PW0508", "never", written)
        elif asking.can_be(-true) is False:
            yield _condition("PW0507", "always", written)


def _condition(code: str, when: str, written: Written) -> Diagnostic:
    note = (
        "No value of the facts it reads makes it true."
        if when == "never"
        else "It holds for every value of the facts it reads."
    )
    return finding(
        code,
        f"the condition of {written.what} is {when} true",
        Label(written.span),
        notes=(note,),
        help="correct the condition, or the range of the fact"
        if when == "never"
        else "remove it, or check for a slip: was another fact meant?",
    )
