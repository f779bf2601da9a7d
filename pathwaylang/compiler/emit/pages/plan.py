"""Which decisions stand on which page.

In comes a graph, out comes a plan for each stage: the decisions its tracks can reach, cut into
sheets, and the name of each sheet's page. A sheet is a track's start, or a decision that is reached
from several sheets or that would make a sheet too large, with what follows only from it. A long
list has a sheet of its own.

Invariants: every reachable decision of a stage is on exactly one sheet of that stage; page names
are unique also where file systems ignore case; sheets stand in reading order.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from pathwaylang.ir.graph import Decision, DecisionGraph, Stage
from pathwaylang.ir.guards import guard_atoms

OVERVIEW = "overview"
# More boxes than this are not read on one page (looked at: record 0005).
SHEET_BOXES = 28
STAGE_BOXES = 34
# A stage of more sheets is not drawn as a net but listed.
STAGE_SHEETS = 40
# A question with more branches or more criteria, or a table, holds its outcomes inside, as a list.
LONG_ROWS = 8
LONG_CRITERIA = 20
# A list with more rows is cut into parts, each a page of its own.
PART_ROWS = 40
_LONGEST_NAME = 180


@dataclass(frozen=True, slots=True)
class Sheet:
    """A decision with what follows only from it; `members` begin with the head."""

    head: str
    members: tuple[str, ...]
    track: str
    page: str


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A stage: its sheets, its page, and whether that page shows every decision in full."""

    stage: Stage
    page: str
    sheets: tuple[Sheet, ...]
    is_small: bool

    def sheet(self, decision: str) -> Sheet | None:
        """Return the sheet a decision stands on in this stage."""
        return next((sheet for sheet in self.sheets if decision in sheet.members), None)

    def page_of(self, decision: str) -> str:
        """Return the page that shows a decision in full; nothing if the stage lacks it."""
        sheet = self.sheet(decision)
        if sheet is None:
            return ""
        return sheet.page if self.has_sheet_pages else self.page

    @property
    def is_listed(self) -> bool:
        """True where the stage has more sheets than a drawing can show."""
        return len(self.sheets) > STAGE_SHEETS

    @property
    def has_sheet_pages(self) -> bool:
        """False where the stage's page already shows its only sheet in full."""
        return not self.is_small or len(self.sheets) > 1


def is_list(decision: Decision) -> bool:
    """True if a decision's outcomes stand inside its box."""
    if decision.layout == "table" or len(decision.branches) > LONG_ROWS:
        return True
    guards = (branch.guard for branch in decision.branches if branch.guard)
    return sum(1 for guard in guards for _ in guard_atoms(guard)) > LONG_CRITERIA


def plan_stages(graph: DecisionGraph) -> tuple[StagePlan, ...]:
    """Return the plan of every stage, in the order of the stages."""
    taken = {OVERVIEW}
    plans = []
    for stage in graph.stages:
        page = _free_name(stage.name, taken)
        sheets = _sheets(graph, stage, page)
        boxes = sum(_boxes(graph.decision(m)) for sheet in sheets for m in sheet.members)
        is_small = boxes <= STAGE_BOXES
        plans.append(StagePlan(stage, page, sheets, is_small))
    return tuple(plans)


def targets(decision: Decision) -> tuple[str, ...]:
    """Return the decisions that a decision's branches go to, in order, each once."""
    named = (
        branch.outcome.names[0]
        for branch in decision.branches
        if branch.outcome.outcome_kind == "go to" and branch.outcome.target == "decision"
    )
    return tuple(dict.fromkeys(named))


def _sheets(graph: DecisionGraph, stage: Stage, page: str) -> tuple[Sheet, ...]:
    decisions = {decision.name: decision for decision in graph.decisions}
    track_of = _tracks(decisions, stage)
    parents: dict[str, list[str]] = {name: [] for name in track_of}
    for name in track_of:
        for target in targets(decisions[name]):
            parents.setdefault(target, []).append(name)
    head_of: dict[str, str] = {}
    sizes: dict[str, int] = {}
    for name in (d.name for d in graph.decisions if d.name in track_of):
        boxes = _boxes(decisions[name])
        heads = {head_of.get(parent, name) for parent in parents[name]} - {name}
        head = heads.pop() if len(heads) == 1 else name
        is_alone = _is_long(decisions[name]) or _is_long(decisions[head])
        if is_alone or name in stage.tracks or sizes.get(head, 0) + boxes > SHEET_BOXES:
            head = name
        head_of[name] = head
        sizes[head] = sizes.get(head, 0) + boxes
    order = list(track_of)
    members = {head: [name for name in order if head_of[name] == head] for head in sizes}
    names = {OVERVIEW}
    return tuple(
        Sheet(head, tuple(members[head]), track_of[head], _free_name(f"{page}.{head}", names))
        for head in order
        if head in sizes
    )


def _tracks(decisions: dict[str, Decision], stage: Stage) -> dict[str, str]:
    """Return each reachable decision with its first track, depth first in reading order."""
    found: dict[str, str] = {}
    for track in stage.tracks:
        waiting = [track]
        while waiting:
            name = waiting.pop()
            if name in found or name not in decisions:
                continue
            found[name] = track
            waiting += reversed(targets(decisions[name]))
    return found


def _is_long(decision: Decision) -> bool:
    """True if a decision is a list too wide and too tall to share a page."""
    return is_list(decision) and len(decision.branches) > LONG_ROWS


def _boxes(decision: Decision) -> int:
    """Return how much room a decision takes: its rows, and their outcomes where these are boxes."""
    return 1 + len(decision.branches)


def _free_name(name: str, taken: set[str]) -> str:
    """Return a page name that no file system confuses with one taken before."""
    short = re.sub(r"[^\w.-]", "_", name)
    if len(name.encode()) > _LONGEST_NAME:
        digest = hashlib.sha256(name.encode()).hexdigest()[:12]
        short = name.encode()[: _LONGEST_NAME - 13].decode(errors="ignore") + "-" + digest
    free = short
    while free.casefold() in taken:
        free += "_"
    taken.add(free.casefold())
    return free
