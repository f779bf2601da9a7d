"""What the head of a file says of it; of an overlay, also which pathway it is of.

Plain records, part of the decision graph and of the artifact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Change:
    """What an overlay changes in its base, and why: `what` is the line's first words."""

    what: Literal["replace recommendation", "replace branch", "restrict fact"]
    name: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Base:
    """The pathway that an overlay is of; `source_hash` is that of its own files."""

    name: str
    title: str
    version: str
    status: str
    source_hash: str
    changes: tuple[Change, ...] = ()

    @property
    def text(self) -> str:
        """Name, version and status, as people read them.

        >>> Base("liver", "Liver", "1.2.0", "in_review", "0a").text
        'liver 1.2.0 (in review)'
        """
        return f"{self.name} {self.version} ({self.status.replace('_', ' ')})"


@dataclass(frozen=True, slots=True)
class About:
    """The head of a file; `base` is set for an overlay."""

    name: str
    title: str
    version: str = "0.0.0"
    status: str = "draft"
    language: str = "en"
    authors: tuple[str, ...] = ()
    grading: str = ""
    review_by: str = ""
    approved: tuple[str, str, str] | None = None
    notes: tuple[str, ...] = ()
    base: Base | None = None
