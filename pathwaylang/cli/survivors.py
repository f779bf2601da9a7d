"""Survivors of `mutate`: told on a terminal, and written as cases for people to decide.

Verdicts come in; lines come out, or the text of a case file or of `example` blocks: the patient of
each survivor, who is answered differently by the faulty version. A test that says what is right
for this patient notices the fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import unified_diff

from pathwaylang.cli.mutating import Original
from pathwaylang.compiler.qa.difference.record import IMPOSSIBLE, OUTSIDE
from pathwaylang.compiler.qa.generate import Generated
from pathwaylang.compiler.qa.generate_text import cases_csv, examples_text
from pathwaylang.compiler.qa.mutate import Score, Verdict
from pathwaylang.diagnostics import FactValue, Source
from pathwaylang.diagnostics.counts import say_count
from pathwaylang.diagnostics.paint import Paint
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible, wrapped
from pathwaylang.runtime import Pathway


def told(
    score: Score, original: Original, unit: str, every: int, style: TextStyle
) -> Iterator[str]:
    """Yield each survivor with its patient, then the score."""
    texts = {source.name: source for source in original.texts}
    paint = Paint(style.colour)
    for verdict in score.verdicts:
        if verdict.ending == "survived":
            yield from _survivor(verdict, texts[verdict.mutant.source.name], unit, style)
            yield ""
    caught, survived = score.count("caught"), score.count("survived")
    tenths = int(score.percent * 10)
    share = f"{tenths // 10}.{tenths % 10} %"
    yield paint.bold(f"noticed: {caught} of {caught + survived} faults ({share})")
    left_out = [
        f"{score.count('equivalent')} change no answer",
        f"{score.count('wider')} only admit further cases",
        f"{score.count('invalid')} are refused as text",
    ]
    yield f"not counted: {', '.join(left_out)}; planted {len(score.verdicts)} of {every}"


def _survivor(verdict: Verdict, original: Source, unit: str, style: TextStyle) -> Iterator[str]:
    mutant, change, loss = verdict.mutant, verdict.change, verdict.loss
    yield Paint(style.colour).bold(
        f"{visible(mutant.source.name)}:{mutant.line} {mutant.fault}: nothing noticed"
    )
    lines = unified_diff(
        original.text.splitlines(), mutant.source.text.splitlines(), lineterm="", n=0
    )
    for line in list(lines)[2:]:
        if not line.startswith("@@"):
            yield f"    {visible(line)}"
    if change is not None:
        told = f"{say_count(change.count, unit)} in {change.track}: {change.old} → {change.new}"
        yield from wrapped(told, style.width, " " * 6, "  ")
    if loss is not None:
        rule = visible(loss.rule.text)
        less = f": it no longer binds {say_count(loss.count, unit)}" if loss.count else ""
        told = f"no answer changes, but the safety rule “{rule}” says less than before{less}"
        yield from wrapped(told, style.width, " " * 6, "  ")
    patient = change.patient if change is not None else loss.patient if loss is not None else None
    if patient is not None:
        facts = patient.facts or patient.complete
        words = ", ".join(f"{name} = {_word(value)}" for name, value in facts)
        yield from wrapped(words, style.width, " " * 6, "  for instance ")
    if verdict.note:
        yield from wrapped(verdict.note, style.width, " " * 6, "  ")


def _word(value: FactValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def cases_to_decide(
    verdicts: Iterable[Verdict], pathway: Pathway, name: str, with_current: bool
) -> tuple[str, int]:
    """Return the survivors' patients as a case file or as examples, by the name, and how many.

    A patient who is no case of the pathway as it stands cannot be given to it, and is left out.
    """
    found: dict[tuple[str, str], Generated] = {}
    for verdict in verdicts:
        change = verdict.change
        if change is None or change.patient is None or change.old in (IMPOSSIBLE, OUTSIDE):
            continue
        case = pathway.case(dict(change.patient.complete)).values
        mutant = verdict.mutant
        reason = f"{mutant.source.name.rpartition('/')[2]}:{mutant.line} {mutant.fault}"
        found.setdefault(
            (change.stage, repr(sorted(case.items()))), Generated(change.stage, case, (reason,))
        )
    write = cases_csv if name.lower().endswith(".csv") else examples_text
    return write(pathway, found.values(), with_current=with_current), len(found)
