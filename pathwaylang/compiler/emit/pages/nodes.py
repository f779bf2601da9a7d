"""What stands on a page of a flowchart, before it is written in any notation.

In comes nothing; `build_pages` fills these records from a graph, and the writers of DOT, Mermaid
and the outline read them. So every notation shows the same content.

Invariants: texts are as the author wrote them (writers clean and escape); keys of boxes are unique
on a page, ports of rows unique in their box; an edge names boxes of its page; `page` fields hold
the name of another page without its file ending, or nothing. All stands in reading order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pathwaylang.compiler.emit.words import Line

Kind = Literal[
    "start",
    "stage",
    "track",
    "question",
    "step",
    "recommend",
    "option",
    "procedural",
    "against",
    "choice",
    "continue",
    "reassess",
]
State = Literal["plain", "lit", "dim"]
Severity = Literal["error", "undecided", "warning", "note"]
Level = Literal["missing", "answer", "ruled out", "error", "undecided", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding to be drawn on a branch, or on a decision where `branch` is empty."""

    code: str
    severity: Severity
    text: str
    decision: str = ""
    branch: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """The findings to be drawn."""

    items: tuple[Mark, ...] = ()

    def at(self, *, decision: str = "", branch: str = "") -> tuple[Mark, ...]:
        """Return the findings of one branch, or those of one decision as a whole."""
        return tuple(
            mark
            for mark in self.items
            if (mark.branch == branch if branch else not mark.branch and mark.decision == decision)
        )


@dataclass(frozen=True, slots=True)
class Badge:
    """A remark on a box or row: what this patient lacks or gets, or what the verifier found."""

    level: Level
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a group of questions drawn as one box can end: which answer, or how many of a kind."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the conditions on a page: what it means, line by line, and what the case has."""

    label: str
    lines: tuple[str, ...]
    value: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to another page."""

    text: str
    page: str


@dataclass(frozen=True, slots=True)
class Then:
    """An outcome in words; `strength` may be empty, `notes` are what to do and to avoid."""

    kind: Kind
    lines: tuple[str, ...]
    strength: str = ""
    page: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One branch inside its question; `then` is None where an edge leads to the outcome.

    `is_condition` is false for `otherwise`, `when unknown` and the way out of a step.
    """

    port: str
    cells: tuple[tuple[Line, ...], ...]
    label: str = ""
    then: Then | None = None
    source: str = ""
    tooltip: str = ""
    state: State = "plain"
    badges: tuple[Badge, ...] = ()
    is_condition: bool = True


@dataclass(frozen=True, slots=True)
class Box:
    """One box: a question with its rows, an outcome, or a link.

    `detail` follows the kind's word in the coloured strip; `endings` are what a box that stands for
    several rows can come to, `heads` are the headings of the cells of
    a table; `hint` says how rows are read.
    """

    key: str
    kind: Kind
    lines: tuple[str, ...]
    detail: str = ""
    small: tuple[str, ...] = ()
    endings: tuple[Ending, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    hint: str = ""
    tooltip: str = ""
    page: str = ""
    state: State = "plain"
    badges: tuple[Badge, ...] = ()

    @property
    def ends_lead(self) -> str:
        """What stands above the endings: that a patient gets one of them, not all."""
        many = len(self.endings) > 1
        if self.endings and self.rows:
            return "one of these, or it goes on:" if many else "this, or it goes on:"
        return "one of these:" if many else ""

    @property
    def is_list(self) -> bool:
        """True if the outcomes stand inside, beside their conditions."""
        return any(row.then for row in self.rows)


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow from a box, or from one of its rows, to a box."""

    tail: str
    head: str
    port: str = ""
    is_dashed: bool = False
    state: State = "plain"
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A band of a page, framed and titled where `title` is not empty."""

    key: str
    title: str
    boxes: tuple[Box, ...]
    state: State = "plain"


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    `trail` leads back to the pages above, `about` tells version and status, `remarks` are lines
    under the title, `terms` what the words of its conditions mean, `sources` the sources cited on
    the page with the day each was read, `numbers` the place of every page in the whole.
    """

    name: str
    title: str
    pathway: str
    lanes: tuple[Lane, ...]
    edges: tuple[Edge, ...]
    trail: tuple[Link, ...] = ()
    about: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    badges: tuple[Badge, ...] = ()
    terms: tuple[Term, ...] = ()
    sources: tuple[str, ...] = ()
    description: str = ""
    has_way: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)

    def number(self, name: str) -> str:
        """Return the number of a page, or its name where pages have none."""
        return str(self.numbers.get(name, name))

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of boxes, of outcomes inside lists, and of endings that the page shows."""
        rows = (row.then.kind for box in self.boxes for row in box.rows if row.then)
        endings = (ending.kind for box in self.boxes for ending in box.endings)
        return frozenset((*(box.kind for box in self.boxes), *rows, *endings))

    @property
    def states(self) -> frozenset[State]:
        """The states of the boxes and rows of the page."""
        rows = (row.state for box in self.boxes for row in box.rows)
        return frozenset((*(box.state for box in self.boxes), *rows))

    @property
    def levels(self) -> frozenset[Level]:
        """The levels of the remarks on the boxes and rows of the page."""
        rows = (badge.level for box in self.boxes for row in box.rows for badge in row.badges)
        return frozenset((*(badge.level for box in self.boxes for badge in box.badges), *rows))

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All boxes in reading order."""
        return tuple(box for lane in self.lanes for box in lane.boxes)
