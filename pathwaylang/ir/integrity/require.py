"""Raise `ArtifactError` where a condition does not hold, with a text made only then."""

from __future__ import annotations

from collections.abc import Iterable

from pathwaylang.ir.compiled import ArtifactError


def damaged(problem: str) -> ArtifactError:
    """Return the error for a part that does not fit."""
    return ArtifactError(f"the artifact is damaged: {problem}")


def require(holds: bool, problem: str) -> None:
    """Raise `ArtifactError` unless something holds."""
    if not holds:
        raise damaged(problem)


def require_unique(names: Iterable[str], what: str) -> frozenset[str]:
    """Return the names as a set; raise `ArtifactError` where one stands twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise damaged(f"two {what} are called `{name[:60]}`")
        seen.add(name)
    return frozenset(seen)
