"""How much effort a run takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Effort:
    """A full run, or a quick one for a first look."""

    quick: bool

    def pick(self, full: T, quick: T) -> T:
        """Return the setting for this run."""
        return quick if self.quick else full
