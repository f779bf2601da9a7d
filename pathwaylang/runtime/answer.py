"""What a run answers: one entry per track, each with one of four endings, and why.

Every value is plain and immutable; `Answer.to_json` is the stable form that apps read; `to_dict`
says what stands in it. Texts inside are labels of the pathway, to be shown as text.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Literal, Protocol

from pathwaylang.diagnostics import FactValue

Status = Literal["recommendation", "request", "outside", "contradiction"]


@dataclass(frozen=True, slots=True)
class Source:
    """A cited statement: where it stands and what it says."""

    source: str
    label: str
    statement: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Advice:
    """One recommendation as people read it."""

    name: str
    label: str
    do: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    strength: str = ""
    evidence: str = ""
    reassess: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    citations: tuple[Source, ...] = ()
    opinions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestItem:
    """A fact to ask, or a test to obtain, because it can still change the outcome.

    `facts` are the facts it would give; `separates` the outcomes it tells apart; `reason` is set
    where a recorded value is too old.
    """

    action: Literal["ask", "obtain"]
    name: str
    label: str
    question: str
    facts: tuple[str, ...]
    separates: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One decision passed on the way, the branch taken there, and the facts that mattered."""

    stage: str
    track: str
    decision: str
    question: str
    branch: str
    outcome: str
    condition: str
    facts: tuple[tuple[str, FactValue], ...]
    citations: tuple[Source, ...] = ()
    opinions: tuple[str, ...] = ()
    obtained: tuple[str, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Breach:
    """An `impossible` that the input breaks: its text, its reason, the facts involved."""

    constraint: str
    because: str
    facts: tuple[tuple[str, FactValue], ...]


@dataclass(frozen=True, slots=True)
class TrackAnswer:
    """The answer of one track.

    recommendation: `outcome` is its name in reports (`a and b`, `offer a or b`, `go to staging`),
    `branch` the id of the branch that decided (the first, where several agree; `branches` has all),
    `recommendations` the bundle, `offers` the alternatives of an offer, each with the strength
    that counts here; `strength` that of the branch, where it has one of its own; `goes_to` the
    next stage.
    request: `requests` in reading order, `possible` the outcomes still open.
    """

    track: str
    stage: str
    status: Status
    outcome: str = ""
    branch: str = ""
    branches: tuple[str, ...] = ()
    recommendations: tuple[Advice, ...] = ()
    offers: tuple[Advice, ...] = ()
    strength: str = ""
    goes_to: str = ""
    requests: tuple[RequestItem, ...] = ()
    possible: tuple[str, ...] = ()
    breach: Breach | None = None
    reason: str = ""

    @property
    def recommendation(self) -> Advice | None:
        """The recommendation, or the first alternative of an offer; None in other endings."""
        return next(iter(self.recommendations or self.offers), None)


@dataclass(frozen=True, slots=True)
class PathwayInfo:
    """Which pathway answered: in every answer."""

    name: str
    title: str
    version: str
    status: str
    source_hash: str
    approved: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """What a track comes to: its status, and the outcome (of a request, those still possible)."""

    status: Status
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrackChange:
    """How another value would change a track; None where the run does not pass its stage."""

    stage: str
    track: str
    before: Ending | None
    after: Ending | None


@dataclass(frozen=True, slots=True)
class Change:
    """Values of a fact that change the answer, all else as it is, and what they change.

    `text` has them in words. A number has `low` and `high` (in its unit; with `low_closed` false
    the end itself is not among them), other facts the `values`; `exact` is false where a formula
    reads the fact and its ends were found by trying values close to each other.
    """

    fact: str
    text: str
    tracks: tuple[TrackChange, ...]
    values: tuple[FactValue, ...] = ()
    low: FactValue | None = None
    high: FactValue | None = None
    low_closed: bool = True
    high_closed: bool = True
    exact: bool = True


@dataclass(frozen=True, slots=True)
class AnswerJson:
    """The plain form of an answer, as `Answer.to_dict` tells it; web frameworks read it, too."""

    schema: Literal[1]
    status: Status
    pathway: PathwayInfo
    tracks: dict[str, TrackAnswer]
    trace: tuple[Visit, ...]
    notes: tuple[str, ...]


class _WhatIf(Protocol):
    """Answers the case of an answer with other values (`runtime/sensitivity.py`)."""

    def changes(self, answer: Answer, name: str) -> tuple[Change, ...]: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for one case: an entry per track over all stages passed, and the trace."""

    pathway: PathwayInfo
    tracks: tuple[TrackAnswer, ...]
    trace: tuple[Visit, ...] = ()
    notes: tuple[str, ...] = ()
    _what_if: _WhatIf | None = field(default=None, repr=False, compare=False)

    def __getitem__(self, track: str) -> TrackAnswer:
        for entry in self.tracks:
            if entry.track == track:
                return entry
        known = ", ".join(entry.track for entry in self.tracks)
        raise KeyError(f"no track {track!r} in this answer; it has {known}")

    @property
    def status(self) -> Status:
        """The status of the first track that is not a recommendation, else `recommendation`."""
        return next(
            (entry.status for entry in self.tracks if entry.status != "recommendation"),
            "recommendation",
        )

    def sensitivity(self, fact: str) -> tuple[Change, ...]:
        """Return the values of a missing or given fact that would change this answer.

        All else stays as it is; values that contradict the rest are left out. Numbers come as
        stretches in the fact's unit. KeyError if the pathway has no such fact; ValueError if the
        answer was copied or sent to another process, which leaves its pathway behind.
        """
        if self._what_if is None:
            raise ValueError("this answer was copied; ask the one that `evaluate` returned")
        return self._what_if.changes(self, fact)

    def to_dict(self) -> dict[str, object]:
        """Return the answer as plain data, the same that `to_json` writes.

        schema: the version of this form, 1; fields may be added, none is renamed or removed.
        status: of the first track that is not a recommendation, else `recommendation`.
        pathway: name, title, version, status, source_hash, approved (who and when, or empty).
        tracks: by name, each with all fields of `TrackAnswer`: track, stage, status, outcome,
        branch, branches, strength, goes_to, possible, reason; recommendations and offers, each
        with name, label, do, avoid, strength, evidence, reassess, codes, citations, opinions;
        requests, each with action, name, label, question, facts, separates, reason; breach, null
        or with constraint, because, facts.
        trace: the decisions passed, each with stage, track, decision, question, branch, outcome,
        condition, facts, citations, opinions, obtained, line.
        notes: how values were converted.

        A citation has source, label, statement, at, text. Facts are pairs of name and value:
        true or false, a whole number, or a text with its unit. A field that does not apply is
        empty (or null), never absent.
        """
        return asdict(self.plain())

    def plain(self) -> AnswerJson:
        """Return the answer in its plain form, for frameworks that write typed data."""
        tracks = {entry.track: entry for entry in self.tracks}
        return AnswerJson(1, self.status, self.pathway, tracks, self.trace, self.notes)

    def to_json(self, indent: int | None = None) -> str:
        """Return the answer as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)
