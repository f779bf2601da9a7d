"""Write generated cases for people to complete: as `example` blocks or as a case file.

In: generated cases and a pathway that answers. Out: text. Without today's outcomes every block is a
comment that says what is to be decided, and every `expect` cell is empty; with them, a line says
that they are only what the pathway gives today.

Invariant: appended to its pathway the text parses, and with today's outcomes it passes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from pathwaylang.compiler.qa.case_files import EXPECT
from pathwaylang.compiler.qa.examples import describe
from pathwaylang.compiler.qa.generate import Generated
from pathwaylang.ir.facts import UNKNOWN, Fact, Value, shown_value
from pathwaylang.ir.graph import Example
from pathwaylang.runtime import Case, Pathway

WIDTH = 100
MOST_TITLE = 70
_WORTH = 4
"""An example is started from if it saves at least so many facts."""

_TODAY = "The outcomes are what the pathway gives today, not what was found to be right."
_TODO = "Decide what each case must lead to, then take the comment signs away."


def examples_text(pathway: Pathway, generated: Iterable[Generated], *, with_current: bool) -> str:
    """Return the cases as example blocks."""
    taken = {example.label for example in pathway.artifact.graph.examples}
    lines = [f"# Generated cases. {_TODAY if with_current else _TODO}"]
    for item in generated:
        block = [f'example "{_title(item, taken)}"', *_start(pathway, item)]
        for track in item.tracks or pathway.tracks(item.stage):
            today = f"expect {_outcome(pathway, item, track)}" if with_current else "TODO expect …"
            block.append(f"  {today} in {track}")
        lines += ["", *(block if with_current else (f"# {line}" for line in block))]
    return "\n".join(lines) + "\n"


def cases_csv(pathway: Pathway, generated: Iterable[Generated], *, with_current: bool) -> str:
    """Return the cases as a case file; an id tells what its case is for."""
    listed = list(generated)
    used = [fact for fact in pathway.facts if any(fact.name in item.case for item in listed)]
    tracks = [(stage, track) for stage in pathway.stages for track in pathway.tracks(stage)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", *(fact.name for fact in used), *(EXPECT + track for _, track in tracks)])
    taken: set[str] = set()
    for item in listed:
        cells = [
            _cell(fact, item.case[fact.name]) if fact.name in item.case else "" for fact in used
        ]
        expected = [
            _outcome(pathway, item, track) if with_current and stage == item.stage else ""
            for stage, track in tracks
        ]
        writer.writerow([_title(item, taken), *cells, *expected])
    return out.getvalue()


def _title(item: Generated, taken: set[str]) -> str:
    """Return a title that no other case has: what the case is for."""
    title = base = _reasons(item.reasons)
    number = 1
    while title in taken:
        number += 1
        title = f"{base} {number}"
    taken.add(title)
    return title


def _reasons(reasons: tuple[str, ...]) -> str:
    """Return as many reasons as make a title, and how many more there are."""
    told = reasons[0]
    for number, reason in enumerate(reasons[1:], 1):
        if len(told) + len(reason) > MOST_TITLE:
            return f"{told}; and {len(reasons) - number} more"
        told = f"{told}; {reason}"
    return told


def _outcome(pathway: Pathway, item: Generated, track: str) -> str:
    return describe(pathway.evaluate(Case(dict(item.case)), item.stage)[track])


def _start(pathway: Pathway, item: Generated) -> Iterator[str]:
    """Yield the `given` lines: the case whole, or what makes it differ from an example."""
    like = _nearest(pathway, item)
    if like is None:
        yield from _given(pathway, item.case)
        return
    example, changed = like
    title = example.label.replace("\\", "\\\\").replace('"', '\\"')
    yield f'  given like "{title}"'
    yield from _given(pathway, changed)


def _nearest(pathway: Pathway, item: Generated) -> tuple[Example, dict[str, Value]] | None:
    """Return the example that leaves least to say, and what is left; None if it saves little.

    What the example knows beyond the case must not matter to the answer, nor what the case knows
    beyond the example, if that is left out.
    """
    best: tuple[dict[str, Value], Example] | None = None
    for example in pathway.artifact.graph.examples:
        known = dict(example.given)
        changed = {name: value for name, value in item.case.items() if known.get(name) != value}
        if best is None or len(changed) < len(best[0]):
            best = changed, example
    if best is None:
        return None
    changed, example = best
    known = dict(example.given)
    needed = _answer(pathway, item, item.case)
    few = {name: value for name, value in changed.items() if name in known}
    for left in (few, changed):
        is_worth = len(left) + _WORTH <= len(item.case)
        if is_worth and _answer(pathway, item, {**known, **left}) == needed:
            return example, left
    return None


def _answer(pathway: Pathway, item: Generated, case: Mapping[str, Value]) -> list[object]:
    """Return what tells two answers apart, in the tracks that are to be decided."""
    answer = pathway.evaluate(Case(dict(case)), item.stage)
    tracks = [entry for entry in answer.tracks if not item.tracks or entry.track in item.tracks]
    return [(e.status, e.outcome, e.branches, e.requests) for e in tracks]


def _given(pathway: Pathway, case: Mapping[str, Value]) -> Iterator[str]:
    """Yield `given` lines of at most the width, facts in their order."""
    line = ""
    for fact in pathway.facts:
        if fact.name not in case:
            continue
        part = _part(fact, case[fact.name])
        if line and len(line) + len(part) + 2 > WIDTH:
            yield line
            line = ""
        line = f"{line}, {part}" if line else f"  given {part}"
    if line:
        yield line


def _cell(fact: Fact, value: Value) -> str:
    shown = shown_value(fact, value)
    if isinstance(shown, bool):
        return "yes" if shown else "no"
    return str(shown)


def _part(fact: Fact, value: Value) -> str:
    if value == UNKNOWN or not isinstance(value, bool):
        return f"{fact.name} is {_cell(fact, value)}"
    return fact.name if value else f"not {fact.name}"
