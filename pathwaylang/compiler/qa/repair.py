"""Repairs that were tried: what to write for a gap, an unanswered unknown, a conflict.

In: a finding, the tree and text of its file, and a function that checks an edited text. Out: a
repair whose edits make the finding go away without bringing another failure, or None. In the text
that is shown, `…` stands for the outcome, which only the author can decide; while trying, an
outcome of the same decision stands there.

Invariant: nothing is offered that was not tried.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from pathwaylang.compiler.syntax.nodes import BranchLine, Decide, File
from pathwaylang.diagnostics import Diagnostic, Edit, Repair, Source

Check = Callable[[Source], tuple[Diagnostic, ...]]

REPAIRABLE = frozenset(("PW0501", "PW0502", "PW0503", "PW0504"))
BLANK = "…"

LONGEST_SHOWN = 600
"""Characters of a repair that a message still shows."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A repair to try; `trial` holds the edits with the blanks filled in."""

    repair: Repair
    trial: tuple[Edit, ...]


def add_repairs(
    found: tuple[Diagnostic, ...], files: Mapping[str, tuple[Source, File]], most: int, check: Check
) -> tuple[Diagnostic, ...]:
    """Return the findings, the first `most` that can be repaired with a repair where one works."""
    left = most
    result = []
    for diagnostic in found:
        here = files.get(diagnostic.span.source)
        if left and here is not None and diagnostic.code in REPAIRABLE:
            left -= 1
            regions = diagnostic.evidence.conditions if diagnostic.evidence else ()
            repair = find_repair(diagnostic, regions, *here, check)
            diagnostic = with_repair(diagnostic, repair)  # noqa: PLW2901
        result.append(diagnostic)
    return tuple(result)


def find_repair(
    found: Diagnostic, conditions: tuple[str, ...], source: Source, file: File, check: Check
) -> Repair | None:
    """Return the first repair of a finding that works.

    `conditions` are the regions of a gap as conditions to paste.
    """
    before = _failures(check_result := check(source))
    if found not in check_result:
        return None
    for attempt in _attempts(found, conditions, source, file):
        after = _failures(check(apply_edits(source, attempt.trial)))
        is_gone = after[found.code] < before[found.code]
        if is_gone and all(count <= before[code] for code, count in after.items()):
            return attempt.repair
    return None


def with_repair(found: Diagnostic, repair: Repair | None) -> Diagnostic:
    """Return the finding with a repair; its help becomes the text to write."""
    if repair is None:
        return found
    written = "\n".join(edit.text.strip("\n") for edit in repair.edits)
    if len(written) > LONGEST_SHOWN:
        return replace(found, repair=repair)
    gap = "\n" if "\n" in written else " "
    help_text = f"{repair.title} (tried, it works):{gap}{written}"
    if found.code == "PW0502":
        help_text = f"{found.help}; or {help_text}"
    if found.code == "PW0503":
        help_text += "\nor write `unknown means no` with a reason, if only the known may decide"
    return replace(found, help=help_text, repair=repair)


def _failures(diagnostics: tuple[Diagnostic, ...]) -> Counter[str]:
    return Counter(d.code for d in diagnostics if d.is_failure)


def apply_edits(source: Source, edits: tuple[Edit, ...]) -> Source:
    """Return the source with edits made, from the last to the first."""
    text = source.text
    for edit in sorted(edits, key=lambda e: e.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return Source(source.name, text)


def _attempts(
    found: Diagnostic, conditions: tuple[str, ...], source: Source, file: File
) -> Iterator[Attempt]:
    decision = _decision_at(found, file)
    if decision is None:
        return
    match found.code:
        case "PW0501" | "PW0502":
            yield from _new_branches(decision, conditions, source)
        case "PW0503":
            yield from _when_unknown(decision, source)
        case _:
            yield from _exclusions(found, decision, source)


def _decision_at(found: Diagnostic, file: File) -> Decide | None:
    at = found.span
    for item in file.items:
        if (
            isinstance(item, Decide)
            and item.span.source == at.source
            and item.span.start <= at.start < item.span.end
        ):
            return item
    return None


def _text(source: Source, branch: BranchLine) -> str:
    return source.text[branch.outcome.span.start : branch.outcome.span.end]


def _after(decision: Decide, *, last: bool) -> BranchLine:
    """Return the branch behind which a new one stands: the last `when`, or the last of all."""
    whens = [branch for branch in decision.branches if branch.word == "when"]
    return decision.branches[-1] if last or not whens else whens[-1]


def _inserted(decision: Decide, source: Source, lines: tuple[str, ...], title: str) -> Attempt:
    """Return the attempt to add branches, each the text before `then`."""
    behind = _after(decision, last=False)
    end = behind.span.end
    place = source.span(end, end)
    outcome = _text(source, decision.branches[0])

    def block(what: str) -> str:
        return "".join(f'\n  {line} then {what}\n    opinion "{BLANK}"' for line in lines)

    return Attempt(Repair(title, (Edit(place, block(BLANK)),)), (Edit(place, block(outcome)),))


def _new_branches(
    decision: Decide, conditions: tuple[str, ...], source: Source
) -> Iterator[Attempt]:
    if conditions and all(conditions):
        lines = tuple(f"when {condition}" for condition in conditions)
        yield _inserted(decision, source, lines, "add a branch for these patients")


def _when_unknown(decision: Decide, source: Source) -> Iterator[Attempt]:
    yield _inserted(decision, source, ("when unknown",), "say what happens while it is unknown")


def _exclusions(found: Diagnostic, decision: Decide, source: Source) -> Iterator[Attempt]:
    """Yield attempts to exclude one branch's cases from the other."""
    spans = [label.span for label in found.labels[:2]]
    pair = [b for b in decision.branches if b.span in spans and b.condition is not None]
    if len(pair) != len(spans):
        return
    for changed, other in ((pair[1], pair[0]), (pair[0], pair[1])):
        assert changed.condition is not None and other.condition is not None
        mine = source.text[changed.condition.span.start : changed.condition.span.end]
        theirs = source.text[other.condition.span.start : other.condition.span.end]
        if "\n" in mine or "\n" in theirs:
            continue
        own = f"({mine})" if " or " in mine else mine
        edit = Edit(changed.condition.span, f"{own} and {_denied(theirs)}")
        line = source.position(changed.condition.span.start).line
        title = f"exclude the other branch's patients, in line {line} behind `when`"
        yield Attempt(Repair(title, (edit,)), (edit,))


def _denied(condition: str) -> str:
    """Return the opposite of a condition, as one would write it.

    >>> _denied("fit"), _denied("not fit"), _denied("fit and size < 3 cm")
    ('not fit', 'fit', 'not (fit and size < 3 cm)')
    """
    bare = condition.removeprefix("not ")
    if not re.fullmatch(r"\w+", bare):
        return f"not ({condition})"
    return bare if bare != condition else f"not {bare}"
